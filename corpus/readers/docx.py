"""Word documents (docx, docm, dotx): the text as it stands after all tracked changes are accepted.

Paragraphs, tables (a row a line, cells parted by tabs), text boxes and notes; no headers and footers. An explicit
page break begins a new page; other page breaks exist only in the program that prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from corpus.document import MetaValue, Reason, Skip
from corpus.readers.contract import Blob, Leaf, Limits, Reader, Reading, Unreadable
from corpus.readers.numbering import Numbering, numbering
from corpus.readers.numbering import W as _W
from corpus.readers.package import Element, Package, fold, open_package, parse_xml
from corpus.readers.sniff import zip_names
from corpus.title import printed

_STRICT, _TRANSITIONAL = b"http://purl.oclc.org/ooxml/wordprocessingml/main", _W[1:-1].encode()
_MC_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DC = "{http://purl.org/dc/elements/1.1/}"
_CREATED = "{http://purl.org/dc/terms/}created"

_MAIN = "word/document.xml"
_NAMED_MAIN = re.compile(r"word/document\d*\.xml")  # some exports count their main parts
_LISTS, _STYLES = "word/numbering.xml", "word/styles.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_CORE = "docProps/core.xml"
_ENCRYPTED = b"E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e"
_PAGE = "\f"

_OMITTED = frozenset(
    (f"{_W}del", f"{_W}moveFrom", f"{_W}delText", f"{_W}instrText", f"{_W}pPr", f"{_W}rPr", _MC_FALLBACK)
)
_SYMBOLS = {f"{_W}tab": "\t", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def identify(blob: Blob) -> bool:
    """Whether the blob is a zip archive with Word's main part, or such a document behind a password."""
    if any(_NAMED_MAIN.fullmatch(fold(name)) for name in zip_names(blob.data)):
        return True
    return blob.data.startswith(b"\xd0\xcf\x11\xe0") and _ENCRYPTED in blob.data and blob.name.lower().endswith("docx")


def read(blob: Blob, _limits: Limits) -> Iterator[Reading]:
    """Yield the document; notes, numbers or properties that cannot be read are skips of it.

    Raises Unreadable where it has a password, its text is broken, or it unpacks beyond bounds.
    """
    if not zip_names(blob.data):
        raise Unreadable(Reason.ENCRYPTED)
    package = open_package(blob.data)
    body = _part(package, _main(package))
    parts, skips = _beside(package, blob.name)
    lists = numbering(parts.get(_LISTS), parts.get(_STYLES))
    notes = [parts[name] for name in _NOTES if name in parts]
    paragraphs = [*_paragraphs(body, lists), *(line for note in notes for line in _notes(note, lists))]
    pages = "\n".join(paragraphs).split(_PAGE)
    leaves = tuple(Leaf(re.sub(r"\n{2,}", "\n", page).strip("\n")) for page in pages)
    stated, meta = _properties(parts.get(_CORE))
    yield Reading(blob.name, leaves, printed(stated, leaves[0].text), meta, skips)


def _main(package: Package) -> str:
    """The path of the part that holds the text."""
    named = [name for name in package.names("word/document") if _NAMED_MAIN.fullmatch(fold(name))]
    return _MAIN if _MAIN in package else next(iter(named), _MAIN)


def _beside(package: Package, source: str) -> tuple[dict[str, Element], tuple[Skip, ...]]:
    """The parts beside the text that there are; broken ones cost themselves and not the text."""
    parts: dict[str, Element] = {}
    skips: list[Skip] = []
    for name in (_CORE, _LISTS, _STYLES, *_NOTES):
        try:
            if name in package:
                parts[name] = _part(package, name)
        except Unreadable as error:
            skips.append(Skip(source, error.reason, f"{error.detail}，其余已读"))
    return parts, tuple(skips)


def _part(package: Package, name: str) -> Element:
    return parse_xml(package.read(name).replace(_STRICT, _TRANSITIONAL), name)


def _notes(part: Element, lists: Numbering) -> Iterator[str]:
    """The texts of footnotes or endnotes, their separators left out."""
    for note in part:
        if note.get(f"{_W}type") in {None, "normal"}:
            yield from _paragraphs(note, lists)


def _paragraphs(part: Element, lists: Numbering) -> Iterator[str]:
    """The lines of a part in reading order. Text boxes follow the paragraph, or the row, that anchors them."""
    state = _Lines(lists)
    walk = etree.iterwalk(part, events=("start", "end"))
    for event, node in walk:
        if event == "end":
            yield from state.leave(node.tag)
        elif not state.enter(node):
            walk.skip_subtree()


@dataclass(slots=True)
class _Lines:
    """What has been read of the line, the table row and the text boxes that are under way."""

    lists: Numbering
    label: str = ""  # the number before the line
    line: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    row: list[list[str]] | None = None  # the paragraphs of each cell; None outside tables
    tables: int = 0  # how deep: a table inside a cell is part of the cell

    def enter(self, node: Element) -> bool:
        """Take in the start of an element; False where nothing inside it is to be read."""
        tag = node.tag
        if tag in _OMITTED:
            if tag == f"{_W}pPr":
                self.line += [_PAGE] if _breaks_before(node) else []
                self.label = self.lists.label(node)
            return False
        if tag == f"{_W}txbxContent":
            self.boxes.extend(line for child in node for line in _paragraphs(child, self.lists))
            return False
        if tag == f"{_W}t":
            self.line.append(node.text or "")
        elif tag == f"{_W}br":
            self.line.append(_PAGE if node.get(f"{_W}type") == "page" else "\n")
        elif tag in _SYMBOLS:
            self.line.append(_SYMBOLS[tag])
        elif tag == f"{_W}tbl":
            self.tables += 1
        elif tag == f"{_W}tr" and self.tables == 1:
            self.row = []
        elif tag == f"{_W}tc" and self.tables == 1 and self.row is not None:
            self.row.append([])
        return True

    def leave(self, tag: str) -> Iterator[str]:
        """Take in the end of an element, and yield the lines that it completes."""
        if tag == f"{_W}p":
            text = "".join(self.line)
            if text.strip():
                text = f"{self.label}{text}" if _PAGE not in text[:1] else f"{_PAGE}{self.label}{text[1:]}"
            self.label = ""
            self.line.clear()
            if self.row:
                self.row[-1].append(" ".join(text.replace(_PAGE, "").split("\n")).strip())
            else:
                yield text
                yield from self._take_boxes()
        elif tag == f"{_W}tbl":
            self.tables -= 1
        elif tag == f"{_W}tr" and self.tables == 1 and self.row is not None:
            yield "\t".join(" ".join(filter(None, cell)) for cell in self.row).strip("\t")
            self.row = None
            yield from self._take_boxes()

    def _take_boxes(self) -> list[str]:
        taken, self.boxes = self.boxes, []
        return taken


def _breaks_before(properties: Element) -> bool:
    before = properties.find(f"{_W}pageBreakBefore")
    return before is not None and before.get(f"{_W}val") not in {"0", "false", "off"}


def _properties(core: Element | None) -> tuple[str | None, dict[str, MetaValue]]:
    if core is None:
        return None, {}
    author, created = core.findtext(f"{_DC}creator"), core.findtext(_CREATED)
    values = {"author": author, "created": created[:10] if created else None}
    meta = {key: MetaValue(value.strip(), "file") for key, value in values.items() if value and value.strip()}
    return core.findtext(f"{_DC}title"), meta


READER = Reader("docx", 2, identify, read)
