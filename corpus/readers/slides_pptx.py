"""The slides of a pptx presentation (ECMA-376): titles, text, tables, diagrams and notes."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.readers.contract import Unreadable
from corpus.readers.package import Element, Package, attribute, child, children, local

_PRESENTATION = "ppt/presentation.xml"
_FURNITURE = frozenset({"sldNum", "dt", "ftr", "hdr", "sldImg"})


def slides(package: Package) -> Iterator[str | Unreadable]:
    """Yield the text of each slide in the order shown, its notes below; or why it cannot be read.

    Raises Unreadable for the whole presentation.
    """
    path = next((target for kind, target in package.relations("").values() if kind == "officeDocument"), _PRESENTATION)
    relations = package.relations(path)
    for slide in children(child(package.xml(path), "sldIdLst"), "sldId"):
        key = next((value for name, value in slide.attrib.items() if str(name).endswith("}id")), "")
        try:
            yield _slide(package, relations.get(str(key), ("", ""))[1])
        except Unreadable as error:
            yield error


def _slide(package: Package, path: str) -> str:
    paragraphs = list(_shapes(child(package.xml(path), "cSld", "spTree")))
    related = package.relations(path).values()
    for kind, target in related:
        if kind == "diagramData" and target in package:
            paragraphs += _paragraphs(package.xml(target))
    for kind, target in related:
        if kind == "notesSlide" and target in package:
            notes = list(_shapes(child(package.xml(target), "cSld", "spTree")))
            paragraphs += ["备注：", *notes] if notes else []
    return "\n".join(paragraphs)


def _shapes(tree: Element | None) -> Iterator[str]:
    for shape in tree if tree is not None else ():
        match local(shape):
            case "sp" | "cxnSp" if not _is_furniture(shape):
                yield from _paragraphs(child(shape, "txBody"))
            case "grpSp":
                yield from _shapes(shape)
            case "AlternateContent":
                yield from _shapes(child(shape, "Choice"))
            case "graphicFrame":
                for table in shape.iter("{*}tbl"):
                    yield from _rows(table)


def _is_furniture(shape: Element) -> bool:
    placeholder = child(shape, "nvSpPr", "nvPr", "ph")
    return placeholder is not None and attribute(placeholder, "type") in _FURNITURE


def _rows(table: Element) -> Iterator[str]:
    for row in children(table, "tr"):
        cells = (" ".join(_paragraphs(child(cell, "txBody"))) for cell in children(row, "tc"))
        if text := "\t".join(cells).strip("\t"):
            yield text


def _paragraphs(body: Element | None) -> Iterator[str]:
    for paragraph in body.iter("{*}p") if body is not None else ():
        text = "".join("\n" if local(node) == "br" else node.text or "" for node in paragraph.iter("{*}t", "{*}br"))
        if text.strip():
            yield text.strip()
