"""What is known of the names in matters: how common each is among the cases of a library.

A name is looked up once for each state of a library. Most of the names of two hundred matters are in any other two
hundred, and looking all of them up again would take a third of the time that it takes to find precedents.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import repeat
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from corpus.schema import terms
from corpus.store import Store
from indexer.matter.bags import FIELDS, bags
from indexer.matter.matter import Matter
from indexer.terms import CHANGES, EVERY, UNIT
from search.precedents.statistics import Statistics

# One parameter holds all names, and one row all answers: ten thousand of either take longer than looking them up.
_LOOK_UP = sa.text(
    "SELECT json_group_object(name, cases) FROM terms"
    " WHERE kind = :kind AND name IN (SELECT value FROM json_each(:names))"
)
_TOTALS = sa.select(terms.c.kind, terms.c.cases, terms.c.weight).where(
    terms.c.kind.in_((*FIELDS, CHANGES)), terms.c.name == EVERY
)
#: So many names are remembered of a library, about a hundred megabytes; with more it begins anew.
_MOST = 500_000
_UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class _Remembered:
    """What was looked up in a library while its `totals` were these: in how many cases each name of a field stands."""

    totals: Mapping[str, tuple[int, int]]
    cases: Mapping[str, dict[str, int]]


_remembered: WeakKeyDictionary[Store, _Remembered] = WeakKeyDictionary()


def known(store: Store, matters: Iterable[Matter]) -> Statistics:
    """The statistics of a library's cases, of the names in these matters alone."""
    names: dict[str, set[str]] = {field: set() for field in FIELDS}
    for matter in matters:
        for field, bag in bags(matter).items():
            names[field].update(bag)
    with store.reading() as connection:
        totals = {kind: (cases, weight) for kind, cases, weight in connection.execute(_TOTALS)}
        remembered = _recalled(store, totals)
        frequencies = {
            field: _frequencies(connection, field, wanted, remembered.cases[field]) for field, wanted in names.items()
        }
    count = max((totals[field][0] for field in FIELDS if field in totals), default=0)
    lengths = {field: totals[field][1] / UNIT / totals[field][0] if field in totals else 0.0 for field in FIELDS}
    return Statistics(count, frequencies, lengths)


def _frequencies(connection: sa.Connection, field: str, names: set[str], remembered: dict[str, int]) -> dict[str, int]:
    """In how many cases each of these names of a field stands, those in none left out."""
    counts = dict(zip(names, map(remembered.get, names, repeat(_UNKNOWN)), strict=True))
    if unknown := [name for name, count in counts.items() if count == _UNKNOWN]:
        asked = {"kind": field, "names": json.dumps(unknown, ensure_ascii=False)}
        found: dict[str, int] = json.loads(connection.execute(_LOOK_UP, asked).scalar_one())
        looked_up = {name: found.get(name, 0) for name in unknown}
        remembered.update(looked_up)
        counts.update(looked_up)
    return {name: count for name, count in counts.items() if count}


def _recalled(store: Store, totals: Mapping[str, tuple[int, int]]) -> _Remembered:
    """What is remembered of a library in the state that these totals tell; nothing yet in a new state."""
    found = _remembered.get(store)
    if found is None or found.totals != totals or sum(map(len, found.cases.values())) > _MOST:
        found = _remembered[store] = _Remembered(totals, {field: {} for field in FIELDS})
    return found
