"""The years of conduct: when it was done, not when it was dealt with, told or decreed, nor what the career was."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus.numerals import ordinal
from indexer.extract.extraction import Span
from indexer.extract.lexicons import entries, patterns
from indexer.fold import SPACE, fold

#: A range of years is taken for conduct unless a word of procedure stands within so many characters after it.
NEAR = 25

#: Characters before a date that are read: an opening bracket there puts it into a remark.
LEAD = 60

_YEAR = r"(?:(?:19|20)\d\d|(?:一九|二[〇零○])[〇零○一二三四五六七八九]{2})"
_TAIL = (
    rf"{SPACE}?(?:\d{{1,2}}{SPACE}?月份?)?{SPACE}?(?:\d{{1,2}}{SPACE}?日)?"
    r"(?:上半年|下半年|年[初底]|(?:春|中秋|国庆|端午)节?|元旦|期间|前后|[初底末中前后间]){0,3}"
)
_TO = rf"{SPACE}?(?:(?:一?直|延续|持续)?[至到]|[-—–~]{{1,2}}){SPACE}?"
_DATE = re.compile(
    rf"(?P<first>{_YEAR}){SPACE}?(?:年度?{_TAIL})?{_TO}(?P<last>{_YEAR}){SPACE}?年度?{_TAIL}"
    rf"|(?P<year>{_YEAR}){SPACE}?年(?P<fiscal>度?){_TAIL}"
    rf"|(?<!\d)(?P<from>[0189]\d)年?{_TAIL}{_TO}(?P<to>\d\d)年{_TAIL}|(?<!\d)(?P<short>[09]\d)年{_TAIL}"
    rf"|(?P<relative>同年|当年|次年|翌年|第二年){_TAIL}"
)
_OPEN = re.compile(r"之?(?:以来|至今|起)|(?:一?直至|至|到)(?:案发|被查)前?")
_SENTENCE = re.compile(rf"[。;!?]|{SPACE}{{2,}}")
_FOUND = re.compile(r"(?:查明|指控|经查|查实|查证|调查认定|通报称|案情)[^。]{0,40}$|发生[在于]$")
_CLAUSE_START = re.compile(rf"(?:^|[,、。;:\"'{SPACE}自从于在])$")
_ASIDE = re.compile(r"[(《][^)》]*$")
# Someone acts in an office of the law: 2022年12月，县检察院对…; but not 县纪委原副书记.
_AUTHORITY = re.compile(
    rf"[,、]?[^,。;{SPACE}]{{0,24}}?(?:纪委|监委|检察院|检察机关|法院|公安局|公安机关|巡[视察]组)(?:[^,。]{{0,10}}室)?"
    r"(?:对|决定|依法|将|作出|给予|经|向|宣布|通报|收到|接到|在|发现|调查|介入|根据|以涉嫌|官网|网站|一审|二审|公开|开庭)"
)
# A text that tells of its own publication or of a career also dates those.
_PRESS = re.compile(r"记者|消息|讯|简历|履历|出生|公开资料|公开信息|网站|公众号")
# A line of a career that has no verb: 2017年4月至2019年6月，某公司副总经理.
_POST = re.compile(
    r"(?:[长员师总理]|书记|主任|干部|助理|秘书|参事|教授|代表|学习|服役|留学|工作|待安排)(?:\([^)]*\)?)?[,、]?$"
)
_LIFE = re.compile(r"[^,。;]{0,16}?(?:出生|生于|参加工作|入党|加入中国共产党|毕业|\d月生)|[^,。;]{0,6}生[,。]")


@dataclass(frozen=True, slots=True)
class _Date:
    """A year or a range of years, as printed at `span`. `last` is None where it is open (2013年以来)."""

    span: Span
    first: int
    last: int | None

    @property
    def is_range(self) -> bool:
        return self.first != self.last


def conduct_years(text: str) -> tuple[int | None, int | None]:
    """Return the first and the last year of the dated conduct in the text of one case; None for what is not told.

    A single dated act has both the same; 2013年以来 tells only the first.
    """
    if "年" not in text:
        return None, None
    folded = fold(text.replace("\n", "。"))  # a line ends a sentence
    plain = _PRESS.search(folded) is None
    dates = deque(_dates(folded))
    conduct: list[_Date] = []
    for start, end in _sentences(folded):
        inside = []
        while dates and dates[0].span[0] < end:
            inside.append(dates.popleft())
        conduct += _conduct(folded, (start, end), inside, plain=plain)
    first = min((date.first for date in conduct), default=None)
    return first, max((date.last for date in conduct if date.last), default=None)


def _sentences(folded: str) -> Iterator[Span]:
    start = 0
    for match in _SENTENCE.finditer(folded):
        yield start, match.start()
        start = match.end()
    yield start, len(folded)


def _conduct(folded: str, sentence: Span, dates: list[_Date], *, plain: bool) -> Iterator[_Date]:
    """Yield those of the dates of one sentence that are dates of conduct; a `plain` text dates nothing else."""
    start, end = sentence
    stops = [*(date.span[0] for date in dates), end][1:]
    for date, stop in zip(dates, stops, strict=True):
        lead, scope = folded[max(start, date.span[0] - LEAD) : date.span[0]], folded[date.span[1] : stop]
        if not _ASIDE.search(lead) and _is_conduct(date, lead, scope, plain=plain):
            yield date


def _dates(folded: str) -> Iterator[_Date]:
    previous = 0
    for match in _DATE.finditer(folded):
        if match["fiscal"] and not _CLAUSE_START.search(folded, 0, match.start()):
            continue
        if match["relative"]:
            if not previous:
                continue
            first = last = previous + (match["relative"] not in {"同年", "当年"})
        else:
            first = _full(match["first"] or match["year"] or match["from"] or match["short"])
            last = _full(match["last"] or match["to"]) if match["last"] or match["to"] else first
        previous = last
        is_open = first == last and _OPEN.match(folded, match.end())
        if last >= first:
            end = is_open.end() if is_open else match.end()
            yield _Date((match.start(), end), first, None if is_open else last)


def _full(year: str) -> int:
    """Return 2013 for 2013, 二〇一三 and 13."""
    value = ordinal(year.replace("○", "〇")) or 0
    return value if value > 99 else value + (1900 if value > 50 else 2000)


def _is_conduct(date: _Date, lead: str, scope: str, *, plain: bool) -> bool:
    """Whether what a date opens is conduct: the word that comes first decides."""
    if _AUTHORITY.match(scope) or _LIFE.match(scope):
        return False
    never = len(scope) + 1
    done, dealt, career = (_first(name, scope, never) for name in ("conduct_cues", "procedure_cues", "career_cues"))
    if done < dealt or (date.is_range and done < never and dealt > NEAR):
        return True
    if min(dealt, career) < never:
        return career < dealt and re.search("[^,、。;]期间", scope[career:]) is not None
    if _POST.search(scope):
        return False
    return plain or _FOUND.search(lead) is not None


def _first(name: str, scope: str, never: int) -> int:
    match = _cue(name).search(scope)
    return match.start() if match else never


@cache
def _cue(name: str) -> re.Pattern[str]:
    return re.compile(patterns(map(fold, entries(name))))
