"""Violations and offences of a matter, with confidence: what extraction read, and what the lexicons suggest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from indexer.matter.lexicons import rules
from indexer.matter.matter import CONDUCT, Label, Trait

#: How much a place counts that only a lexicon found, beside one of extraction.
SUGGESTED = 0.5
#: How many places make a label half certain.
_HALF = 1.0
_HALF_OFFENCE = 3.0
#: As much as this many places counts an offence that the text names.
_NAMED = 12.0


def violations(read: Iterable[str], traits: Sequence[Trait]) -> tuple[Label, ...]:
    """The violations that extraction `read` in places of the facts, each named once a place, and those of conducts."""
    evidence: dict[str, float] = defaultdict(float)
    for label in read:
        evidence[label] += 1.0
    for trait in traits:
        if trait.kind == CONDUCT:
            evidence[trait.name.partition("/")[0]] += SUGGESTED * trait.count
    return tuple(Label(name, round(count / (count + _HALF), 3)) for name, count in evidence.items())


def offences(named: Iterable[str], facts: str) -> tuple[Label, ...]:
    """The offences that the text names, which are certain, and those whose conduct the facts tell in plain words."""
    certain = dict.fromkeys(named, 1.0)
    for name, pattern in rules("charges"):
        count = sum(1 for _ in pattern.finditer(facts))
        if count and f"{name}罪" not in certain:
            certain[f"{name}罪"] = round(count / (count + _HALF_OFFENCE), 3)
    return tuple(Label(name, confidence) for name, confidence in certain.items())


def places(confidence: float) -> float:
    """In how many places the facts tell of an offence of this confidence; a named one counts as twelve."""
    return _HALF_OFFENCE * confidence / (1 - confidence) if confidence < 1 else _NAMED
