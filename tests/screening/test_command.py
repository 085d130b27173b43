"""`anjian screen` from a list to its report, over people who were told apart. All names are invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from commands.screening import screen
from corpus.document import document_id
from corpus.schema import appearances
from corpus.store import Store, open_store
from search.screening.known import Known
from tests.screening.test_screen import fill
from tests.screening.workbooks import workbook


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library of three documents."""
    path = tmp_path / "资料库"
    store = open_store(path, create=True)
    fill(store, {"甲.txt": "清江市审计局局长柳成荫受到处分。", "乙.txt": "柳成荫出席。", "丙.txt": "石大泉出席。"})
    store.close()
    return path


def run(library: Path, names: bytes, *options: str, ending: str = "txt") -> Result:
    path = library.parent / f"名单.{ending}"
    path.write_bytes(names)
    return CliRunner().invoke(screen, [str(path), "--library", str(library), "--by", "石映泉", *options])


@pytest.mark.parametrize(
    ("names", "status"),
    [("柳成荫\n白如意\n", 0), ("白如意\n", 1), ("柳成荫\n柳某\n", 2), ("白如意\n某某\n", 2), ("姓名\n", 2)],
)
def test_the_exit_status_tells_what_was_found(library: Path, names: str, status: int) -> None:
    assert run(library, names.encode()).exit_code == status


def test_a_workbook_comes_in_and_a_report_goes_out(library: Path) -> None:
    names = workbook({"名单": [["姓名", "单位", "身份证号"], ["柳　成荫", "清江市审计局", "430501197001011234"]]})
    report = library.parent / "报告.docx"
    result = run(library, names, "--out", str(report), "--json", ending="xlsx")
    told = json.loads(result.stdout)
    assert (told["who"], told["names"], told["rows"][0]["verdict"]) == ("石映泉", "名单.xlsx", "this_person")
    assert "43050119700101" not in result.stdout
    assert report.read_bytes().startswith(b"PK")


def test_a_report_of_an_unknown_kind_is_refused_before_the_work(library: Path) -> None:
    result = run(library, "柳成荫\n".encode(), "--out", "报告.pdf")
    assert "应以 .xlsx、.docx 或 .json 结尾" in str(result.exception)


def appear(store: Store, source: str, name: str, official: str, **facts: object) -> None:
    """Write down that a person appears in a document, as the identity of people is kept."""
    row = {"document": document_id("资料", source), "name": name, "number": 0, "profile": "", "official": official}
    evidence = {"spans": [[0, 3]], "posts": [], "facts": facts}
    with store.begin() as writing:
        writing.connection.execute(sa.insert(appearances), [{**row, "evidence": evidence}])


def test_people_told_apart_are_known_with_their_other_names(library: Path) -> None:
    store = open_store(library)
    appear(store, "甲.txt", "柳成荫", "p1", posts=[["清江市审计局", "局长"]], born=[1968])
    appear(store, "乙.txt", "柳成荫", "p2")
    appear(store, "丙.txt", "石大泉", "p2")
    known = Known(store)
    assert sorted(known.names()) == ["柳成荫", "石大泉"]
    first, second = known.named("柳成蔭")
    assert (first.documents, first.told.born) == ({document_id("资料", "甲.txt")}, {1968})
    assert second.documents == {document_id("资料", "乙.txt"), document_id("资料", "丙.txt")}
    assert known.aliases("柳成荫") == ["石大泉"]
    store.close()
    result = run(library, "姓名,出生年月\n柳成荫,1968.5\n".encode(), "--json")
    (row,) = json.loads(result.stdout)["rows"]
    assert {group["group"]: len(group["documents"]) for group in row["groups"]} == {
        "context": 1,
        "exact": 2,
        "alias": 1,
    }
    assert row["verdict"] == "this_person"
