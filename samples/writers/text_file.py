"""Plain text as offices keep it: indented with two full-width spaces, in the encodings of four decades."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import east_asian_width

from samples.piece import Copy, Heading, Paragraph, Piece, Table
from samples.writers.line_break import break_lines

_INDENT = "　　"
#: Encodings of Windows programs, which end lines in CR LF.
_WINDOWS = {"gb18030", "big5", "utf-16", "utf-16-be", "utf-8-sig"}


def write(piece: Piece, copy: Copy) -> bytes:
    """The bytes of a text file in the copy's encoding. Raises UnicodeEncodeError where a character is not in it."""
    lines = _lines(piece, traditional=copy.encoding == "big5")
    text = piece.body if copy.raw else "\n".join(_hard_wrapped(lines, copy.wrap))
    if text:
        text += "\n"
    if copy.crlf or copy.encoding in _WINDOWS:
        text = text.replace("\n", "\r\n")
    if copy.encoding == "utf-16-be":
        text = "\ufeff" + text
    return text.encode(copy.encoding)


def _lines(piece: Piece, *, traditional: bool) -> Iterator[str]:
    if piece.title:
        yield from (piece.title, "")
    if piece.number:
        yield from (piece.number, "")
    if piece.agency and not piece.signature:
        source, published = ("來源", "發布時間") if traditional else ("来源", "发布时间")
        yield from (f"{source}：{piece.agency}　{published}：{piece.date.isoformat()}", "")
    if piece.addressee:
        yield piece.addressee
    for block in piece.blocks():
        match block:
            case Heading(text) | Paragraph(text):
                yield text if text.startswith("[") else _INDENT + text  # a time code begins its line
            case Table(rows):
                yield from ("\t".join(row) for row in rows)
    if piece.signature:
        yield ""
        yield from ("　" * 18 + line for line in piece.signature)


def _hard_wrapped(lines: Iterator[str], columns: int) -> Iterator[str]:
    for line in lines:
        yield from break_lines(line, _columns, columns, columns) if columns else [line]


def _columns(character: str) -> float:
    return 2.0 if east_asian_width(character) in "WFA" else 1.0
