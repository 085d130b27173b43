"""Where strings stand in texts: all the writings of a list of names, in one pass over every text.

A string can stand in a text only where its first two characters do. So the pairs of characters of a text, as a set,
leave few strings to look for; this costs about as much for 100,000 strings as for 1,000, and needs no automaton.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from operator import add


class Strings:
    """Strings of two characters or more, to be looked for together."""

    def __init__(self, texts: Iterable[str]) -> None:
        by_pair: defaultdict[str, list[str]] = defaultdict(list)
        for text in sorted(set(texts)):
            by_pair[text[:2]].append(text)
        self._by_pair = dict(by_pair)
        self._pairs = frozenset(by_pair)

    def held_by(self, folded: str) -> list[str]:
        """Those that stand in a folded text, in order: exactly those for which `in` holds."""
        pairs = self._pairs.intersection(map(add, folded, folded[1:]))
        return sorted(text for pair in pairs for text in self._by_pair[pair] if text in folded)


def places(folded: str, text: str, most: int) -> Iterator[tuple[int, int]]:
    """The first `most` places where a string stands in a folded text, as (start, end)."""
    at = folded.find(text)
    for _ in range(most):
        if at < 0:
            return
        yield at, at + len(text)
        at = folded.find(text, at + 1)
