"""How much each signal counts: the numbers in `weights.toml`, which `python -m benchmarks.train_precedents` writes."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from indexer.matter.matter import Matter
from search.precedents import votes
from search.precedents.signals import SIGNALS

#: Every signal: those of pairs, and those that only a set of candidates has.
NAMES = (*SIGNALS, *votes.SIGNALS)

#: What a user may weigh, and the signals that it is made of.
LIKE: Mapping[str, tuple[str, ...]] = {
    "conduct": ("violations", "offences"),
    "means": ("conduct", "focus"),
    "post": ("level",),
    "sector": ("sector",),
    "articles": ("articles",),
}

#: Up to this share of crimes a matter is one of officials; from the second on, one of crimes. Names of crimes stand
#: beside many a discipline matter, and words of an official's conduct in most judgments.
OFFICIAL, CRIMINAL = 0.25, 0.5

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Weighing:
    """What counts in matters of officials, and what in matters of crimes: one weight each of NAMES, adding up to 1."""

    official: Weights
    criminal: Weights

    def of(self, part: float) -> Weights:
        """The weights for a matter that is to this part one of crimes: between the two, adding up to 1."""
        return {name: (1 - part) * self.official[name] + part * self.criminal[name] for name in NAMES}


def crime(matter: Matter, share: float) -> float:
    """To which part, 0 to 1, a matter is one of crimes, of which this share is (see Profile.criminal).

    What is told of a defendant is wholly one, whatever its words.
    """
    return 1.0 if matter.charged else min(1.0, max(0.0, (share - OFFICIAL) / (CRIMINAL - OFFICIAL)))


@cache
def learned() -> Weighing:
    """The weights that were learned, none negative."""
    plain = tomllib.loads(files("search.precedents").joinpath("weights.toml").read_text(encoding="utf-8"))
    return Weighing(*({name: float(plain[kind].get(name, 0.0)) for name in NAMES} for kind in ("official", "criminal")))


def liking(weights: Weights, like: str | None) -> Weights:
    """The weights with the signals of the basis `like` raised, together, by as much as all signals count.

    Raises KeyError for a basis that is none of LIKE.
    """
    if like is None:
        return weights
    raised = sum(weights.values()) / len(LIKE[like])
    return {name: weight + (raised if name in LIKE[like] else 0.0) for name, weight in weights.items()}
