"""What the nearest candidates were held to be: they vote on the offences of a query that names none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from search.precedents.profile import Profile

#: How many of the nearest vote, and to which power their nearness counts.
VOTERS, POWER = 10, 4
#: The signals that tell how near a candidate is.
NEARNESS = ("words", "offences")
#: From this confidence on a label was named by the text itself, and not suggested by its words.
_NAMED = 1.0


def nearness(words: Sequence[float], offences: Sequence[float]) -> list[float]:
    """How near each candidate is, by the values of its words and its offences, each over the nearest: 0 to 1."""
    total = [0.0] * len(words)
    for values in (words, offences):
        most = max(values, default=0.0) or 1.0
        total = [sum(pair) for pair in zip(total, (value / most / 2 for value in values), strict=True)]
    return total


def elect(candidates: Sequence[Profile], near: Sequence[float]) -> dict[str, float]:
    """The share of each offence in the votes: a candidate votes by a power of its nearness, for what it names.

    Of equally near ones the earlier vote: give the candidates in an order of their own.
    """
    order = sorted(range(len(candidates)), key=lambda i: -near[i])[:VOTERS]
    votes: dict[str, float] = defaultdict(float)
    for i in order:
        named = _named(candidates[i])
        for name in named:
            votes[name] += near[i] ** POWER / len(named)
    total = sum(votes.values())
    return {name: count / total for name, count in votes.items()} if total else {}


def agreement(votes: dict[str, float], candidate: Profile) -> float:
    """The share of the votes, 0 to 1, for offences that the candidate names."""
    return min(1.0, sum(votes.get(name, 0.0) for name in _named(candidate)))


def _named(candidate: Profile) -> list[str]:
    return [label.name for label in candidate.matter.offences if label.confidence >= _NAMED]
