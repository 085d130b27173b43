"""Tables as an xlsx workbook, for any report. Cells are text or numbers: never a formula, whatever they begin with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

Cell = str | int | float | None

LONGEST = 32_767  # characters of a cell, Excel's limit
_NAME_LONGEST = 31  # characters of a sheet's name, Excel's limit
_WIDE = 110  # characters of half width of a column that is the only one
_NOT_IN_NAMES = str.maketrans("[]:*?/\\", "（）：＊？／＼")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its heading, and its width in characters of half width."""

    heading: str
    width: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: lines of text above (a title, notes), then a table with headings; either may be empty."""

    name: str
    columns: Sequence[Column] = ()
    rows: Iterable[Sequence[Cell]] = ()
    above: Sequence[str] = ()


def workbook(sheets: Sequence[Sheet], made: datetime, title: str) -> bytes:
    """The xlsx file. Rows are taken one by one, so that a long table needs little memory."""
    import xlsxwriter  # takes a tenth of a second, and few commands write workbooks

    packed = BytesIO()
    book = xlsxwriter.Workbook(
        packed, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": title, "created": made.replace(tzinfo=None), "author": ""})
    text = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    head = book.add_format({"bold": True, "bg_color": "#D9E2F3", "text_wrap": True, "valign": "vcenter", "border": 1})
    first = book.add_format({"bold": True, "font_size": 16})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name.translate(_NOT_IN_NAMES)[:_NAME_LONGEST])
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        for at, column in enumerate(sheet.columns):
            page.set_column(at, at, column.width)
        for number, line in enumerate(sheet.above):
            page.write_string(number, 0, harmless(line), plain if number else first)
        if not sheet.columns:
            page.set_column(0, 0, _WIDE)
            continue
        top = len(sheet.above)
        for at, column in enumerate(sheet.columns):
            page.write_string(top, at, column.heading, head)
        page.repeat_rows(top)
        page.freeze_panes(top + 1, 0)
        last = top
        for last, row in enumerate(sheet.rows, start=top + 1):
            for at, cell in enumerate(row):
                if isinstance(cell, str):
                    page.write_string(last, at, harmless(cell), text)
                elif cell is None:
                    page.write_blank(last, at, None, text)
                else:
                    page.write_number(last, at, cell, text)
        page.autofilter(top, 0, max(last, top), len(sheet.columns) - 1)
    book.close()
    return packed.getvalue()


def harmless(cell: str) -> str:
    """A text that no spreadsheet program takes for a formula, also when it is saved as csv and opened again."""
    kept = "".join(character for character in cell if character >= " " or character in "\t\n")
    return f"'{kept}"[:LONGEST] if kept.lstrip(" \n").startswith(_FORMULA) else kept[:LONGEST]
