"""The sheets of an xls or WPS et workbook (BIFF), by xlrd."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import xlrd

from corpus.document import Reason
from corpus.readers import ole
from corpus.readers.cell_format import show
from corpus.readers.contract import Unreadable
from corpus.readers.grid import Grid


def grids(data: bytes) -> Iterator[Grid]:
    """Yield each sheet in the order of the tabs. Raises Unreadable: ENCRYPTED or BROKEN."""
    stored = _stream(data)
    with Path(os.devnull).open("w", encoding="utf-8") as silence:
        try:
            book = xlrd.open_workbook(file_contents=stored, formatting_info=True, logfile=silence)
        except Exception as error:
            if "encrypted" in str(error).lower():
                raise Unreadable(Reason.ENCRYPTED) from error
            raise Unreadable(Reason.BROKEN, "工作簿结构不完整") from error
        for sheet in book.sheets():
            yield _grid(book, sheet)


def _stream(data: bytes) -> bytes:
    """The workbook inside its compound file. xlrd's own reading of these can go round in circles in a damaged one."""
    with ole.open_ole(data) as compound:
        name = next((entry[0] for entry in compound.listdir() if entry[0].lower() in {"workbook", "book"}), "Workbook")
        return ole.stream(compound, name)


def _grid(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> Grid:
    rows = {
        number: {column: _shown(book, cell) for column, cell in enumerate(sheet.row(number))}
        for number in range(sheet.nrows)
    }
    merged = [(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells]
    return Grid(sheet.name, rows, merged)


def _shown(book: xlrd.Book, cell: xlrd.sheet.Cell) -> str:
    match cell.ctype:
        case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE:
            try:
                code = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
                return show(cell.value, code, from_1904=bool(book.datemode))
            except (KeyError, IndexError, TypeError, ValueError, OverflowError):
                return str(cell.value)
        case xlrd.XL_CELL_BOOLEAN:
            return "TRUE" if cell.value else "FALSE"
        case xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(cell.value, ""))
        case _:
            return str(cell.value or "")
