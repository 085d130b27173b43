"""Word documents with a title, headings, tables, and a header and page number on every page."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from samples.piece import Block, Copy, Heading, Paragraph, Piece, Table

_BODY_FONT = "仿宋"
_HEADING_FONT = "黑体"


def write(piece: Piece, copy: Copy) -> bytes:  # noqa: ARG001 - every writer takes both
    """The bytes of a docx file."""
    word = Document()
    _style(word)
    _frame(word, piece)
    word.core_properties.title = piece.title
    word.core_properties.author = piece.agency
    word.core_properties.created = word.core_properties.modified = datetime.combine(piece.date, time(9))
    _aligned(word.add_paragraph(piece.title, style="Title"), WD_ALIGN_PARAGRAPH.CENTER)
    if piece.number:
        _aligned(word.add_paragraph(piece.number), WD_ALIGN_PARAGRAPH.CENTER)
    if piece.addressee:
        word.add_paragraph(piece.addressee)
    for block in piece.blocks():
        _add(word, block)
    for line in piece.signature:
        _aligned(word.add_paragraph(line), WD_ALIGN_PARAGRAPH.RIGHT)
    buffer = BytesIO()
    word.save(buffer)
    return _undated(buffer)


def _add(word: WordDocument, block: Block) -> None:
    match block:
        case Heading(text):
            word.add_heading(text, level=1)
        case Paragraph(text):
            word.add_paragraph(text).paragraph_format.first_line_indent = Pt(32)
        case Table(rows):
            table = word.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
            for row, cells in zip(table.rows, rows, strict=True):
                for cell, text in zip(row.cells, cells, strict=True):
                    cell.text = text


def _style(word: WordDocument) -> None:
    for name, font, size in (
        ("Normal", _BODY_FONT, 16),
        ("Title", _HEADING_FONT, 22),
        ("Heading 1", _HEADING_FONT, 16),
    ):
        style = word.styles[name]
        style.font.size = Pt(size)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _frame(word: WordDocument, piece: Piece) -> None:
    section = word.sections[0]
    section.header.paragraphs[0].text = piece.running_header or piece.agency
    footer = section.footer.paragraphs[0]
    _aligned(footer, WD_ALIGN_PARAGRAPH.CENTER)
    footer.add_run("— ")
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    footer._p.append(number)  # noqa: SLF001 - python-docx has no call for fields
    footer.add_run(" —")


def _aligned(paragraph: WordParagraph, alignment: WD_ALIGN_PARAGRAPH) -> None:
    paragraph.alignment = alignment


def _undated(buffer: BytesIO) -> bytes:
    """The same archive with one fixed time for its members, so that the same content gives the same bytes."""
    out = BytesIO()
    with ZipFile(buffer) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            member = ZipInfo(name, date_time=(2024, 1, 1, 0, 0, 0))
            member.compress_type = ZIP_DEFLATED
            target.writestr(member, source.read(name))
    return out.getvalue()
