"""The order of precedents: the weighted sum of named signals, each of which is kept beside the score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.matter.matter import Matter
from search.precedents import votes
from search.precedents.profile import Profile, profile
from search.precedents.signals import SIGNALS
from search.precedents.statistics import Statistics
from search.precedents.weights import Weighing, crime, liking


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score and what each signal gave of it: (name, weight times value), which add up to it."""

    case_id: str
    score: float
    parts: tuple[tuple[str, float], ...]


def rank(
    query: Matter, candidates: Mapping[str, Matter], known: Statistics, weighing: Weighing, like: str | None = None
) -> list[Ranked]:
    """The candidates, by case id, in the order in which they are like the `query`; equal scores in the order of ids.

    `like` raises one basis (see weights.LIKE). A case is not kept from being its own precedent here: who gathers the
    candidates leaves it, and its reprints, out.
    """
    ours = profile(query, known)
    weights = liking(weighing.of(crime(query, ours.criminal)), like)
    counting = {name: weight for name, weight in weights.items() if weight}
    theirs = {case_id: profile(candidates[case_id], known) for case_id in sorted(candidates)}
    values = compare(ours, list(theirs.values()), known, tuple(counting))
    columns = [[weight * value for value in values[name]] for name, weight in counting.items()]
    ranked = [
        Ranked(case_id, sum(row), tuple(zip(counting, row, strict=True)))
        for case_id, row in zip(theirs, zip(*columns, strict=True), strict=True)
    ]
    return sorted(ranked, key=lambda item: (-item.score, item.case_id))


def compare(
    query: Profile, candidates: Sequence[Profile], known: Statistics, names: Sequence[str]
) -> dict[str, list[float]]:
    """The values of the signals of `names` for each candidate, in the order of the candidates."""
    basis = [near for name in names if name in votes.SIGNALS for near in votes.SIGNALS[name][1]]
    wanted = dict.fromkeys((*names, *basis))
    values = {name: [SIGNALS[name](query, other, known) for other in candidates] for name in wanted if name in SIGNALS}
    return values | {name: votes.SIGNALS[name][0](query, candidates, values) for name in names if name in votes.SIGNALS}
