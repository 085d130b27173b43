"""The parts of a matter that are compared by how common their names are, each a bag of names with numbers."""

from __future__ import annotations

from collections.abc import Mapping

from indexer.matter.labels import places
from indexer.matter.matter import CIRCUMSTANCE, CONDUCT, RELATION, Matter

#: The parts whose names are counted among the cases of a library.
FIELDS = ("words", "conduct", "relation", "circumstance", "violations", "offences", "sectors", "articles")

Bag = Mapping[str, float]


def bags(matter: Matter) -> dict[str, Bag]:
    """What a matter holds of each of FIELDS: words, traits and offences by their places, violations by confidence."""
    traits: dict[str, dict[str, float]] = {CONDUCT: {}, RELATION: {}, CIRCUMSTANCE: {}}
    for trait in matter.traits:
        traits[trait.kind][trait.name] = trait.count
    return {
        "words": matter.words,
        **traits,
        "violations": {label.name: label.confidence for label in matter.violations},
        "offences": {label.name: places(label.confidence) for label in matter.offences},
        "sectors": dict.fromkeys(matter.sectors, 1.0),
        "articles": dict.fromkeys(matter.articles, 1.0),
    }
