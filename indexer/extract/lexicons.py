"""Lexicons are data: one file a list in `lexicon/`, one entry a line, lines that start with # say the source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files


@cache
def entries(name: str) -> tuple[str, ...]:
    """The entries of `lexicon/<name>.txt` in the order of the file."""
    lines = files("indexer.extract").joinpath(f"lexicon/{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def alternation(words: Iterable[str]) -> str:
    """A regular expression that matches any of `words` as they stand, the longest first."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


def patterns(words: Iterable[str]) -> str:
    """A regular expression that matches any of `words`, which are regular expressions themselves, in their order."""
    return "|".join(words)
