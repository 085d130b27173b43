"""The seal on a library: a checksum of every file of its store and its index, taken whenever a writer has ended well.

A sealed library can be verified byte by byte. While somebody writes, or after they were killed, there is no seal: then
the files cannot be told from damaged ones by their bytes, and `upkeep.check` looks at what they say instead.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from corpus import ocr_cache, store

FILE_NAME = "checksums.json"
_INDEX = "index"
_DATABASES = (store.FILE_NAME, ocr_cache.FILE_NAME)
#: Files that an engine or a database makes and drops while it runs; they hold nothing.
_PASSING = (".lock", "-shm")


@dataclass(frozen=True, slots=True)
class Damage:
    """A file that is not what was sealed: `path` below the library, and what is wrong with it, in Chinese."""

    path: str
    what: str


@dataclass(frozen=True, slots=True)
class _Sealed:
    """A file as it was sealed. An index file with this size and time of change is not read again at the next seal."""

    size: int
    mtime_ns: int
    digest: str


def seal(library: Path) -> bool:
    """Take the checksums of all files; False where a reader keeps a database from being put in order for that.

    The caller holds the writer's lock, and every change is committed.
    """
    if not all(_settled(library / name) for name in _DATABASES):
        return False
    known = _read(library) or {}
    files = {path.relative_to(library).as_posix(): _sealed(library, path, known) for path in _files(library)}
    rows = {name: [one.size, one.mtime_ns, one.digest] for name, one in files.items()}
    draft = library / f"{FILE_NAME}.tmp"
    with draft.open("w", encoding="utf-8") as file:
        file.write(_written(rows))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(library / FILE_NAME)
    return True


def unseal(library: Path) -> None:
    """Break the seal, before anything is written."""
    (library / FILE_NAME).unlink(missing_ok=True)


def sealed(library: Path) -> bool:
    """Whether the library has a seal, be it good or not."""
    return (library / FILE_NAME).is_file()


def verify(library: Path) -> list[Damage]:
    """What is not as it was sealed, every byte compared. A library without a seal has nothing to be compared with."""
    if not sealed(library):
        return []
    known = _read(library)
    if known is None:
        return [Damage(FILE_NAME, "校验和清单损坏")]
    found = {path.relative_to(library).as_posix(): path for path in _files(library)}
    damages = [Damage(name, "文件不见了") for name in sorted(known.keys() - found.keys())]
    damages += [Damage(name, "不是资料库写的文件") for name in sorted(found.keys() - known.keys())]
    for name in sorted(known.keys() & found.keys()):
        size = found[name].stat().st_size
        if size != known[name].size:
            damages.append(Damage(name, f"大小应为 {known[name].size:,} 字节，现为 {size:,} 字节"))
        elif _file_digest(found[name]) != known[name].digest:
            damages.append(Damage(name, "内容与校验和不符"))
    return damages


def _files(library: Path) -> Iterator[Path]:
    """The files that are sealed: the databases with what is not yet written into them, and all of the index."""
    for name in _DATABASES:
        for path in (library / name, library / f"{name}-wal"):
            if path.is_file() and path.stat().st_size:
                yield path
    for folder, folders, names in os.walk(library / _INDEX):
        folders.sort()
        for name in sorted(names):
            if not name.endswith(_PASSING):
                yield Path(folder, name)


def _settled(path: Path) -> bool:
    """Write what lies beside a database into it; whether nothing is left beside it."""
    if not path.is_file():
        return True
    with closing(sqlite3.connect(path, timeout=1)) as connection:
        busy, left, moved = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy and left == moved


def _sealed(library: Path, path: Path, known: Mapping[str, _Sealed]) -> _Sealed:
    name, state = path.relative_to(library).as_posix(), path.stat()
    before = known.get(name)
    if before and name not in _DATABASES and (before.size, before.mtime_ns) == (state.st_size, state.st_mtime_ns):
        return before
    return _Sealed(state.st_size, state.st_mtime_ns, _file_digest(path))


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _read(library: Path) -> dict[str, _Sealed] | None:
    """The files of the seal by name; None where there is no seal, or a damaged one."""
    try:
        text = (library / FILE_NAME).read_text(encoding="utf-8")
        rows: dict[str, Any] = json.loads(text)["files"]
        return {name: _Sealed(*row) for name, row in rows.items()} if text == _written(rows) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _written(rows: Mapping[str, Any]) -> str:
    """The seal as it is written, character for character, so that a change of any is seen."""
    digest = sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()
    return json.dumps({"digest": digest, "files": rows}, ensure_ascii=False)
