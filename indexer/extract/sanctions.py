"""Sanctions: which labels of the closed list a stretch of text tells of, and where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from indexer.extract import lexicons, marks
from indexer.extract.extraction import Mention, Span

#: What makes the words of a sanction a report of one.
_GIVEN = re.compile(
    r"受到|受|给予|予以|被|处以|处分|处理|决定|作出|判处|依法|收缴|终止|取消|移送|免去|降为|开除|双开|获刑|领刑|责令|诫勉|引咎|并处|撤销"
)
#: A clause about what might be done, was done earlier to him, or was done to others.
_NOT_TOLD = re.compile(
    r"应当?(?:给予|受到|予以|按照|依[法规]|追究)|应予严肃|可以?(?:给予|依法)|建议(?:给予)?|曾(?:经)?(?:因|受|被)|处分影响期|处分期|不得|如果|拟(?:给予|处)|"
    r"(?:第[一二三四五六七八九十百]+条)|提请|以[^，。；]{1,20}罪追究|处分决定|处分条例|处分法"
)
_OTHERS = re.compile(
    r"(?:其他|其余|其它|相关|有关|另有|另外)[^，。；]{0,6}(?:责任人|人员|人|干部|涉案|单位|党员)[^，。；]*$"
    r"|\d+余?名[^，。；]{0,20}(?:人员|干部|人|党员|公职人员)[^，。；]*$|[两三四五六七八九十]+名[^，。；]{0,20}(?:人员|干部|人)[^，。；]*$"
)
_CLAUSE = re.compile(r"[^。；！？\n]+")
#: Formulas that name labels' words without giving any: the statutes a decision rests on.
_STATUTE = re.compile(r"《[^》]*》")


@dataclass(frozen=True, slots=True)
class Told:
    """A sanction that the text tells of: its label and its place."""

    label: str
    span: Span


def find(text: str) -> tuple[Mention, ...]:
    """The sanctions that `text` tells of, as mentions."""
    return tuple(Mention("sanction", *told.span, told.label) for told in tell(marks.even(text), 0, len(text)))


def tell(text: str, low: int, high: int) -> tuple[Told, ...]:
    """The sanctions told of between `low` and `high`, in order. `text` has even punctuation."""
    found: list[Told] = []
    if not _trigger().search(text, low, high):
        return ()
    for clause in _CLAUSE.finditer(text, low, high):
        start, end = clause.span()
        if not _trigger().search(text, start, end) or not _GIVEN.search(text, start, end):
            continue
        found += [told for told in _in_clause(text, start, end) if not _unsaid(text, start, end, told.span)]
    return tuple(found)


def _in_clause(text: str, start: int, end: int) -> list[Told]:
    """The labels of a clause; a shorter word inside a longer one (警告 in 严重警告) is none."""
    taken: list[Told] = []
    quoted = [match.span() for match in _STATUTE.finditer(text, start, end)]
    for label, pattern in _labels():
        for match in pattern.finditer(text, start, end):
            inside_title = any(low <= match.start() < high for low, high in quoted)
            if not inside_title and not any(_covers(told, match.span(), label) for told in taken):
                taken.append(Told(label, match.span()))
    if len(taken) > 1:
        specific = [told for told in taken if told.label != "其他处理"]
        near = [told for told in taken if told.label != "其他处理" or not _beside(told, specific)]
        taken = near
    return sorted(taken, key=lambda told: told.span)


def _covers(told: Told, span: Span, label: str) -> bool:
    overlap = told.span[0] < span[1] and span[0] < told.span[1]
    return overlap and {told.label, label} != {"开除党籍", "开除公职"}


def _beside(told: Told, others: list[Told]) -> bool:
    """Whether an unnamed 处分 only closes the list of named ones: 党内警告、政务记过处分."""
    return any(abs(told.span[0] - other.span[1]) <= 3 for other in others)


def _unsaid(text: str, start: int, end: int, span: Span) -> bool:
    """Whether the part of the clause before the words says that nothing was done to the subject here."""
    comma = text.rfind("，", start, span[0])
    part = text[max(start, comma + 1) : min(span[1] + 6, end)]
    return _NOT_TOLD.search(part) is not None or _OTHERS.search(text, max(start, comma + 1), span[0]) is not None


@cache
def _labels() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = (row.partition("\t") for row in lexicons.entries("sanctions"))
    return tuple((label, re.compile(pattern)) for label, _, pattern in rows)


@cache
def _trigger() -> re.Pattern[str]:
    """A cheap test whether a text can tell of any sanction."""
    return re.compile(
        "警告|党内|察看|开除|双开|记过|记大过|降级|降为|降低|撤职|提醒|批评|检查|诫勉|停职|岗位|职务|免职|免去|辞职|待遇|资格|代表|收缴|没收|"
        "移送|移交|判处|获刑|被判|判刑|领刑|追究|追责|处理|处分|问责"
    )
