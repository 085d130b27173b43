"""What the index holds, under which fingerprint. A row is confirmed only after the index has closed its batch.

A crash can therefore leave a document unconfirmed (it is put again) or a row without its document (it is deleted from
the index), never a document that is believed to be indexed and is not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from corpus.rows import put_rows
from corpus.schema import documents, ledger
from corpus.store import Store, Writing
from indexer.entry import Entry
from indexer.writer import IndexWriter

_DOCUMENTS, _LEDGER = sa.select(documents.c.id), sa.select(ledger.c.id)
# Both in the order of their index, so that two whole libraries are compared in one go, without a look at any row.
_GONE = sa.except_(_LEDGER, _DOCUMENTS).order_by("id")
_UNKNOWN = sa.except_(_DOCUMENTS, _LEDGER).order_by("id")


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
    counts = sa.select(sa.func.count(), known, stale).select_from(ledger)
    with store.reading() as connection:
        count = connection.execute(sa.select(sa.func.count()).select_from(documents)).scalar_one()
        held, confirmed, old = connection.execute(counts).one()
        if connection.execute(_GONE.limit(1)).first():
            _, confirmed, old = connection.execute(counts.where(ledger.c.id.in_(_DOCUMENTS))).one()
    return Standing(count, confirmed, held, old)


def lacking(store: Store) -> list[str]:
    """The documents that the index does not hold, as far as was confirmed."""
    return sorted({*_ids(store, _UNKNOWN), *_stored(store, ledger.c.fingerprint == "")})


def stale(store: Store, fingerprint: str) -> list[str]:
    """The documents that the index holds under another fingerprint."""
    return _stored(store, ledger.c.fingerprint.not_in(["", fingerprint]))


def gone(store: Store) -> list[str]:
    """What the index may hold of documents that the store no longer has."""
    return _ids(store, _GONE)


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
    _write(writing, ids, "")


def confirm(writing: Writing, ids: Iterable[str], fingerprint: str) -> None:
    """Note that the index holds these ids, made under `fingerprint`."""
    _write(writing, ids, fingerprint)


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


def _write(writing: Writing, ids: Iterable[str], fingerprint: str) -> None:
    """Write rows anew, in the order of their index."""
    rows = [(key, fingerprint, False) for key in sorted(set(ids))]
    put_rows(writing.connection, sa.insert(ledger).prefix_with("OR REPLACE"), rows)


def _stored(store: Store, condition: sa.ColumnElement[bool]) -> list[str]:
    """The documents of which the ledger says this, in order."""
    these = _LEDGER.where(condition)
    with store.reading() as connection:
        if connection.execute(these.limit(1)).first() is None:  # as mostly, and quickly told
            return []
    return _ids(store, sa.intersect(these, _DOCUMENTS).order_by("id"))


def _ids(store: Store, query: sa.CompoundSelect[Any]) -> list[str]:
    with store.reading() as connection:
        return list(connection.execute(query).scalars())
