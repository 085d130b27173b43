"""The people of a list, as an office wrote it down; a row that gives nobody is told of with its reason.

Numbers of identity cards are neither asked for nor kept: only the columns that are known are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from corpus.readers.cells import Row as Cells
from corpus.readers.cells import Table
from indexer.extract.people import surnames
from indexer.fold import SPACE, fold
from search.screening.columns import Block, Header, find_header, meanings

SHOWN = 30  # characters of a row that cannot be used, enough to find it again

_IDENTITY = re.compile(r"\d{15,}[xX]?")
_YEAR = re.compile(r"(?<!\d)(19[0-9]{2}|20[0-4][0-9])")
_SHORT_YEAR = re.compile(r"(?<!\d)([3-9]\d)(?:年|[.\-/]\d{1,2}(?!\d))")
_NUMBERED = re.compile(r"^(?:\(?\d{1,5}\)?[.、,)]?|[①-⑳])(?=\D)|^[*+]+")
_FORMER = re.compile(r"[(\[](?:曾用名|又名|别名|化名|原名)[:]?([^)\]]+)[)\]]")
_REMARK = re.compile(r"[(\[][^)\]]*[)\]]?|同志$|[*]+$")
_SEVERAL = re.compile(r"[、,，;；/]")
_MASK = re.compile(r"某|[*×＊?？]|[xX]{2}")
_NAME = re.compile(
    r"[\u4e00-\u9fff\u3400-\u4dbf\U00020000-\U000323af〇]+(?:[·.␣][\u4e00-\u9fff\u3400-\u4dbf〇a-z]+)*"
    r"|[a-z]{2,}(?:[·.␣'-]+[a-z]+)*\.?"
)
_NOT_NAMES = frozenset(
    {"合计", "总计", "小计", "无", "备注", "说明", "填表人", "制表", "制表人", "审核人", "空白", "以下空白", "待定"}
)
LONGEST = 30  # characters of a name
_SHORT_NAME = 4  # characters of a name of Chinese form at most


class Reason(StrEnum):
    """Why a row gives nobody to check."""

    NO_COLUMN = "no_column"
    NO_NAME = "no_name"
    NOT_A_NAME = "not_a_name"
    MASKED = "masked"
    TOO_SHORT = "too_short"
    REPEATED = "repeated"
    HEADING = "heading"
    EMPTY = "empty"

    @property
    def label(self) -> str:
        """The reason in the user's words, with what to do."""
        return _LABELS[self]

    @property
    def is_loss(self) -> bool:
        """Whether somebody may be meant who was not checked."""
        return self in {Reason.NO_COLUMN, Reason.NO_NAME, Reason.NOT_A_NAME, Reason.MASKED, Reason.TOO_SHORT}


_LABELS = {
    Reason.NO_COLUMN: "这张表没有“姓名”一列，未核对；如有人员，请加上表头",
    Reason.NO_NAME: "没有姓名，未核对；请补上姓名",
    Reason.NOT_A_NAME: "姓名栏里不像姓名，未核对；请改正",
    Reason.MASKED: "姓名不完整（某、×、*），不能核对；请写全名",
    Reason.TOO_SHORT: "姓名只有一个字，不能核对；请写全名",
    Reason.REPEATED: "与前面的一行相同，已合并核对",
    Reason.HEADING: "标题、表头或合计",
    Reason.EMPTY: "空行",
}


class Place(NamedTuple):
    """Where a row stands: its sheet ("" where there is only one) and its number as the user counts it."""

    sheet: str
    number: int

    def __str__(self) -> str:
        return f"{self.sheet} 第 {self.number} 行" if self.sheet else f"第 {self.number} 行"


@dataclass(frozen=True, slots=True)
class Row:
    """A person to check: the folded name without blanks inside, as it was written, and what the list tells of them.

    `unit` and `post` are as written without blanks, `post` may hold the unit too (某局局长); `birth` is a year; `also`
    are other names that the list gives, folded.
    """

    place: Place
    name: str
    written: str
    unit: str = ""
    post: str = ""
    birth: int | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unusable:
    """A row that gives nobody, and as much of it as is needed to find it; `last` ends a run of rows."""

    place: Place
    reason: Reason
    shown: str = ""
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """A list as it was read."""

    rows: tuple[Row, ...]
    unusable: tuple[Unusable, ...] = ()

    @property
    def lost(self) -> int:
        """How many rows may mean somebody who was not checked."""
        return sum(one.reason.is_loss for one in self.unusable)


def names_in(tables: Sequence[Table]) -> Names:
    """The people of a list. Without headings the first column that reads like names is that of the names.

    A sheet without headings beside one that has them is read where it reads like names, else told of as a whole.
    """
    rows: dict[tuple[object, ...], Row] = {}
    unusable: list[Unusable] = []
    headed = any(find_header(table.rows) for table in tables)
    for table in tables:
        for found in _people(table, table.name if len(tables) > 1 else "", beside_headed=headed):
            if isinstance(found, Unusable):
                unusable.append(found)
            elif (first := rows.setdefault((found.name, found.unit, found.post, found.birth), found)) is not found:
                unusable.append(Unusable(found.place, Reason.REPEATED, f"{found.written}（{first.place}）"))
    return Names(tuple(rows.values()), tuple(sorted(unusable, key=lambda one: (one.place.sheet, one.place.number))))


