"""Files under other paths: everything that the library knows of them goes with them, under the new ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from corpus.document import Document
from corpus.records import FileRecord
from corpus.schema import alerts, documents, extractions, files, judgements, links, metadata, skips
from corpus.writing import Writing

#: Where else than in the children of `documents` a document is named.
_NAMED = (judgements.c.document, links.c.one_document, links.c.other_document)

_STAMPS = ("size", "mtime_ns", "inode", "beside")
_OLD, _NEW = sa.bindparam("old_id", type_=sa.Text), sa.bindparam("new_id", type_=sa.Text)


@dataclass(frozen=True, slots=True)
class Moved:
    """A file as it was and as it is, with its documents as they are, by the ids that they had."""

    was: FileRecord
    now: FileRecord
    documents: Mapping[str, Document]


def moved_source(source: str, was: FileRecord, path: str) -> str:
    """The source of a document in a file, or of what was not read of it, once the file has another path."""
    return path + source[len(was.path) :]


def move_files(writing: Writing, moved: Sequence[Moved]) -> None:
    """Put files with their documents, and what hangs on them, under other paths. Nothing is computed.

    The ledger stays as it is, since it tells what the index holds. What `indexer.duplicates` keeps of the documents and
    what `indexer.deriving` made of them must have been taken away before.
    """
    writing.connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")  # in the end all agrees again
    places = [
        {
            "of_folder": file.was.folder,
            "of_path": file.was.path,
            "now_path": file.now.path,
            "after": len(file.was.path) + 1,
            **{f"now_{name}": getattr(file.now, name) for name in _STAMPS},
        }
        for file in moved
    ]
    path = sa.bindparam("now_path", type_=sa.Text)
    stamps: dict[str, Any] = {name: sa.bindparam(f"now_{name}") for name in _STAMPS}
    _execute(writing, _of_file(files).values(path=path, **stamps), places)
    rest = sa.func.substr(skips.c.source, sa.bindparam("after"))
    _execute(writing, _of_file(skips).values(path=path, source=path + rest), places)
    names = [
        {"old_id": old, "new_id": document.id, "now_path": file.now.path, "now_source": document.source}
        for file in moved
        for old, document in file.documents.items()
    ]
    source: dict[str, Any] = {"source": sa.bindparam("now_source")}
    _execute(writing, _of(documents.c.id).values(id=_NEW, path=path, **source), names)
    _execute(writing, _of(judgements.c.document).values(source), names)
    _rename(writing, names)


def _rename(writing: Writing, names: Sequence[Mapping[str, Any]]) -> None:
    """Write the new ids wherever the old ones stand."""
    for table in metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column is documents.c.id:
                _execute(writing, _of(key.parent).values({key.parent: _NEW}), names)
    for column in _NAMED:
        _execute(writing, _of(column).values({column: _NEW}), names)
    # A watch that has found a file under its new path already keeps that.
    _execute(writing, _of(alerts.c.document).prefix_with("OR IGNORE").values(document=_NEW), names)
    # Under another id, what is made of an extraction in turn may come out otherwise.
    _execute(writing, sa.update(extractions).where(extractions.c.id == _NEW).values(derived=""), names)


def _of_file(table: sa.Table) -> sa.Update:
    this = (table.c.folder == sa.bindparam("of_folder")) & (table.c.path == sa.bindparam("of_path"))
    return sa.update(table).where(this)


def _of(column: sa.Column[Any]) -> sa.Update:
    return sa.update(column.table).where(column == _OLD)


def _execute(writing: Writing, statement: sa.Update, rows: Sequence[Mapping[str, Any]]) -> None:
    """Execute a statement once a row, which may hold more than the statement asks for."""
    asked = statement.compile().params.keys()
    if rows:
        writing.connection.execute(statement, [{name: row[name] for name in asked if name in row} for row in rows])
