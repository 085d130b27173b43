"""The strings that are so common that a library indexes them whole.

Where any other string stands is found by its pairs of characters: in every document that holds them all, their places
are compared. That is quick where few do, and slow for 纪律处分, which half of an office's documents hold.
"""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from importlib.resources import files

_BREAK = "\n"
_LISTS = ("stock_phrases.txt", "stock_words.txt")


@cache
def strings() -> frozenset[str]:
    """All of them: folded, of three Han characters or more."""
    texts = (files("indexer").joinpath(f"lexicon/{name}").read_text(encoding="utf-8") for name in _LISTS)
    lines = (line for text in texts for line in text.splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))


def around(folded: str) -> tuple[str, ...]:
    """The shortest of them that a folded text lies in: none of these lies in another. Itself, if it is one of them."""
    text = _joined()
    found: set[str] = set()
    place = text.find(folded) if folded and _BREAK not in folded else -1
    while place >= 0:
        start, end = text.rindex(_BREAK, 0, place), text.index(_BREAK, place)
        found.add(text[start + 1 : end])
        place = text.find(folded, end)
    return tuple(sorted(one for one in found if not any(other in one for other in found - {one})))


@cache
def _joined() -> str:
    return _BREAK.join(("", *sorted(strings()), ""))


@cache
def digest() -> str:
    """A short hash that changes with the strings."""
    return blake2b("\n".join(sorted(strings())).encode(), digest_size=6).hexdigest()
