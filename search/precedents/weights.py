"""How much each signal counts: the numbers in `weights.toml`, which `python -m benchmarks.train_precedents` writes."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from search.precedents.signals import SIGNALS

#: The signal that only a set of candidates has (see votes.py).
AGREEMENT = "agreement"
NAMES = (*SIGNALS, AGREEMENT)

#: What a user may weigh, and the signals that it is made of.
LIKE: Mapping[str, tuple[str, ...]] = {
    "conduct": ("violations", "offences"),
    "means": ("conduct", "focus"),
    "post": ("level",),
    "sector": ("sector",),
    "articles": ("articles",),
}

Weights = Mapping[str, float]


@cache
def learned() -> Weights:
    """The weights that were learned, one of NAMES each, none negative, adding up to 1."""
    plain = tomllib.loads(files("search.precedents").joinpath("weights.toml").read_text(encoding="utf-8"))
    return {name: float(plain["weights"].get(name, 0.0)) for name in NAMES}


def liking(weights: Weights, like: str | None) -> Weights:
    """The weights with the signals of the basis `like` raised, together, by as much as all signals count.

    Raises KeyError for a basis that is none of LIKE.
    """
    if like is None:
        return weights
    raised = sum(weights.values()) / len(LIKE[like])
    return {name: weight + (raised if name in LIKE[like] else 0.0) for name, weight in weights.items()}
