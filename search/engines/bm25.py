"""How much does one term count? Robertson's BM25, for the engines that keep no score of their own."""

from __future__ import annotations

from math import log

K1 = 1.2
B = 0.75


def idf(total: int, holding: int) -> float:
    """Rarity of a token that `holding` of `total` entries have. A phrase scores the sum of its tokens'."""
    return log(1 + (total - holding + 0.5) / (holding + 0.5))


def bm25(rarity: float, frequency: float, length: float, average: float) -> float:
    """Score of a token that occurs `frequency` times in a field of `length` tokens."""
    norm = K1 * (1 - B + B * length / average) if average else K1
    return rarity * frequency * (K1 + 1) / (frequency + norm)


def rounded(score: float) -> float:
    """The score to five digits, as rows show it.

    Sums of the same parts in another order differ in the last bits: rounding makes them ties, so that they break
    by id whatever the engine, the segment or the page.
    """
    return float(f"{score:.5g}")
