"""Measures of a ranking, from the grades of its documents in the order in which it has them.

`of_precedents` are those of the scorer of the graded matters: gain 2^grade - 1, grades 2 and 3 are relevant, documents
that nobody judged count as 0. `of_lecard` are those of LeCaRD's own code: gain is the label, label 3 is relevant, and
only judged documents are ranked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import log2

Judged = Mapping[str, int]


def of_precedents(ranking: Sequence[str], judged: Judged) -> dict[str, float]:
    """nDCG@10, P@5, MAP and R@20 of the documents of `ranking`, the best first."""
    ids = list(dict.fromkeys(ranking))
    relevant = {key for key, grade in judged.items() if grade >= 2}
    found = [key in relevant for key in ids]
    return {
        "nDCG@10": _ndcg([judged.get(key, 0) for key in ids], judged, lambda grade: 2.0**grade - 1),
        "P@5": sum(found[:5]) / 5,
        "MAP": _average_precision(found, len(relevant)),
        "R@20": sum(found[:20]) / len(relevant) if relevant else 0.0,
    }


def of_lecard(ranking: Sequence[str], judged: Judged) -> dict[str, float]:
    """P@5, MAP and nDCG@10 of the judged documents of `ranking`, the best first."""
    grades = [judged[key] for key in ranking if key in judged]
    found = [grade == 3 for grade in grades]
    return {
        "P@5": sum(found[:5]) / 5,
        "MAP": _average_precision(found, sum(found)),
        "nDCG@10": _ndcg(grades, judged, float),
    }


def _ndcg(grades: Sequence[int], judged: Judged, gain: Callable[[int], float]) -> float:
    ideal = _discounted(sorted(judged.values(), reverse=True), gain)
    return _discounted(grades, gain) / ideal if ideal else 0.0


def _discounted(grades: Sequence[int], gain: Callable[[int], float]) -> float:
    return sum(gain(grade) / log2(place + 2) for place, grade in enumerate(grades[:10]))


def _average_precision(found: Sequence[bool], relevant: int) -> float:
    total = hits = 0.0
    for place, hit in enumerate(found, 1):
        hits += hit
        total += hits / place if hit else 0.0
    return total / relevant if relevant else 0.0


def collapsed(ranking: Sequence[str], judged: Judged, group: Mapping[str, str]) -> tuple[list[str], dict[str, int]]:
    """The ranking and the judgments with the reports of one matter as one: at its first place, with its best grade."""
    best: dict[str, int] = {}
    for key, grade in judged.items():
        matter = group.get(key, key)
        best[matter] = max(grade, best.get(matter, 0))
    return list(dict.fromkeys(group.get(key, key) for key in ranking)), best


def mean(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The mean of each measure over the queries."""
    return {name: sum(row[name] for row in rows) / len(rows) for name in rows[0]} if rows else {}
