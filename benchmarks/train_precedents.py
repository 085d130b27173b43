"""Learn how much each signal of likeness counts, and judge it by queries that it did not learn from.

    python -m benchmarks.train_precedents DATA [--without SIGNAL...] [--write]

DATA is a folder with gold/prec_* and lecard/. The weights of matters of officials are learned from the discipline
matters, those of matters of crimes from LeCaRD. The former are judged by leaving one query out, the latter in five
folds of queries; `--write` learns from all and writes `search/precedents/weights.toml`.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from benchmarks.comparisons import Pair, Table, Values, measured, tables
from benchmarks.learning import learn
from benchmarks.matters import Compared, compared, lecard, precedents
from benchmarks.rankings import mean
from search.precedents import weights
from search.precedents.weights import NAMES

FOLDS = 5
_FILE = Path(weights.__file__).with_name("weights.toml")
_HEAD = "# Written by `python -m benchmarks.train_precedents DATA --write`, never by hand. Each set adds up to 1.\n"


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
    final = learn(ours, signals), learn(theirs, signals)
    print("discipline matters, each query left out in turn")
    alone = [[number] for number in range(len(ours))]
    _judge(first, ours, alone, lambda rest: (learn(rest, signals), final[1]))
    print(f"LeCaRD, {FOLDS} folds of queries")
    folds = [list(range(fold, len(theirs), FOLDS)) for fold in range(FOLDS)]
    _judge(second, theirs, folds, lambda rest: (final[0], learn(rest, signals)))
    for name, collection, found in (("discipline matters", first, ours), ("LeCaRD", second, theirs)):
        print(f"{name}, learned from all: {_line(mean(measured(collection, found, final)))}")
    for name, official, criminal in zip(NAMES, *final, strict=True):
        print(f"  {name:<16} {official:.3f} of officials  {criminal:.3f} of crimes")
    if options.write:
        _FILE.write_text(_HEAD + _set("official", final[0]) + _set("criminal", final[1]), encoding="utf-8")


def _set(kind: str, weights: Values) -> str:
    rows = (f"{name} = {weight:.4f}\n" for name, weight in zip(NAMES, weights, strict=True))
    return f"\n[{kind}]\n{''.join(rows)}"


def _judge(
    collection: Compared,
    found: Sequence[Table],
    folds: Sequence[Sequence[int]],
    learned: Callable[[Sequence[Table]], Pair],
) -> None:
    """Print the measures of each fold under the weights that are `learned` from the tables of the other folds."""
    rows = []
    for fold in folds:
        rest = [table for number, table in enumerate(found) if number not in fold]
        tested = [found[number] for number in fold]
        judged = measured(collection, tested, learned(rest))
        title = collection.graded.titles.get(tested[0].query, f"{len(tested)} queries")
        print(f"  {_line(mean(judged))}  {title}")
        rows += judged
    print(f"  {_line(mean(rows))}  mean of all queries")


def _line(row: dict[str, float]) -> str:
    return "  ".join(f"{name} {value:.3f}" for name, value in row.items())


if __name__ == "__main__":
    main()
