"""A whole text made ready for the index: folded, and its streams of characters and of pairs of characters.

What `fold` does character by character is done here on arrays of code points, as a whole: a document takes a fifth of
the time. A query is too short for that, and to load numpy would take longer than to answer it.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from indexer.fold import fold_character

Codes = NDArray[np.uint32]

_UTF32 = f"utf-32-{'le' if sys.byteorder == 'little' else 'be'}"
_SURROGATES = "surrogatepass"  # the text of a broken file may hold halves of a pair
_BLANK = ord(" ")
_UNKNOWN = 0xFFFFFFFF


@dataclass(frozen=True, slots=True, eq=False)
class Folded:
    """A folded text, as a string and as its code points."""

    text: str
    codes: Codes


def folded(text: str) -> Folded:
    """The text as `fold` has it."""
    plain, table = codes(text), _table()
    found = table.take(plain)
    new = plain[found == _UNKNOWN]
    if new.size:
        for code in set(new.tolist()):
            table[code] = ord(fold_character(chr(code)))
        found = table.take(plain)
    return Folded(_string(found), found)


def codes(text: str) -> Codes:
    """The code points of a text."""
    return np.frombuffer(text.encode(_UTF32, _SURROGATES), np.uint32)


@cache
def _table() -> Codes:
    """Code point -> the folded one, or _UNKNOWN until it is first met."""
    return np.full(sys.maxunicode + 1, _UNKNOWN, np.uint32)


def grams(text: Codes) -> str:
    """The overlapping pairs of characters of a folded text, in order, joined by spaces."""
    if text.size < 2:
        return ""
    triples = np.full((text.size - 1, 3), _BLANK, np.uint32)
    triples[:, 0], triples[:, 1] = text[:-1], text[1:]
    return _string(triples.ravel()[:-1])


def chars(text: Codes) -> str:
    """The distinct characters of a folded text in the order of their code points, joined by spaces."""
    if not text.size:
        return ""
    ordered = np.sort(text)
    first = np.empty(ordered.size, np.bool_)
    first[0] = True
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    distinct = ordered[first]
    spaced = np.full(2 * distinct.size, _BLANK, np.uint32)
    spaced[::2] = distinct
    return _string(spaced[:-1])


def _string(points: Codes) -> str:
    return points.tobytes().decode(_UTF32, _SURROGATES)
