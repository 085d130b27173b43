"""Paragraphs and tables as a docx document on A4, in the fonts of official documents, for any report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from reports.archive import settled

_BODY, _HEADING = "仿宋", "黑体"
_CONTROL = {code: None for code in range(32) if code not in {9, 10}}


@dataclass(frozen=True, slots=True)
class Title:
    """The title of the report."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: 一、…; `level` from 1."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `indented` as text is, or flush as a line of a form; `marks` are the spans set in bold."""

    text: str
    indented: bool = True
    marks: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table with headings, which stand again on every page; `widths` are in centimetres, 16 on a page together."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture (the bytes of a PNG), so many centimetres wide."""

    data: bytes
    width: float


Block = Title | Heading | Paragraph | Table | Picture


def document(blocks: Sequence[Block], made: datetime, title: str) -> bytes:
    """The docx file, page numbers at its foot. Equal blocks and times give equal bytes."""
    import docx

    paper = docx.Document()
    _set_up(paper, made, title)
    for block in blocks:
        match block:
            case Title(text):
                _titled(paper, text)
            case Heading(text, level):
                paper.add_heading(_clean(text), level)
            case Paragraph():
                _written(paper, block)
            case Table():
                _ruled(paper, block)
            case Picture(data, width):
                paper.add_picture(BytesIO(data), width=docx.shared.Cm(width))
    packed = BytesIO()
    paper.save(packed)
    return settled(packed.getvalue())


def _set_up(paper: Any, made: datetime, title: str) -> None:
    from docx.shared import Cm, Pt, RGBColor

    properties = paper.core_properties
    properties.title, properties.author, properties.comments = title, "", ""
    properties.created = properties.modified = made.replace(tzinfo=None)
    properties.last_modified_by = ""
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.5)
    for name, font, size in (("Normal", _BODY, 12), ("Heading 1", _HEADING, 15), ("Heading 2", _HEADING, 13)):
        style = paper.styles[name]
        style.font.name, style.font.size = font, Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        _east_asian(style.element.get_or_add_rPr(), font)
    _number_pages(section.footer.paragraphs[0])


def _east_asian(properties: Any, font: str) -> None:
    """Word takes the font of Chinese characters from an attribute that python-docx does not set."""
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:eastAsia"):
        fonts.set(qn(kind), font)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)


def _number_pages(foot: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    foot._p.append(field)  # noqa: SLF001 - python-docx has no call for a field


def _titled(paper: Any, text: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = paper.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(_clean(text))
    run.bold, run.font.size = True, Pt(20)
    _east_asian(run._r.get_or_add_rPr(), _HEADING)  # noqa: SLF001 - see `_east_asian`


def _written(paper: Any, block: Paragraph) -> None:
    from docx.shared import Pt

    paragraph = paper.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(4)
    if block.indented:
        paragraph.paragraph_format.first_line_indent = Pt(24)
    at = 0
    for start, end in block.marks:
        paragraph.add_run(_clean(block.text[at:start]))
        paragraph.add_run(_clean(block.text[start:end])).bold = True
        at = end
    paragraph.add_run(_clean(block.text[at:]))


def _ruled(paper: Any, block: Table) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Cm, Pt

    table = paper.add_table(rows=1, cols=len(block.headings), style="Table Grid")
    table.autofit = False
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001 - python-docx has no call for it
    for column, width in zip(table.columns, block.widths, strict=True):
        column.width = Cm(width)
    for row in [block.headings, *block.rows]:
        cells = table.rows[0].cells if row is block.headings else table.add_row().cells
        for cell, text, width in zip(cells, row, block.widths, strict=True):
            cell.width = Cm(width)
            run = cell.paragraphs[0].add_run(_clean(text))
            run.font.size, run.bold = Pt(10), row is block.headings


def _clean(text: str) -> str:
    """Without the control characters that XML does not bear."""
    return text.translate(_CONTROL)
