"""The sheets of an xlsx workbook (ECMA-376), formulas with the value that was last calculated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from corpus.document import Reason
from corpus.readers.cell_format import BUILT_IN, show
from corpus.readers.contract import Unreadable
from corpus.readers.grid import Area, Grid
from corpus.readers.package import Element, Package, attribute, child, children, local

_WORKBOOK = "xl/workbook.xml"
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_COLUMNS = 16_384


@dataclass(frozen=True, slots=True)
class _Book:
    """What all the sheets of a workbook share."""

    strings: Sequence[str]
    formats: Sequence[str]
    from_1904: bool


def grids(package: Package) -> Iterator[Grid | Unreadable]:
    """Yield each sheet in the order of the tabs, or why it cannot be read. Raises Unreadable for the whole book."""
    path = next((target for kind, target in package.relations("").values() if kind == "officeDocument"), _WORKBOOK)
    root = package.xml(path)
    relations = package.relations(path)
    targets = dict(relations.values())
    book = _Book(
        _strings(package, targets.get("sharedStrings", "")),
        _formats(package, targets.get("styles", "")),
        any(attribute(node, "date1904") in {"1", "true"} for node in children(root, "workbookPr")),
    )
    for sheet in children(child(root, "sheets"), "sheet"):
        name = attribute(sheet, "name")
        kind, target = relations.get(attribute(sheet, "id"), ("", ""))
        if kind != "worksheet":
            continue  # a chart or macro sheet has no cells
        try:
            yield _grid(name, package.read(target), book)
        except Unreadable as error:
            yield error


def _strings(package: Package, path: str) -> list[str]:
    return [_rich(item) for item in children(package.xml(path), "si")] if path in package else []


def _rich(item: Element) -> str:
    """The text of a string item without its phonetic hints."""
    parts = []
    for node in item:
        if local(node) == "t":
            parts.append(node.text or "")
        elif local(node) == "r":
            parts.append("".join(text.text or "" for text in children(node, "t")))
    return "".join(parts)


def _formats(package: Package, path: str) -> list[str]:
    if path not in package:
        return []
    root = package.xml(path)
    named = {
        attribute(node, "numFmtId"): attribute(node, "formatCode")
        for node in children(child(root, "numFmts"), "numFmt")
    }
    ids = [attribute(node, "numFmtId") or "0" for node in children(child(root, "cellXfs"), "xf")]
    return [named.get(key) or BUILT_IN.get(int(key) if key.isdecimal() else 0, "General") for key in ids]


def _grid(name: str, data: bytes, book: _Book) -> Grid:
    rows: dict[int, dict[int, str]] = {}
    merged: list[Area] = []
    number = 0
    try:
        for _, node in etree.iterparse(
            BytesIO(data), tag=("{*}row", "{*}mergeCell"), resolve_entities=False, no_network=True, load_dtd=False
        ):
            if local(node) == "mergeCell":
                merged += _area(attribute(node, "ref"))
                continue
            stated = attribute(node, "r")
            number = int(stated) if stated.isdecimal() else number + 1
            if cells := _cells(node, book):
                rows[number] = cells
            node.clear(keep_tail=False)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(Reason.BROKEN, f"工作表 {name} 不是完整的 XML") from error
    return Grid(name, rows, merged)


def _cells(row: Element, book: _Book) -> dict[int, str]:
    cells: dict[int, str] = {}
    column = 0
    for node in children(row, "c"):
        place = _REFERENCE.fullmatch(attribute(node, "r"))
        column = _column(place[1]) if place else column + 1
        if column <= _COLUMNS and (text := _shown(node, book)):
            cells[column] = text
    return cells


def _shown(node: Element, book: _Book) -> str:
    kind = attribute(node, "t")
    if kind == "inlineStr":
        inline = child(node, "is")
        return _rich(inline) if inline is not None else ""
    value = child(node, "v")
    raw = (value.text or "") if value is not None else ""
    if kind == "s":
        return book.strings[int(raw)] if raw.isdecimal() and int(raw) < len(book.strings) else ""
    if kind == "b":
        return {"1": "TRUE", "0": "FALSE"}.get(raw, raw)
    if kind in {"str", "e", "d"} or not raw:
        return raw
    style = attribute(node, "s")
    code = book.formats[int(style)] if style.isdecimal() and int(style) < len(book.formats) else "General"
    try:
        return show(float(raw), code, from_1904=book.from_1904)
    except (ValueError, OverflowError):
        return raw


def _area(reference: str) -> list[Area]:
    found = _REFERENCE.findall(reference)
    if len(found) != 2:
        return []
    (left, top), (right, bottom) = found
    return [(int(top), _column(left), int(bottom), _column(right))]


def _column(letters: str) -> int:
    """The number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
