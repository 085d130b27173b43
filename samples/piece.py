"""What a sample says (Piece), and which files are made of it (Copy). Both are read from `content/*/*.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).with_name("content")


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of its own that names the part below it."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, without its indent."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first row names the columns."""

    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True)
class Piece:
    """The content of one document, whatever its format.

    `body` is its text as written in the TOML file: a line is a paragraph, `## ` begins a heading, `| a | b |` is a row
    of a table. `number` is the 发文字号, `red_header` the issuing agency's letterhead, `running_header` is printed on
    every page, `signature` are the lines of the 落款. An empty string is a part that the document does not have.
    """

    date: date
    body: str
    title: str = ""
    agency: str = ""
    byline: str = ""
    number: str = ""
    red_header: str = ""
    running_header: str = ""
    addressee: str = ""
    signature: tuple[str, ...] = ()
    columns: int = 1

    def blocks(self) -> Iterator[Block]:
        """The headings, paragraphs and tables of the body, in order."""
        lines = (line for line in self.body.splitlines() if line)
        for is_row, group in groupby(lines, key=lambda line: line.startswith("| ")):
            if is_row:
                yield Table(tuple(tuple(line[2:-2].split(" | ")) for line in group))
            else:
                yield from (Heading(line[3:]) if line.startswith("## ") else Paragraph(line) for line in group)


@dataclass(frozen=True, slots=True)
class Copy:
    """One file made of a piece: where, in which format, and what is special about it.

    `frame` is the web site around an HTML page. `wrap` breaks the lines of a text file after so many columns, of which
    a Han character takes two; `raw` writes its body and nothing else. `password` encrypts a PDF. `keep_bytes` cuts the
    file off, as a broken transfer does.
    """

    path: str
    format: str
    frame: str = ""
    encoding: str = "utf-8"
    crlf: bool = False
    wrap: int = 0
    raw: bool = False
    password: str = ""
    keep_bytes: int | None = None


def load(folder: Path = CONTENT) -> list[tuple[Piece, Copy]]:
    """Every copy to be made with the piece it shows, in a fixed order.

    Raises TypeError where a content file has a key that neither Piece nor Copy knows.
    """
    return [pair for path in sorted(folder.glob("*/*.toml")) for pair in _read(path)]


def _read(path: Path) -> Iterator[tuple[Piece, Copy]]:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    files = table.pop("files")
    table["body"] = table["body"].strip("\n")
    table["signature"] = tuple(table.get("signature", ()))
    for file in files:
        reprint = {key: file.pop(key) for key in _REPRINT & file.keys()}
        yield _reprinted(Piece(**table), **reprint), Copy(**file)


_REPRINT = {"title", "date", "agency", "lead", "tail"}


def _reprinted(piece: Piece, *, lead: str = "", tail: str = "", **head: Any) -> Piece:
    """The piece as another publisher prints it: own title and date, a sentence before (`lead`) and after (`tail`)."""
    return replace(piece, body="\n".join(filter(None, (lead, piece.body, tail))), **head)
