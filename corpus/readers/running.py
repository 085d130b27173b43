"""Running headers, footers and page numbers: recognised across the pages of a document and kept out of its text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.readers.layout import Line

_EDGE_LINES = 3  # lines from the top and from the bottom that may be running ones
_EDGE_SHARE = 0.15  # of the page's height, from the top and from the bottom
_REPEATED = 0.3  # of the pages, and at least three (left and right pages may have different ones)
_PAGE_NUMBER = re.compile(
    r"[-—–－―·•\s]*\d{1,4}[-—–－―·•\s]*|第\s*\d{1,4}\s*页(?:[\s，,/]*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}"
    r"|(?i:page\s*\d{1,4}(?:\s*of\s*\d{1,4})?)|[ivxlIVX]{1,6}"
)
_DIGITS = re.compile(r"\d+")
_SPACE = re.compile(r"\s+")


def without_running(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """The pages' lines, top to bottom, without what repeats at their edges. `heights` are the papers' heights."""
    edges = [_edges(page, height) for page, height in zip(pages, heights, strict=True)]
    seen = Counter(key for edge in edges for key in {_form(line) for line in edge})
    needed = max(3, round(_REPEATED * len(pages)))
    kept: list[list[Line]] = []
    for page, edge in zip(pages, edges, strict=True):
        running = {id(line) for line in edge if seen[_form(line)] >= needed or _is_page_number(line, page)}
        kept.append([line for line in page if id(line) not in running])
    return kept


def _edges(page: Sequence[Line], height: float) -> list[Line]:
    """The lines at the top and the bottom of a page, where running lines stand."""
    by_place = sorted(page, key=lambda line: line.v)
    top = [line for line in by_place[:_EDGE_LINES] if line.v <= _EDGE_SHARE * height]
    bottom = [line for line in by_place[-_EDGE_LINES:] if line.v >= (1 - _EDGE_SHARE) * height]
    return top + [line for line in bottom if line not in top]


def _form(line: Line) -> str:
    return _DIGITS.sub("#", _SPACE.sub("", line.text))


def _is_page_number(line: Line, page: Sequence[Line]) -> bool:
    """Whether a line at the edge is nothing but a page number, and stands outermost."""
    outermost = line.v in {min(other.v for other in page), max(other.v for other in page)}
    return outermost and len(page) > 1 and _PAGE_NUMBER.fullmatch(line.text.strip()) is not None


def groups_without_running(pages: Sequence[Sequence[list[Line]]], heights: Sequence[float]) -> list[list[list[Line]]]:
    """The groups of lines of each page without running lines; a group that held nothing else is left out."""
    flat = [[line for group in page for line in group] for page in pages]
    kept = [{id(line) for line in page} for page in without_running(flat, heights)]
    bodies = [[[x for x in group if id(x) in body] for group in page] for page, body in zip(pages, kept, strict=True)]
    return [[group for group in page if group] for page in bodies]
