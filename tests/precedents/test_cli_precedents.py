"""`anjian precedents` over an invented library, from the words typed to what is printed and written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from commands.precedents import precedents
from corpus.store import open_store
from indexer import indexes
from reports.desensitise import leaks
from search.engines import open_engine
from tests.precedents.libraries import GIFTS, shelf


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library on disk with its index of cases."""
    home = tmp_path_factory.mktemp("cli")
    path = home / "资料库"
    store = open_store(path, create=True)
    engine = open_engine("whoosh", path / "index" / "cases-1-whoosh")
    shelf(store, home, engine=engine)
    engine.close()
    with store.begin() as writing:
        indexes.put_in_force(writing, indexes.CASES, "cases-1-whoosh")
    store.close()
    return path


def run(library: Path, *arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(precedents, [*arguments, "--library", str(library), "--by", "方圆"], input=typed)


def test_pasted_facts_give_one_object(library: Path) -> None:
    result = run(library, "--text", GIFTS, "--json", "--limit", "3", "处分:党内严重警告")
    told = json.loads(result.stdout)
    assert len(told["hits"]) == 3
    assert all("党内严重警告" in hit["sanctions"] for hit in told["hits"])
    assert told["query"]["filters"] == "处分:党内严重警告"


def test_standard_input_and_a_case_id_are_matters_too(library: Path) -> None:
    pasted = json.loads(run(library, "--text", "-", "--json", typed=GIFTS).stdout)
    first = pasted["hits"][0]["case_id"]
    again = json.loads(run(library, first, "--json", "--since", "2019").stdout)
    assert again["query"]["case_id"] == first
    assert first not in [hit["case_id"] for hit in again["hits"]]


def test_people_read_what_is_alike_what_differs_and_what_followed(library: Path) -> None:
    out = run(library, "--text", GIFTS).stdout
    for told in (
        "本案：违规收受礼品礼金",
        "同样的手段",
        "       本案：",
        "       该案：",
        "后来怎样处理",
        "党内严重警告",
        "█",
        "不是处理建议",
    ):
        assert told in out


def test_a_file_is_read_in_a_child_process(library: Path, tmp_path: Path) -> None:
    path = tmp_path / "初核.txt"
    path.write_text(GIFTS, encoding="utf-8")
    told = json.loads(run(library, "--file", str(path), "--json").stdout)
    assert told["query"]["text"] == GIFTS
    assert told["hits"]
    path.write_bytes(b"")
    assert "没有可用的文字" in run(library, "--file", str(path)).output


def test_a_report_goes_out_without_names_where_asked(library: Path, tmp_path: Path) -> None:
    plain, masked = tmp_path / "报告.docx", tmp_path / "脱敏.docx"
    for path, options in ((plain, ()), (masked, ("--desensitise",))):
        result = run(library, "--text", GIFTS, "--report", str(path), *options)
        assert f"报告已写好：{path}" in result.stderr
    names = ("孟广河", "田有余", "沈知秋", "范长青", "路远山", "高明")
    assert leaks(plain.read_bytes(), names)
    assert not leaks(masked.read_bytes(), names)


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        ((), 2, "请写明查什么"),
        (("--text", "  "), 2, "没有文字"),
        (("--text", "甲", "--file", __file__), 2, "只能写一个"),
        (("--text", "甲", "--desensitise"), 2, "请同时写 --report"),
        (("ffff-1",), 1, "没有案件"),
        (("--text", GIFTS, "--since", "2090"), 1, "没有找到相近的案件"),
        (("--text", GIFTS, "--like", "fate"), 2, "conduct"),
    ],
)
def test_what_cannot_be_done_is_said(library: Path, arguments: tuple[str, ...], status: int, told: str) -> None:
    result = run(library, *arguments)
    assert told in result.output
    assert result.exit_code == status
