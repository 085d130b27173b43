"""类案检索报告: what an office signs has the search, the cases with their sources, the chart and the warning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import docx
import pytest

from corpus.store import open_store
from reports.errors import ReportRefused
from reports.precedents import Particulars, as_paper, check, write
from search.precedents.asking import of_text
from search.precedents.found import Precedents
from tests.precedents.libraries import GIFTS, shelf

NOW = datetime(2026, 5, 20, 2, 30, tzinfo=UTC)
ABOUT = Particulars("云岭资料库", 7, 16, 2, "2026-05-19T18:00:00+00:00", NOW, "方圆")


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Precedents]:
    """Cases like the gifts."""
    home = tmp_path_factory.mktemp("report")
    store = open_store(home / "library", create=True)
    of = shelf(store, home)
    yield of.finder.find(of_text(GIFTS, of.segmenter), since=2019, filters="类型:通报", limit=4)
    store.close()


def texts(made: bytes) -> tuple[str, list[list[list[str]]]]:
    paper = docx.Document(BytesIO(made))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in paper.tables]
    return "\n".join(paragraph.text for paragraph in paper.paragraphs), tables


def test_the_search_is_told_as_it_was_run(answer: Precedents) -> None:
    text, _ = texts(as_paper(answer, ABOUT))
    for told in (
        GIFTS,
        "检索时间：2026年05月20日 02:30",
        "检索人：方圆",
        "云岭资料库，文件 7 份，其中案件 16 起，最近一次更新 2026年05月19日 18:00",
        "2 处（文件或页）未能读取",
        "综合比对。条件：2019 年以来的文件；类型:通报",
        "违规收受礼品礼金",
        "不是处理建议",
        "复核人：",
    ):
        assert told in text


def test_each_case_stands_with_its_facts_sanction_source_and_page(answer: Precedents) -> None:
    _, tables = texts(as_paper(answer, ABOUT))
    listed = tables[0]
    assert listed[0] == ["序号", "案件", "基本事实", "处理结果", "引用条文", "来源和页码"]
    assert len(listed) == 1 + len(answer.hits)
    for row, hit in zip(listed[1:], answer.hits, strict=True):
        assert hit.title in row[1]
        assert row[2].rstrip("…") in " ".join(hit.text.split())
        assert row[3] == "、".join(hit.sanctions)
        assert f"{hit.source} 第 {hit.page} 页" in row[5]


def test_the_chart_has_a_bar_for_each_sanction_and_names_its_cases(answer: Precedents) -> None:
    _, tables = texts(as_paper(answer, ABOUT))
    chart = tables[-1]
    assert chart[0] == ["类别", "处理", "起数", "比例图", "案件"]
    assert [(row[0], row[1], int(row[2])) for row in chart[1:]] == [
        (bar.kind, bar.name, len(bar.case_ids)) for bar in answer.distribution.bars
    ]
    longest = max(chart[1:], key=lambda row: int(row[2]))
    assert set(longest[3]) == {"█"}
    assert all(len(row[3]) <= len(longest[3]) for row in chart[1:])
    assert any("案例 1" in row[4] for row in chart[1:])


def test_both_sides_of_what_is_alike_stand_side_by_side(answer: Precedents) -> None:
    _, tables = texts(as_paper(answer, ABOUT))
    sides = [table for table in tables if table[0] == ["本案", "该案"]]
    assert sides
    assert all(table[1][0] in GIFTS and "页）" in table[1][1] for table in sides)


def test_an_answer_without_cases_is_still_a_report(answer: Precedents) -> None:
    text, tables = texts(as_paper(replace(answer, hits=()), ABOUT))
    assert "没有找到相近的案件" in text
    assert not [table for table in tables if table[0][0] == "序号"]


def test_equal_answers_give_equal_bytes(answer: Precedents) -> None:
    assert as_paper(answer, ABOUT) == as_paper(answer, ABOUT)


def test_only_docx_is_written_and_only_where_it_can_be(answer: Precedents, tmp_path: Path) -> None:
    with pytest.raises(ReportRefused, match=r"应以 \.docx 结尾"):
        check(tmp_path / "报告.pdf")
    with pytest.raises(ReportRefused, match="写不进去"):
        write(answer, ABOUT, tmp_path / "没有" / "报告.docx")
    write(answer, ABOUT, tmp_path / "报告.docx")
    assert (tmp_path / "报告.docx").read_bytes() == as_paper(answer, ABOUT)
