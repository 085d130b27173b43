"""What two libraries must have in common to be called equal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from corpus.schema import cases, documents, extractions, files, texts
from corpus.store import Store, open_store
from indexer import indexes
from search.engine import Ask, Engine, IndexStale
from search.engines import default_engine, open_engine
from search.match import All, Term
from upkeep.human import records

_TABLES = (documents, texts, files, extractions, cases)


def state(library: Path, words: Sequence[str], named: Mapping[str, str]) -> dict[str, Any]:
    """All that must be the same in a library that was mended and one that never needed it.

    `words` are asked of each index; `named` are the settings that name a file of the office.
    """
    with closing(open_store(library)) as store:
        found: dict[str, Any] = {table.name: rows(store, table) for table in _TABLES}
        found["human"] = list(records(store, library, named))
        home = library / "index"
        folders = {
            indexes.DOCUMENTS: indexes.folder_in_force(store, home, default_engine()),
            indexes.CASES: indexes.in_force(store, indexes.CASES),
        }
    for name, folder in folders.items():
        if folder:
            with closing(open_engine(indexes.engine_of(folder), home / folder)) as engine:
                found[f"ids of {name}"], found[f"totals of {name}"] = _answers(engine, words)
    return found


def _answers(engine: Engine, words: Sequence[str]) -> tuple[list[str], list[int]]:
    """The ids an index holds, and how many entries hold each word; of one of an older version, that it is stale."""
    try:
        ids = [row.id for row in engine.search(Ask(All(()), limit=1_000)).rows]
        return ids, [engine.search(Ask(Term("words", word))).total for word in words]
    except IndexStale:
        return ["stale"], []  # the next run makes it again


def rows(store: Store, table: sa.Table) -> list[str]:
    """The rows of a table, in an order of their own."""
    with store.reading() as connection:
        return sorted(map(repr, connection.execute(sa.select(table))))
