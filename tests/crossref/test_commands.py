"""Dossiers and judgements as a user meets them on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cli import cli
from tests.crossref.conftest import NOTICES, Shelf, document

ALIAS = document("0007", "松陵市商人冯大海在会上发言。冯大海说，他愿意捐资助学。", "2015-01-01")


class Terminal:
    def __init__(self, library: Path) -> None:
        self._library = str(library)

    def run(self, *words: str, status: int = 0) -> str:
        done = CliRunner().invoke(cli, [*words, "--library", self._library])
        assert done.exit_code == status, done.output
        return done.output

    def json(self, *words: str) -> Any:
        return json.loads(self.run(*words, "--json"))


@pytest.fixture
def terminal(shelf: Shelf) -> Terminal:
    shelf.put(*NOTICES, ALIAS)
    return Terminal(shelf.path)


def ids(terminal: Terminal) -> list[str]:
    return [one["id"] for one in terminal.json("official", "冯启舟")]


def test_people_of_a_name_are_listed_apart(terminal: Terminal) -> None:
    shown = terminal.run("official", "冯启舟")
    assert "有 2 人，分别列出" in shown
    assert "1970 年生" in shown
    assert "第 1 页：" in shown
    assert "没有提到“无此人”" in terminal.run("official", "无此人", status=1)
    assert terminal.run("official", "无此人", "--json", status=1) == "[]\n"


def test_a_judgement_is_obeyed_and_undone(terminal: Terminal) -> None:
    one, other = ids(terminal)
    assert "是同一人　张三" in terminal.run("same", one, other, "--by", "张三")
    (joined,) = terminal.json("official", "冯启舟")
    assert len(joined["documents"]) == 6
    assert any("出生年份" in conflict for conflict in joined["conflicts"])
    assert "矛盾" in terminal.run("different", "0003:冯启舟", "0006：冯启舟", status=3)
    assert "撤销" in terminal.run("links", "--undo", "1")
    assert ids(terminal) == [one, other]
    assert "没有第 1 条有效的判断" in terminal.run("links", "--undo", "1", status=1)
    terminal.run("different", "0003:冯启舟", "0001:冯启舟")
    apart = terminal.json("official", "冯启舟")
    assert not any({"0001", "0003"} <= set(person["documents"]) for person in apart)


def test_an_alias_joins_two_names(terminal: Terminal) -> None:
    one, _ = ids(terminal)
    terminal.run("alias", one, "冯大海", "--by", "张三")
    joined = next(person for person in terminal.json("official", "冯大海") if "0001" in person["documents"])
    assert joined["names"] == ["冯启舟", "冯大海"] or set(joined["names"]) == {"冯启舟", "冯大海"}
    assert "0007" in joined["documents"]
    assert json.loads(terminal.run("links", "--json"))["kind"] == "alias"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("same", "冯启舟", "0001:冯启舟"), "有 2 人，请写其中一人的编号"),
        (("same", "无此人", "0001:冯启舟"), "没有编号或姓名为“无此人”的人"),
        (("same", "9999:冯启舟", "0001:冯启舟"), "没有这份文件"),
        (("same", "0001:陆远桥", "0001:冯启舟"), "没有提取到“陆远桥”"),
        (("same", "000:冯启舟", "0001:冯启舟"), "请多写几位"),
        (("alias", "松陵市环保局", "松陵市环境保护局", "--agency"), "不必再设"),
    ],
)
def test_what_cannot_be_judged_is_said(terminal: Terminal, words: tuple[str, ...], said: str) -> None:
    assert said in terminal.run(*words, status=3)


def test_an_alias_of_an_agency(terminal: Terminal) -> None:
    terminal.run("alias", "栖霞县水务局", "栖霞县水利局", "--agency")
    assert "0001" in terminal.json("agency", "栖霞县水务局")["documents"]
    assert "是同一机构" in terminal.run("links")


def test_an_agency_on_the_terminal(terminal: Terminal) -> None:
    shown = terminal.run("agency", "栖霞县水利局", "--all")
    assert "冯启舟" in shown
    assert "2021 年 1 件" in shown
    assert "没有提到“无此机构局”" in terminal.run("agency", "无此机构局", status=1)


def test_the_graph_on_the_terminal_and_in_a_file(terminal: Terminal, tmp_path: Path) -> None:
    assert "收受商人陆远桥所送" in terminal.run("graph", "冯启舟")
    assert "最短的联系（1 步）：冯启舟 → 陆远桥" in terminal.run("graph", "冯启舟", "陆远桥")
    assert json.loads(terminal.run("graph", "冯启舟", "--format", "json"))["nodes"]
    page = tmp_path / "关系图.html"
    terminal.run("graph", "冯启舟", "--out", str(page))
    assert "陆远桥" in page.read_text(encoding="utf-8")
    terminal.run("graph", "无此人", status=1)
    terminal.run("graph", "甲乙", "丙丁", "戊己", status=2)
