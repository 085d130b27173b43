"""Pages of three invented web sites, each with its own frame of menus, share buttons, recommendations and footers."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from string import Template

from samples.piece import Block, Copy, Heading, Paragraph, Piece, Table

_FRAMES = Path(__file__).parent.with_name("frames")
#: What pages in GB18030 declare in practice.
_DECLARED = {"gb18030": "gb2312"}


def write(piece: Piece, copy: Copy) -> bytes:
    """The bytes of a page in the frame and encoding of the copy."""
    frame = Template((_FRAMES / f"{copy.frame}.html").read_text(encoding="utf-8"))
    page = frame.substitute(
        charset=_DECLARED.get(copy.encoding, copy.encoding),
        title=escape(piece.title),
        agency=escape(piece.agency),
        byline=escape(piece.byline),
        date=piece.date.isoformat(),
        day=f"{piece.date.year}年{piece.date.month}月{piece.date.day}日",
        content="\n".join(_content(piece)),
    )
    return page.encode(copy.encoding)


def _content(piece: Piece) -> Iterator[str]:
    if piece.number:
        yield f'<p style="text-align:center">{escape(piece.number)}</p>'
    if piece.addressee:
        yield f"<p>{escape(piece.addressee)}</p>"
    yield from map(_element, piece.blocks())
    yield from (f'<p style="text-align:right">{escape(line)}</p>' for line in piece.signature)


def _element(block: Block) -> str:
    match block:
        case Heading(text):
            return f"<p><strong>{escape(text)}</strong></p>"
        case Paragraph(text):
            return f"<p>　　{escape(text)}</p>"
        case Table(rows):
            cells = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
            return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"
