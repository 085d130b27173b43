"""Spreadsheets: xlsx, xls, WPS et, csv and tsv. Each sheet is a leaf, each row a line with its headings."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator

from corpus.document import Reason, Skip
from corpus.encoding import decode, is_text
from corpus.readers import grid, ole, sheet_xls, sheet_xlsx
from corpus.readers.contract import Blob, Leaf, Limits, Reader, Reading, Unreadable
from corpus.readers.package import open_package
from corpus.readers.sniff import extension, is_zip, text_head, zip_names

_XLSX = frozenset({"xlsx", "xlsm", "xltx", "xltm"})
_XLS = frozenset({"xls", "et", "xlt", "ett"})
_DELIMITERS = {"csv": ",;\t|", "tsv": "\t"}
_UNNAMED = re.compile(r"(?:sheet|工作表|表)?\s*\d*", re.IGNORECASE)  # names that programs give
_LONGEST_CELL = 10_000_000


def identify(blob: Blob) -> bool:
    """Whether the bytes hold a workbook, or are a text that is named csv or tsv; broken workbooks go by their name."""
    ending = extension(blob.name)
    if is_zip(blob.data):
        names = zip_names(blob.data)
        return any(name.lower() == "xl/workbook.xml" for name in names) if names else ending in _XLSX
    if ole.is_ole(blob.data):
        names = ole.streams(blob.data)
        if ole.is_locked(names):
            return ending in _XLSX
        return bool(names & {"workbook", "book"}) if names else ending in _XLS
    return (
        ending in _DELIMITERS
        and is_text(blob.data)
        and not text_head(blob.data, 64).lstrip().startswith(("<", "{\\rtf"))
    )


def read(blob: Blob, limits: Limits) -> Iterator[Reading]:
    """Yield the workbook, a leaf for each sheet with its name in the first line. Raises Unreadable."""
    leaves: list[Leaf] = []
    skips: list[Skip] = []
    room = limits.text_characters
    for number, sheet in enumerate(grids(blob), start=1):
        if isinstance(sheet, Unreadable):
            leaves.append(Leaf(""))
            skips.append(Skip(blob.name, sheet.reason, sheet.detail, page=number))
            continue
        rows = grid.lines(sheet)
        name = [sheet.name] if rows and not _UNNAMED.fullmatch(sheet.name) else []
        leaves.append(Leaf("\n".join(name + rows)))
        room -= len(leaves[-1].text)
        if room < 0:  # the door cuts and records it; more sheets would only take memory
            break
    yield Reading(blob.name, tuple(leaves), skips=tuple(skips))


def grids(blob: Blob) -> Iterator[grid.Grid | Unreadable]:
    """Yield each sheet of a workbook, or why it cannot be read. Raises Unreadable for the whole of it."""
    if is_zip(blob.data):
        return sheet_xlsx.grids(open_package(blob.data))
    if ole.is_locked(ole.streams(blob.data)):
        raise Unreadable(Reason.ENCRYPTED)
    if ole.is_ole(blob.data):
        return sheet_xls.grids(blob.data)
    return iter([_table(blob)])


def _table(blob: Blob) -> grid.Grid:
    decoded = decode(blob.data)
    if decoded is None:
        raise Unreadable(Reason.ENCODING)
    csv.field_size_limit(_LONGEST_CELL)
    lines = decoded.text.splitlines(keepends=True)
    delimiter = max(_DELIMITERS.get(extension(blob.name), ","), key=lambda mark: _regularity(lines[:100], mark))
    try:
        rows = enumerate(csv.reader(lines, delimiter=delimiter))
        return grid.Grid("", {number: dict(enumerate(row)) for number, row in rows})
    except csv.Error as error:
        raise Unreadable(Reason.BROKEN, "表格无法按行分开") from error


def _regularity(lines: list[str], delimiter: str) -> int:
    """How many of the lines have the most frequent number of cells, where that is more than one."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
    except csv.Error:
        return 0
    return max(widths.values(), default=0)


READER = Reader("sheet", 1, identify, read)
