"""What people made, and documents without their sources, found again where the store is lost."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus import store
from corpus.schema import documents, extractions, files, folders, skips, texts
from corpus.store import StoreError, open_store
from upkeep import manifest
from upkeep.backup import BACKUPS, ENDING, BackupUnusable, restore, verify
from upkeep.errors import UpkeepError
from upkeep.human import records, write_records
from upkeep.records import TABLES, VERSION, Record, columns, read_records

#: The tables of what was read, parents first, and how each belongs to a folder.
_OF_FOLDER = (
    (folders, "name = :folder"),
    (files, "folder = :folder"),
    (skips, "folder = :folder"),
    (documents, "folder = :folder"),
    (texts, "id IN (SELECT id FROM old.documents WHERE folder = :folder)"),
    (extractions, "id IN (SELECT id FROM old.documents WHERE folder = :folder)"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """What people made, as lines of the open format, and where it was found, in Chinese."""

    lines: Sequence[Record]
    origin: str


def people(library: Path) -> Found:
    """The best that is left of what people made of a library whose store is lost.

    The copy that was sealed with the store is whole. Without a seal the damaged store may have more than the copy;
    it is taken if every row of it can be read.
    """
    copy = library / manifest.HUMAN
    if manifest.verified(library, manifest.HUMAN) and (lines := _read(copy)) is not None:
        return Found(lines, f"{manifest.HUMAN}（与校验和相符）")
    if (lines := _salvaged(library)) is not None:
        return Found(lines, "损坏的资料库文件（逐行读出，请核对）")
    if (lines := _read(copy)) is not None:
        return Found(lines, f"{manifest.HUMAN}（没有校验和，可能缺最近的改动，请核对）")
    if (newest := newest_backup(library)) and (lines := _of_backup(newest)) is not None:
        return Found(lines, f"备份 {newest.name}（缺那以后的改动）")
    return Found((), "")


def newest_backup(library: Path) -> Path | None:
    """The newest backup of a library, in the place where they are kept, that is good to its last byte."""
    good = []
    for path in (library / BACKUPS).glob(f"*{ENDING}"):
        try:
            good.append((verify(path).made, path))
        except BackupUnusable:
            continue
    return max(good)[1] if good else None


def without_sources(lines: Sequence[Record]) -> list[str]:
    """The names of the folders, of those that people named, in which no file is to be seen."""
    named = [line for line in lines if line["kind"] == "folder"]
    return [line["name"] for line in named if not _has_files(Path(line["path"]))]


def bring_back(library: Path, backup: Path, names: Sequence[str]) -> int:
    """Put what was read of folders into the store again, as a backup has it; how many documents.

    Raises StoreError or BackupUnusable.
    """
    with TemporaryDirectory(prefix=".anjian-", dir=library) as scratch:
        old = Path(scratch) / "library"
        restore(backup, old)
        open_store(old).close()  # brings it to the present tables
        with closing(sqlite3.connect(library / store.FILE_NAME, isolation_level=None)) as database:
            database.execute("ATTACH ? AS old", (str(old / store.FILE_NAME),))
            database.execute("BEGIN IMMEDIATE")
            for name in names:
                for table, condition in _OF_FOLDER:
                    listed = ", ".join(column.name for column in table.columns if column.name != "derived")
                    database.execute(
                        f"INSERT OR IGNORE INTO main.{table.name} ({listed}) "  # noqa: S608 - names of the schema
                        f"SELECT {listed} FROM old.{table.name} WHERE {condition}",
                        {"folder": name},
                    )
            (brought,) = database.execute("SELECT count(*) FROM main.documents").fetchone()
            database.execute("COMMIT")
    return int(brought)


def _has_files(path: Path) -> bool:
    return any(names for _, _, names in os.walk(path))


def _read(path: Path) -> list[Record] | None:
    try:
        return read_records(path)
    except UpkeepError:
        return None


def _salvaged(library: Path) -> list[Record] | None:
    """What a damaged store still tells of what people made; None where a row of it cannot be read."""
    path = library / store.FILE_NAME
    if not path.is_file() or not path.stat().st_size:
        return None
    try:
        with closing(sqlite3.connect(path)) as database, TemporaryDirectory() as scratch:
            written = Path(scratch) / manifest.HUMAN
            write_records(_rows(database), written)
            return read_records(written)
    except (sqlite3.Error, UpkeepError, ValueError, OSError):
        return None


def _rows(database: sqlite3.Connection) -> Iterator[Record]:
    for name, path in _select(database, "folders", ["name", "path"]):
        yield {"kind": "folder", "version": VERSION, "name": name, "path": path}
    for kind, (table, _) in TABLES.items():
        held = columns(kind)
        for row in _select(database, table.name, [column.name for column in held.values()]):
            yield {"kind": kind, "version": VERSION, **dict(zip(held, row, strict=True))}


def _select(database: sqlite3.Connection, table: str, names: Sequence[str]) -> list[tuple[object, ...]]:
    """The rows of a table in the order they were made. Raises sqlite3.DatabaseError where it is damaged."""
    (state,) = database.execute(f"PRAGMA integrity_check({table})").fetchone()
    if state != "ok":
        raise sqlite3.DatabaseError(state)
    listed = ", ".join(f'"{name}"' for name in names)
    return database.execute(f"SELECT {listed} FROM {table} ORDER BY rowid").fetchall()  # noqa: S608 - names of the schema


def _of_backup(backup: Path) -> list[Record] | None:
    try:
        with TemporaryDirectory() as scratch:
            old = Path(scratch) / "library"
            restore(backup, old)
            with closing(open_store(old)) as opened:
                written = Path(scratch) / manifest.HUMAN
                write_records(records(opened, old, {}), written)
                return read_records(written)
    except (StoreError, UpkeepError, OSError):
        return None
