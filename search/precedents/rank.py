"""The order of precedents: the weighted sum of named signals, each of which is kept beside the score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.matter.matter import Matter
from search.precedents import votes
from search.precedents.profile import Profile, profile
from search.precedents.signals import SIGNALS
from search.precedents.statistics import Statistics
from search.precedents.weights import AGREEMENT, Weights, liking


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score and what each signal gave of it: (name, weight times value), which add up to it."""

    case_id: str
    score: float
    parts: tuple[tuple[str, float], ...]


def rank(
    query: Matter, candidates: Mapping[str, Matter], known: Statistics, weights: Weights, like: str | None = None
) -> list[Ranked]:
    """The candidates, by case id, in the order in which they are like the `query`; equal scores in the order of ids.

    `like` raises one basis (see weights.LIKE). A case is not kept from being its own precedent here: who gathers the
    candidates leaves it, and its reprints, out.
    """
    counting = {name: weight for name, weight in liking(weights, like).items() if weight}
    ours = profile(query, known)
    theirs = {case_id: profile(candidates[case_id], known) for case_id in sorted(candidates)}
    values = compare(ours, list(theirs.values()), known, tuple(counting))
    ranked = []
    for row, case_id in enumerate(theirs):
        parts = tuple((name, weight * values[name][row]) for name, weight in counting.items())
        ranked.append(Ranked(case_id, sum(part for _, part in parts), parts))
    return sorted(ranked, key=lambda item: (-item.score, item.case_id))


def compare(
    query: Profile, candidates: Sequence[Profile], known: Statistics, names: Sequence[str]
) -> dict[str, list[float]]:
    """The values of the signals of `names` for each candidate, in the order of the candidates."""
    wanted = dict.fromkeys((*names, *(votes.NEARNESS if AGREEMENT in names else ())))
    values = {name: [SIGNALS[name](query, other, known) for other in candidates] for name in wanted if name in SIGNALS}
    if AGREEMENT in names:
        elected = votes.elect(candidates, votes.nearness(*(values[name] for name in votes.NEARNESS)))
        values[AGREEMENT] = [query.criminal * votes.agreement(elected, other) for other in candidates]
    return values
