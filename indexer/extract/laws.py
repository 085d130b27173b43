"""The laws that a text names: full titles in 《》, what its short forms stand for, and the editions that it tells."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from indexer.extract.extraction import Span
from indexer.extract.lexicons import alternation, entries

#: A statute that does not begin with its first article begins with some article within so many characters.
PREAMBLE = 200

_KIND = "法典|法|条例|准则|规定|办法|细则|规则|规程|章程|解释|意见|决定|通知|纪要|批复|答复|标准|修正案"
_NUMBERED = "(?:[（(][一二三四五六七八九十]+[）)])?"
_GENERIC = re.compile(rf"(?:{_KIND}){_NUMBERED}")
_TITLE = re.compile(r"《([^《》\n]*(?:《[^《》\n]*》[^《》\n]*)*)》")
_PARENTHESIS = re.compile(r"[ \u3000]?[（(]([^（）()\n]*(?:[（(〔][^（）()〔〕\n]*[）)〕][^（）()\n]*)*)[）)]")
_ALIAS = re.compile(r"(?:简称为?|下称|统称)[:：]?[《“\"]?([^《》“”\"，,；;、）)]{1,25})")
# The title of a statute, perhaps with an article's number or a remark behind it.
_OWN = re.compile(
    rf"(?P<own>.*(?:法典?|条例|准则|规定|办法|细则|规则|章程|解释|意见|决定){_NUMBERED})(?:第[^条]{{1,9}}条.*|[（(_\s].*)?"
)
_NAMED = re.compile(r"[\u4e00-\u9fff]+?(?:法典?|条例|准则|规定|办法|细则|规则|章程)(?![\u4e00-\u9fff])")
_TAIL = re.compile(r"[（(][^（）()]*[）)]$")
# A regulation that no list knows, as far back as the word that introduces it: 依据…条例.
_REGULATION = re.compile(r"(?<=[据照按反用])[^\W\da-zA-Z_据照按反用]{3,20}(?:条例|规则)$")
_HEADING = re.compile(r"^[\s\u3000#*]*第[一二三四五六七八九十百零〇\d]{1,7}条[*\s\u3000]", re.MULTILINE)

# A title that begins like this is no short form.
_FULL = ("中华人民共和国", "中国共产党", "最高人民", "关于")
_FIRST = re.compile(r"[\s\u3000#*]*第[一1]条")
_DAY = r"(?:\d{1,2}月(?:\d{1,2}日)?)?"
_MADE = "(?:修订|修正|修改|颁布|公布|印发|制定|发布|实施|施行|通过|出台)"
_BEFORE = re.compile(rf"((?:19|20)\d\d)\s?年{_DAY}(?:(?:最?新|重新)?{_MADE}{{0,2}})(?:后|前|的|版|新|原|旧)*$")
_AFTER = re.compile(rf"((?:19|20)\d\d)\s?年?{_DAY}[^，,；;）)]{{0,8}}?(?:{_MADE}|版)")


@dataclass(frozen=True, slots=True)
class Law:
    """A law named at `span`: its full title, or the printed name where the text gives no other; and its edition."""

    title: str
    span: Span
    edition: int | None = None


@dataclass(frozen=True, slots=True)
class Laws:
    """The laws of one text. `bracketed` maps where a title in 《》 ends to its law; `named` are all, in order.

    `titles` maps each full title to its laws; `aliases` are the short forms that the text sets; `own` is the title of
    the statute that the text is, or None.
    """

    bracketed: dict[int, Law]
    named: tuple[Law, ...]
    titles: dict[str, list[Law]]
    aliases: dict[str, Law]
    own: str | None = None

    def ending(self, end: int) -> Law | None:
        """The law in 《》 whose name ends at `end`, its short form resolved."""
        law = self.bracketed.get(end)
        return self._resolved(law) if law else None

    def last(self, position: int) -> Law | None:
        """The last law named before `position`, its short form resolved."""
        index = bisect_right(self.named, position, key=lambda law: law.span[1])
        return self._resolved(self.named[index - 1]) if index else None

    def standing_for(self, name: str, position: int) -> Law | None:
        """The law that the short form `name`, printed at `position`, stands for; None where the text does not tell.

        What the text says itself (以下简称) comes first; a bare kind (条例) is the last full title of that kind; any
        other short form is the last full title that holds its characters in order (党纪处分条例).
        """
        if name in self.aliases:
            return self.aliases[name]
        if name.startswith(_FULL):
            return None
        like = [places for title, places in self.titles.items() if _abbreviates(name, title)]
        before = [law for places in like if (law := _last_before(places, position))]
        first = min((places[0] for places in like), key=lambda law: law.span, default=None)
        return max(before, key=lambda law: law.span, default=first)

    def _resolved(self, law: Law) -> Law:
        full = self.standing_for(law.title, law.span[0])
        if full is None:
            return law
        inherited = full.edition if law.title in self.aliases else None
        return Law(full.title, law.span, law.edition or inherited)


def read(text: str, title: str) -> Laws:
    """Return the laws that `text` (of a document titled `title`, or "") names, with the short forms it sets."""
    bracketed: dict[int, Law] = {}
    titles: dict[str, list[Law]] = {}
    aliases: dict[str, Law] = {}
    for match in _TITLE.finditer(text):
        asides = list(_asides(text, match.end()))
        year = _edition(text[max(0, match.start() - 24) : match.start()], (*asides, match[1]))
        law = bracketed[match.end()] = Law(match[1], match.span(), year)
        if not _GENERIC.fullmatch(law.title):
            titles.setdefault(law.title, []).append(law)
        for aside in asides:
            for alias in _ALIAS.findall(aside):
                if alias != law.title:
                    aliases.setdefault(alias, law)
    codes = [Law(match.group(), match.span()) for match in _code().finditer(text)]
    named = sorted((*filter(_is_law, bracketed.values()), *codes), key=lambda law: law.span[1])
    return Laws(bracketed, tuple(named), titles, aliases, _own(text, title))


def edition(law: Law) -> int | None:
    """The year of the edition that the name of a law tells; a year of entry into force means the edition before it."""
    return _editions().get((law.title, law.edition), law.edition)


@cache
def _editions() -> dict[tuple[str, int | None], int]:
    rows = (line.split("\t") for line in entries("editions"))
    return {(title, int(printed)): int(year) for title, printed, year in rows}


def unbracketed(text: str, end: int, laws: Laws, cited: Law | None) -> Law | None:
    """The law whose name without 《》 ends at `end`: 刑法, 该条例, 条例; `cited` is the last one cited."""
    match = _name().search(text, max(0, end - 45), end)
    if match is None or match.end() != end:
        return None
    name, span = match.group(), match.span()
    kind = match["kind"] or match["bare"]
    if kind:
        if match["pointer"] == "本" and laws.own:
            return Law(laws.own, span)
        near = [laws.standing_for(kind, span[0]), cited if cited and cited.title.endswith(kind) else None]
        full = max(filter(None, near), key=lambda law: law.span[0], default=None)
        if full is None and match["bare"] and (longer := _REGULATION.search(text, max(0, end - 24), end)):
            return Law(longer.group(), longer.span())
        return replace(full, span=span) if full else None
    # A code keeps its printed name, unless the text itself has made it a short form.
    full = laws.aliases.get(name) if name.endswith("法") else laws.standing_for(name, span[0])
    year = _edition(text[max(0, span[0] - 24) : span[0]], ())
    return Law(full.title, span, year or full.edition) if full else Law(name, span, year)


@cache
def _code() -> re.Pattern[str]:
    """Names of laws that are used without 《》."""
    known = alternation(entries("codes"))
    return re.compile(rf"(?:中华人民共和国|中国共产党)?(?:{known})(?:实施条例|修正案|(?:司法)?解释)?{_NUMBERED}")


@cache
def _name() -> re.Pattern[str]:
    nation = "中华人民共和国|中国共产党"
    return re.compile(
        rf"(?:(?P<pointer>该|本|同|此|前述|上述)(?P<kind>{_KIND})"
        rf"|{_code().pattern}"
        rf"|(?:{nation})[\u4e00-\u9fff]{{2,30}}(?:{_KIND}){_NUMBERED}|(?P<bare>条例|规则))$"
    )


def _asides(text: str, position: int) -> Iterator[str]:
    """Yield what stands in parentheses right after a title."""
    while match := _PARENTHESIS.match(text, position):
        yield match[1]
        position = match.end()


def _edition(before: str, after: tuple[str, ...]) -> int | None:
    """The year of the edition, told right before a title (2018年修订的) or in parentheses after or in it."""
    if match := _BEFORE.search(before):
        return int(match[1])
    return next((int(match[1]) for aside in after if (match := _AFTER.search(aside))), None)


def _own(text: str, title: str) -> str | None:
    """The title of the statute that a text in articles is; an article quoted at the end of an essay makes none."""
    headings = list(_HEADING.finditer(text))
    if len(headings) < 3 or (headings[0].start() > PREAMBLE and _FIRST.match(headings[0].group()) is None):
        return None
    if whole := _OWN.fullmatch(title):
        return whole["own"]
    quoted, printed = _TITLE.search(title), _NAMED.search(title)
    return quoted[1] if quoted else printed.group() if printed else None


def _is_law(law: Law) -> bool:
    return re.search(rf"(?:{_KIND})$", _TAIL.sub("", law.title)) is not None


def _last_before(places: list[Law], position: int) -> Law | None:
    index = bisect_right(places, position, key=lambda law: law.span[0])
    return places[index - 1] if index else None


def _abbreviates(short: str, full: str) -> bool:
    """Whether `short` can stand for `full`: the bare kind that it is, or its characters in their order."""
    kind, title = _TAIL.sub("", short), _TAIL.sub("", full)
    if len(title) <= len(kind):
        return False
    if _GENERIC.fullmatch(short):
        return title.endswith(kind)
    rest = iter(full)
    return title.endswith(short[-2:]) and all(character in rest for character in short)
