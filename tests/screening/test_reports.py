"""The report of a screening as an office files it. All names are invented."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.readers import trace
from corpus.readers.cells import tables
from corpus.readers.contract import Blob, Limits
from corpus.store import Store
from reports.errors import ReportRefused
from reports.screening import METHOD, Particulars, as_paper, as_workbook, write
from reports.sheet import harmless
from search.screening.names import Names, Place, Reason, Row, Unusable
from search.screening.people import Nobody
from search.screening.results import Screening
from search.screening.screen import screen
from terminal.screening import screening_lines
from terminal.style import Style
from tests.screening.test_screen import fill

ABOUT = Particulars(
    source="名单.xlsx",
    library="/资料库",
    documents=2,
    unread=3,
    last_run="2024-05-06T07:08:09+00:00",
    made=datetime(2024, 5, 7, 8, 9, tzinfo=UTC),
    who="石映泉",
)


@pytest.fixture
def screening(store: Store) -> Screening:
    fill(
        store,
        {
            "甲.txt": "首页。\f清江市审计局原局长柳成荫违规收受礼金。",
            "乙.txt": '=HYPERLINK("http://x","白如意")；=1+1，清江市财政局局长白如意',
        },
    )
    names = Names(
        (
            Row(Place("", 2), "柳成荫", "柳成荫", unit="清江市审计局", post="局长"),
            Row(Place("", 3), "白如意", "白如意", unit="=cmd|' /C calc'!A0"),
            Row(Place("", 4), "石映泉", "石映泉"),
        ),
        (Unusable(Place("", 5), Reason.MASKED, "柳某"), Unusable(Place("", 6), Reason.EMPTY, last=8)),
    )
    return screen(names, store, Nobody())


def test_a_workbook_has_every_person_and_every_source(screening: Screening) -> None:
    sheets = {table.name: table.rows for table in tables(Blob("a.xlsx", as_workbook(screening, ABOUT)), Limits())}
    said = "\n".join(cell for row in sheets["说明"] for cell in row.cells.values())
    for wanted in (
        *METHOD,
        "名单：名单.xlsx",
        "核对人：石映泉",
        "文件 2 份",
        "2024年05月07日 08:09",
        "最近一次更新 2024年05月06日 07:08",
        "另有 3 处",
        "复核人",
    ):
        assert wanted in said
    people = [list(row.cells.values()) for row in sheets["核对结论"]][1:]
    assert [(row[1], next(cell for cell in row if "记录" in cell)) for row in people] == [
        ("柳成荫", "有此人记录"),
        ("白如意", "有同名者记录"),
        ("石映泉", "没有记录"),
    ]
    (source,) = [list(row.cells.values()) for row in sheets["依据"] if "甲.txt" in row.cells.values()]
    assert "2" in source
    assert "清江市审计局原局长柳成荫违规收受礼金" in source
    assert "单位一致：清江市审计局；职务一致：局长" in source
    assert [list(row.cells.values())[:2] for row in sheets["未核对的行"]][1:] == [
        ["第 5 行", "柳某"],
        ["第 6 行至第 8 行", Reason.EMPTY.label],
    ]


def test_no_cell_is_a_formula(screening: Screening) -> None:
    for table in tables(Blob("a.xlsx", as_workbook(screening, ABOUT)), Limits()):
        for row in table.rows:
            assert not [cell for cell in row.cells.values() if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+86", "'+86"),
        ("-1", "'-1"),
        ("@sum", "'@sum"),
        ("\t=1", "'\t=1"),
        (" =1", "' =1"),
        ("柳成荫", "柳成荫"),
        ("1=1", "1=1"),
        ("a\x00b\x0b", "ab"),
    ],
)
def test_a_cell_is_made_harmless(cell: str, written: str) -> None:
    assert harmless(cell) == written


def test_a_paper_reads_as_an_office_wants_it(screening: Screening) -> None:
    ((reading, _),) = [
        found for found in trace(Blob("a.docx", as_paper(screening, ABOUT)), Limits()) if isinstance(found, tuple)
    ]
    said = "\n".join(leaf.text for leaf in reading.leaves)
    assert reading.title == "人员名单核对情况报告"
    for wanted in (
        "三、没有记录的人员",
        "石映泉（第 4 行）",
        "柳成荫（第 2 行）：有此人记录",
        "第 2 页）：“清江市审计局原局长柳成荫违规收受礼金”",
        "柳某",
        "核对人：＿",
    ):
        assert wanted in said


def test_equal_screenings_give_equal_files(screening: Screening) -> None:
    assert as_workbook(screening, ABOUT) == as_workbook(screening, ABOUT)
    assert as_paper(screening, ABOUT) == as_paper(screening, ABOUT)


def test_a_report_is_written_as_its_ending_says(screening: Screening, tmp_path: Path) -> None:
    write(screening, ABOUT, tmp_path / "a.json")
    plain = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert plain["who"] == "石映泉"
    assert [row["verdict"] for row in plain["rows"]] == ["this_person", "same_name", "no_record"]
    assert plain["library"] == {"path": "/资料库", "documents": 2, "unread": 3, "last_run": ABOUT.last_run}
    with pytest.raises(ReportRefused, match=r"\.xlsx、\.docx 或 \.json"):
        write(screening, ABOUT, tmp_path / "a.pdf")
    with pytest.raises(ReportRefused, match="写不进去"):
        write(screening, ABOUT, tmp_path / "missing" / "a.xlsx")


def test_lines_tell_who_has_a_record_and_what_is_wanting(screening: Screening) -> None:
    lines = list(screening_lines(screening, Style(colour=False)))
    assert lines[0] == "柳成荫 清江市审计局 局长（第 2 行）：有此人记录"
    assert any("【柳成荫】违规收受礼金" in line for line in lines)
    assert lines[-2] == f"！第 5 行（柳某）：{Reason.MASKED.label}"
    assert lines[-1] == "对照文件 2 份，核对 3 人：有此人记录 1 人，有同名者记录 1 人，没有记录 1 人"
