"""Watches, alerts, export and import at the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from cli import cli
from corpus.store import Store
from tests.upkeep.desk import Desk
from upkeep import alerts


class Terminal:
    """Commands run in this process, over one library."""

    def __init__(self, library: Path) -> None:
        self.library = str(library)

    def __call__(self, *words: str, status: int = 0) -> str:
        done: Result = CliRunner().invoke(cli, [words[0], "--library", self.library, *words[1:]])
        assert done.exit_code == status, done.output + repr(done.exception)
        return done.stdout


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    return Desk(store, tmp_path)


@pytest.fixture
def run(desk: Desk, tmp_path: Path) -> Iterator[Terminal]:
    assert desk
    return Terminal(tmp_path / "library")


def test_watches_and_alerts(desk: Desk, run: Terminal, tmp_path: Path) -> None:
    assert "还没有" in run("saved")
    assert "第 1 项：受贿 <急>" in run("save", "受贿 <急>", "受贿", "-交通局", "--by", "周维岱")
    assert "人员:孟广河" in run("follow", "--official", "孟广河")
    assert json.loads(run("follow", "--agency", "云岭市审计局", "--json"))["query"] == "机构:云岭市审计局"
    assert "已取消" in run("saved", "--remove", "3")
    assert "已取消" not in run("saved", "--restore", "3")
    assert len(run("saved", "--json").splitlines()) == 3

    run("alerts", status=1)
    desk.write("新.txt", "市里的受贿案")
    desk.write("别.txt", "交通局的受贿案")
    desk.index()
    alerts.collect(desk.store, desk.searcher)
    shown = run("alerts", "--html", str(tmp_path / "新.html"), "--feed", str(tmp_path / "新.xml"))
    assert "新.txt" in shown
    assert "市里的【受贿】案" in shown
    assert "别.txt" not in shown
    (item,) = map(json.loads, run("alerts", "--json", "--watch", "1").splitlines())
    assert (item["watch"], item["label"], item["source"], item["page"]) == (1, "受贿 <急>", "新.txt", 1)
    assert [item["passage"][start:end] for start, end in item["marks"]] == ["受贿"]
    assert "受贿 &lt;急&gt;" in (tmp_path / "新.html").read_text("utf-8")
    assert etree.parse(tmp_path / "新.xml").getroot().tag.endswith("feed")
    run("alerts", "--watch", "2", status=1)
    run("alerts", "--since", "2199-01-01", status=1)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("alerts", "--mail"), "mail_server、mail_from、mail_to"),
        (("save", "空", "()"), "anjian save"),
        (("saved", "--remove", "9"), "第 9 项"),
        (("import", "没有.jsonl"), "没有.jsonl"),
    ],
)
def test_what_cannot_be_done_is_said(run: Terminal, words: tuple[str, ...], says: str) -> None:
    done = CliRunner().invoke(cli, [words[0], "--library", run.library, *words[1:]])
    assert says in str(done.exception)


def test_follow_asks_for_one_of_two(run: Terminal) -> None:
    run("follow", status=2)
    run("follow", "--official", "甲", "--agency", "乙", status=2)


def test_export_and_import(run: Terminal, tmp_path: Path) -> None:
    run("save", "受贿", "受贿")
    path = str(tmp_path / "人工.jsonl")
    assert "保存的查询和关注 1 项" in run("export", path)
    other = Terminal(tmp_path / "other")
    assert json.loads(other("import", path, "--json")) == {"added": {"watch": 1, "folder": 1}, "notes": []}
    assert "没有新的内容" in other("import", path)
    assert other("saved").startswith("第 1 项：受贿")
