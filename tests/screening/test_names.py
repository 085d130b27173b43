"""Lists of names as offices write them. All names are invented."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.cells import Row as Cells
from corpus.readers.cells import Table, tables
from corpus.readers.contract import Blob, Limits
from corpus.tables import TableUnreadable, read_tables
from search.screening.names import Names, Reason, names_in, year
from tests.screening.workbooks import workbook


def listed(rows: Sequence[Sequence[str]]) -> Names:
    """The names in rows of cells, numbered from 1."""
    cells = (Cells(n, {at: cell for at, cell in enumerate(row) if cell}) for n, row in enumerate(rows, 1))
    return names_in([Table("", tuple(row for row in cells if row.cells))])


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("柳成荫", ["柳成荫"]),
        ("柳　荫", ["柳荫"]),
        ("柳  荫", ["柳荫"]),
        ("柳\u00a0荫", ["柳荫"]),
        ("12.柳成荫", ["柳成荫"]),
        ("1、柳成荫", ["柳成荫"]),
        ("柳成荫（女）", ["柳成荫"]),
        ("柳成荫(女，回族)", ["柳成荫"]),
        ("柳成荫同志", ["柳成荫"]),
        ("柳成荫、石映泉", ["柳成荫", "石映泉"]),
        ("柳成荫 石映泉", ["柳成荫", "石映泉"]),
        ("柳成荫430501197001011234", ["柳成荫"]),
        ("買買提·吐爾遜", ["买买提·吐尔逊"]),
        ("买买提•吐尔逊", ["买买提·吐尔逊"]),
        ("买买提．吐尔逊", ["买买提.吐尔逊"]),
        ("柳成蔭", ["柳成荫"]),
        ("John Smith", ["john smith"]),
    ],
)
def test_a_cell_gives_its_names(cell: str, names: list[str]) -> None:
    assert [row.name for row in listed([["姓名", "单位"], [cell, "某局"]]).rows] == names


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("柳某", Reason.MASKED),
        ("柳××", Reason.MASKED),
        ("柳*荫", Reason.MASKED),
        ("柳", Reason.TOO_SHORT),
        ("12345", Reason.NOT_A_NAME),
        ("见附件2", Reason.NOT_A_NAME),
        ("合计", Reason.HEADING),
        ("", Reason.NO_NAME),
        ("430501197001011234", Reason.NO_NAME),
    ],
)
def test_a_row_that_gives_nobody_says_why(cell: str, reason: Reason) -> None:
    read = listed([["姓名", "单位"], [cell, "某市某局"], ["石映泉", ""]])
    assert [row.name for row in read.rows] == ["石映泉"]
    assert [(one.place.number, one.reason) for one in read.unusable] == [(1, Reason.HEADING), (2, reason)]


def test_headings_are_found_below_titles_and_columns_in_any_order() -> None:
    read = listed(
        [
            ["拟提拔人选名单", "", "", ""],
            ["填报单位：某市委组织部", "", "", "2024年3月"],
            ["序号", "工作单位", "姓　名", "出生年月", "现任职务"],
            ["1", "云岭市审计局", "柳 荫", "1970.05", "局长"],
            ["2", "云岭市财政局", "石映泉", "71年3月", "副局长"],
            ["序号", "工作单位", "姓　名", "出生年月", "现任职务"],
            ["合计", "", "2人"],
        ]
    )
    assert [(row.name, row.unit, row.post, row.birth) for row in read.rows] == [
        ("柳荫", "云岭市审计局", "局长", 1970),
        ("石映泉", "云岭市财政局", "副局长", 1971),
    ]
    headings = [one.place.number for one in read.unusable if one.reason is Reason.HEADING]
    assert headings == [1, 2, 3, 6]
    assert [one.place.number for one in read.unusable if one.reason.is_loss] == [7]


def test_names_side_by_side_take_the_columns_that_follow_them() -> None:
    read = listed(
        [["姓名", "单位", "姓名", "单位"], ["柳成荫", "甲县财政局", "石映泉", "乙县财政局"], ["白如意", "甲县"]]
    )
    assert [(row.name, row.unit) for row in read.rows] == [
        ("柳成荫", "甲县财政局"),
        ("石映泉", "乙县财政局"),
        ("白如意", "甲县"),
    ]
    assert read.lost == 0


def test_without_headings_the_first_column_counts() -> None:
    assert [row.name for row in listed([["", "柳成荫", "某局"], ["", "石映泉"]]).rows] == ["柳成荫", "石映泉"]


def test_without_headings_a_column_of_numbers_is_passed_over() -> None:
    read = listed([["1", "清江市审计局", "柳成荫"], ["2", "清江市财政局", "石映泉"]])
    assert [row.name for row in read.rows] == ["柳成荫", "石映泉"]


def test_a_sheet_without_names_beside_the_list_is_told_of_once() -> None:
    notes = Table("说明", (Cells(1, {0: "本表由各单位填报后汇总上报"}), Cells(4, {0: "联系电话 12345"})))
    more = Table("补充", (Cells(1, {0: "石映泉"}),))
    first = Table("名单", (Cells(1, {0: "姓名"}), Cells(2, {0: "柳成荫"})))
    read = names_in([first, notes, more])
    assert [row.name for row in read.rows] == ["柳成荫", "石映泉"]
    assert [(str(one.place), one.last) for one in read.unusable if one.reason.is_loss] == [("说明 第 1 行", 4)]


def test_repeated_rows_are_checked_once_and_told() -> None:
    read = listed([["姓名", "单位"], ["柳成荫", "甲局"], ["柳 成 荫", "甲局"], ["柳成荫", "乙局"]])
    assert [(row.place.number, row.unit) for row in read.rows] == [(2, "甲局"), (4, "乙局")]
    assert [(one.place.number, one.reason) for one in read.unusable][1:] == [(3, Reason.REPEATED)]


def test_a_former_name_is_looked_for_too() -> None:
    read = listed([["姓名", "曾用名"], ["柳成荫（曾用名：柳大树）", ""], ["石映泉", "石小泉、石泉"]])
    assert [row.also for row in read.rows] == [("柳大树",), ("石小泉", "石泉")]


def test_numbers_of_identity_cards_are_kept_nowhere() -> None:
    number = "43050119700101123X"
    read = listed([["姓名", "身份证号", "单位", "职务"], ["柳成荫", number, f"某局{number}", ""], ["", number, "某局"]])
    assert number[:15] not in repr(read)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1970", 1970),
        ("1970年5月", 1970),
        ("1970-05-03", 1970),
        ("19700503", 1970),
        ("１９７０．０５", 1970),
        ("70.05", 1970),
        ("54岁", None),
        ("", None),
        ("430501197001011234", None),
    ],
)
def test_a_year_of_birth(cell: str, expected: int | None) -> None:
    assert year(cell) == expected


@given(st.lists(st.lists(st.text(max_size=8), max_size=4), max_size=8))
def test_no_row_is_dropped_in_silence(rows: list[list[str]]) -> None:
    shown = {n for n, row in enumerate(rows, 1) if any(cell.strip() for cell in row)}
    cells = (Cells(n, {at: c for at, c in enumerate(row) if c.strip()}) for n, row in enumerate(rows, 1))
    read = names_in([Table("", tuple(row for row in cells if row.cells))])
    told = {row.place.number for row in read.rows} | {one.place.number for one in read.unusable}
    assert shown <= told


def test_a_workbook_with_merged_cells_and_empty_rows(tmp_path: Path) -> None:
    rows = [
        ["人员名单", "", ""],
        ["单位", "姓名", "身份证号"],
        ["云岭市审计局", "柳　荫", "430501197001011234"],
        ["", "石映泉", "430501197001011235"],
        ["", "", ""],
        ["", "", ""],
        ["云岭市财政局", "白如意", ""],
    ]
    path = tmp_path / "名单.xlsx"
    path.write_bytes(workbook({"甲": rows, "乙": [["姓名"], ["石映泉"]]}, merged=("A1:C1", "A3:A4")))
    read = names_in(read_tables(path, Limits()))
    assert [(str(row.place), row.name, row.unit) for row in read.rows] == [
        ("甲 第 3 行", "柳荫", "云岭市审计局"),
        ("甲 第 4 行", "石映泉", "云岭市审计局"),
        ("甲 第 7 行", "白如意", "云岭市财政局"),
        ("乙 第 2 行", "石映泉", ""),
    ]
    empty = [(one.place.number, one.last) for one in read.unusable if one.reason is Reason.EMPTY]
    assert empty == [(5, 6)]
    assert "4305011970" not in repr(read)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("name", ["名单.csv", "名单.txt"])
def test_a_text_in_any_encoding(encoding: str, name: str) -> None:
    data = "姓名,单位\r\n柳　荫,云岭市审计局\r\n石映泉,云岭市财政局\r\n".encode(encoding)
    read = names_in(tables(Blob(name, data), Limits()))
    assert [(row.name, row.unit) for row in read.rows] == [("柳荫", "云岭市审计局"), ("石映泉", "云岭市财政局")]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("名单.xlsx", b""),
        ("名单.xlsx", b"PK\x03\x04 broken"),
        ("名单.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    ],
)
def test_what_is_no_list_is_refused_in_one_sentence(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(TableUnreadable, match="名单"):
        read_tables(path, Limits())
