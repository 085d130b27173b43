"""PDF with a text layer and an embedded font: letterhead, red rule, numbered pages, tables, one or two columns."""

from __future__ import annotations

from functools import cache, partial
from html import escape
from io import BytesIO
from pathlib import Path

from reportlab.lib.colors import HexColor, black
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    HRFlowable,
    NextPageTemplate,
    PageTemplate,
    Spacer,
)
from reportlab.platypus import Paragraph as Line
from reportlab.platypus import Table as Grid

from samples.piece import Block, Copy, Heading, Paragraph, Piece, Table
from samples.writers.line_break import break_lines

FONT = Path(__file__).parent.with_name("font") / "samples-subset.ttf"
_NAME = "Samples"
_RED = HexColor(0xD7000F)
_WIDTH, _HEIGHT = A4
_MARGIN = 28 * mm
_INNER = _WIDTH - 2 * _MARGIN
_GUTTER = 8 * mm
_TITLE_HEIGHT = 32 * mm  # above the columns
_SHARES = (0.09, 0.12, 0.35, 0.14, 0.30)  # of a table's width: number, name, post, amount, outcome
_PADDING = 4.0


def write(piece: Piece, copy: Copy) -> bytes:
    """The bytes of a PDF. Raises ValueError where the font lacks a character of the piece."""
    _require_glyphs(piece)
    buffer = BytesIO()
    document = BaseDocTemplate(
        buffer,
        pagesize=A4,
        title=piece.title,
        author=piece.agency,
        invariant=1,
        encrypt=StandardEncryption(copy.password, strength=128) if copy.password else None,
    )
    document.addPageTemplates(_templates(piece))
    document.build(_story(piece))
    return buffer.getvalue()


def _story(piece: Piece) -> list[Flowable]:
    size = 15.8 if piece.columns == 1 else 11.5  # 28 characters a line, as GB/T 9704 sets official documents
    text = _style("text", size)
    story: list[Flowable] = [NextPageTemplate("next"), *_head(piece)]
    if piece.columns > 1:
        story.append(FrameBreak())
    if piece.addressee:
        story.append(_filled(piece.addressee, text, _INNER))
    for block in piece.blocks():
        story.extend(_flowables(block, text, _column(piece.columns)))
    if piece.signature:
        story.append(Spacer(1, size))
        story.extend(Line(escape(line), _style("signature", size, alignment=TA_RIGHT)) for line in piece.signature)
    return story


def _head(piece: Piece) -> list[Flowable]:
    head: list[Flowable] = []
    if piece.red_header:
        size = min(40.0, _INNER / len(piece.red_header))
        head.append(Line(escape(piece.red_header), _style("red", size, alignment=TA_CENTER, textColor=_RED)))
        head.append(Spacer(1, 8 * mm))
        head.append(Line(escape(piece.number), _style("number", 15.8, alignment=TA_CENTER)))
        head.append(HRFlowable(width="100%", thickness=1.6, color=_RED, spaceBefore=3 * mm, spaceAfter=9 * mm))
    head.append(_filled(piece.title, _style("title", 20, alignment=TA_CENTER), _INNER))
    head.append(Spacer(1, 7 * mm))
    return head


def _flowables(block: Block, text: ParagraphStyle, width: float) -> list[Flowable]:
    match block:
        case Heading(words):
            return [_filled(words, _style("heading", text.fontSize + 0.5, spaceBefore=4, spaceAfter=2), width)]
        case Paragraph(words):
            return [_filled(words, _style("indented", text.fontSize, firstLineIndent=2 * text.fontSize), width)]
        case Table(rows):
            return [_grid(rows, width)]


def _filled(words: str, style: ParagraphStyle, width: float) -> Line:
    """A paragraph with our line breaks; reportlab's would set a comma at the beginning of a line."""
    lines = break_lines(words, partial(_width, style.fontSize), width - style.firstLineIndent, width)
    return Line("<br/>".join(map(escape, lines)), style)


def _grid(rows: tuple[tuple[str, ...], ...], width: float) -> Grid:
    style = _style("cell", 10.5)
    widths = [share * width for share in _SHARES]
    return Grid(
        [[_filled(words, style, w - 2 * _PADDING) for words, w in zip(row, widths, strict=True)] for row in rows],
        colWidths=widths,
        style=[
            ("GRID", (0, 0), (-1, -1), 0.5, black),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
            ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
        ],
        spaceBefore=6,
        spaceAfter=8,
        repeatRows=1,
    )


def _width(size: float, character: str) -> float:
    return float(pdfmetrics.stringWidth(character, _NAME, size))


def _column(columns: int) -> float:
    return float(_INNER - (columns - 1) * _GUTTER) / columns


def _templates(piece: Piece) -> list[PageTemplate]:
    def decorate(canvas: Canvas, _document: BaseDocTemplate) -> None:
        canvas.setDateFormatter(lambda *_fixed: f"D:{piece.date:%Y%m%d}090000+08'00'")
        canvas.setFont(_NAME, 11)
        canvas.drawCentredString(_WIDTH / 2, 15 * mm, f"— {canvas.getPageNumber()} —")
        if piece.running_header:
            canvas.drawRightString(_WIDTH - _MARGIN, _HEIGHT - 18 * mm, piece.running_header)

    bottom, height = _MARGIN, _HEIGHT - 2 * _MARGIN
    if piece.columns == 1:
        first = [_frame(_MARGIN, bottom, _INNER, height)]
        return [PageTemplate(name, first, onPage=decorate) for name in ("first", "next")]
    width = _column(2)
    sides = (_MARGIN, _MARGIN + width + _GUTTER)
    title = _frame(_MARGIN, bottom + height - _TITLE_HEIGHT, _INNER, _TITLE_HEIGHT)
    return [
        PageTemplate(
            "first", [title, *(_frame(x, bottom, width, height - _TITLE_HEIGHT) for x in sides)], onPage=decorate
        ),
        PageTemplate("next", [_frame(x, bottom, width, height) for x in sides], onPage=decorate),
    ]


def _frame(x: float, y: float, width: float, height: float) -> Frame:
    return Frame(x, y, width, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)


def _style(name: str, size: float, **options: object) -> ParagraphStyle:
    _font()
    return ParagraphStyle(name, fontName=_NAME, fontSize=size, leading=size * 1.7, splitLongWords=0, **options)


@cache
def _font() -> TTFont:
    font = TTFont(_NAME, str(FONT))
    pdfmetrics.registerFont(font)
    return font


def _require_glyphs(piece: Piece) -> None:
    text = "".join((piece.title, piece.number, piece.red_header, piece.running_header, piece.addressee, piece.body))
    missing = sorted(set(text + "".join(piece.signature)) - {"\n", *map(chr, _font().face.charToGlyph)})
    if missing:
        raise ValueError(f"字体 {FONT.name} 缺字：{''.join(missing)}。按 samples/README.md 重新截取字体。")
