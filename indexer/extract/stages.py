"""Stages of a matter: under investigation, detained, sanctioned, arrested, prosecuted, tried, sentenced."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from indexer.extract import lexicons, marks
from indexer.extract.extraction import Mention

#: From the first to the last; the furthest one is a subject's stage.
ORDER: tuple[str, ...] = ("investigated", "detained", "sanctioned", "arrested", "prosecuted", "tried", "sentenced")

#: Sanctions that say what the courts did.
_SENTENCES = frozenset({"判处刑罚"})


def find(text: str) -> tuple[Mention, ...]:
    """The stages that `text` tells of, as mentions."""
    return tell(marks.even(text), 0, len(text))


def tell(text: str, low: int, high: int) -> tuple[Mention, ...]:
    """The stages told of between `low` and `high`, in order. `text` has even punctuation."""
    found = [
        Mention("stage", *match.span(), stage)
        for stage, pattern in _patterns()
        for match in pattern.finditer(text, low, high)
    ]
    return tuple(sorted(found, key=lambda mention: mention.start))


def furthest(told: Iterable[str], sanctions: Iterable[str]) -> str | None:
    """The furthest of the stages told of and of those that the sanctions imply."""
    reached = set(told)
    for sanction in sanctions:
        reached.add("sentenced" if sanction in _SENTENCES else "sanctioned")
    return max(reached, key=ORDER.index, default=None)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = (row.partition("\t") for row in lexicons.entries("stages"))
    return tuple((stage, re.compile(pattern)) for stage, _, pattern in rows)
