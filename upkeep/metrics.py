"""Figures of a library for monitoring: a text file in the OpenMetrics format, as a textfile collector reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from corpus.cause import cause
from corpus.coverage import coverage
from corpus.records import Run
from corpus.store import FILE_NAME, Store
from upkeep.errors import UpkeepError
from upkeep.report import Outcome, outcome

if TYPE_CHECKING:
    from prometheus_client import Metric


@dataclass(frozen=True, slots=True)
class Figures:
    """What is measured: counts (`failures` by reason), the latest runs on record, newest first, and sizes in bytes."""

    documents: int
    files: int
    failures: Mapping[str, int]
    runs: Sequence[Run]
    index_bytes: int
    store_bytes: int


RUNS = 100  # among so many the last that ended well is looked for


def measure(store: Store, library: Path, index: Path) -> Figures:
    """Measure a library. Raises StoreError."""
    return Figures(
        documents=store.document_count(),
        files=coverage(store).files,
        failures=Counter(failure.skip.reason.value for failure in store.failures()),
        runs=store.runs(RUNS),
        index_bytes=size_of(index),
        store_bytes=size_of(library / FILE_NAME),
    )


def size_of(path: Path) -> int:
    """The bytes of a file, or of all files below a folder; what vanishes meanwhile counts nothing."""
    total = 0
    for file in [path] if path.is_file() else path.rglob("*"):
        with suppress(FileNotFoundError):
            total += file.stat().st_size if file.is_file() else 0
    return total


def exposition(figures: Figures) -> str:
    """The figures in the OpenMetrics format."""
    from prometheus_client.openmetrics.exposition import generate_latest

    text: str = generate_latest(_Collected(tuple(_metrics(figures)))).decode()  # type: ignore[no-untyped-call]
    return text


@dataclass(frozen=True, slots=True)
class _Collected:
    """Metrics as the library's writer asks for them."""

    metrics: tuple[Metric, ...]

    def collect(self) -> Iterable[Metric]:
        return self.metrics


def _metrics(figures: Figures) -> Iterator[Metric]:
    yield _gauge("anjian_documents", "Documents in the library.", figures.documents)
    yield _gauge("anjian_files", "Files known to the library.", figures.files)
    yield _gauge("anjian_failures", "Files, members and pages that could not be read.", figures.failures, "reason")
    yield _gauge("anjian_index_size_bytes", "Size of the index.", figures.index_bytes, unit="bytes")
    yield _gauge("anjian_store_size_bytes", "Size of the store.", figures.store_bytes, unit="bytes")
    if figures.runs:
        yield from _of_runs(figures.runs)


def _of_runs(runs: Sequence[Run]) -> Iterator[Metric]:
    last = runs[0]
    yield _time("anjian_last_run_start", "When the last run started.", last.started)
    states = {one.value: int(one is outcome(last)) for one in Outcome}
    yield _gauge("anjian_last_run_outcome", "How the last run ended.", states, "outcome")
    ended = next((run for run in runs if run.finished), None)
    if ended and ended.finished:
        yield _time("anjian_last_run_finish", "When a run last came to its end.", ended.finished)
        length = (datetime.fromisoformat(ended.finished) - datetime.fromisoformat(ended.started)).total_seconds()
        name, told = "anjian_last_run_duration_seconds", "How long the run took that last came to its end."
        yield _gauge(name, told, max(0.0, length), unit="seconds")
        changes = (ended.report or {}).get("changes", {})
        yield _gauge("anjian_last_run_changes", "Changes made by that run.", changes, "reason")
    good = (run for run in runs if outcome(run) in (Outcome.DONE, Outcome.SOME_FAILED))
    if (success := next(good, None)) and success.finished:
        yield _time("anjian_last_run_success", "When a run last ended well.", success.finished)


def _time(name: str, documentation: str, moment: str) -> Metric:
    """A moment, as seconds since 1970."""
    value = datetime.fromisoformat(moment).timestamp()
    return _gauge(f"{name}_timestamp_seconds", documentation, value, unit="seconds")


def _gauge(
    name: str, documentation: str, value: float | Mapping[str, float], label: str = "", unit: str = ""
) -> Metric:
    """A gauge with one value, or with one for each value of a label."""
    from prometheus_client.core import GaugeMetricFamily

    if not isinstance(value, Mapping):
        return GaugeMetricFamily(name, documentation, value=value, unit=unit)
    family = GaugeMetricFamily(name, documentation, labels=[label], unit=unit)
    for key, number in sorted(value.items()):
        family.add_metric([key], number)
    return family


class MetricsUnwritable(UpkeepError):
    """The file of figures cannot be written."""


def write(path: Path, figures: Figures) -> None:
    """Write the figures in place of the former ones; no reader ever sees half a file. Raises MetricsUnwritable."""
    made: Path | None = None
    try:
        with NamedTemporaryFile("w", dir=path.parent, prefix=f".{path.name}.", encoding="utf-8", delete=False) as file:
            made = Path(file.name)
            file.write(exposition(figures))
        made.chmod(0o644)  # the collector is another user
        made.replace(path)
    except OSError as error:
        if made:
            made.unlink(missing_ok=True)
        raise MetricsUnwritable(
            f"不能写入指标文件“{path}”（{cause(error)}）。请检查设置 metrics_file 和文件夹权限。"
        ) from error
