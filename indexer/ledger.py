"""What the index holds, under which fingerprint. A row is confirmed only after the index has closed its batch.

A crash can therefore leave a document unconfirmed (it is put again) or a row without its document (it is deleted from
the index), never a document that is believed to be indexed and is not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import sqlalchemy as sa

from corpus.schema import documents, ledger
from corpus.store import Store, Writing
from indexer.entry import Entry
from indexer.writer import IndexWriter


def held(store: Store) -> dict[str, str]:
    """The fingerprint of every id the index holds or may hold; "" where that was never confirmed."""
    with store.reading() as connection:
        return {row.id: row.fingerprint for row in connection.execute(sa.select(ledger))}


def stored(store: Store) -> list[str]:
    """The ids of all documents in the store, in order."""
    with store.reading() as connection:
        return list(connection.execute(sa.select(documents.c.id).order_by("id")).scalars())


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


def clear(writing: Writing) -> None:
    """Note that the index holds nothing."""
    writing.connection.execute(sa.delete(ledger))


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
