"""The values of all signals for the queries of a graded collection and the cases that are ranked for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.matters import Compared, Graded
from benchmarks.rankings import collapsed, of_lecard, of_precedents
from search.precedents.candidates import MOST
from search.precedents.profile import Profile, profile
from search.precedents.rank import compare
from search.precedents.signals import words
from search.precedents.statistics import Statistics, statistics
from search.precedents.weights import NAMES, crime

Values = NDArray[np.float64]
#: The weights of matters of officials, and those of matters of crimes.
Pair = tuple[Values, Values]


@dataclass(frozen=True, slots=True)
class Table:
    """One query: the text that each row is a case of, its grade (0 where not judged), its value of each signal.

    `crime` tells to which part the query is a matter of crimes (see search/precedents/weights.py).
    """

    query: str
    crime: float
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
        grades, ours = graded.grades[query], profile(matter, known)
        keys = offered(graded, query, ours, profiles, known)
        values = compare(ours, [profiles[key] for key in keys], known, NAMES)
        rows = [row for row, key in enumerate(keys) if not graded.rerank or text_of(key) in grades]
        texts = tuple(text_of(keys[row]) for row in rows)
        found.append(
            Table(
                query,
                crime(matter, ours.criminal),
                texts,
                np.array([grades.get(text, 0) for text in texts]),
                np.array([values[name] for name in NAMES]).T[rows],
            )
        )
    return found


def offered(graded: Graded, query: str, ours: Profile, profiles: Mapping[str, Profile], known: Statistics) -> list[str]:
    """The cases compared with a query, in the order of `profiles`: all, where all are ranked.

    Where only judged ones are, what a library with all cases would compare: the nearest by words, which have a vote on
    what the query is, and the judged ones.
    """
    if not graded.rerank:
        return list(profiles)
    near = sorted(profiles, key=lambda key: (-words(ours, profiles[key], known), key))[:MOST]
    chosen = {*near, *(key for key in profiles if text_of(key) in graded.grades[query])}
    return [key for key in profiles if key in chosen]


def text_of(key: str) -> str:
    """The text of a case: its id without the number behind the last slash."""
    return key.rpartition("/")[0]


def order(table: Table, weights: Pair) -> list[str]:
    """The texts of a table by the best score of their cases; equal ones by id."""
    official, criminal = weights
    best: dict[str, float] = {}
    scores = table.values @ ((1 - table.crime) * official + table.crime * criminal)
    for text, score in zip(table.texts, scores, strict=True):
        best[text] = max(float(score), best.get(text, -1.0))
    return sorted(best, key=lambda text: (-best[text], text))


def measured(
    collection: Compared, found: Sequence[Table], weights: Pair, *, dups: bool = False
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
