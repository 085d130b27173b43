"""The ruled tables of a PDF page, through pdfplumber: slow, so asked only for pages that look as if they had one."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from io import BytesIO

import pdfplumber
import pypdfium2 as pdfium

from corpus.readers.layout import Line
from corpus.readers.pdf_objects import PATH, bounds, drawn
from corpus.repair import close_gaps, join

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it reports every oddity of a file, page after page

_OBJECTS = 5_000  # strokes beyond which a page is a map or a drawing
_TALL, _THIN = 8.0, 3.0  # points: what is taller is the side of a row, what is thinner is a line
_SIDES = 2


def looks_ruled(page: pdfium.PdfPage) -> bool:
    """Whether strokes of a page divide it into columns of cells. Underlines, frames and pictures do not."""
    upright = flat = 0
    for number, stroke in enumerate(drawn(page, (PATH,))):
        left, bottom, right, top = bounds(stroke)
        tall, wide = top - bottom > _TALL, right - left > _TALL
        upright += tall and (right - left < _THIN or wide)
        flat += wide and (top - bottom < _THIN or tall)
        if number > _OBJECTS:
            return False
    return upright >= _SIDES and flat >= _SIDES


@dataclass(slots=True)
class Tables:
    """The tables of one file, which pdfplumber opens only when the first page is asked for. Close it after use."""

    data: bytes
    _file: pdfplumber.pdf.PDF | None = None

    def on(self, number: int, found: list[Line]) -> list[Line]:
        """The lines of page `number` (from 0), those inside a table replaced by one a row, cells parted by tabs.

        Where pdfplumber cannot bear a page that pdfium could read, the lines stay as they were found.
        """
        try:
            self._file = self._file or pdfplumber.open(BytesIO(self.data))
            page = self._file.pages[number]
            try:
                return _with_tables(page, found)
            finally:
                page.close()
        except Exception:  # pdfminer raises whatever broken bytes lead it to
            return found

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()


def _with_tables(page: pdfplumber.page.Page, found: Sequence[Line]) -> list[Line]:
    kept = list(found)
    for table in page.find_tables():
        left, top, right, bottom = table.bbox
        inside = [line for line in kept if top <= line.v - line.size / 2 <= bottom and left - 2 <= line.u <= right]
        rows = [row for row in table.extract() if any(row)]
        if not inside or not rows or max(map(len, rows)) < 2:
            continue
        first = kept.index(inside[0])
        kept = [line for line in kept if line not in inside]
        size = inside[0].size
        step = (bottom - top) / len(rows)
        kept[first:first] = [
            Line("\t".join(map(_cell, row)).strip("\t"), left, right, top + number * step + size, size, len(row))
            for number, row in enumerate(rows)
        ]
    return kept


def _cell(text: str | None) -> str:
    return close_gaps(reduce(join, (text or "").split("\n"))).strip()
