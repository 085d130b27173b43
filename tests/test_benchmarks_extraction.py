"""Do the measurements of extraction count what they say? The texts are invented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import extraction, extraction_speed, ner
from benchmarks.corpora import Corpus
from benchmarks.measure import Measured
from indexer.extract.pipeline import COMPONENTS

ENTITIES = [
    {"start": 0, "end": 5, "type": "ORG"},
    {"start": 5, "end": 7, "type": "TITLE"},
    {"start": 7, "end": 10, "type": "NAME"},
    {"start": 11, "end": 13, "type": "EDU"},
]
ROW: dict[str, Any] = {"text": "青禾县政府局长林晓棠，博士。", "entities": ENTITIES}


def prediction(**changed: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {"_id": "one", "kind": "other"}
    return empty | {part: [] for part in ("cases", "articles", "agencies", "officials", "mentions")} | changed


def test_spans_are_right_when_both_ends_are() -> None:
    found = {ner.PERSON: {(7, 10)}, ner.ORGANISATION: {(0, 3), (0, 5)}}
    types = ner.SETS["resume_ner_dev.jsonl"]
    assert ner.judge([ROW], types, lambda _: found) == [
        ner.Counts(right=1, found=1, annotated=1),
        ner.Counts(right=1, found=2, annotated=1),
        ner.Counts(right=0, found=0, annotated=1),
    ]


@pytest.mark.parametrize(
    ("counts", "cell"),
    [
        (ner.Counts(1, 2, 1), "66.7% (50.0% / 100.0%)"),
        (ner.Counts(0, 3, 2), "0.0% (0.0% / 0.0%)"),
        (ner.Counts(0, 0, 4), "—"),
    ],
)
def test_a_cell_tells_f1_precision_and_recall(counts: ner.Counts, cell: str) -> None:
    assert counts.cell() == cell


def test_extraction_gives_spans_of_names_organisations_and_titles() -> None:
    spans = ner.extracted(ROW["text"])
    assert (7, 10) in spans[ner.PERSON]
    assert (0, 5) in spans[ner.ORGANISATION]
    assert (5, 7) in spans[ner.TITLE]


def test_plain_lac_and_the_tagger_tell_names_alike() -> None:
    lac = ner.PlainLac()
    assert lac(ROW["text"])[ner.PERSON] == ner.tagged(ROW["text"])[ner.PERSON] == {(7, 10)}


def test_a_table_is_printed_for_each_data_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "ner"
    folder.mkdir()
    for name in ner.SETS:
        (folder / name).write_text(json.dumps(ROW) + "\n", encoding="utf-8")
    ner.main([str(tmp_path)])
    printed = capsys.readouterr().out
    assert [name for name in ner.SETS if name in printed] == list(ner.SETS)
    assert printed.count("plain LAC") == len(ner.SETS)


def test_gains_and_losses_are_told_with_their_text_and_counted() -> None:
    before = prediction(officials=[{"name": "林晓棠"}], agencies=[{"name": "青禾县政府"}])
    after = prediction(officials=[{"name": "林晓"}], agencies=[{"name": "青禾县政府"}])
    lines = extraction.changes([before], [after])
    assert lines[:2] == ["+ official\t林晓\tone", "- official\t林晓棠\tone"]
    assert lines[2].split() == ["official", "1", "found", "1", "lost"]
    assert extraction.changes([after], [after]) == ["as accepted"]


def test_every_component_is_clocked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction_speed, "_one_core", lambda: None)
    monkeypatch.setattr(extraction_speed, "_STARTS", 1)
    monkeypatch.setattr(extraction_speed, "measured", lambda way, corpus: Measured(way(corpus), 0.0, 0, 0))
    parts, ways, cold = extraction_speed.run(Corpus(3))
    assert {component.name for component in COMPONENTS} < {row[0] for row in parts.rows}
    assert ways.rows[0][-1] == "1.00"
    assert float(cold.rows[0][0]) > 0
