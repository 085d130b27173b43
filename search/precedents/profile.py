"""A matter made ready for comparison: its bags, weighed once, so that a hundred candidates are compared quickly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import log, sqrt
from operator import mul

from indexer.matter.bags import Bag, bags
from indexer.matter.labels import places
from indexer.matter.matter import Matter
from search.precedents.statistics import Statistics


@dataclass(frozen=True, slots=True)
class Vector:
    """The names of a field with their weights, and the length of the whole as a vector."""

    weights: Bag
    norm: float


#: As many places as make an offence half certain.
_HALF = places(0.5)
_NOTHING = Vector({}, 0.0)


class Vectors(dict[str, Vector]):
    """The vectors of the fields of a matter, each made when it is first asked for: few signals ask a candidate's."""

    __slots__ = ("_bags", "_known")

    def __init__(self, held: Mapping[str, Bag], known: Statistics) -> None:
        super().__init__()
        self._bags, self._known = held, known

    def __missing__(self, name: str) -> Vector:
        bag = self._bags[name]
        made = self[name] = vector(name, bag, self._known) if bag else _NOTHING
        return made


@dataclass(frozen=True, slots=True)
class Profile:
    """A matter with the bags of its fields, their sums, and the vectors that cosines are taken of.

    `criminal` tells what the facts are about: 1 where all told is conduct of common crimes, 0 where all is conduct of
    officials. Signals of offences count by it, signals of violations by the rest.
    """

    matter: Matter
    bags: dict[str, Bag]
    sizes: dict[str, float]
    vectors: Vectors
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
    sizes = {name: sum(bag.values()) for name, bag in held.items()}
    return Profile(matter, held, sizes, Vectors(held, known), _criminal(held["offences"], sizes["conduct"]))


def _criminal(offences: Bag, others: float) -> float:
    """The share of crimes among the places that tell of any conduct, `others` of officials'; a half where none does.

    An offence that is named counts here like one that is half certain: its name stands beside many a discipline matter.
    """
    crimes = sum(min(told, _HALF) for told in offences.values())
    return crimes / (crimes + others) if crimes + others else 0.5


def vector(name: str, bag: Bag, known: Statistics) -> Vector:
    """The vector of the `bag` of a field: what each of its names weighs.

    That is its rarity, times 1 + ln(count) for what is counted, times the confidence for labels, alone for the rest.
    """
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
