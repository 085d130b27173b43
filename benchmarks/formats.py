"""What is read of every file below a folder, and why not: `python -m benchmarks.formats DIR...`.

A file beside it named NAME.expected.txt, or the same stem with .txt, holds the text that is expected of it.
"""

from __future__ import annotations

import argparse
import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.fuzz import ratio

from benchmarks.readers import squeeze
from benchmarks.report import Table, lines
from corpus.document import Reason, Skip
from corpus.quality import quality
from corpus.readers import Origin, trace
from corpus.readers.contract import Blob, Limits, Reading
from corpus.sandbox import Sandbox

EXPECTED = ".expected.txt"
_LOST = frozenset((Reason.CRASHED, Reason.TIMED_OUT))
_COMPARED = 200_000  # characters; comparing takes the square of them


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document: `told` are its skips and those of its pages; `reader` is "" for what was not read."""

    name: str
    reader: str = ""
    pages: int = 0
    characters: int = 0
    sources: str = ""
    quality: float = 0.0
    similarity: float | None = None
    told: tuple[Skip, ...] = ()


@dataclass(frozen=True, slots=True)
class Survey:
    """All outcomes of one file, and the seconds that reading it took."""

    outcomes: tuple[Outcome, ...]
    seconds: float


def survey(path: Path) -> Survey:
    """Read one file. Runs in a child process."""
    began = time.perf_counter()
    found = list(trace(Blob(path.name, path.read_bytes()), Limits()))
    seconds = time.perf_counter() - began
    wanted = expected(path)
    told: dict[str, list[Skip]] = {}
    for item in found:
        if isinstance(item, Skip):
            told.setdefault(item.source, []).append(item)
    outcomes = [_outcome(*item, wanted) for item in found if not isinstance(item, Skip)]
    outcomes += [Outcome(source, told=tuple(skips)) for source, skips in told.items()]
    return Survey(tuple(outcomes), seconds)


def expected(path: Path) -> str | None:
    """The text that the file should hold, squeezed; None where nobody wrote it down."""
    for beside in (
        path.with_name(path.name + EXPECTED),
        path.with_name(path.stem + EXPECTED),
        path.with_suffix(".txt"),
    ):
        if beside != path and beside.is_file():
            return squeeze(beside.read_text(encoding="utf-8"))
    return None


def files(folder: Path) -> Iterator[Path]:
    """Every file below the folder but expectations and sidecars, in the order of their paths."""
    for path in sorted(folder.rglob("*")):
        aside = path.name.endswith((EXPECTED, ".meta.yml")) or path.name == "_meta.yml"
        if path.is_file() and not aside and not path.name.startswith("."):
            yield path


def table(folder: Path, surveyed: list[tuple[Path, Survey | Skip]]) -> Table:
    """One row a document, skip or page that was not read."""
    rows: list[tuple[str, ...]] = []
    for path, found in surveyed:
        where = path.parent.relative_to(folder)
        outcomes = (Outcome(path.name, told=(found,)),) if isinstance(found, Skip) else found.outcomes
        took = "" if isinstance(found, Skip) else f"{found.seconds:.2f}"
        rows += [_row(where, one, took if number == 0 else "") for number, one in enumerate(outcomes)]
    heads = ("file", "format", "pages", "characters", "source", "quality", "similar", "s", "skips")
    return Table(f"Files of {folder.name}", heads, tuple(rows), (totals(surveyed),))


def totals(surveyed: list[tuple[Path, Survey | Skip]]) -> str:
    """Files, documents, skips by reason, and how many files broke the process that read them."""
    surveys = [found for _, found in surveyed if isinstance(found, Survey)]
    outcomes = [outcome for found in surveys for outcome in found.outcomes]
    dead = [found for _, found in surveyed if isinstance(found, Skip)]
    reasons = Counter(skip.reason.value for skip in [*dead, *(skip for one in outcomes for skip in one.told)])
    silent = sum(not found.outcomes for found in surveys)
    told = ", ".join(f"{count} {reason}" for reason, count in reasons.most_common()) or "none"
    return (
        f"files {len(surveyed)}, documents {sum(bool(one.reader) for one in outcomes)}, skips: {told}; "
        f"without a record {silent}, crashes and hangs {sum(skip.reason in _LOST for skip in dead)}"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table of each folder."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.formats", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    options = parser.parse_args(arguments)
    with Sandbox(survey, source_of=_name, workers=options.workers, limits=Limits()) as sandbox:
        for folder in options.folders:
            print("\n".join(lines(table(folder, list(sandbox.run(files(folder)))))), flush=True)


def _name(path: Path) -> str:
    return path.name


def _outcome(reading: Reading, origin: Origin, wanted: str | None) -> Outcome:
    text = "\n".join(leaf.text for leaf in reading.leaves)
    sources = Counter("picture" if leaf.pictured else leaf.source for leaf in reading.leaves)
    similarity = None if wanted is None else ratio(squeeze(text)[:_COMPARED], wanted[:_COMPARED]) / 100
    shown = " ".join(f"{source}:{count}" for source, count in sources.items())
    return Outcome(
        reading.name, origin.reader, len(reading.leaves), len(text), shown, quality(text), similarity, reading.skips
    )


def _row(where: Path, one: Outcome, took: str) -> tuple[str, ...]:
    similar = "" if one.similarity is None else f"{one.similarity:.4f}"
    told = Counter(f"{skip.reason} {skip.detail}".strip() for skip in one.told)
    shown = "; ".join(f"{text} ({count} times)" if count > 1 else text for text, count in told.items())
    name = str(where / one.name)
    if not one.reader:
        return name, "", "", "", "", "", "", took, shown
    return (
        *(name, one.reader, str(one.pages), str(one.characters), one.sources),
        *(f"{one.quality:.2f}", similar, took, shown),
    )


if __name__ == "__main__":
    main()
