"""Word, spreadsheets and presentations: goldens, number formats, and files behind a password.

The goldens beside this file were saved by LibreOffice, openpyxl and python-pptx; all names in them are invented.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from corpus.document import Reason
from corpus.readers import programs, sheet, slides, word
from corpus.readers.cell_format import show
from corpus.readers.contract import Blob, Limits, Reading, Unreadable
from corpus.readers.grid import Grid, lines
from corpus.readers.word97 import readable
from tests.corpus.formats.office_files import zipped

HERE = Path(__file__).parent
NOTICE = """云岭市纪委关于三起违规吃喝问题的通报
近日，云岭市纪委监委通报了三起典型问题。张某某（原局长）受到党内警告处分。See “Appendix A”.
姓名\t单位\t处分
赵一帆\t青石县财政局
钱二川\t\t政务记过
第二段：金额为 32万元。链接文字"""
LEDGER = """处分台账
青石县2023年处分人员台账
序号；基本情况/姓名；基本情况/单位；处分时间；金额（元）；占比
序号：1；基本情况/姓名：赵一帆；基本情况/单位：青石县财政局；处分时间：2023年6月5日；金额（元）：12,345.50；占比：35%
序号：2；基本情况/姓名：钱二川；基本情况/单位：青石县财政局；处分时间：2023年7月1日；金额（元）：800.00；占比：65%
序号：3；基本情况/姓名：孙三木；基本情况/单位：白沙镇政府"""
LESSON = ["警示教育\n第一点\n第二点：严守纪律\n备注：\n讲解备注：强调案例", "案例表\n姓名\t处分\n赵一帆\t警告"]


def golden(name: str) -> bytes:
    return (HERE / name).read_bytes()


def reading(reader: object, name: str, data: bytes) -> Reading:
    assert reader.READER.identify(Blob(name, data))  # type: ignore[attr-defined]
    (found,) = reader.READER.read(Blob(name, data), Limits())  # type: ignore[attr-defined]
    assert isinstance(found, Reading)
    return found


@pytest.mark.parametrize("name", ["通报.doc", "通报.rtf"])
@pytest.mark.parametrize("named", ["甲.doc", "甲.wps", "甲.txt", "甲"])
def test_word_is_read_whatever_its_name(name: str, named: str) -> None:
    found = reading(word, named, golden(name))
    assert found.leaves[0].text == NOTICE
    assert found.title is None  # the properties state one that the text does not print


@pytest.mark.parametrize(
    ("characters", "expected"),
    [
        ("甲\r乙\r", "甲\n乙"),
        ('见\x13 HYPERLINK "http://example.org" \x14附件\x15。', "见附件。"),
        ("\x13 TOC \x14目录\x13 PAGEREF \x143\x15\x15后", "目录3后"),
        ("\x13 SEQ 图 \x15图一", "图一"),
        ("甲\x07乙\x07\x07丙\x07丁\x07\x07", "甲\t乙\n丙\t丁"),
        ("上\x0b下\x0c另页\x01\x08", "上\n下\n另页"),
        ("\ud842\udfb7", "\U00020bb7"),
    ],
)
def test_marks_of_word_become_plain(characters: str, expected: str) -> None:
    assert readable(characters) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (rb"\'cd\'a8\'b1\'a8\par \'b4\'a6\'b7\'d6", "通报\n处分"),
        ("通报".encode("gb18030"), "通报"),
        (rb"\u36890?\u25253?", "通报"),
        (rb"\uc2\u36890\'cd\'a8\u25253\'b1\'a8.", "通报."),
        (rb"{\uc0\u36890 \u25253}a", "通报a"),
        (rb"\u-10179?\u-8265?", "\U0001f7b7"),
        (rb"\'81@\'81A", "丂丄"),  # the second byte of GBK may be a plain letter
        (rb"{\*\generator x;}{\fonttbl{\f0 a;}}{\info{\title t}}{\pict 0102}a\tab b\cell c\row d", "a\tb\tc\nd"),
        (rb"\{a\\b\}\~c\_d", "{a\\b} c-d"),
        (rb"{\field{\*\fldinst HYPERLINK x}{\fldrslt \'cd\'a8}}", "通"),
        (rb"a{\deleted b}c{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt box}}", "acbox"),
        (rb"a{\bin4 }}{{}b", "ab"),
    ],
)
def test_rtf(body: bytes, expected: str) -> None:
    data = rb"{\rtf1\ansi\ansicpg936\deff0 " + body + b"}"
    assert reading(word, "甲.rtf", data).leaves[0].text == expected


def test_rtf_takes_the_charset_of_the_font_where_it_names_one() -> None:
    data = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset134 SimSun;}}\f1\'cd\'a8\f0\'e9}"
    assert reading(word, "甲.rtf", data).leaves[0].text == "通é"


@pytest.mark.parametrize(("name", "named"), [("台账.xlsx", "a.xlsx"), ("台账.xls", "a.xls"), ("台账.xls", "a.et")])
def test_a_ledger_reads_row_by_row_with_its_headings(name: str, named: str) -> None:
    found = reading(sheet, named, golden(name))
    calculated = "；金额（元）：13,145.50" if name.endswith(".xls") else ""  # openpyxl saves formulas without values
    assert found.leaves[0].text == LEDGER + calculated
    assert found.leaves[1].text == ""
    assert found.leaves[2].text.splitlines()[0] == "甲；乙"


@pytest.mark.parametrize(
    ("name", "text", "encoding", "expected"),
    [
        ("a.csv", "姓名,处分\n赵一帆,警告\n", "gb18030", "姓名；处分\n姓名：赵一帆；处分：警告"),
        ("a.csv", "姓名;处分\n赵一帆;警告\n", "utf-8-sig", "姓名；处分\n姓名：赵一帆；处分：警告"),
        ("a.tsv", '姓名\t事由\n赵一帆\t"甲\n乙"\n', "utf-8", "姓名；事由\n姓名：赵一帆；事由：甲乙"),
        ("a.csv", "1,2\n3,4\n", "utf-8", "1；2\n3；4"),
        ("a.csv", "姓名,处分\n\n赵一帆,\n", "utf-8", "姓名；处分\n姓名：赵一帆"),
    ],
)
def test_csv(name: str, text: str, encoding: str, expected: str) -> None:
    assert reading(sheet, name, text.encode(encoding)).leaves[0].text == expected


def test_a_csv_that_is_something_else_is_left_to_its_reader() -> None:
    assert not sheet.identify(Blob("a.csv", b"<html><body>a,b</body></html>"))
    assert not sheet.identify(Blob("a.txt", b"a,b\nc,d\n"))


def test_cells_merged_over_rows_count_for_each_and_over_columns_once() -> None:
    rows = {
        1: {1: "单位", 2: "姓名", 3: "备注"},
        2: {1: "财政局", 2: "赵一帆"},
        3: {2: "钱二川", 3: "无"},
        9: {1: "合计"},
    }
    assert lines(Grid("", rows, [(2, 1, 3, 1), (9, 1, 9, 3)])) == [
        "单位；姓名；备注", "单位：财政局；姓名：赵一帆", "单位：财政局；姓名：钱二川；备注：无", "单位：合计",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (0.35, "0%", "35%"), (1234567.891, "#,##0.00", "1,234,567.89"), (-5, "0.00;[Red]-0.00", "-5.00"),
        (45082, "yyyy/m/d", "2023/6/5"), (45082, '[$-804]yyyy"年"m"月"d"日";@', "2023年6月5日"),
        (0.5, "h:mm AM/PM", "12:00 下午"), (1.5, "[h]:mm:ss", "36:00:00"),
        (45082.75, "yyyy-mm-dd hh:mm", "2023-06-05 18:00"),
        (12, "General", "12"), (0.1 + 0.2, "General", "0.3"), (7, "000", "007"), (123456, "¥#,##0", "¥123,456"),
        (5, '0"人"', "5人"), (430502199001011234, "General", "4.30502199001011e+17"), (12000, '0.0,"千元"', "12.0千元"),
        (-3, "#,##0_);(#,##0)", "(3)"), (45082, "aaaa", "星期一"), (0, '0;-0;"无"', "无"),
        (3, "@", "3"), (1234.5, "0.0##", "1234.5"),
    ],
)  # fmt: skip
def test_a_number_reads_as_its_cell_shows_it(value: float, code: str, expected: str) -> None:
    assert show(value, code) == expected


def test_slides_with_tables_and_notes() -> None:
    assert [leaf.text for leaf in reading(slides, "课件.pptx", golden("课件.pptx")).leaves] == LESSON


@pytest.mark.parametrize("name", ["课件.ppt", "课件.dps"])
def test_slides_of_the_binary_form(name: str) -> None:
    found = reading(slides, name, gzip.decompress(golden("课件.ppt.gz")))
    assert [leaf.text for leaf in found.leaves] == ["警示教育\n第一点\n第二点：严守纪律", "案例"]


def test_a_slide_that_is_damaged_costs_itself_alone() -> None:
    relations = "".join(f'<Relationship Id="r{n}" Type="x/slide" Target="slides/s{n}.xml"/>' for n in (1, 2))
    shape = "<sp><txBody><p><r><t>留</t></r></p></txBody></sp>"
    parts = {
        "ppt/presentation.xml": '<p xmlns:r="urn:r"><sldIdLst><sldId r:id="r1"/><sldId r:id="r2"/></sldIdLst></p>',
        "ppt/_rels/presentation.xml.rels": f"<Relationships>{relations}</Relationships>",
        "ppt/slides/s1.xml": "<sld>",
        "ppt/slides/s2.xml": f"<sld><cSld><spTree>{shape}</spTree></cSld></sld>",
    }
    found = reading(slides, "a.pptx", zipped(parts))
    assert [leaf.text for leaf in found.leaves] == ["", "留"]
    assert [(skip.reason, skip.page) for skip in found.skips] == [(Reason.BROKEN, 1)]


@pytest.mark.parametrize(
    ("reader", "name", "data"),
    [
        (word, "a.doc", golden("通报.doc")[:3000]),
        (sheet, "a.xlsx", golden("台账.xlsx")[:3000]),
        (sheet, "a.xls", golden("台账.xls")[:2000]),
        (slides, "a.pptx", golden("课件.pptx")[:3000]),
    ],
)
def test_a_file_that_was_cut_is_broken(reader: object, name: str, data: bytes) -> None:
    with pytest.raises(Unreadable) as raised:
        reading(reader, name, data)
    assert raised.value.reason is Reason.BROKEN


def test_a_word_file_with_a_password_says_so() -> None:
    data = bytearray(golden("通报.doc"))
    start = data.index(b"\xec\xa5", 512)
    data[start + 11] |= 1  # fEncrypted
    with pytest.raises(Unreadable) as raised:
        reading(word, "a.doc", bytes(data))
    assert raised.value.reason is Reason.ENCRYPTED


def old_word() -> bytes:
    """A Word document of the version before 97, saved in the fast way: only programs read it."""
    data = bytearray(golden("通报.doc"))
    start = data.index(b"\xec\xa5", 512)
    data[start + 2 : start + 4] = b"\x65\x00"  # nFib
    data[start + 10] |= 4  # fComplex
    return bytes(data)


def test_what_only_programs_read_names_them_where_none_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs.shutil, "which", lambda _name: None)
    with pytest.raises(Unreadable) as raised:
        reading(word, "a.doc", old_word())
    assert raised.value.reason is Reason.PROGRAM_MISSING
    assert "LibreOffice" in raised.value.detail


@pytest.mark.parametrize(("script", "expected"), [("echo 通报", "通报\n"), ("exit 1", None)])
def test_an_installed_program_is_asked(
    script: str, expected: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "antiword"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(programs.shutil, "which", lambda name: str(program) if name == "antiword" else None)
    if expected is None:
        with pytest.raises(Unreadable, match="antiword"):
            reading(word, "a.doc", old_word())
    else:
        assert reading(word, "a.doc", old_word()).leaves[0].text == expected
