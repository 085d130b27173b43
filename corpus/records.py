"""What the store keeps besides documents: folders, files as they were read, what failed, and runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.document import Document, Skip


@dataclass(frozen=True, slots=True)
class Folder:
    """An indexed folder: the name its documents' ids are made of, and where it is."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file as it was when last read. `path` is relative to the folder, with forward slashes.

    `content_hash` is the hex SHA-256 of its bytes. `inode` is what the file system calls the file, by which it is known
    again where it was moved (0: not told). `beside` is a digest of the stamps of its sidecars, empty without any.
    """

    folder: str
    path: str
    size: int
    mtime_ns: int
    content_hash: str
    reader: str
    inode: int = 0
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as a run leaves it: its record, the documents in it, and what of it was not read."""

    record: FileRecord
    documents: Sequence[Document] = ()
    skips: Sequence[Skip] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A skip with its history. Times are ISO 8601 in UTC."""

    folder: str
    path: str
    skip: Skip
    first_seen: str
    last_tried: str
    tries: int


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the indexer; `report` is what it counted, None while it has not finished."""

    id: int
    started: str
    finished: str | None
    report: dict[str, Any] | None
