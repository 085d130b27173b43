"""Each index held against the store: whether it has what the store says, and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from corpus.schema import cases, documents, extractions, ledger
from corpus.store import Store
from indexer import indexes
from search.engine import Ask, Engine, EngineError, IndexStale
from search.engines import default_engine, open_engine
from search.match import Key
from upkeep.findings import Finding, Wrong
from upkeep.manifest import INDEXES

_IDS = 1_000  # asked for at once


def compare(store: Store, home: Path, damaged: Collection[str]) -> Iterator[Finding]:
    """What the indexes below `home` lack or have too much. Those named in `damaged` are not opened."""
    folder = indexes.folder_in_force(store, home, default_engine())
    wanted = _column(store, sa.select(documents.c.id).order_by(documents.c.id))
    yield from _compare(home, folder, damaged, wanted, extra=0)
    if f"{INDEXES}/{folder}" not in damaged:
        yield from _ledger(store)
    if folder := indexes.in_force(store, indexes.CASES) or "":
        derived = cases.join(extractions, extractions.c.id == cases.c.document)
        query = sa.select(cases.c.id).select_from(derived).where(extractions.c.derived != "").order_by(cases.c.id)
        waiting = _count(store, sa.select(sa.func.count()).select_from(cases))
        wanted = _column(store, query)
        yield from _compare(home, folder, damaged, wanted, extra=waiting - len(wanted))


def _compare(home: Path, folder: str, damaged: Collection[str], wanted: list[str], extra: int) -> Iterator[Finding]:
    """Hold an index against the ids it must have; up to `extra` more it may have."""
    where = f"{INDEXES}/{folder}"
    if where in damaged:
        return
    if not (home / folder).is_dir():
        if wanted:
            yield Finding(Wrong.INDEX, where, "索引文件夹不见了")
        return
    try:
        with closing(open_engine(indexes.engine_of(folder), home / folder)) as index:
            found, count = _found(index, wanted), index.count()
    except EngineError as error:
        wrong = Wrong.DISAGREEMENT if isinstance(error, IndexStale) else Wrong.INDEX
        yield Finding(wrong, where, str(error))
        return
    if found < len(wanted):
        yield Finding(Wrong.DISAGREEMENT, where, f"缺 {len(wanted) - found:,} 份")
    if count > found + extra:
        yield Finding(Wrong.DISAGREEMENT, where, f"多 {count - found - extra:,} 份")


def _found(index: Engine, wanted: list[str]) -> int:
    """How many of these ids an index has. Every row that it answers with must be one that was asked for."""
    found = 0
    left = iter(wanted)
    while some := list(islice(left, _IDS)):
        page = index.search(Ask(Key("id", frozenset(some)), limit=_IDS))
        found += len({row.id for row in page.rows}.intersection(some))
    return found


def _ledger(store: Store) -> Iterator[Finding]:
    """What the ledger leaves open: changes of the index that were begun and not confirmed."""
    unsure = _count(store, sa.select(sa.func.count()).select_from(ledger).where(ledger.c.fingerprint == ""))
    gone = ledger.c.id.not_in(sa.select(documents.c.id))
    unsure += _count(store, sa.select(sa.func.count()).select_from(ledger).where(gone & (ledger.c.fingerprint != "")))
    missing = documents.c.id.not_in(sa.select(ledger.c.id))
    unsure += _count(store, sa.select(sa.func.count()).select_from(documents).where(missing))
    if unsure:
        yield Finding(Wrong.DISAGREEMENT, "索引登记", f"{unsure:,} 份的更新没有做完")


def _count(store: Store, query: sa.Select[Any]) -> int:
    with store.reading() as connection:
        return int(connection.execute(query).scalar_one())


def _column(store: Store, query: sa.Select[Any]) -> list[str]:
    with store.reading() as connection:
        return list(connection.execute(query).scalars())
