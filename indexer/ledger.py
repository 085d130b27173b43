"""What the index holds, under which fingerprint. A row is confirmed only after the index has closed its batch.

A crash can therefore leave a document unconfirmed (it is put again) or a row without its document (it is deleted from
the index), never a document that is believed to be indexed and is not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from corpus.schema import documents, ledger
from corpus.store import Store, Writing
from indexer.entry import Entry
from indexer.writer import IndexWriter

_SAME = documents.c.id == ledger.c.id
_STORED = sa.select(documents.c.id).select_from(documents.outerjoin(ledger, _SAME)).order_by(documents.c.id)


@dataclass(frozen=True, slots=True)
class Standing:
    """How the index stands to the store.

    `documents` there are; `confirmed` of them the index holds, and it may hold `held` in all. `stale` are held under
    another fingerprint than the present.
    """

    documents: int
    confirmed: int
    held: int
    stale: int

    def agrees(self, count: int) -> bool:
        """Whether an index of so many entries can be the one that the ledger speaks of."""
        return self.confirmed <= count <= self.held


def standing(store: Store, fingerprint: str) -> Standing:
    """Count. Raises StoreError."""
    known = sa.func.count().filter(ledger.c.fingerprint != "")
    stale = sa.func.count().filter(ledger.c.fingerprint.not_in(["", fingerprint]))
    every = sa.select(sa.func.count(), known, stale).select_from(documents.outerjoin(ledger, _SAME))
    with store.reading() as connection:
        held = connection.execute(sa.select(sa.func.count()).select_from(ledger)).scalar_one()
        count, confirmed, old = connection.execute(every).one()
    return Standing(count, confirmed, held, old)


def lacking(store: Store) -> list[str]:
    """The documents that the index does not hold, as far as was confirmed."""
    return _ids(store, _STORED.where(ledger.c.id.is_(None) | (ledger.c.fingerprint == "")))


def stale(store: Store, fingerprint: str) -> list[str]:
    """The documents that the index holds under another fingerprint."""
    return _ids(store, _STORED.where(ledger.c.fingerprint.not_in(["", fingerprint])))


def gone(store: Store) -> list[str]:
    """What the index may hold of documents that the store no longer has."""
    left = sa.select(ledger.c.id).select_from(ledger.outerjoin(documents, _SAME)).where(documents.c.id.is_(None))
    return _ids(store, left.order_by(ledger.c.id))


def doubt(writing: Writing) -> None:
    """Note that nothing is certain of what the index holds."""
    writing.connection.execute(sa.update(ledger).values(fingerprint=""))


def replace(writing: Writing, fingerprint: str) -> None:
    """Note that the index holds every document, made under `fingerprint`, and nothing else."""
    connection = writing.connection
    connection.execute(sa.delete(ledger).where(ledger.c.id.not_in(sa.select(documents.c.id))))
    other = ledger.c.fingerprint != fingerprint
    connection.execute(sa.update(ledger).where(other).values(fingerprint=fingerprint, seen=False))
    missing = sa.select(documents.c.id, sa.literal(fingerprint)).where(documents.c.id.not_in(sa.select(ledger.c.id)))
    connection.execute(sa.insert(ledger).from_select(["id", "fingerprint"], missing))


def open_(writing: Writing, ids: Iterable[str]) -> None:
    """Note that the index is about to change for these ids."""
    _write(writing, dict.fromkeys(ids, ""))


def confirm(writing: Writing, ids: Iterable[str], fingerprint: str) -> None:
    """Note that the index holds these ids, made under `fingerprint`."""
    _write(writing, dict.fromkeys(ids, fingerprint))


def forget(writing: Writing, ids: Iterable[str]) -> None:
    """Note that the index no longer holds these ids."""
    rows = [{"key": key} for key in ids]
    if rows:
        writing.connection.execute(sa.delete(ledger).where(ledger.c.id == sa.bindparam("key")), rows)


def settle(store: Store, index: IndexWriter, entries: Sequence[Entry], gone: Collection[str], fingerprint: str) -> None:
    """Put entries, made under `fingerprint`, in the index and take ids out of it; then confirm both."""
    with index.batch() as batch:
        for key in gone:
            batch.delete(key)
        for entry in entries:
            batch.put(entry)
    with store.begin() as writing:
        confirm(writing, (entry.id for entry in entries), fingerprint)
        forget(writing, gone)


def _write(writing: Writing, fingerprints: Mapping[str, str]) -> None:
    if fingerprints:
        forget(writing, fingerprints)
        rows = [{"id": key, "fingerprint": value} for key, value in fingerprints.items()]
        writing.connection.execute(sa.insert(ledger), rows)


def _ids(store: Store, query: sa.Select[Any]) -> list[str]:
    with store.reading() as connection:
        return list(connection.execute(query).scalars())
