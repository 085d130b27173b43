"""The traits of a matter: forms of conduct, relations and circumstances that the lexicons find in its facts."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence

from indexer.extract.extraction import Span
from indexer.matter.lexicons import rules
from indexer.matter.matter import CIRCUMSTANCE, CONDUCT, RELATION, Trait

_SENTENCE = re.compile("[^。；！？\n\r]+")


def find(facts: str, offset: int) -> tuple[Trait, ...]:
    """The traits of `facts`, which stand at `offset` in their document, in the order of the lexicons.

    The sentences that tell of a conduct are its share of the facts; a sentence that tells of several is divided among
    them, so that a list of formulas gives each little, and a story of one conduct gives it all.
    """
    sentences = [match.span() for match in _SENTENCE.finditer(facts)]
    found = []
    for kind in (CONDUCT, RELATION, CIRCUMSTANCE):
        places = {name: [match.span() for match in pattern.finditer(facts)] for name, pattern in rules(kind)}
        places = {name: spans for name, spans in places.items() if spans}
        shares = _shares(places, sentences)
        for name, spans in places.items():
            start, end = spans[0]
            found.append(Trait(kind, name, len(spans), round(shares[name], 3), (offset + start, offset + end)))
    return tuple(found)


def _shares(places: Mapping[str, Sequence[Span]], sentences: Sequence[Span]) -> Mapping[str, float]:
    """The share of all characters of `sentences` that belongs to each name, 0 to 1."""
    starts = [start for start, _ in sentences]
    total = sum(end - start for start, end in sentences) or 1
    told: dict[int, list[str]] = {}
    for name, spans in places.items():
        for sentence in {bisect_right(starts, start) - 1 for start, _ in spans}:
            told.setdefault(sentence, []).append(name)
    shares: dict[str, float] = defaultdict(float)
    for sentence, names in told.items():
        start, end = sentences[sentence]
        for name in names:
            shares[name] += (end - start) / total / len(names)
    return shares
