"""A transaction under way: the changes that a run makes to the corpus tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from corpus.document import Document, Reason, Skip
from corpus.moments import now
from corpus.records import FileRecord, Folder, Kept
from corpus.schema import documents, files, folders, runs, skips, texts

#: The report of a run that was killed, or lost its power.
INTERRUPTED = {"error": "上次运行中断"}


class Writing:
    """A transaction under way, with the changes a run makes to the corpus tables."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection

    def add_folder(self, folder: Folder) -> None:
        """Remember a folder, or its new place."""
        moved = self.connection.execute(
            sa.update(folders).where(folders.c.name == folder.name).values(path=str(folder.path))
        )
        if not moved.rowcount:
            self.connection.execute(sa.insert(folders).values(name=folder.name, path=str(folder.path)))

    def put_files(self, kept: Sequence[Kept]) -> None:
        """Record files with what they hold, each in place of what it held before."""
        records = [item.record for item in kept]
        earlier = self._earlier_skips(records)
        self._execute(sa.delete(files).where(_this_file(files)), [_key(record) for record in records])
        self._execute(sa.insert(files), [asdict(record) for record in records])
        rows = [_row(item.record, document) for item in kept for document in item.documents]
        self._execute(sa.insert(documents), [row for row, _ in rows])
        self._execute(sa.insert(texts), [text for _, text in rows])
        self._put_skips([(item.record, skip) for item in kept for skip in item.skips], earlier)

    def put_failed(self, failed: Sequence[Kept]) -> None:
        """Record what could not be read just now. The files stay as they were read before, and are read again soon."""
        told = [(item.record, skip) for item in failed for skip in item.skips]
        self._put_skips(told, self._earlier_skips([item.record for item in failed]))
        again = sa.update(files).where(_this_file(files)).values(reader="")
        self._execute(again, [_key(item.record) for item in failed])

    def put_unmined(self, ids: Sequence[str], failed: Mapping[str, Skip]) -> None:
        """Record which of the documents with these ids were not mined, and why; of the others forget that they were."""
        held = sa.select(documents.c.folder, documents.c.path, documents.c.source, documents.c.id)
        rows = self.connection.execute(held.where(documents.c.id.in_(list(ids)))).all()
        records = {row.id: FileRecord(row.folder, row.path, 0, 0, "", "") for row in rows}
        earlier = self._earlier_skips(list(records.values()))
        mined = [{"of_source": row.source} for row in rows if row.id not in failed and (row.source, 0) in earlier]
        done = (skips.c.source == sa.bindparam("of_source")) & (skips.c.reason == Reason.UNMINED.value)
        self._execute(sa.delete(skips).where(done), mined)
        told = [(records[key], Skip(skip.source, Reason.UNMINED, skip.reason.label)) for key, skip in failed.items()]
        self._put_skips(told, earlier)

    def _put_skips(self, told: Sequence[tuple[FileRecord, Skip]], earlier: dict[tuple[str, int], sa.Row[Any]]) -> None:
        moment = now()
        rows = {}
        for record, skip in told:
            old = earlier.get((skip.source, skip.page or 0))
            rows[skip.source, skip.page] = {
                "folder": record.folder,
                "path": record.path,
                "source": skip.source,
                "page": skip.page or 0,
                "reason": skip.reason.value,
                "detail": skip.detail,
                "first_seen": old.first_seen if old else moment,
                "last_tried": moment,
                "tries": old.tries + 1 if old else 1,
            }
        self._execute(sa.insert(skips).prefix_with("OR REPLACE"), list(rows.values()))

    def _earlier_skips(self, records: Sequence[FileRecord]) -> dict[tuple[str, int], sa.Row[Any]]:
        """What was skipped of these files before, by source and page."""
        if self.connection.execute(sa.select(skips.c.source).limit(1)).first() is None:
            return {}
        found = (
            row
            for record in records
            for row in self.connection.execute(sa.select(skips).where(_of_file(skips, record.folder, record.path)))
        )
        return {(row.source, row.page): row for row in found}

    def _execute(self, statement: sa.Executable, rows: list[dict[str, Any]]) -> None:
        """Execute a statement once a row; nothing where there is none."""
        if rows:
            self.connection.execute(statement, rows)

    def touch_files(self, records: Sequence[FileRecord]) -> None:
        """Note the new stamps of files whose content is what it was, and is therefore read."""
        statement = (
            sa.update(files)
            .where(_this_file(files))
            .values({name: sa.bindparam(f"new_{name}") for name in ("size", "mtime_ns", "inode", "beside")})
        )
        stamps = [
            {
                **_key(record),
                "new_size": record.size,
                "new_mtime_ns": record.mtime_ns,
                "new_inode": record.inode,
                "new_beside": record.beside,
            }
            for record in records
        ]
        self._execute(statement, stamps)

    def remove_file(self, folder: str, path: str) -> None:
        """Forget a file with its documents, texts and skips."""
        self.connection.execute(sa.delete(files).where(_of_file(files, folder, path)))

    def begin_run(self) -> int:
        """Note that a run begins; its id. A run that never ended was interrupted, and is marked so."""
        unfinished = sa.update(runs).where(runs.c.finished.is_(None))
        self.connection.execute(unfinished.values(finished=now(), report=INTERRUPTED))
        statement = sa.insert(runs).values(started=now()).returning(runs.c.id)
        return int(self.connection.execute(statement).scalar_one())

    def finish_run(self, run: int, report: dict[str, Any]) -> None:
        """Note what a run did."""
        self.connection.execute(sa.update(runs).where(runs.c.id == run).values(finished=now(), report=report))


def _this_file(table: sa.Table) -> sa.ColumnElement[bool]:
    """The condition for the rows of a file that comes with each execution, as `_key` gives it."""
    return (table.c.folder == sa.bindparam("of_folder")) & (table.c.path == sa.bindparam("of_path"))


def _key(record: FileRecord) -> dict[str, Any]:
    return {"of_folder": record.folder, "of_path": record.path}


def _of_file(table: sa.Table, folder: str, path: str) -> sa.ColumnElement[bool]:
    return (table.c.folder == folder) & (table.c.path == path)


def _row(record: FileRecord, document: Document) -> tuple[dict[str, Any], dict[str, Any]]:
    row = {
        "id": document.id,
        "folder": record.folder,
        "path": record.path,
        "source": document.source,
        "content_hash": document.content_hash,
        "title": document.title,
        "pages": [asdict(page) for page in document.pages],
        "meta": {name: asdict(value) for name, value in document.meta.items()},
        "reader": document.reader,
    }
    return row, {"id": document.id, "text": document.text}
