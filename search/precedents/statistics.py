"""How common words, forms of conduct and labels are among the cases of a library: what makes one tell more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import log
from typing import Any

from indexer.matter.bags import FIELDS, bags
from indexer.matter.matter import Matter


@dataclass(frozen=True, slots=True)
class Statistics:
    """Of `count` matters: in how many each name of a field stands, and how much of each field one holds on average."""

    count: int
    frequencies: Mapping[str, Mapping[str, int]]
    lengths: Mapping[str, float]
    _rarities: dict[tuple[str, str], float] = field(default_factory=dict, compare=False, repr=False)

    def rarity(self, name_of_field: str, name: str) -> float:
        """Inverse document frequency as in BM25: ln(1 + (N - n + 0.5) / (n + 0.5)); above 0."""
        known = self._rarities.get((name_of_field, name))
        if known is None:
            n = self.frequencies.get(name_of_field, {}).get(name, 0)
            known = self._rarities[name_of_field, name] = log(1 + (max(self.count, n) - n + 0.5) / (n + 0.5))
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
