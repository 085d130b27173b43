"""Violations: labels of the closed list for what a text states as facts, from cues in the parts of its sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from indexer.extract import lexicons, marks
from indexer.extract.extraction import Mention, Span

OTHER = "其他违纪违法"

_SENTENCE = re.compile(r"[^。！？\n\r]+")
_REFERS = re.compile(r"其(?![他余它中实间])|他(?!人|们)|她|本人|经查|查明|指控|二人|两人")
#: Sentences about the field at large.
_GENERAL = re.compile(r"全国|今年以来|近年来|据统计|各级|各地|领域集中整治|一起查|关键词|检索")
_PART = re.compile(r"[^。；！？\n\r]+")
#: Parts that state no conduct: statutes a decision rests on, the life of the person, the notice of an investigation.
_NO_FACTS = re.compile(
    r"^(?:依据|根据|按照)《|^经[^，]{2,30}(?:会议|常委会)[^，]{0,10}(?:研究|审议)|立案审查调查$|历任|参加工作|加入中国共产党|"
    r"^[^，]{0,24}(?:指出|强调|(?<!组织)要求)，|纪律审查和监察调查$|简历|典型(?:案例|问题)"
)
#: Formulas that carry no facts; what else stands in the same part is read.
_FORMULA = re.compile(
    r"严重违反(?:了)?(?:党的|中央|国家)[^。；]*?(?:规定精神|纪律|法规)(?=，|和|$)|丧失理想信念|背弃初心使命|政绩观(?:扭曲|错位|错误|出现偏差)|"
    r"影响恶劣|性质严重|应予严肃处理|将其涉嫌犯罪问题[^。；]*|涉嫌犯罪问题[^。；]*移送[^。；]*|移送[^，。；]*审查起诉|《[^》]*》|"
    r"无视中央八项规定精神|违反中央八项规定精神|作风建设|贪欲膨胀|甘于被“?围猎”?"
)
_NOT_HIS = re.compile(
    r"未(?:能)?(?:及时)?发现|失察|未尽|他人(?:贪污|受贿)|拒绝|(?:不|没有|无)(?:存在|涉及)|是否|严查|整治|严禁|防止|坚决"
)
#: 利用职务便利，在职务晋升等方面谋取利益，收受财物: what the bribe was for is no matter of its own.
_BRIBE = re.compile(r"职务(?:上的|之)?[^，。；]{0,6}便利")
_FOR_BRIBES = frozenset({"违规选人用人", "违规从事营利活动"})
_TYPICAL = re.compile(r"典型(?:案例|问题)")
_TRAVEL = "公款旅游"
#: Conduct so general that it only counts where the part of the sentence tells of nothing else.
_IF_NOTHING_ELSE = OTHER + "?"


def find(text: str) -> tuple[Mention, ...]:
    """The violations that `text` tells of, as mentions."""
    even = marks.even(text)
    return tuple(Mention("violation", *span, label) for label, span in _tell(even, 0, len(even)))


def labels(
    text: str, low: int, high: int, names: frozenset[str] = frozenset(), others: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """The labels of what is told between `low` and `high`, each once, in order. `text` has even punctuation.

    Where `names` are given, only sentences about them count, not those about the `others` or about the field at large.
    """
    spans = _about(text, low, high, names, others) if names else [(low, high)]
    found = dict.fromkeys(label for span in spans for label, _ in _tell(text, *span))
    if OTHER in found:
        del found[OTHER]
        found[OTHER] = None
    return tuple(found)


def _about(text: str, low: int, high: int, names: frozenset[str], others: frozenset[str]) -> Iterator[Span]:
    """The sentences about the people called `names`, or about nobody: all but those about others or at large."""
    about = True
    for match in _SENTENCE.finditer(text, low, high):
        sentence = match.group()
        if any(name in sentence for name in names):
            about = True
        elif _GENERAL.search(sentence) or any(name in sentence for name in others):
            about = False
        elif _REFERS.search(sentence):
            about = True
        if about:
            yield match.span()


def of_lead(text: str, low: int, high: int) -> tuple[str, ...]:
    """The labels of what the problems of a circular are said to be examples of, between `low` and `high`."""
    parts = [part.span() for part in _PART.finditer(text, low, high) if _TYPICAL.search(part.group())]
    found = dict.fromkeys(label for label, _ in _in_parts(text, parts))
    return tuple(label for label in found if label != OTHER)


def _tell(text: str, low: int, high: int) -> Iterator[tuple[str, Span]]:
    parts = [part.span() for part in _PART.finditer(text, low, high) if not _NO_FACTS.search(part.group())]
    return _in_parts(text, parts)


def _in_parts(text: str, parts: Sequence[Span]) -> Iterator[tuple[str, Span]]:
    """The labels of parts of sentences with their places, part by part.

    Each cue looks once through all parts, which takes far less time than through one after the other. No cue reaches
    over the full stops between them.
    """
    if not parts:
        return
    facts, offset = _facts(text, parts), parts[0][0]
    ends = [end - offset for _, end in parts]
    told: defaultdict[int, list[tuple[str, list[re.Match[str]]]]] = defaultdict(list)
    for label, cue in _cues():
        for number, matches in groupby(cue.finditer(facts), lambda match: bisect_right(ends, match.start())):
            told[number].append((label, list(matches)))
    for number, cues in sorted(told.items()):
        low, high = parts[number]
        for label, (start, end) in _of_part(facts, low - offset, high - offset, cues):
            yield label, (start + offset, end + offset)


def _facts(text: str, parts: Sequence[Span]) -> str:
    """The text from the first part to the last, with full stops between parts; a formula is blanked out."""
    pieces, at = [], parts[0][0]
    for start, end in parts:
        pieces.append("。" * (start - at))
        pieces.append(_FORMULA.sub(lambda match: "＿" * len(match.group()), text[start:end]))
        at = end
    return "".join(pieces)


def _of_part(
    facts: str, low: int, high: int, cues: Sequence[tuple[str, list[re.Match[str]]]]
) -> Iterator[tuple[str, Span]]:
    """The labels, with their places, that hold of what the cues met in the part from `low` to `high`."""
    bribe = _BRIBE.search(facts, low, high) is not None
    public = any(label == _TRAVEL for label, _ in cues)
    told = False
    for label, matches in cues:
        if (bribe and label in _FOR_BRIBES) or (told and label == _IF_NOTHING_ELSE):
            continue
        for match in matches:
            if public and label != _TRAVEL and match.group().endswith("旅游"):
                continue
            if not _NOT_HIS.search(facts, max(low, facts.rfind("，", low, match.start()) + 1), match.start()):
                told = True
                yield label.removesuffix("?"), match.span()


@cache
def _cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = (row.partition("\t") for row in lexicons.entries("violations"))
    return tuple((label, re.compile(pattern)) for label, _, pattern in rows)
