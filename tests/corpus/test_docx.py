"""Word documents as their reader sees them after all changes are accepted."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from io import BytesIO

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml

from corpus.document import Reason, Skip
from corpus.readers import read
from corpus.readers.contract import Blob, Limits, Reading
from corpus.readers.numbering import chinese

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BOX = f"""<w:p {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
  xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml">
  <w:r><w:t>正文甲</w:t></w:r><w:r><mc:AlternateContent>
  <mc:Choice Requires="wps"><wps:txbx><w:txbxContent><w:p><w:r><w:t>框中文字</w:t></w:r></w:p></w:txbxContent>
  </wps:txbx></mc:Choice>
  <mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>框中文字</w:t></w:r></w:p></w:txbxContent></v:textbox>
  </w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>正文乙</w:t></w:r></w:p>"""
CHANGED = f"""<w:p {W}><w:r><w:t>受到</w:t></w:r>
  <w:del w:id="1" w:author="a"><w:r><w:delText>免职</w:delText></w:r></w:del>
  <w:ins w:id="2" w:author="a"><w:r><w:t>党内警告</w:t></w:r></w:ins><w:r><w:instrText>PAGE</w:instrText></w:r>
  <w:r><w:tab/><w:t>处分</w:t><w:br/><w:t>。</w:t></w:r></w:p>"""
NOTES = f"""<w:footnotes {W}><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>分隔</w:t></w:r></w:p></w:footnote>
  <w:footnote w:id="2"><w:p><w:r><w:t>见处分条例第八十五条</w:t></w:r></w:p></w:footnote></w:footnotes>"""
BOMB = f"""<!DOCTYPE d [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈"><!ENTITY b "{"&a;" * 10}"><!ENTITY c "{"&b;" * 10}">
  <!ENTITY x SYSTEM "file:///etc/hostname">]>
  <w:document {W}><w:body><w:p><w:r><w:t>前&c;&x;后</w:t></w:r></w:p></w:body></w:document>"""


NUMBERED = f"""<w:p {W}><w:pPr><w:numPr><w:ilvl w:val="{{}}"/><w:numId w:val="{{}}"/></w:numPr></w:pPr>
  <w:r><w:t>{{}}</w:t></w:r></w:p>"""
LISTS = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="0">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="（%2）"/></w:lvl>
  <w:lvl w:ilvl="2"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2.%3 "/></w:lvl>
  <w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>
  <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/>
  <w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num></w:numbering>"""


def saved(document: docx.document.Document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def reading(data: bytes, name: str = "甲.docx") -> Reading:
    (found,) = read(Blob(name, data), Limits())
    assert isinstance(found, Reading)
    return found


def changed(data: bytes, **parts: str | bytes) -> bytes:
    """The archive with parts put in place of those named ("word__document" is word/document.xml), or added."""
    names = {f"{key.replace('__', '/')}.xml": value for key, value in parts.items()}
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, names.pop(info.filename, old.read(info)))
        for name, content in names.items():
            new.writestr(name, content)
    return out.getvalue()


def text_of(*paragraphs: str) -> str:
    document = docx.Document()
    for xml in paragraphs:
        document.element.body.insert(0, parse_xml(xml))
    return reading(saved(document)).leaves[0].text


def test_a_document_with_everything() -> None:
    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.author, properties.created = "关于通报", "王小明", datetime(2023, 6, 5, tzinfo=UTC)
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "第1页"
    document.add_heading("关于通报", 1)
    table = document.add_table(2, 2)
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells), ("姓名", "处分", "李某", "党内\n警告"), strict=True
    ):
        cell.text = text
    document.add_paragraph("第一页末").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("第二页")
    found = reading(saved(document))
    assert [leaf.text for leaf in found.leaves] == ["关于通报\n姓名\t处分\n李某\t党内 警告\n第一页末", "第二页"]
    assert found.title == "关于通报"
    assert {key: (value.value, value.origin) for key, value in found.meta.items()} == {
        "author": ("王小明", "file"),
        "created": ("2023-06-05", "file"),
    }


def test_text_boxes_are_read_once_and_after_their_paragraph() -> None:
    assert text_of(BOX) == "正文甲正文乙\n框中文字"


def test_changes_are_accepted_and_fields_left_out() -> None:
    assert text_of(CHANGED) == "受到党内警告\t处分\n。"


def test_notes_follow_the_text() -> None:
    document = docx.Document()
    document.add_paragraph("正文")
    assert reading(changed(saved(document), word__footnotes=NOTES)).leaves[0].text == "正文\n见处分条例第八十五条"


def test_numbers_that_word_writes_are_read() -> None:
    items = [
        (0, 1, "甲"),
        (1, 1, "乙"),
        (1, 1, "丙"),
        (3, 1, "丁"),
        (0, 1, "戊"),
        (1, 1, "己"),
        (0, 2, "庚"),
        (0, 2, "辛"),
    ]
    items += [(2, 1, "壬"), (0, 7, "癸")]
    document = docx.Document()
    for level, number, text in items:
        document.element.body.insert(-1, parse_xml(NUMBERED.format(level, number, text)))
    found = reading(changed(saved(document), word__numbering=LISTS))
    assert found.leaves[0].text.split("\n") == [
        "一、甲", "（一）乙", "（二）丙", "丁", "二、戊", "（一）己", "九、庚", "十、辛", "二.一.1 壬", "癸",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "written"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (105, "一百〇五"), (110, "一百一十"), (10_001, "一万〇一")],
)
def test_chinese_numerals(number: int, written: str) -> None:
    assert chinese(number) == written


def test_a_title_that_is_not_printed_is_not_believed() -> None:
    document = docx.Document()
    document.core_properties.title = "旧模板"
    document.add_paragraph("关于通报")
    assert reading(saved(document)).title is None


def test_entities_are_refused() -> None:
    (skip,) = read(Blob("a.docx", changed(saved(docx.Document()), word__document=BOMB)), Limits())
    assert isinstance(skip, Skip)
    assert skip.reason is Reason.UNSAFE


def test_parts_beside_the_text_may_be_broken() -> None:
    document = docx.Document()
    document.add_paragraph("正文")
    found = reading(changed(saved(document), word__footnotes=NOTES[:90], word__styles=BOMB))
    assert found.leaves[0].text == "正文"
    assert [skip.reason for skip in found.skips] == [Reason.UNSAFE, Reason.BROKEN]


@pytest.mark.parametrize("path", ["word/document2.xml", "Word\\Document.xml"])
def test_the_main_part_may_be_named_otherwise(path: str) -> None:
    document = docx.Document()
    document.add_paragraph("正文")
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(saved(document))) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            new.writestr(path if info.filename == "word/document.xml" else info.filename, old.read(info))
    assert reading(out.getvalue()).leaves[0].text == "正文"


@pytest.mark.parametrize(
    ("part", "reason"), [(b" " * (64 * 2**20), Reason.UNSAFE), (b"<w:document", Reason.BROKEN), (b"", Reason.BROKEN)]
)
def test_bombs_and_broken_parts_are_skips(part: bytes, reason: Reason) -> None:
    (skip,) = read(Blob("a.docx", changed(saved(docx.Document()), word__document=part)), Limits())
    assert isinstance(skip, Skip)
    assert skip.reason is reason


def test_an_encrypted_document_is_known() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    (skip,) = read(Blob("a.docx", data), Limits())
    assert isinstance(skip, Skip)
    assert skip.reason is Reason.ENCRYPTED
