"""check, backup and restore as a user meets them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cli import cli
from corpus.store import LibraryMissing
from tests.upkeep.whole import Whole, make
from upkeep.backup import BackupUnusable


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    return make(tmp_path_factory.mktemp("built"))


@pytest.fixture
def whole(built: Whole, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Whole:
    copy = built.copy(tmp_path)
    monkeypatch.setenv("ANJIAN_LIBRARY", str(copy.path))
    monkeypatch.setenv("ANJIAN_WORKERS", "1")
    return copy


def call(*words: str, status: int = 0) -> str:
    done: Result = CliRunner().invoke(cli, words)
    assert done.exit_code == status, (done.output, done.exception)
    return done.stdout


def told(*words: str, status: int = 0) -> dict[str, Any]:
    (line,) = call(*words, "--json", status=status).splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


def refused(*words: str) -> str:
    done = CliRunner().invoke(cli, words)
    assert isinstance(done.exception, BackupUnusable | LibraryMissing)
    return str(done.exception)


def spoil(whole: Whole) -> str:
    path = next((whole.path / "index").rglob("*.term"))
    path.write_bytes(path.read_bytes()[:-1])
    return path.parent.name


@pytest.mark.usefixtures("whole")
def test_a_sound_library() -> None:
    assert call("check") == "资料库完好：文件内容 6 份，核对原文件 6 个。\n"
    assert call("check", "--sources", "2").endswith("核对原文件 2 个。\n")
    assert told("check", "--sources", "all")["sources"] == 6
    assert CliRunner().invoke(cli, ["check", "--sources", "一些"]).exit_code == 2
    assert told("check", "--repair")["notes"] == []


def test_damage_is_told_and_mended(whole: Whole) -> None:
    folder = spoil(whole)
    shown = call("check", status=2)
    assert "索引损坏" in shown
    assert folder in shown
    assert "怎么办：请运行：anjian check --repair" in shown
    found = told("check", status=2)
    assert (found["sound"], found["sealed"], [finding["wrong"] for finding in found["findings"]]) == (
        False,
        True,
        ["index"],
    )
    shown = call("check", "--repair")
    assert "已做：索引已从资料库重新建立。" in shown
    assert shown.endswith("修复后：\n资料库完好：文件内容 6 份，核对原文件 6 个。\n")
    assert told("check")["findings"] == []


@pytest.mark.usefixtures("whole")
def test_a_backup_comes_back(tmp_path: Path) -> None:
    path, folder = tmp_path / "甲.anjian", tmp_path / "别处"
    assert "文件内容 6 份，已核对" in call("backup", str(path))
    assert told("restore", str(path), "--verify")["documents"] == 6
    assert "已恢复到" in call("restore", str(path), "--library", str(folder))
    assert "共 1 份文件" in call("search", "孟广河", "--library", str(folder))
    assert told("check", "--library", str(folder))["findings"] == []
    assert "不是空文件夹" in refused("restore", str(path), "--library", str(folder))
    assert "已经存在" in refused("backup", str(path))


def test_only_so_many_backups_are_kept(whole: Whole) -> None:
    old = whole.path / "backups" / "2026-05-01-020000.anjian"
    old.parent.mkdir()
    old.write_bytes(b"")
    made = told("backup", "--keep", "1")
    assert made["removed"] == [str(old)]
    assert [str(path) for path in old.parent.iterdir()] == [made["path"]]
    assert told("check")["findings"] == []


def test_no_library_is_said(tmp_path: Path) -> None:
    for words in (["check"], ["backup"]):
        assert "没有资料库" in refused(*words, "--library", str(tmp_path / "没有"))
