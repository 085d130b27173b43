"""A matter made ready for comparison: its bags, weighed once, so that a hundred candidates are compared quickly."""

from __future__ import annotations

from dataclasses import dataclass
from math import log, sqrt

from indexer.matter.bags import Bag, bags
from indexer.matter.labels import places
from indexer.matter.matter import CONDUCT, Matter
from search.precedents.statistics import Statistics


@dataclass(frozen=True, slots=True)
class Vector:
    """The names of a field with their weights, and the length of the whole as a vector."""

    weights: Bag
    norm: float


@dataclass(frozen=True, slots=True)
class Profile:
    """A matter with the bags of its fields, their sums, and the vectors that cosines are taken of.

    `criminal` tells what the facts are about: 1 where all told is conduct of common crimes, 0 where all is conduct of
    officials. Signals of offences count by it, signals of violations by the rest.
    """

    matter: Matter
    bags: dict[str, dict[str, float]]
    sizes: dict[str, float]
    vectors: dict[str, Vector]
    criminal: float


def profile(matter: Matter, known: Statistics) -> Profile:
    """The profile of `matter`; how much a name weighs comes from the statistics of the library."""
    held = bags(matter)
    return Profile(
        matter,
        held,
        {name: sum(bag.values()) for name, bag in held.items()},
        {name: _vector(name, bag, known) for name, bag in held.items()},
        _criminal(matter),
    )


def _criminal(matter: Matter) -> float:
    """The share of crimes among the places that tell of any conduct; a half where none does.

    An offence that is named counts here like one that is half certain: its name stands beside many a discipline matter.
    """
    crimes = sum(min(places(label.confidence), places(0.5)) for label in matter.offences)
    others = sum(trait.count for trait in matter.traits if trait.kind == CONDUCT)
    return crimes / (crimes + others) if crimes + others else 0.5


def _vector(name: str, bag: Bag, known: Statistics) -> Vector:
    """Rarity times 1 + ln(count) for what is counted, times the confidence for labels, alone for the rest."""
    if name in ("words", "conduct"):
        weights = {key: (1 + log(count)) * known.rarity(name, key) for key, count in bag.items()}
    elif name == "offences":
        weights = {key: told / (told + 3) * known.rarity(name, key) for key, told in bag.items()}
    elif name == "violations":
        weights = {key: confidence * known.rarity(name, key) for key, confidence in bag.items()}
    else:
        weights = {key: known.rarity(name, key) for key in bag}
    return Vector(weights, sqrt(sum(weight * weight for weight in weights.values())))
