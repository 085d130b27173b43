"""The parts of a matter that are compared by how common their names are, each a bag of names with numbers."""

from __future__ import annotations

from collections.abc import Mapping

from indexer.matter.labels import places
from indexer.matter.matter import Matter

#: The parts whose names are counted among the cases of a library.
FIELDS = ("words", "conduct", "relation", "circumstance", "violations", "offences", "sectors", "articles")

Bag = Mapping[str, float]


def bags(matter: Matter) -> dict[str, dict[str, float]]:
    """What a matter holds of each of FIELDS: words, traits and offences by their places, violations by confidence."""
    found: dict[str, dict[str, float]] = {
        "words": dict(matter.words),
        "conduct": {},
        "relation": {},
        "circumstance": {},
        "violations": {label.name: label.confidence for label in matter.violations},
        "offences": {label.name: places(label.confidence) for label in matter.offences},
        "sectors": dict.fromkeys(matter.sectors, 1.0),
        "articles": dict.fromkeys(matter.articles, 1.0),
    }
    for trait in matter.traits:
        found[trait.kind][trait.name] = trait.count
    return found
