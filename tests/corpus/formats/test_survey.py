"""The scorer of formats tells what became of every file, and how near its text is to what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import formats
from benchmarks.formats import files, survey, table, totals
from corpus.document import Reason, Skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "内").mkdir()
    (tmp_path / "内" / "通报.html").write_text("<html><body><p>县纪委通报</p></body></html>", encoding="utf-8")
    (tmp_path / "内" / "通报.html.expected.txt").write_text("县纪委 通报", encoding="utf-8")
    (tmp_path / "内" / "表.csv").write_text("姓名,处分\n赵一帆,警告\n", encoding="utf-8")
    (tmp_path / "内" / "表.txt").write_text("完全无关", encoding="utf-8")
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.4 broken")
    (tmp_path / "_meta.yml").write_text("来源: 县纪委", encoding="utf-8")
    return tmp_path


def test_every_file_is_told_of_and_compared(folder: Path) -> None:
    paths = list(files(folder))
    assert [path.name for path in paths] == ["表.csv", "表.txt", "通报.html", "坏.pdf"]
    surveyed = [(path, survey(path)) for path in paths]
    by_name = {path.name: found.outcomes[0] for path, found in surveyed}
    assert by_name["通报.html"].similarity == 1.0
    assert by_name["通报.html"].characters == 5
    assert (by_name["表.csv"].similarity or 0) < 0.5
    assert by_name["表.txt"].similarity is None
    assert [skip.reason for skip in by_name["坏.pdf"].told] == [Reason.BROKEN]


def test_totals_count_what_ended_its_process(folder: Path) -> None:
    pdf, html = folder / "坏.pdf", folder / "内" / "通报.html"
    found = [(html, survey(html)), (pdf, Skip("坏.pdf", Reason.TIMED_OUT))]
    assert totals(found) == "files 2, documents 1, skips: 1 timed_out; without a record 0, crashes and hangs 1"
    assert [row[-1] for row in table(folder, found).rows] == ["", "timed_out"]


def test_a_folder_is_surveyed_in_child_processes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    formats.main([str(folder), "--workers", "1"])
    assert "files 4, documents 3, skips: 1 broken; without a record 0, crashes and hangs 0" in capsys.readouterr().out
