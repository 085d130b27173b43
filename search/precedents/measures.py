"""The measures that signals are made of. Each is 0 for nothing in common; none exceeds 1."""

from __future__ import annotations

from indexer.matter.bags import Bag
from search.precedents.profile import Vector

#: BM25's saturation of counts and normalisation of length; the usual values.
K1, B = 1.2, 0.75


def bm25(query: Bag, held: Bag, size: float, average: float) -> float:
    """BM25 over the most it can reach: `query` gives each name its weight, `held` counts the candidate's names."""
    most = sum(query.values()) * (K1 + 1)
    if not most:
        return 0.0
    slack = K1 * (1 - B + B * (size / average if average else 1.0))
    return sum(w * held[n] * (K1 + 1) / (held[n] + slack) for n, w in query.items() if n in held) / most


def cosine(query: Vector, candidate: Vector) -> float:
    """The cosine of two vectors: 1 for the same direction."""
    if not query.norm or not candidate.norm:
        return 0.0
    small, large = sorted((query.weights, candidate.weights), key=len)
    return min(1.0, sum(w * large[n] for n, w in small.items() if n in large) / (query.norm * candidate.norm))


def coverage(query: Bag, candidate: Bag, vector: Vector) -> float:
    """How much of the query's labels, each by its rarity, the candidate has with no less confidence."""
    most = sum(vector.weights.values())
    if not most:
        return 0.0
    shared = (vector.weights[n] * min(1.0, candidate[n] / c) for n, c in query.items() if n in candidate and c)
    return sum(shared) / most
