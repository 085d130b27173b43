"""PDF files: paragraphs, pages kept, running lines and page numbers kept out.

pdfium is fast and reads nearly everything; pdfplumber is asked only for the tables of pages that look ruled.
pdfium is not thread-safe: readers run one at a time in a process (`corpus.sandbox`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from corpus.document import MetaValue, Reason, Skip
from corpus.quality import needed, quality
from corpus.readers.columns import blocks
from corpus.readers.contract import (
    PICTURE_PIXELS,
    Blob,
    Leaf,
    Limits,
    Picture,
    Reader,
    Reading,
    Unreadable,
)
from corpus.readers.layout import Line, Run
from corpus.readers.page_text import joined
from corpus.readers.pdf_lines import runs
from corpus.readers.pdf_objects import IMAGE, PATH, SHADING, bounds, drawn
from corpus.readers.pdf_tables import Tables, looks_ruled
from corpus.readers.running import groups_without_running
from corpus.title import printed

_CREATED = re.compile(r"D?:?(\d{4})(\d\d)(\d\d)")
_FEW_WORDS = 100  # characters: a scan may bear a stamp of the archive, a number, the address of a site
_COVERED = 0.5  # of the page
_DOTS = 200  # an inch


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page as placed lines, in groups read one after the other; `pictured` where only its picture shows the text."""

    groups: list[list[Line]]
    width: float = 0.0
    height: float = 0.0
    pictured: bool = False
    lost: Reason | None = None


def identify(blob: Blob) -> bool:
    """Whether a PDF header stands near the beginning, where the standard lets it stand."""
    return b"%PDF-" in blob.data[:1024]


def read(blob: Blob, limits: Limits) -> Iterator[Reading]:
    """Yield the document; pages without a usable text layer are leaves to be recognised. Raises Unreadable."""
    document = _opened(blob)
    tables = Tables(blob.data)
    try:
        count = len(document)
        sheets = [_sheet(document, number, tables) for number in range(min(count, limits.pages))]
        stated = document.get_metadata_dict()
    finally:
        tables.close()
        document.close()
    leaves, skips = _leaves(blob, sheets)
    if count > limits.pages:
        skips += (Skip(blob.name, Reason.TOO_LARGE, f"只读取了前 {limits.pages} 页", page=limits.pages + 1),)
    beginning = "\n".join(leaf.text for leaf in leaves[:2])
    yield Reading(blob.name, leaves, title=printed(stated.get("Title"), beginning), meta=_meta(stated), skips=skips)


def picture(blob: Blob, number: int) -> Picture:
    """Page `number`, counted from 1, as it is seen on paper. Raises Unreadable."""
    document = _opened(blob)
    try:
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(_DOTS / 72, (PICTURE_PIXELS / max(1.0, width * height)) ** 0.5)
        image = page.render(scale=scale, force_bitmap_format=pdfium_c.FPDFBitmap_BGR).to_numpy()
        return Picture(image.shape[1], image.shape[0], image.tobytes())
    except pdfium.PdfiumError as error:
        raise Unreadable(Reason.BROKEN) from error
    finally:
        document.close()


def _opened(blob: Blob) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(blob.data)
    except pdfium.PdfiumError as error:
        locked = error.err_code == pdfium_c.FPDF_ERR_PASSWORD
        raise Unreadable(Reason.ENCRYPTED if locked else Reason.BROKEN) from error


def _sheet(document: pdfium.PdfDocument, number: int, tables: Tables) -> _Sheet:
    try:
        page = document[number]
    except pdfium.PdfiumError:
        return _Sheet([], lost=Reason.BROKEN)
    try:
        placed = runs(page)
        width, height = page.get_size()
        groups = blocks(placed)
        found = [line for group in groups for line in group]
        if found and looks_ruled(page):
            groups = [tables.on(number, found)]
        return _Sheet(groups, width, height, _is_pictured(page, placed, width * height))
    finally:
        page.close()


def _is_pictured(page: pdfium.PdfPage, placed: Sequence[Run], area: float) -> bool:
    """Whether a page is a picture: it holds no text but something drawn, or few words on an image that covers it."""
    if not placed:
        return any(True for _ in drawn(page, (IMAGE, PATH, SHADING)))
    if sum(len(run.text) for run in placed) > _FEW_WORDS:
        return False
    return any(_area(*bounds(image)) > _COVERED * area for image in drawn(page, (IMAGE,)))


def _area(left: float, bottom: float, right: float, top: float) -> float:
    return (right - left) * (top - bottom)


def _leaves(blob: Blob, sheets: Sequence[_Sheet]) -> tuple[tuple[Leaf, ...], tuple[Skip, ...]]:
    bodies = groups_without_running([sheet.groups for sheet in sheets], [sheet.height for sheet in sheets])
    texts = [joined(body, sheet.width) for sheet, body in zip(sheets, bodies, strict=True)]
    scores = [round(quality(text), 3) for text, _ in texts]
    least = needed(scores)
    leaves: list[Leaf] = []
    skips: list[Skip] = []
    for number, (sheet, (text, runs_on), score) in enumerate(zip(sheets, texts, scores, strict=True), start=1):
        if score < least:
            leaves.append(Leaf("", quality=score, pictured=True))
        elif sheet.pictured:
            leaves.append(Leaf(text, quality=score if text else 0.0, pictured=True))
        elif sheet.lost:
            skips.append(Skip(blob.name, sheet.lost, page=number))
            leaves.append(Leaf("", quality=0.0))
        else:
            leaves.append(Leaf(text, quality=score, run_on=runs_on))
    return tuple(leaves), tuple(skips)


def _meta(stated: dict[str, str]) -> dict[str, MetaValue]:
    created = _CREATED.match(stated.get("CreationDate", ""))
    values = {"author": stated.get("Author", "").strip(), "created": "-".join(created.groups()) if created else ""}
    return {key: MetaValue(value, "file") for key, value in values.items() if value}


READER = Reader("pdf", 2, identify, read, picture)
