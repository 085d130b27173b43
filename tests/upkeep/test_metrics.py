"""Figures for monitoring: true to the grammar of OpenMetrics, and never half written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from corpus.records import Run
from corpus.store import Store
from upkeep.metrics import Figures, MetricsUnwritable, exposition, measure, size_of, write

GOOD = Run(2, "2026-03-01T18:00:00+00:00", "2026-03-01T18:01:30+00:00", {"changes": {"new": 4, "gone": 1}})
FAILED = Run(3, "2026-03-02T18:00:00+00:00", "2026-03-02T18:00:10+00:00", {"changes": {}, "error": "磁盘已满"})
CUT_OFF = Run(4, "2026-03-03T18:00:00+00:00", None, None)
FIGURES = Figures(90_000, 80_000, {"encrypted": 2, "broken": 1}, (CUT_OFF, FAILED, GOOD), 123_456_789_012, 42)


def read(text: str) -> dict[str, float]:
    """The samples, by name and labels, as a strict parser reads them."""
    assert text.endswith("# EOF\n")
    return {
        sample.name + "".join(f"/{value}" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)  # type: ignore[no-untyped-call]
        for sample in family.samples
    }


def test_the_figures_are_read_back() -> None:
    assert read(exposition(FIGURES)) == {
        "anjian_documents": 90_000,
        "anjian_files": 80_000,
        "anjian_failures/encrypted": 2,
        "anjian_failures/broken": 1,
        "anjian_index_size_bytes": 123_456_789_012,
        "anjian_store_size_bytes": 42,
        "anjian_last_run_start_timestamp_seconds": 1772560800,
        "anjian_last_run_finish_timestamp_seconds": 1772474410,
        "anjian_last_run_success_timestamp_seconds": 1772388090,
        "anjian_last_run_duration_seconds": 10,
        "anjian_last_run_outcome/open": 1,
        **{f"anjian_last_run_outcome/{name}": 0 for name in ("done", "some_failed", "stopped", "failed")},
    }


def test_changes_are_those_of_the_run_that_ended_last() -> None:
    told = read(exposition(replace(FIGURES, runs=(CUT_OFF, GOOD))))
    assert (told["anjian_last_run_changes/new"], told["anjian_last_run_changes/gone"]) == (4, 1)


def test_a_library_that_was_never_run_has_no_times() -> None:
    assert not [name for name in read(exposition(replace(FIGURES, runs=()))) if "last_run" in name]


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), st.integers(0, 10**9), max_size=4))
def test_any_reason_is_a_label(failures: dict[str, int]) -> None:
    told = read(exposition(replace(FIGURES, failures=failures, runs=())))
    expected = {f"anjian_failures/{reason}": count for reason, count in failures.items()}
    assert {name: value for name, value in told.items() if name.startswith("anjian_failures")} == expected


def test_the_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "anjian.prom"
    path.write_text("旧", encoding="utf-8")
    with path.open(encoding="utf-8") as reader:  # one who reads while it is written
        write(path, FIGURES)
        assert reader.read() == "旧"
    assert path.read_text(encoding="utf-8") == exposition(FIGURES)
    assert [file.name for file in tmp_path.iterdir()] == ["anjian.prom"]


def test_where_it_cannot_be_written_nothing_is_left_behind(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    for path in (tmp_path / "taken", tmp_path / "missing" / "anjian.prom"):
        with pytest.raises(MetricsUnwritable, match="metrics_file"):
            write(path, FIGURES)
    assert [file.name for file in tmp_path.iterdir()] == ["taken"]


def test_a_library_is_measured(store: Store, tmp_path: Path) -> None:
    index = tmp_path / "index"
    (index / "a").mkdir(parents=True)
    (index / "a" / "b").write_bytes(b"123")
    (index / "c").write_bytes(b"45")
    figures = measure(store, tmp_path / "library", index)
    assert (figures.documents, figures.files, figures.failures, figures.runs) == (0, 0, {}, [])
    assert figures.index_bytes == 5
    assert figures.store_bytes == (tmp_path / "library" / "library.db").stat().st_size
    assert size_of(tmp_path / "missing") == 0
