"""What does it cost to keep a library fresh? `python -m benchmarks.upkeep [--files N] [--runs N] [--write]`.

Files are small and generated. A run is `anjian reindex` in a process of its own, without the extraction of people and
cases, which takes several times as long as all else; with `--extract` it is part of every run.
Nothing is asserted here; the tables say what the targets are.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.generate import Generated
from benchmarks.measure import Measured, measured
from benchmarks.report import Table, lines, machine, megabytes, ratio, write
from corpus.sandbox import Sandbox
from library import open_library

_IN_FOLDER = 500
_TEXTS = Generated(10**9)


def index(files: Path, library: Path, workers: int = 0, extract: bool = False) -> dict[str, int]:
    """Bring a library up to date with so many child processes, and return what changed by reason."""
    os.environ.update(ANJIAN_WORKERS=str(workers), ANJIAN_SETTLE_SECONDS="0")
    with open_library(library, create=True) as opened:
        return dict(opened.index([files], lambda _done, _total, _name: None, extract=extract).changes)


def index_on_one_core(files: Path, library: Path, extract: bool) -> dict[str, int]:
    """Bring a library up to date on one core. One child process would not do: its parent works beside it."""
    os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])  # children get it too
    return index(files, library, 1, extract)


def index_reading_nothing(files: Path, library: Path) -> dict[str, int]:
    """Bring a library up to date, where a child that would be given anything to read is an error."""

    def refuse(*_: object) -> None:
        raise AssertionError("something was given to a child to read")

    Sandbox._start = refuse  # type: ignore[method-assign, assignment]  # noqa: SLF001 - this process ends after it
    return index(files, library)


def make(files: Path, numbers: range) -> None:
    """Write the generated texts of these numbers."""
    for number in numbers:
        path = place(files, number)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_TEXTS[number], encoding="utf-8")


def place(files: Path, number: int) -> Path:
    """Where the text of a number lies."""
    return files / f"{number // _IN_FOLDER:04}" / f"{number:07}.txt"


def change(files: Path, count: int, share: float, seed: int) -> int:
    """Write other texts into a share of the files; how many."""
    chosen = random.Random(seed).sample(range(count), max(1, round(count * share)))
    for number in chosen:
        place(files, number).write_text(_TEXTS[number + (seed + 1) * count], encoding="utf-8")
    return len(chosen)


def costs(home: Path, count: int, extract: bool) -> Table:
    """A full build on two cores and on one, then runs after nothing, after 1 % of changes, and after a move."""
    files = home / "files"
    make(files, range(count))
    rows: list[tuple[str, Measured[dict[str, int]]]] = []

    def add(name: str, work: Callable[..., dict[str, int]], *arguments: object) -> Measured[dict[str, int]]:
        rows.append((name, measured(work, files, *arguments)))
        return rows[-1][1]

    full = add("full build, 2 cores", index, home / "library", 2, extract)
    one = add("full build, 1 core", index_on_one_core, home / "other", extract)
    shutil.rmtree(home / "other")
    add("nothing changed, nothing read", index_reading_nothing, home / "library")
    change(files, count, 0.01, 0)
    add("1 % of the files changed", index, home / "library", 2, extract)
    (files / "0000").rename(files / "moved")
    add("a folder moved", index, home / "library", 2, extract)
    return Table(
        f"Keeping a library of {count:,} files{', with what is extracted of each' * extract}",
        ("run", "changes", "seconds", "of a full build", "held MB", "resident MB"),
        tuple(
            (
                name,
                ", ".join(f"{why} {number:,}" for why, number in done.value.items()),
                f"{done.seconds:,.1f}",
                f"{done.seconds / full.seconds:.1%}",
                megabytes(done.held),
                megabytes(done.resident),
            )
            for name, done in rows
        ),
        (
            f"Two cores are {ratio(one.seconds, full.seconds)} times as fast as one.",
            "Targets for 100,000 files: nothing changed under 20 s; 1 % changed under 3 % of a full build.",
        ),
    )


def ageing(home: Path, count: int, runs: int) -> Table:
    """The index after many runs that each change 1 % of the files, against a fresh one; and the memory of the runs."""
    files, aged, fresh = home / "ageing", home / "aged", home / "fresh"
    make(files, range(count))
    index(files, aged)
    held: list[int] = []
    largest = 0
    for seed in range(runs):
        change(files, count, 0.01, seed)
        if seed in {0, runs // 2, runs - 1}:
            held.append(measured(index, files, aged).held)
        else:
            index(files, aged)
        largest = max(largest, size(aged))
    index(files, fresh)
    return Table(
        f"An index of {count:,} files after {runs} runs, each of which changed 1 %",
        ("index", "MB", "times the fresh one"),
        (
            ("fresh", megabytes(size(fresh)), "1.00"),
            ("after the runs", megabytes(size(aged)), f"{size(aged) / size(fresh):.2f}"),
            ("largest on the way", megabytes(largest), f"{largest / size(fresh):.2f}"),
        ),
        (
            "Target: 1.3 after 200 runs.",
            f"Memory held by the first, a middle and the last run: {', '.join(map(megabytes, held))} MB.",
        ),
    )


def size(library: Path) -> int:
    """The bytes of the index in force."""
    with open_library(library) as opened:
        return sum(path.stat().st_size for path in opened.index_path.rglob("*") if path.is_file())


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.upkeep", description=__doc__)
    parser.add_argument("--files", type=int, default=100_000, metavar="N", help="how many files (100,000)")
    parser.add_argument("--aged", type=int, default=2_000, metavar="N", help="files of the library that ages (2,000)")
    parser.add_argument("--runs", type=int, default=200, metavar="N", help="runs over it (200)")
    parser.add_argument("--extract", action="store_true", help="extract people and cases in every run, as is usual")
    parser.add_argument("--write", action="store_true", help="refresh benchmarks/RESULTS.md")
    options = parser.parse_args(arguments)
    print(machine(), end="\n\n")
    with tempfile.TemporaryDirectory() as folder:
        tables = []
        if options.files:
            tables.append(costs(Path(folder), options.files, options.extract))
        if options.runs:
            tables.append(ageing(Path(folder), options.aged, options.runs))
    for line in (line for table in tables for line in lines(table)):
        print(line, flush=True)
    if options.write:
        write("upkeep", tables)


if __name__ == "__main__":
    main()
