"""Offences (罪名) that a text names, in their normal form: 涉嫌受贿犯罪, 受贿、贪污一案 and 受贿罪 are 受贿罪."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from indexer.extract.extraction import Mention
from indexer.extract.lexicons import entries

_END = re.compile(r"等?(?:职务)?(?:违法)?犯罪|等?罪|等?(?:一|二审)?案(?!例|情|由|发|值|卷|子)")
_JOIN = re.compile(r"(?:罪?[、，]|罪?[和及]|以及)$")


def find(text: str) -> tuple[Mention, ...]:
    """Return the offences that `text` names, in order; in a list that ends with 罪, 犯罪 or 案 every one of them."""
    if "罪" not in text and "案" not in text:
        return ()
    found: dict[int, Mention] = {}
    for match in _END.finditer(text):
        for start, end, name in _list(text, match.start()):
            stop = match.end() if end == match.start() else end
            found.setdefault(start, Mention("offence", start, stop, f"{name}罪"))
    return tuple(found[start] for start in sorted(found))


def _list(text: str, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield the offences of the list that ends at `end`, from its last to its first."""
    while name := _ending(text, end):
        yield end - len(name), end, name
        end -= len(name)
        join = _JOIN.search(text, max(0, end - 3), end)
        if join is None:
            return
        end = join.start()


def _ending(text: str, end: int) -> str:
    """The longest name of an offence that ends at `end`, or ""."""
    names = _names()
    for length in _lengths():
        if (name := text[max(0, end - length) : end]) in names:
            return name
    return ""


@cache
def _names() -> frozenset[str]:
    return frozenset(entries("offences"))


@cache
def _lengths() -> tuple[int, ...]:
    return tuple(sorted({len(name) for name in _names()}, reverse=True))
