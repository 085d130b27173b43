"""How common words, forms of conduct and labels are among the cases of a library: what makes one tell more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import log
from typing import Any

from indexer.matter.bags import FIELDS, bags
from indexer.matter.matter import Matter


class Rarities(dict[str, float]):
    """How rare each name of a field is among `count` matters, of which `frequencies` hold it; any other in none.

    Inverse document frequency as in BM25: ln(1 + (N - n + 0.5) / (n + 0.5)); above 0.
    """

    __slots__ = ("_absent",)

    def __init__(self, count: int, frequencies: Mapping[str, int]) -> None:
        of = {n: log(1 + (max(count, n) - n + 0.5) / (n + 0.5)) for n in {0, *frequencies.values()}}
        super().__init__({name: of[n] for name, n in frequencies.items()})
        self._absent = of[0]

    def __missing__(self, name: str) -> float:
        return self._absent


@dataclass(frozen=True, slots=True)
class Statistics:
    """Of `count` matters: in how many each name of a field stands, and how much of each field one holds on average."""

    count: int
    frequencies: Mapping[str, Mapping[str, int]]
    lengths: Mapping[str, float]
    _rarities: dict[str, Rarities] = field(default_factory=dict, compare=False, repr=False)

    def rarity(self, name_of_field: str, name: str) -> float:
        """How rare a name of a field is, above 0 (see Rarities)."""
        return self.rarities(name_of_field)[name]

    def rarities(self, name_of_field: str) -> Rarities:
        """How rare the names of a field are."""
        known = self._rarities.get(name_of_field)
        if known is None:
            known = Rarities(self.count, self.frequencies.get(name_of_field, {}))
            self._rarities[name_of_field] = known
        return known


def statistics(matters: Iterable[Matter]) -> Statistics:
    """The statistics of the cases of a library."""
    frequencies: dict[str, Counter[str]] = {name: Counter() for name in FIELDS}
    lengths = dict.fromkeys(FIELDS, 0.0)
    count = 0
    for matter in matters:
        count += 1
        for name, bag in bags(matter).items():
            frequencies[name].update(bag.keys())
            lengths[name] += sum(bag.values())
    return Statistics(count, frequencies, {name: lengths[name] / count if count else 0.0 for name in FIELDS})


def as_json(found: Statistics) -> dict[str, Any]:
    """The statistics as plain JSON values."""
    plain = {name: dict(counts) for name, counts in found.frequencies.items()}
    return {"count": found.count, "frequencies": plain, "lengths": dict(found.lengths)}


def from_json(plain: Mapping[str, Any]) -> Statistics:
    """The statistics that `as_json` gave."""
    return Statistics(plain["count"], plain["frequencies"], plain["lengths"])
