"""Broken and harmful files, read as the program reads them: `python -m benchmarks.mutations [DIR] [--files 2000]`.

Good files are cut, noised, misnamed and packed; to them come bombs, and a text of --megabytes made on the fly. The
exit status is 1 where a file is without a record, took longer than --seconds, or broke the process that read it.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from benchmarks.formats import files
from benchmarks.report import Table, lines
from corpus.assemble import assemble
from corpus.document import Reason, Skip
from corpus.readers import trace
from corpus.readers.contract import Blob, Limits
from corpus.sandbox import Sandbox
from tests.corpus.formats.bombs import bombs
from tests.corpus.formats.mutations import broken, samples
from tests.corpus.formats.office_files import zipped

LIBRARY = Path(__file__).parents[1] / "samples" / "library"
PACKED = 10  # every so many broken files stand in an archive


@dataclass(frozen=True, slots=True)
class Large:
    """A text of about that many bytes. It is made where it is read, for no pipe should carry it."""

    name: str
    size: int

    @property
    def data(self) -> bytes:
        """The text."""
        line = "青禾县纪委监委通报：原局长李明德违规收受礼品礼金，受到党内严重警告处分。\n".encode()
        return line * (self.size // len(line))


@dataclass(frozen=True, slots=True)
class Record:
    """What became of one file: how many documents, why something was left out, and the seconds it took."""

    documents: int
    reasons: tuple[Reason, ...]
    seconds: float


@dataclass(slots=True)
class Tally:
    """The outcomes of all files so far. `faults` must stay empty."""

    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    slowest: list[tuple[float, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add(self, name: str, found: Record | Skip) -> None:
        """Count one file."""
        if isinstance(found, Skip):
            self.outcomes["process ended"] += 1
            self.reasons[found.reason] += 1
            if found.reason in {Reason.CRASHED, Reason.TIMED_OUT}:
                self.faults.append(str(found))
            return
        read = "read" if found.documents else "not read"
        self.outcomes[f"{read}, reason on record" if found.reasons else read] += 1
        self.reasons.update(reason.value for reason in set(found.reasons))
        self.slowest = sorted([*self.slowest, (found.seconds, name)], reverse=True)[:5]
        if not found.documents and not found.reasons:
            self.faults.append(f"{name}: without a record")


def record(order: Blob | Large, limits: Limits) -> Record:
    """Read one file to documents. Runs in a child process."""
    began = time.perf_counter()
    documents = 0
    reasons: list[Reason] = []
    for found in trace(Blob(order.name, order.data), limits):
        if isinstance(found, Skip):
            reasons.append(found.reason)
            continue
        reading, origin = found
        assemble("mutations", reading, origin.content_hash, origin.reader).text.encode()
        documents += 1
        reasons += [skip.reason for skip in reading.skips]
    return Record(documents, tuple(reasons), time.perf_counter() - began)


def orders(folder: Path, count: int, large: int) -> Iterator[Blob | Large]:
    """The bombs, a text of `large` bytes, and `count` broken files, or a few more."""
    yield from bombs()
    yield Large("巨文.txt", large)
    good = [*samples(), *(Blob(path.name, path.read_bytes()) for path in files(folder) if path.stat().st_size)]
    number = 0
    for sample in good:
        for blob in broken(sample, -(-count // len(good))):
            number += 1
            packed = Blob(f"{number}.zip", zipped({blob.name: blob.data}))
            yield packed if number % PACKED == 0 else Blob(f"{number}/{blob.name}", blob.data)


def run(wanted: Iterator[Blob | Large], limits: Limits, workers: int | None) -> Tally:
    """Read all of them in child processes."""
    tally = Tally()
    with Sandbox(partial(record, limits=limits), source_of=_name, workers=workers, limits=limits) as sandbox:
        for order, found in sandbox.run(wanted):
            tally.add(order.name, found)
    return tally


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutations", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=LIBRARY, metavar="DIR", help="good files to break")
    parser.add_argument("--files", type=int, default=2_000, help="broken files, besides the bombs")
    parser.add_argument("--megabytes", type=int, default=500, help="size of the large text")
    parser.add_argument("--seconds", type=float, default=60, help="for each file")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    options = parser.parse_args(arguments)
    limits = Limits(seconds=options.seconds)
    tally = run(orders(options.folder, options.files, options.megabytes * 10**6), limits, options.workers)
    for table in tables(tally):
        print("\n".join(lines(table)))
    print("\n".join(tally.faults))
    return 1 if tally.faults else 0


def tables(tally: Tally) -> tuple[Table, ...]:
    """Outcomes, reasons (files that hold each), and the slowest files."""
    total = tally.outcomes.total()
    outcomes = tuple((outcome, str(count)) for outcome, count in tally.outcomes.most_common())
    reasons = tuple((reason, str(count)) for reason, count in tally.reasons.most_common())
    slowest = tuple((name, f"{seconds:.2f}") for seconds, name in tally.slowest)
    return (
        Table("Broken files", ("outcome", "files"), (*outcomes, ("all", str(total)))),
        Table("Reasons on record", ("reason", "files"), reasons),
        Table("Slowest", ("file", "s"), slowest, (f"Faults: {len(tally.faults)}",)),
    )


def _name(order: Blob | Large) -> str:
    return order.name


if __name__ == "__main__":
    sys.exit(main())
