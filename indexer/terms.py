"""How common words and labels are among the cases: counted as cases come and go, so that a comparison need not count.

A cache like the index: everything here can be computed from the cases.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from corpus.rows import put_rows
from corpus.schema import terms
from corpus.store import Writing
from indexer.matter.bags import bags
from indexer.matter.matter import Matter

#: The name of the row of a kind that counts every case.
EVERY = ""
#: What one is in the sums of such a row: integers, so that what is added can be taken away exactly.
UNIT = 1_000
#: The kind of the one row that counts how often the others were changed: who remembers them sees that they are old.
CHANGES = "changes"


def add(writing: Writing, matters: Iterable[Matter]) -> None:
    """Count the cases with these matters."""
    _change(writing, matters, 1)


def take(writing: Writing, matters: Iterable[Matter]) -> None:
    """Count the cases with these matters no more."""
    _change(writing, matters, -1)


def _change(writing: Writing, matters: Iterable[Matter], sign: int) -> None:
    holding: Counter[tuple[str, str]] = Counter()
    weights: Counter[tuple[str, str]] = Counter()
    for matter in matters:
        for kind, bag in bags(matter).items():
            holding.update((kind, name) for name in (EVERY, *bag))
            weights[kind, EVERY] += sum(round(number * UNIT) for number in bag.values())
    if not holding:
        return
    rows = [(*key, sign * cases, sign * weights[key]) for key, cases in sorted(holding.items())]
    rows.append((CHANGES, EVERY, 1, 0))
    statement = insert(terms)
    more = {name: terms.c[name] + statement.excluded[name] for name in ("cases", "weight")}
    put_rows(writing.connection, statement.on_conflict_do_update(index_elements=["kind", "name"], set_=more), rows)
    if sign < 0:
        writing.connection.execute(sa.delete(terms).where(terms.c.cases <= 0))
