"""The disciplines of the Party that someone is told to have broken: 政治纪律, 廉洁纪律, 中央八项规定精神."""

from __future__ import annotations

import re
from functools import cache

from indexer.extract.extraction import Mention
from indexer.extract.lexicons import alternation, entries

_BROKEN = re.compile(r"违反|无视|违背|漠视|践踏|破坏|不遵守|不讲")


def find(text: str) -> tuple[Mention, ...]:
    """Return each place where `text` says, in one clause, that a discipline was broken, with its name as value."""
    values = _values()
    found = []
    for match in _disciplines().finditer(text):
        clause = re.split("[，。；！？\n]", text[max(0, match.start() - 40) : match.start()])[-1]
        if _BROKEN.search(clause):
            found.append(Mention("discipline", match.start(), match.end(), values[match.group()]))
    return tuple(found)


@cache
def _values() -> dict[str, str]:
    """The discipline of each printed form."""
    return {printed: value for value, printed in (line.split("\t") for line in entries("disciplines"))}


@cache
def _disciplines() -> re.Pattern[str]:
    return re.compile(alternation(_values()))
