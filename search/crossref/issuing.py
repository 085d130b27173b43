"""The circulars that an agency issued: by its letterhead, its source line, its signature, or its headline."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from indexer.extract.extraction import Span
from search.crossref.sources import Evidence, Source

#: Letterheads and headlines stand so near the beginning, signatures so near the end, in characters.
_HEAD, _FOOT = 200, 120
_TELLS = re.compile(r"(?:[^。；\n]{0,6}?)(?:公开|集中|对[^。；\n]{0,30}?进行)?(?:通报|曝光|印发)")
_CIRCULAR = "circular"


@dataclass(frozen=True, slots=True)
class Issued:
    """A circular with its title, its day, its number where it has one, and where it says who issued it."""

    document: str
    title: str
    date: str | None
    number: str | None
    evidence: Evidence


def issued(source: Source, is_agency: Callable[[str, str], bool]) -> Issued | None:
    """The document as a circular of the agency; None where it is none. `is_agency` takes a document id and a name."""
    if source.extraction.kind != _CIRCULAR:
        return None
    document = source.document
    place = _place(source, is_agency)
    stated = document.meta.get("source")
    if place is None and (stated is None or not is_agency(document.id, stated.value)):
        return None
    number = document.meta.get("doc_number")
    at = place or (max(document.text.find(stated.value), 0) if stated else 0, 0)
    span = at if at[1] else (at[0], at[0] + 1)
    return Issued(document.id, document.title, source.date, number.value if number else None, source.evidence(span))


def _place(source: Source, is_agency: Callable[[str, str], bool]) -> Span | None:
    """Where the head or the foot of the document names the agency as who issues it."""
    text = source.document.text
    foot = len(text.rstrip()) - _FOOT
    for agency in source.extraction.agencies:
        if not is_agency(source.document.id, agency.name):
            continue
        for start, end in agency.spans:
            told = start < _HEAD and (_TELLS.match(text, end) or _alone_on_line(text, start, end, "文件"))
            if told or (start >= foot and _alone_on_line(text, start, end)):
                return start, end
    return None


def _alone_on_line(text: str, start: int, end: int, after: str = "") -> bool:
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line = text[line_start : line_end if line_end >= 0 else len(text)].strip()
    return line.removesuffix(after).strip() == text[start:end]
