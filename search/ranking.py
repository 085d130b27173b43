"""The order of hits: named, weighted signals, each a BM25 score of its own, that add up to the score.

Weights were set on the sample library's goldens (`tests/search/goldens`); a change is a reviewable diff there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.engine import Signal
from search.match import Any, Match

#: What a signal is called, and how much it counts beside the others.
WEIGHTS: dict[str, float] = {
    "words": 1.0,  # BM25 of the words of the text
    "title": 2.0,  # BM25 of the words of the title
    "exact": 0.5,  # the very characters typed, in the text
    "exact_title": 2.0,  # the very characters typed, in the title
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one part of a query offers to rank by: a matcher for each signal it knows of."""

    signal: str
    match: Match


def rank(evidence: Sequence[Evidence]) -> tuple[Signal, ...]:
    """One signal a name, in the order of WEIGHTS, over all evidence for it; the same matcher counts once."""
    signals = []
    for name, weight in WEIGHTS.items():
        matches = tuple(dict.fromkeys(item.match for item in evidence if item.signal == name))
        if matches:
            signals.append(Signal(name, Any(matches) if len(matches) > 1 else matches[0], weight))
    return tuple(signals)
