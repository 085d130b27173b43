"""A sheet as a person reads it: each row a line, with the heading of every cell before it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from corpus.repair import join

_LONGEST_HEADING = 40
_HEADER_WITHIN = 12  # rows from the top in which the header is looked for
_NUMERIC = re.compile(r"[-+¥￥$]?[\d,.，]+%?")
_SPACE = re.compile(r"\s+")

Row = Mapping[int, str]  # column -> what the cell shows
Area = tuple[int, int, int, int]  # merged cells: first row, first column, last row, last column


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet: its name, its rows by number (empty ones may be missing), and its merged areas."""

    name: str
    rows: Mapping[int, Row]
    merged: Sequence[Area] = ()


def lines(grid: Grid) -> list[str]:
    """Return a line for each row that shows anything: "姓名：张三；单位：某局" below a header, else "甲；乙".

    A cell merged over several rows counts for each of them; merged over several columns, once.
    """
    rows = filled(grid)
    header = _header(rows, grid.merged)
    if header is None:
        return [_joined(row.values()) for _, row in sorted(rows.items())]
    first, last = header
    over = [area for area in grid.merged if first <= area[0] <= last]
    headings = {column: _heading(rows, over, first, last, column) for column in _columns(rows, first, last)}
    shown = [_joined(row.values()) for number, row in sorted(rows.items()) if number < first]
    shown.append(_joined(heading for _, heading in sorted(headings.items())))
    for number, row in sorted(rows.items()):
        if number > last:
            shown.append(_joined(_labelled(headings.get(column, ""), cell) for column, cell in sorted(row.items())))
    return shown


def filled(grid: Grid) -> dict[int, dict[int, str]]:
    """The cells that show anything, in one line each, by row and column; one merged over rows stands in each."""
    rows: dict[int, dict[int, str]] = {}
    for number, row in sorted(grid.rows.items()):
        if cells := {column: text for column, cell in row.items() if (text := _one_line(cell))}:
            rows[number] = cells
    numbers = list(rows)  # a row with nothing of its own stays empty
    for top, left, bottom, _ in grid.merged:
        if cell := rows.get(top, {}).get(left):
            for number in numbers[bisect_right(numbers, top) : bisect_right(numbers, bottom)]:
                rows[number].setdefault(left, cell)
    return {number: dict(sorted(row.items())) for number, row in rows.items()}


def _one_line(cell: str) -> str:
    return reduce(join, (_SPACE.sub(" ", line).strip() for line in cell.splitlines()), "")


def _header(rows: Mapping[int, Row], merged: Sequence[Area]) -> tuple[int, int] | None:
    """The first and last row of the header: short different words over most of the columns that are used below."""
    numbers = sorted(rows)
    widest = max((len(row) for row in rows.values()), default=0)
    for number in numbers[:_HEADER_WITHIN]:
        row = rows[number]
        last = max((bottom for top, _, bottom, _ in merged if top == number), default=number)
        columns = _columns(rows, number, last)
        if len(columns) < 2 or 2 * len(columns) < widest:
            continue  # a title, a note, or the unit of measure
        plain = all(len(cell) <= _LONGEST_HEADING and not _NUMERIC.fullmatch(cell) for cell in row.values())
        different = len(set(row.values())) == len(row)
        return (number, last) if plain and different and numbers[-1] > last else None
    return None


def _columns(rows: Mapping[int, Row], first: int, last: int) -> set[int]:
    return {column for number in range(first, last + 1) for column in rows.get(number, {})}


def _heading(rows: Mapping[int, Row], merged: Sequence[Area], first: int, last: int, column: int) -> str:
    words: list[str] = []
    for number in range(first, last + 1):
        row = rows.get(number, {})
        word = row.get(column) or next(
            (row[left] for top, left, _, right in merged if top == number and left <= column <= right and left in row),
            "",
        )
        if word and word not in words:
            words.append(word)
    return "/".join(words)


def _labelled(heading: str, cell: str) -> str:
    return f"{heading.rstrip('：:')}：{cell}" if heading else cell


def _joined(cells: Iterable[str]) -> str:
    return "；".join(cells)