def _people(table: Table, sheet: str, *, beside_headed: bool) -> Iterator[Row | Unusable]:
    header = find_header(table.rows)
    if header is None and table.rows:
        columns = sorted({column for row in table.rows for column in row.cells})
        named = next((column for column in columns if _reads_like_names(table.rows, column)), None)
        if named is None and beside_headed:
            yield Unusable(Place(sheet, table.rows[0].number), Reason.NO_COLUMN, last=table.rows[-1].number)
            return
        header = Header(0, (Block(columns[0] if named is None else named),))
    if header is None:
        return
    yield from _gaps(table.rows, sheet)
    for row in table.rows:
        place = Place(sheet, row.number)
        if row.number <= header.row or _is_heading(row):
            yield Unusable(place, Reason.HEADING, _shown(row.cells.values()))
        else:
            yield from _in_row(row, place, header.blocks)


def _reads_like_names(rows: Sequence[Cells], column: int) -> bool:
    """Whether half of the cells of a column or more look like names of people."""
    cells = [_name(row.cells[column])[0] for row in rows if column in row.cells]
    return 2 * sum(map(_looks_like_a_name, cells)) >= len(cells)


def _looks_like_a_name(name: str) -> bool:
    surname = name[:1] in surnames() or name[:2] in surnames()
    return _wrong(name) is None and ("·" in name or (surname and len(name) <= _SHORT_NAME))


def _is_heading(row: Cells) -> bool:
    """Whether the headings stand here once more, as they do at the top of each page."""
    return any(meaning == "name" for meaning in meanings(row).values())


def _gaps(rows: Sequence[Cells], sheet: str) -> Iterator[Unusable]:
    for before, after in pairwise(rows):
        if after.number - before.number > 1:
            yield Unusable(Place(sheet, before.number + 1), Reason.EMPTY, last=after.number - 1)


def _in_row(row: Cells, place: Place, blocks: Sequence[Block]) -> Iterator[Row | Unusable]:
    found = [one for block in blocks for one in _in_block(row, place, block)]
    if found:
        yield from found
    else:
        yield Unusable(place, Reason.NO_NAME, _shown(row.cells.values()))


def _in_block(row: Cells, place: Place, block: Block) -> Iterator[Row | Unusable]:
    """The people in one column of names. In a list of several blocks an empty one is no loss."""
    facts = {meaning: row.cells[column] for meaning, column in block.facts.items() if column in row.cells}
    cell = row.cells.get(block.name, "")
    if not cell.strip():
        if facts:
            yield Unusable(place, Reason.NO_NAME, _shown(facts.values()))
        return
    for written in _apart(cell):
        name, also = _name(written)
        if reason := _wrong(name):
            yield Unusable(place, reason, _shown([written]))
        else:
            also += [other for other in _apart(facts.get("also", "")) if not _wrong(_name(other)[0])]
            yield Row(
                place,
                name,
                written=_shown([written.strip()]),
                unit=_fact(facts.get("unit") or facts.get("unit_and_post", "")),
                post=_fact(facts.get("post", "")),
                birth=year(facts.get("birth", "")),
                also=tuple(dict.fromkeys(_name(other)[0] for other in also)),
            )


def _apart(cell: str) -> list[str]:
    """The names in one cell: 张三、李四 are two, 张　三 is one."""
    outside = _REMARK.sub("", fold(cell))
    if not _SEVERAL.search(_NUMBERED.sub("", outside)):
        words = cell.split()
        if len(words) > 1 and all(
            1 < len(word) < 4 and (word[0] in surnames() or word[:2] in surnames()) for word in words
        ):
            return words
        return [cell] if cell.strip() else []
    return [part for part in _SEVERAL.split(_NUMBERED.sub("", fold(cell))) if part.strip()]


def _name(written: str) -> tuple[str, list[str]]:
    """The name in a cell without numbers, remarks and blanks, and the former name that a remark gives."""
    folded = fold(written)
    former = [match[1].replace(SPACE, "") for match in _FORMER.finditer(folded)]
    bare = _REMARK.sub("", _NUMBERED.sub("", _IDENTITY.sub("", folded).strip(SPACE))).strip(SPACE + ".·:;,")
    latin = bare.isascii() or any("a" <= character <= "z" for character in bare)
    name = re.sub(f"{SPACE}+", " " if latin else "", bare)
    return name, former


def _wrong(name: str) -> Reason | None:
    if not name:
        return Reason.NO_NAME
    if name in _NOT_NAMES:
        return Reason.HEADING
    if _MASK.search(name):
        return Reason.MASKED
    if len(name) > LONGEST or not _NAME.fullmatch(name.replace(" ", SPACE)):
        return Reason.NOT_A_NAME
    return Reason.TOO_SHORT if len(name) == 1 else None


def year(written: str) -> int | None:
    """The year of birth in a cell: 1970, 1970.05, 1970年5月3日, 19700503, 70年5月; None where there is none."""
    folded = fold(_IDENTITY.sub("", written)).replace(SPACE, "")
    if match := _YEAR.search(folded):
        return int(match[1])
    if match := _SHORT_YEAR.match(folded):
        return 1900 + int(match[1])
    return None


def _fact(cell: str) -> str:
    return re.sub(r"\s+", "", _IDENTITY.sub("", cell))


def _shown(cells: Iterable[str]) -> str:
    """The beginning of a row; never a number of an identity card."""
    return _IDENTITY.sub("（号码）", " ".join(cells))[:SHOWN]
