"""The placed text of one PDF page, taken from pdfium with a few calls a line instead of one a character."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from corpus.readers.layout import Run
from corpus.repair import WIDE

_BREAK = re.compile("\r\n|[\r\n]|(?P<hyphen>[\x02\ufffe])")  # pdfium marks a word broken at the line's end
_GAP = re.compile(f"(?<=[{WIDE}]) +(?=[{WIDE}])")
_WIDE_GAP = 1.2  # of the character size: what stands further apart was set apart on purpose
_SPACED_OUT = 0.2  # where more of the pairs of Chinese characters have a space between them, it is typesetting

_BULLETS = dict.fromkeys(
    map(ord, "\uf06c\uf06e\uf075\uf0a7\uf0a8\uf0b2\uf0b7\uf0d8\uf0e8\uf0fc\uf0fe"), "•"
)  # Wingdings, Symbol

Box = tuple[float, float, float, float]  # left, top, right, bottom; from the top left of the page as it is shown


def runs(page: pdfium.PdfPage) -> list[Run]:
    """The stretches of characters of a page with their places in points, in the order of the file."""
    text_page = page.get_textpage()
    try:
        text = text_page.get_text_range()
        if len(text) != text_page.count_chars():
            text = "".join(chr(pdfium_c.FPDFText_GetUnicode(text_page, i)) for i in range(text_page.count_chars()))
        return list(_placed(text, _boxes(page, text_page), text_page))
    finally:
        text_page.close()


def _placed(text: str, box: Callable[[int], Box], text_page: pdfium.PdfTextPage) -> Iterator[Run]:
    spaced_out = len(_GAP.findall(text)) > _SPACED_OUT * max(1, len(text) // 2)
    for start, end, hyphen in _pieces(text):
        piece = text[start:end]
        first, last = start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()) - 1
        if first > last:
            continue
        left, top, _, bottom = box(first)
        right = box(last)[2]
        size = max(bottom - top, 0.1)
        kept: list[str] = []
        position = first
        for gap in _GAP.finditer(text, first, last + 1):
            kept.append(text[position : gap.start()])
            position = gap.end()
            if box(gap.end())[0] - box(gap.start() - 1)[2] > _WIDE_GAP * size:
                kept.append(" ")
            elif not spaced_out and not pdfium_c.FPDFText_IsGenerated(text_page, gap.start()):
                kept.append(gap.group())
        kept.append(text[position : last + 1])
        line = "".join(kept).translate(_BULLETS) + ("-" if hyphen else "")
        yield Run(line, left, max(right, left), bottom, size)


def _pieces(text: str) -> Iterator[tuple[int, int, bool]]:
    """Start and end of every line of pdfium's text, and whether a word is broken at its end."""
    start = 0
    for found in _BREAK.finditer(text):
        yield start, found.start(), found.group("hyphen") is not None
        start = found.end()
    yield start, len(text), False


def _boxes(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage) -> Callable[[int], Box]:
    """A function that gives a character's box as the page is shown, its rotation undone."""
    width, height = page.get_size()
    rotation = page.get_rotation()
    x0, y0 = page.get_mediabox()[:2]

    def box(index: int) -> Box:
        left, bottom, right, top = text_page.get_charbox(index, loose=True)
        left, right, bottom, top = left - x0, right - x0, bottom - y0, top - y0
        if rotation == 90:
            return bottom, left, top, right
        if rotation == 180:
            return width - right, bottom, width - left, top
        if rotation == 270:
            return width - top, height - right, width - bottom, height - left
        return left, height - top, right, height - bottom

    return box
