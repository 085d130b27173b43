"""From a reading to a document: its leaves become the one canonical text that every offset points into."""

from __future__ import annotations

from corpus.document import Document, Page, document_id
from corpus.readers.contract import Leaf, Reading
from corpus.title import heading, stem


def assemble(folder: str, reading: Reading, content_hash: str, reader: str) -> Document:
    """Join the leaves of a reading. `folder` names the indexed folder, `reader` is "name/version".

    The title is the reading's own, else the first line that reads like one, else the file's name.
    """
    text, pages = join_leaves(reading.leaves)
    return Document(
        id=document_id(folder, reading.name),
        source=reading.name,
        content_hash=content_hash,
        title=reading.title or heading(text) or stem(reading.name),
        text=text,
        pages=pages,
        meta=dict(reading.meta),
        reader=reader,
    )


def join_leaves(leaves: tuple[Leaf, ...]) -> tuple[str, tuple[Page, ...]]:
    """Join leaves to one text and the pages that begin in it: by a line break, or by none where one runs on.

    A leaf without text is a page of no length.
    """
    parts: list[str] = []
    pages: list[Page] = []
    length = 0
    runs_on = False
    for leaf in leaves:
        if leaf.text and length:
            gap = _gap(parts[-1], leaf.text, runs_on=runs_on)
            parts.append(gap)
            length += len(gap)
        pages.append(Page(length if pages else 0, leaf.time, leaf.source, leaf.quality))
        if leaf.text:
            parts.append(leaf.text)
            length += len(leaf.text)
            runs_on = leaf.run_on
    return "".join(parts), tuple(pages) or (Page(0),)


def _gap(left: str, right: str, *, runs_on: bool) -> str:
    if not runs_on:
        return "" if left.endswith("\n") else "\n"
    words = left[-1].isascii() and right[0].isascii() and not left[-1].isspace() and not right[0].isspace()
    return " " if words else ""
