"""The signals of likeness that only a set of candidates has: what the nearest of them are about, a query may be too.

It need not name that, or may name it otherwise. The nearest tell by votes (Cover and Hart, 1967) and by what they hold
together (feedback from the first results: Rocchio, 1971). They are the nearest of all that a library offers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import sqrt

from search.precedents.measures import cosine
from search.precedents.profile import Profile, Vector

#: How many of the nearest vote, and to which power their nearness counts.
VOTERS, POWER = 10, 8
#: From this confidence on a label was named by the text itself, and not suggested by its words.
_NAMED = 1.0

#: The candidates that vote, by their numbers, each with what its vote counts.
Voters = Mapping[int, float]


def voters(words: Sequence[float], labels: Sequence[float]) -> Voters:
    """The nearest candidates, by the values of their words and of one signal of labels, each over the highest.

    Of equally near ones the earlier vote: give the candidates in an order of their own.
    """
    most, best = max(words, default=0.0) or 1.0, max(labels, default=0.0) or 1.0
    near = [(word / most + label / best) / 2 for word, label in zip(words, labels, strict=True)]
    order = sorted(range(len(near)), key=lambda number: -near[number])[:VOTERS]
    return {number: near[number] ** POWER for number in order if near[number]}


def elect(candidates: Sequence[Profile], voting: Voters) -> dict[str, float]:
    """The share of each offence in the votes: each candidate votes for those that it names."""
    votes: dict[str, float] = defaultdict(float)
    for number, count in voting.items():
        named = _named(candidates[number])
        for name in named:
            votes[name] += count / len(named)
    total = sum(votes.values())
    return {name: count / total for name, count in votes.items()} if total else {}


def agreement(votes: Mapping[str, float], candidate: Profile) -> float:
    """The share of the votes, 0 to 1, for offences that the candidate names."""
    return min(1.0, sum(votes.get(name, 0.0) for name in _named(candidate)))


def together(counted: Iterable[tuple[Vector, float]]) -> Vector:
    """The sum of vectors, each times what it counts."""
    weights: dict[str, float] = defaultdict(float)
    for vector, count in counted:
        for name, weight in vector.weights.items():
            weights[name] += count * weight
    return Vector(weights, sqrt(sum(weight * weight for weight in weights.values())))


def _named(candidate: Profile) -> list[str]:
    return [label.name for label in candidate.matter.offences if label.confidence >= _NAMED]


def _agreement(_: Profile, candidates: Sequence[Profile], values: Values) -> list[float]:
    """The agreement with the votes on the offences of the query."""
    votes = elect(candidates, voters(values["words"], values["offences"]))
    return [agreement(votes, candidate) for candidate in candidates]


def _near_offences(_: Profile, candidates: Sequence[Profile], values: Values) -> list[float]:
    """The cosine of the offences with those of the nearest together, over the highest of any candidate."""
    return _company("offences", candidates, values["words"], values["offences"])


def _near_violations(query: Profile, candidates: Sequence[Profile], values: Values) -> list[float]:
    """The cosine of the violations with those of the nearest together, over the highest of any candidate."""
    like = _company("violations", candidates, values["words"], values["conduct"])
    return [(1 - query.criminal) * value for value in like]


def _company(field: str, candidates: Sequence[Profile], words: Sequence[float], labels: Sequence[float]) -> list[float]:
    vectors = [candidate.vectors[field] for candidate in candidates]
    company = together((vectors[number], count) for number, count in voters(words, labels).items())
    found = [cosine(company, vector) for vector in vectors]
    most = max(found, default=0.0) or 1.0
    return [value / most for value in found]


#: The values of the signals of pairs, by name, for each candidate.
Values = Mapping[str, Sequence[float]]
Signal = Callable[[Profile, Sequence[Profile], Values], list[float]]

#: Every signal of a set, by name, with the signals of pairs by which it knows the nearest.
SIGNALS: Mapping[str, tuple[Signal, tuple[str, str]]] = {
    "agreement": (_agreement, ("words", "offences")),
    "near_offences": (_near_offences, ("words", "offences")),
    "near_violations": (_near_violations, ("words", "conduct")),
}
