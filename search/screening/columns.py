"""Which columns of a list say what: found by their headings, which may stand below titles and in several blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.readers.cells import Row
from indexer.fold import SPACE, fold

HEADER_WITHIN = 15  # rows from the top in which the headings are looked for

_HEADINGS: Mapping[str, re.Pattern[str]] = {
    "name": re.compile(r".{0,8}(?:姓名|名字)|name|fullname"),
    "also": re.compile(r"曾用名|别名|又名|化名|alias"),
    "unit": re.compile(
        r"(?:现?(?:任职|工作|所在|服务))?(?:单位|部门|机关|机构)(?:名称|全称)?|(?:工作)?单位.{0,2}部门|unit|organi[sz]ation"
    ),
    "unit_and_post": re.compile(r"(?:现?(?:工作|任职))?单位(?:名称)?[及和、与/]?(?:现?任)?(?:党政)?职[务位]"),
    "post": re.compile(r"(?:现任|拟任|党政|行政|原任|担任)?(?:职务|岗位|职位)(?:名称)?|post|title|position"),
    "birth": re.compile(r"出生(?:年月日?|日期|时间|年份|年)?|生日|birth.*"),
}
_REMARK = re.compile(r"[(\[].*[)\]]$|[:*]+")


@dataclass(frozen=True, slots=True)
class Block:
    """A column of names with the columns that tell of the same people. Numbers are those of the columns."""

    name: int
    facts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Header:
    """The row in which the headings stand, and the blocks: a broad list may have 姓名 and 单位 several times."""

    row: int
    blocks: tuple[Block, ...]


def find_header(rows: Sequence[Row]) -> Header | None:
    """The first row with a heading for names; None for a list that has no headings."""
    for row in rows[:HEADER_WITHIN]:
        if blocks := tuple(_blocks(meanings(row))):
            return Header(row.number, blocks)
    return None


def meanings(row: Row) -> dict[int, str]:
    """What the columns hold, where the cells of this row are headings that are known."""
    found = {}
    for column, cell in row.cells.items():
        word = _REMARK.sub("", fold(cell).replace(SPACE, ""))
        meaning = next((meaning for meaning, heading in _HEADINGS.items() if heading.fullmatch(word)), None)
        if meaning:
            found[column] = meaning
    return found


def _blocks(known: Mapping[int, str]) -> Iterator[Block]:
    """Each column of names takes the columns up to the next; what stands before the first belongs to it."""
    names = [column for column, meaning in sorted(known.items()) if meaning == "name"]
    for number, name in enumerate(names):
        begin = name if number else -1
        end = names[number + 1] if number + 1 < len(names) else max(known) + 1
        facts: dict[str, int] = {}
        for column, meaning in sorted(known.items()):
            if begin <= column < end and column != name:
                facts.setdefault(meaning, column)
        yield Block(name, facts)
