"""The values of all signals for the queries of a graded collection and the cases that are ranked for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.matters import Compared
from benchmarks.rankings import collapsed, of_lecard, of_precedents
from search.precedents.profile import profile
from search.precedents.rank import compare
from search.precedents.statistics import statistics
from search.precedents.weights import NAMES

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Table:
    """One query: the text that each row is a case of, its grade (0 where not judged), its value of each signal."""

    query: str
    texts: tuple[str, ...]
    grades: NDArray[np.int64]
    values: Values


def tables(collection: Compared) -> list[Table]:
    """A table for each query, in the order of the queries; only judged texts where only those are ranked."""
    graded = collection.graded
    known = statistics(collection.cases.values())
    profiles = {key: profile(matter, known) for key, matter in sorted(collection.cases.items())}
    found = []
    for query, matter in collection.queries.items():
        grades = graded.grades[query]
        keys = [key for key in profiles if not graded.rerank or text_of(key) in grades]
        values = compare(profile(matter, known), [profiles[key] for key in keys], known, NAMES)
        texts = tuple(map(text_of, keys))
        found.append(
            Table(
                query,
                texts,
                np.array([grades.get(text, 0) for text in texts]),
                np.array([values[name] for name in NAMES]).T,
            )
        )
    return found


def text_of(key: str) -> str:
    """The text of a case: its id without the number behind the last slash."""
    return key.rpartition("/")[0]


def order(table: Table, weights: Values) -> list[str]:
    """The texts of a table by the best score of their cases; equal ones by id."""
    best: dict[str, float] = {}
    for text, score in zip(table.texts, table.values @ weights, strict=True):
        best[text] = max(float(score), best.get(text, -1.0))
    return sorted(best, key=lambda text: (-best[text], text))


def measured(
    collection: Compared, found: Sequence[Table], weights: Values, *, dups: bool = False
) -> list[dict[str, float]]:
    """The measures of each table under `weights`; reports of one matter count once where `dups` is set."""
    graded = collection.graded
    rows = []
    for table in found:
        ranking, judged = order(table, weights), graded.grades[table.query]
        if dups:
            ranking, judged = collapsed(ranking, judged, graded.group)
        rows.append(of_lecard(ranking, judged) if graded.rerank else of_precedents(ranking, judged))
    return rows
