"""Learn how much each signal of likeness counts, and judge it by queries that it did not learn from.

    python -m benchmarks.train_precedents DATA [--without SIGNAL...] [--write]

DATA is a folder with gold/prec_* and lecard/. One set of weights is learned from both collections, each counting the
same. Discipline matters are judged by leaving one query out, LeCaRD in five folds of queries; `--write` learns from all
and writes `search/precedents/weights.toml`.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.comparisons import Table, measured, tables
from benchmarks.learning import Lesson, Mask, learn, lesson
from benchmarks.matters import Compared, compared, lecard, precedents
from benchmarks.rankings import mean
from search.precedents import weights
from search.precedents.weights import NAMES

FOLDS = 5
_FILE = Path(weights.__file__).with_name("weights.toml")
_HEAD = (
    "# Written by `python -m benchmarks.train_precedents DATA --write`, never by hand. They add up to 1.\n[weights]\n"
)


def main() -> None:
    """Learn, judge, print, and write where asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.train_precedents", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with gold/ and lecard/")
    parser.add_argument("--without", nargs="*", default=[], choices=NAMES, help="signals that take no part")
    parser.add_argument("--write", action="store_true", help="write search/precedents/weights.toml")
    options = parser.parse_args()
    signals = np.array([name not in options.without for name in NAMES])
    first, second = compared(precedents(options.data)), compared(lecard(options.data))
    ours, theirs = tables(first), tables(second)
    print("discipline matters, each query left out in turn")
    _judge(first, ours, [[number] for number in range(len(ours))], theirs, signals)
    print(f"LeCaRD, {FOLDS} folds of queries")
    _judge(second, theirs, [list(range(fold, len(theirs), FOLDS)) for fold in range(FOLDS)], ours, signals)
    final = learn(_both(ours, theirs), signals)
    for name, collection, found in (("discipline matters", first, ours), ("LeCaRD", second, theirs)):
        print(f"{name}, learned from all: {_line(mean(measured(collection, found, final)))}")
    print(" ".join(f"{name} {weight:.3f}" for name, weight in zip(NAMES, final, strict=True)))
    if options.write:
        rows = (f"{name} = {weight:.4f}\n" for name, weight in zip(NAMES, final, strict=True))
        _FILE.write_text(_HEAD + "".join(rows), encoding="utf-8")


def _both(ours: Sequence[Table], theirs: Sequence[Table]) -> list[Lesson]:
    return [lesson(ours, exponential=True), lesson(theirs, exponential=False)]


def _judge(
    collection: Compared,
    found: Sequence[Table],
    folds: Sequence[Sequence[int]],
    others: Sequence[Table],
    signals: Mask,
) -> None:
    """Print the measures of each fold under weights that were learned from the other folds and the other collection."""
    rows = []
    for fold in folds:
        rest = [table for number, table in enumerate(found) if number not in fold]
        pair = (others, rest) if collection.graded.rerank else (rest, others)
        tested = [found[number] for number in fold]
        judged = measured(collection, tested, learn(_both(*pair), signals))
        title = collection.graded.titles.get(tested[0].query, f"{len(tested)} queries")
        print(f"  {_line(mean(judged))}  {title}")
        rows += judged
    print(f"  {_line(mean(rows))}  mean of all queries")


def _line(row: dict[str, float]) -> str:
    return "  ".join(f"{name} {value:.3f}" for name, value in row.items())


if __name__ == "__main__":
    main()
