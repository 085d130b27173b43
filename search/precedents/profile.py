"""A matter made ready for comparison: its bags, weighed once, so that a hundred candidates are compared quickly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import log, sqrt
from operator import mul

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
    bags: dict[str, Bag]
    sizes: dict[str, float]
    vectors: dict[str, Vector]
    criminal: float
    _sought: dict[str, Bag] = field(default_factory=dict, compare=False, repr=False)

    def sought(self, name: str, known: Statistics) -> Bag:
        """What the matter asks for in a field of SOUGHT, as a query: each name with its weight, computed once."""
        weights = self._sought.get(name)
        if weights is None:
            weights = self._sought[name] = SOUGHT[name](self.bags[name], known)
        return weights


def _words(bag: Bag, known: Statistics) -> Bag:
    """A word that the query repeats counts up to twice."""
    rare = known.rarities("words")
    return {word: rare[word] * 2 * count / (count + 1) for word, count in bag.items()}


def _theme(bag: Bag, known: Statistics) -> Bag:
    """The weight of each form of conduct of a matter: how often and how rare, times its violation's share of all."""
    rare = known.rarities("conduct")
    raw = {name: sqrt(rare[name]) * 2 * count / (count + 1) for name, count in bag.items()}
    shares: dict[str, float] = defaultdict(float)
    for name, weight in raw.items():
        shares[name.partition("/")[0]] += weight
    return {name: weight * shares[name.partition("/")[0]] for name, weight in raw.items()}


#: The fields of which a matter is a query, and what weighs their names.
SOUGHT: Mapping[str, Callable[[Bag, Statistics], Bag]] = {"words": _words, "conduct": _theme}


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
    rare = known.rarities(name)
    if name in ("words", "conduct"):
        # Most words stand once in a text, and those weigh what they are rare.
        weights = {key: rare[key] if count == 1 else (1 + log(count)) * rare[key] for key, count in bag.items()}
    elif name == "offences":
        weights = {key: told / (told + 3) * rare[key] for key, told in bag.items()}
    elif name == "violations":
        weights = {key: confidence * rare[key] for key, confidence in bag.items()}
    else:
        weights = {key: rare[key] for key in bag}
    return Vector(weights, sqrt(sum(map(mul, weights.values(), weights.values()))))
