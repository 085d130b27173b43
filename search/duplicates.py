"""Copies among the hits: of each group the best ranked is shown, with the others one click away.

The engine knows nothing of groups, so a document that arrives never makes the entries of its copies old.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from corpus.rows import parts
from corpus.schema import documents, duplicates
from corpus.store import Store
from search.engine import Row


@dataclass(frozen=True, slots=True)
class Copy:
    """Another document with the same text, perhaps in another frame."""

    id: str
    source: str
    title: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The rows of one page. `end` is where the next page begins, counted in documents; `more` whether there is one."""

    rows: tuple[Row, ...]
    end: int
    more: bool


def one_a_group(rows: Sequence[Row], groups: Mapping[str, str], limit: int, offset: int) -> Shown:
    """Of all rows from the best on, the `limit` after `offset` whose group has not been shown before.

    Pages join without gaps: rows that are not shown belong to the page whose last hit they follow.
    """
    met = {groups[row.id] for row in rows[:offset] if row.id in groups}
    shown: list[Row] = []
    for place, row in enumerate(rows[offset:], offset):
        group = groups.get(row.id, row.id)
        if group in met:
            continue
        if len(shown) == limit:
            return Shown(tuple(shown), place, more=True)
        met.add(group)
        shown.append(row)
    return Shown(tuple(shown), max(len(rows), offset), more=False)


def groups(store: Store, ids: Sequence[str]) -> dict[str, str]:
    """The group of each of these documents that has copies."""
    found: dict[str, str] = {}
    with store.reading() as connection:
        for taken in parts(ids):
            these = duplicates.c.id.in_(taken)
            found.update((row.id, row.group) for row in connection.execute(sa.select(duplicates).where(these)))
    return found


def copies(store: Store, ids: Iterable[str]) -> dict[str, tuple[Copy, ...]]:
    """The other documents in the group of each of these documents, by source; those without copies are left out."""
    grouped = groups(store, list(ids))
    columns = (duplicates.c.group, documents.c.id, documents.c.source, documents.c.title)
    members: dict[str, list[Copy]] = {}
    with store.reading() as connection:
        query = sa.select(*columns).join(documents, documents.c.id == duplicates.c.id)
        wanted = query.where(duplicates.c.group.in_(set(grouped.values()))).order_by(documents.c.source)
        for group, *about in connection.execute(wanted) if grouped else ():
            members.setdefault(group, []).append(Copy(*about))
    found = {key: tuple(copy for copy in members.get(group, ()) if copy.id != key) for key, group in grouped.items()}
    return {key: others for key, others in found.items() if others}
