"""What is known of the names in matters: how common each is among the cases of a library."""

from __future__ import annotations

import json
from collections.abc import Iterable

import sqlalchemy as sa

from corpus.schema import terms
from corpus.store import Store
from indexer.matter.bags import FIELDS, bags
from indexer.matter.matter import Matter
from indexer.terms import EVERY, UNIT
from search.precedents.statistics import Statistics

# One parameter holds all names, and one row all answers: ten thousand of either take longer than looking them up.
_LOOK_UP = sa.text(
    "SELECT json_group_object(name, cases) FROM terms"
    " WHERE kind = :kind AND name IN (SELECT value FROM json_each(:names))"
)
_TOTALS = sa.select(terms).where(terms.c.kind.in_(FIELDS), terms.c.name == EVERY)


def known(store: Store, matters: Iterable[Matter]) -> Statistics:
    """The statistics of a library's cases, of the names in these matters alone."""
    names: dict[str, set[str]] = {field: set() for field in FIELDS}
    for matter in matters:
        for field, bag in bags(matter).items():
            names[field].update(bag)
    frequencies: dict[str, dict[str, int]] = {}
    with store.reading() as connection:
        totals = {row.kind: row for row in connection.execute(_TOTALS)}
        for field, wanted in names.items():
            asked = {"kind": field, "names": json.dumps(list(wanted), ensure_ascii=False)}
            frequencies[field] = json.loads(connection.execute(_LOOK_UP, asked).scalar_one())
    count = max((row.cases for row in totals.values()), default=0)
    lengths = {field: totals[field].weight / UNIT / totals[field].cases if field in totals else 0.0 for field in FIELDS}
    return Statistics(count, frequencies, lengths)
