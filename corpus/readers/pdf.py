"""PDF files with a text layer: paragraphs, pages kept, running lines and page numbers kept out.

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
from corpus.quality import USABLE, USABLE_AMONG_GARBAGE, quality
from corpus.readers.columns import blocks
from corpus.readers.contract import Blob, Leaf, Limits, Reader, Reading, Unreadable
from corpus.readers.layout import Line, paragraphs
from corpus.readers.pdf_lines import runs
from corpus.readers.pdf_tables import Tables, looks_ruled
from corpus.readers.running import without_running
from corpus.repair import clean, join
from corpus.title import printed

_CREATED = re.compile(r"D?:?(\d{4})(\d\d)(\d\d)")
_PICTURES = [pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_SHADING]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page as placed lines, in groups read one after the other; `lost` tells why expected ones are missing."""

    groups: list[list[Line]]
    width: float = 0.0
    height: float = 0.0
    lost: Reason | None = None


def identify(blob: Blob) -> bool:
    """Whether a PDF header stands near the beginning, where the standard lets it stand."""
    return b"%PDF-" in blob.data[:1024]


def read(blob: Blob, limits: Limits) -> Iterator[Reading]:
    """Yield the document, with a Skip for each page whose text must be recognised. Raises Unreadable."""
    try:
        document = pdfium.PdfDocument(blob.data)
    except pdfium.PdfiumError as error:
        locked = error.err_code == pdfium_c.FPDF_ERR_PASSWORD
        raise Unreadable(Reason.ENCRYPTED if locked else Reason.BROKEN) from error
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
        pictured = not placed and any(True for _ in page.get_objects(filter=_PICTURES, max_depth=3))
        return _Sheet(groups, width, height, Reason.NO_TEXT if pictured else None)
    finally:
        page.close()


def _leaves(blob: Blob, sheets: Sequence[_Sheet]) -> tuple[tuple[Leaf, ...], tuple[Skip, ...]]:
    flat = [[line for group in sheet.groups for line in group] for sheet in sheets]
    body = [{id(line) for line in page} for page in without_running(flat, [sheet.height for sheet in sheets])]
    texts: list[tuple[str, bool]] = []
    for sheet, kept in zip(sheets, body, strict=True):
        groups = [[line for line in group if id(line) in kept] for group in sheet.groups]
        texts.append(_text([group for group in groups if group], sheet.width))
    scores = [round(quality(text), 3) for text, _ in texts]
    needed = USABLE if sum(score < USABLE for score in scores) * 2 < len(scores) else USABLE_AMONG_GARBAGE
    leaves: list[Leaf] = []
    skips: list[Skip] = []
    for number, (sheet, (text, runs_on), score) in enumerate(zip(sheets, texts, scores, strict=True), start=1):
        if score < needed:
            skips.append(Skip(blob.name, Reason.NO_TEXT, "文字层是乱码", page=number))
            leaves.append(Leaf("", quality=score))
        elif not text and sheet.lost:
            skips.append(Skip(blob.name, sheet.lost, page=number))
            leaves.append(Leaf("", quality=0.0))
        else:
            leaves.append(Leaf(text, quality=score, run_on=runs_on))
    return tuple(leaves), tuple(skips)


def _text(groups: Sequence[list[Line]], width: float) -> tuple[str, bool]:
    """The groups of a page joined; a sentence may run on from one column to the next as from page to page."""
    text, runs_on = "", False
    for group in groups:
        more, goes_on = paragraphs(group, width)
        text = join(text, clean(more)) if runs_on or not text else f"{text}\n{clean(more)}"
        runs_on = goes_on
    return text, runs_on


def _meta(stated: dict[str, str]) -> dict[str, MetaValue]:
    created = _CREATED.match(stated.get("CreationDate", ""))
    values = {"author": stated.get("Author", "").strip(), "created": "-".join(created.groups()) if created else ""}
    return {key: MetaValue(value, "file") for key, value in values.items() if value}


READER = Reader("pdf", 1, identify, read)
