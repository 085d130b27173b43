"""Learning to rank with few weights: coordinate ascent on the measures themselves (Metzler and Croft, 2007).

Weights begin where each deciding signal moves scores as much as any other, and each separating one a tenth of that.
One weight at a time is tried at a few multiples of itself; a change must gain more than MARGIN, so that weights stay
where they begin unless the queries speak clearly. No weight becomes negative.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.comparisons import Table, Values
from search.precedents.weights import NAMES

Mask = NDArray[np.bool_]

#: Signals that only tell the best from the good: annotators look at conduct and means first.
SEPARATING = ("relation", "circumstance", "level", "sector", "amount", "articles", "time")
_SEPARATES = 0.1
#: What a weight is tried at: multiples of itself, and 0. One that is 0 is tried at a tenth of the mean first.
MULTIPLES = (0.0, 0.5, 0.8, 1.25, 2.0)
#: The least that a change must gain, and how often all weights are gone through at most.
MARGIN, ROUNDS = 0.002, 4
#: How many draws of the queries are learned from, and where they begin.
BAGS, SEED = 12, 7


@dataclass(frozen=True, slots=True)
class Lesson:
    """Queries of one collection, padded to the same number of cases, whose gains are NaN.

    `values` are (query, case, signal), `gains` (query, case); a case with a gain of `relevant` or more is relevant.
    """

    values: Values
    gains: Values
    relevant: float

    def worth(self, weights: Values) -> float:
        """The mean over the queries of nDCG@10 and average precision, half each, of the order under `weights`."""
        scores = np.where(np.isnan(self.gains), -np.inf, self.values @ weights)
        gains = np.nan_to_num(self.gains)
        ordered = np.take_along_axis(gains, np.argsort(-scores, axis=1, kind="stable"), axis=1)
        discounts = 1 / np.log2(np.arange(2, 12))
        ideal = -np.sort(-gains, axis=1)[:, :10] @ discounts
        found = ordered >= self.relevant
        precision = np.cumsum(found, axis=1) / np.arange(1, found.shape[1] + 1)
        average = (precision * found).sum(axis=1) / np.maximum(found.sum(axis=1), 1)
        return float((ordered[:, :10] @ discounts / np.maximum(ideal, 1e-9) + average).mean() / 2)


def lesson(found: Sequence[Table], *, exponential: bool) -> Lesson:
    """The lesson of tables; the gain of a grade is 2^grade - 1, or the grade itself, and the relevant grades 2 or 3."""
    longest = max(len(table.texts) for table in found)
    values = np.zeros((len(found), longest, found[0].values.shape[1]))
    gains = np.full((len(found), longest), np.nan)
    for row, table in enumerate(found):
        values[row, : len(table.texts)] = table.values
        gains[row, : len(table.texts)] = 2.0**table.grades - 1 if exponential else table.grades
    return Lesson(values, gains, relevant=3.0)


def learn(item: Lesson, signals: Mask) -> Values:
    """The weights of the signals that take part, the others 0, adding up to 1.

    They are the mean of what is learned from BAGS draws of the queries (Breiman, 1996): no few queries decide.
    """
    first = _first(item, signals)
    draw = np.random.default_rng(SEED)
    learned: Values = np.mean([_ascend(_drawn(item, draw), first) for _ in range(BAGS)], axis=0)
    learned /= learned.sum()
    return learned


def _drawn(item: Lesson, draw: np.random.Generator) -> Lesson:
    """As many queries, drawn with replacement."""
    rows = draw.integers(0, len(item.gains), len(item.gains))
    return Lesson(item.values[rows], item.gains[rows], item.relevant)


def _ascend(item: Lesson, first: Values) -> Values:
    """The weights, adding up to 1, that coordinate ascent reaches from the first ones."""
    weights = first
    signals = first > 0
    best = item.worth(weights)
    for _ in range(ROUNDS):
        before = best
        for signal in np.flatnonzero(signals):
            for multiple in MULTIPLES:
                tried = weights.copy()
                tried[signal] = tried[signal] * multiple or (0.1 * weights.mean() if multiple else 0.0)
                worth = item.worth(tried)
                if worth > best + MARGIN:
                    weights, best = tried, worth
        if best <= before:
            break
    ascended: Values = weights / weights.sum()
    return ascended


def _first(item: Lesson, signals: Mask) -> Values:
    """The weights to begin with: one over the spread of a signal's values, less for those that separate."""
    spread = item.values[~np.isnan(item.gains)].std(axis=0)
    tiers = np.array([_SEPARATES if name in SEPARATING else 1.0 for name in NAMES])
    weights = np.where(signals & (spread > 0), tiers / np.maximum(spread, 1e-9), 0.0)
    first: Values = weights / weights.sum()
    return first
