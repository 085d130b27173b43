"""Which folder of files is in force for each index. A rebuild is made beside it, in a folder with a higher number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import sqlalchemy as sa

from corpus.schema import indexes
from corpus.store import Store, Writing

#: The index of documents, which a search asks, and that of cases, where precedents are sought.
DOCUMENTS = "documents"
CASES = "cases"

#: Version 0.1.0 had one folder an engine, named after it.
_OLD = ("tantivy", "whoosh")
#: NAME-NUMBER-ENGINE.
_FOLDER = re.compile(rf"(?P<name>[a-z]+)-(?P<number>\d+)-[a-z]+|{'|'.join(_OLD)}")


def in_force(store: Store, name: str) -> str | None:
    """The folder in force for an index; None where none was ever made, or by version 0.1.0."""
    with store.reading() as connection:
        return connection.execute(sa.select(indexes.c.folder).where(indexes.c.name == name)).scalar_one_or_none()


def folder_in_force(store: Store, home: Path, engine: str) -> str:
    """The folder, below `home`, of the index of documents that a search reads; `engine` is the one to prefer."""
    if named := in_force(store, DOCUMENTS):
        return named
    return next((name for name in (engine, *_OLD) if (home / name).is_dir()), engine)


def put_in_force(writing: Writing, name: str, folder: str) -> None:
    """Let a folder be the index from the end of the transaction on."""
    writing.connection.execute(sa.delete(indexes).where(indexes.c.name == name))
    writing.connection.execute(sa.insert(indexes).values(name=name, folder=folder))


def engine_of(folder: str) -> str:
    """The engine whose files lie in a folder."""
    return folder.rpartition("-")[2]


def next_folder(home: Path, name: str, engine: str) -> str:
    """A folder below `home` that was not used yet."""
    numbers = [int(found["number"]) for found in _folders(home) if found["name"] == name]
    return f"{name}-{max(numbers, default=0) + 1}-{engine}"


def tidy(store: Store, home: Path) -> list[str]:
    """Take away the folders that are not in force: those of rebuilds that were broken off, and the one before the last.

    To be called before a rebuild, never after: what was just replaced may still be read from. What cannot be taken away
    (some systems refuse while a file is open) stays until the next time. Returns what was taken away.
    """
    with store.reading() as connection:
        kept = {row.name: row.folder for row in connection.execute(sa.select(indexes))}
    left = [
        found.string
        for found in _folders(home)
        if (found["name"] or DOCUMENTS) in kept and found.string not in kept.values()
    ]
    for folder in left:
        rmtree(home / folder, ignore_errors=True)
    return left


def _folders(home: Path) -> Iterator[re.Match[str]]:
    for path in home.iterdir() if home.is_dir() else ():
        if found := _FOLDER.fullmatch(path.name):
            yield found
