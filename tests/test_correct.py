"""Corrections at the command line: made, listed, found by, exported and undone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.test_cli import Office, copied, stock


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A stocked library that tests only read."""
    return stock(Office(tmp_path_factory.mktemp("office")))


@pytest.fixture
def stocked(shared: Office, tmp_path: Path) -> Office:
    return copied(shared, tmp_path)


def test_correct_search_export_and_undo(stocked: Office, tmp_path: Path) -> None:
    stocked.run("search", "处分:政务记过", status=1)
    said = stocked.run("correct", "通报/甲.txt", "--sanction", "政务记过", "--of", "方正明", "--by", "周维岱")
    assert "第 1 条：“方正明”受到政务记过" in said
    assert "通报/甲.txt" in stocked.run("search", "处分:政务记过")
    assert "党内警告、政务记过" in stocked.run("show", "通报/甲.txt", "--extracted")

    stocked.run("correct", "通报/甲.txt", "--agency", "云岭市审计局", "--is", "云岭市审计局机关")
    stocked.run("reindex", "--full")
    assert "通报/甲.txt" in stocked.run("search", "处分:政务记过", "机构:云岭市审计局机关")
    first, second = map(json.loads, stocked.run("corrections", "--json").splitlines())
    assert (first["who"], first["judgement"]["kind"], first["judgement"]["value"]) == ("周维岱", "sanction", "政务记过")
    assert (second["judgement"]["name"], second["undone"]) == ("云岭市审计局", None)

    stocked.run("corrections", "--export", str(tmp_path / "更正.jsonl"))
    exported = [json.loads(line) for line in (tmp_path / "更正.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [case["id"] for case in exported] == [1, 2]
    assert exported[0]["before"] != exported[0]["expected"]

    assert "已撤销" in stocked.run("corrections", "--undo", "1")
    stocked.run("search", "处分:政务记过", status=1)
    assert "通报/甲.txt" in stocked.run("search", "处分:党内警告", "机构:云岭市审计局机关")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--not-official", "高明"), "提取到的是：方正明"),
        (("--sanction", "警告处分", "--of", "方正明"), "党内严重警告"),
        (("--sanction", "党内警告"), "--of"),
        (("--violation", "喝酒"), "违规吃喝"),
    ],
)
def test_what_does_not_fit_is_one_sentence(shared: Office, words: tuple[str, ...], said: str) -> None:
    assert said in shared.complaint("correct", "通报/甲.txt", *words)
    assert "还没有更正" in shared.run("corrections")


def test_a_document_that_is_not_there(shared: Office) -> None:
    shared.run("correct", "ffff", "--not-official", "高明", status=1)
    assert "没有第 7 条" in shared.complaint("corrections", "--undo", "7")
