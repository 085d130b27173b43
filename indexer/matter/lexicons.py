"""The lexicons of matters: one file a list in `lexicon/`, one entry a line, lines that start with # say the source.

A line is a name, a tab and a regular expression in which … stands for up to 14 characters of one sentence and …… for
up to 40; lists without names have the expression alone.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_LONG, _SHORT = "[^。；！？\n\r]{0,40}?", "[^。；！？\n\r]{0,14}?"


@cache
def entries(name: str) -> tuple[str, ...]:
    """The entries of `lexicon/<name>.txt` in the order of the file."""
    lines = files("indexer.matter").joinpath(f"lexicon/{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def rules(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The names and expressions of a lexicon, in the order of the file; the lines of a name are one expression."""
    joined: dict[str, list[str]] = {}
    for line in entries(name):
        key, _, pattern = line.partition("\t")
        joined.setdefault(key, []).append(pattern)
    return tuple((key, pattern_of(patterns)) for key, patterns in joined.items())


@cache
def expression(name: str) -> re.Pattern[str]:
    """All entries of a lexicon without names as one expression."""
    return pattern_of(entries(name))


def pattern_of(patterns: list[str] | tuple[str, ...]) -> re.Pattern[str]:
    """One expression that finds what any of `patterns` does."""
    return re.compile("|".join(patterns).replace("……", _LONG).replace("…", _SHORT))
