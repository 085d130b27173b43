"""A list that a user hands in, as rows of cells: a workbook, a csv or tsv, or a plain text with a row a line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.document import Reason
from corpus.encoding import decode
from corpus.readers import ole, sheet
from corpus.readers.contract import Blob, Limits, Unreadable
from corpus.readers.grid import filled
from corpus.readers.sniff import is_zip

#: What parts the cells of a line of plain text. A single blank may stand inside a name (张　三), so it parts nothing.
_PARTS = re.compile(r"\t+|[,，;；|]| {2,}")


@dataclass(frozen=True, slots=True)
class Row:
    """A row that shows something: its number as the user counts it, from 1, and its cells by column."""

    number: int
    cells: dict[int, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with its name ("" for a file that has only one), and its rows from top to bottom."""

    name: str
    rows: tuple[Row, ...]


def tables(blob: Blob, limits: Limits) -> tuple[Table, ...]:
    """The sheets of a list. A cell merged over several rows stands in each of them. Raises Unreadable."""
    if not blob.data:
        raise Unreadable(Reason.EMPTY)
    if len(blob.data) > limits.file_bytes:
        raise Unreadable(Reason.TOO_LARGE, f"{len(blob.data):,} 字节，上限 {limits.file_bytes:,}")
    if sheet.identify(blob):
        return tuple(_workbook(blob))
    if is_zip(blob.data) or ole.is_ole(blob.data):
        raise Unreadable(Reason.UNKNOWN_TYPE, "名单应是 xlsx、xls、csv 或 txt")
    decoded = decode(blob.data)
    if decoded is None:
        raise Unreadable(Reason.ENCODING)
    lines = enumerate(decoded.text.splitlines(), start=1)
    return (Table("", tuple(Row(number, cells) for number, line in lines if (cells := _cells(line)))),)


def _workbook(blob: Blob) -> list[Table]:
    first = 0 if not is_zip(blob.data) else 1  # xlsx numbers its rows from 1; xlrd and csv count from 0
    found = []
    for grid in sheet.grids(blob):
        if isinstance(grid, Unreadable):
            raise grid
        rows = (Row(number + 1 - first, cells) for number, cells in sorted(filled(grid).items()))
        found.append(Table(grid.name, tuple(rows)))
    return found


def _cells(line: str) -> dict[int, str]:
    parts = (part.strip() for part in _PARTS.split(line.strip()))
    return {column: part for column, part in enumerate(parts) if part}
