"""The seal on a library: a checksum of every file of its store and its indexes, taken when a writer has ended well.

A sealed library can be verified byte by byte. While somebody writes, or after they were killed, there is no seal: then
the databases cannot be told from damaged ones by their bytes, and `upkeep.check` looks at what they say instead; files
of an index that were not written since are held against the seal that was broken.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from corpus import ocr_cache, store
from corpus.cause import cause
from corpus.seal import BROKEN, FILE_NAME, sync_folder

#: What people made, written anew with each seal (`upkeep.human`).
HUMAN = "human.jsonl"
INDEXES = "index"
DATABASES = (store.FILE_NAME, ocr_cache.FILE_NAME)
#: Files that an engine makes and drops while it runs; they hold nothing.
_PASSING = (".lock",)
#: How the words of a database about itself are read: what is damaged may stand in them.
READABLE = partial(str, encoding="utf-8", errors="replace")
_TRIES = 3  # at finding a database at rest
_BLOCK, _PART = 2**24, 2**18  # bytes that are hashed by one thread, and read at once
_HASHERS = 4  # threads; more are no use to one disk


@dataclass(frozen=True, slots=True)
class Damage:
    """A file that is not what was sealed: `path` below the library, and what is wrong with it, in Chinese.

    `unknown` is one that was not there when the seal was taken.
    """

    path: str
    what: str
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class _Sealed:
    """A file as it was sealed. An index file with this size and time of change is not read again at the next seal."""

    size: int
    mtime_ns: int
    digest: str


def seal(library: Path, finish: Callable[[], None]) -> bool:
    """Take the checksums of all files; False where a reader keeps the store from being put in order for that.

    The caller holds the writer's lock, and every change is committed. `finish` is called first, when nobody can
    change the store any more. Raises OSError or sqlite3.Error.
    """
    with _still(library / store.FILE_NAME) as still:
        if still:
            finish()
            known = _read(library / BROKEN) or {}
            rows = {name: _taken(library, name, known) for name in _files(library)}
            _put(library, {name: [one.size, one.mtime_ns, one.digest] for name, one in rows.items()})
    return still


def sealed(library: Path) -> bool:
    """Whether the library has a seal, be it good or not."""
    return (library / FILE_NAME).is_file()


def verify(library: Path) -> list[Damage]:
    """What is not as it was sealed, every byte compared.

    Of a library without a seal, the index files that were not written since it was broken are compared.
    """
    known = _read(library / FILE_NAME)
    if known is None:
        return [Damage(FILE_NAME, "校验和清单损坏")] if sealed(library) else _verify_unwritten(library)
    found = _files(library)
    damages = [Damage(name, "文件不见了") for name in sorted(known.keys() - set(found))]
    damages += [Damage(name, "不是资料库写的文件", unknown=True) for name in sorted(set(found) - known.keys())]
    damages += _differing(library, known, sorted(known.keys() & set(found)))
    # Whoever notes something meanwhile breaks the seal before writing.
    return damages if not damages or _read(library / FILE_NAME) == known else _verify_unwritten(library)


def verify_databases(library: Path) -> list[Damage]:
    """What is wrong with the databases of a library that is sealed, and stays so meanwhile."""
    before = _read(library / FILE_NAME)
    if not before:
        return []
    damages = _differing(library, before, [name for name in DATABASES if name in before])
    return damages if _read(library / FILE_NAME) == before else []


def verified(library: Path, name: str) -> bool:
    """Whether a file is what the seal says, which is not broken."""
    known = _read(library / FILE_NAME) or {}
    return name in known and not _differing(library, known, [name])


def _verify_unwritten(library: Path) -> list[Damage]:
    known = _read(library / BROKEN) or {}
    found = (name for name in _files(library) if name.startswith(f"{INDEXES}/"))
    return _differing(library, known, [name for name in found if _is_unwritten(library, name, known)])


def _differing(library: Path, known: Mapping[str, _Sealed], names: Iterable[str]) -> list[Damage]:
    damages = []
    for name in names:
        try:
            size = (library / name).stat().st_size
            if size != known[name].size:
                damages.append(Damage(name, f"大小应为 {known[name].size:,} 字节，现为 {size:,} 字节"))
            elif _digest(library / name) != known[name].digest:
                damages.append(Damage(name, "内容与校验和不符"))
        except OSError as error:
            damages.append(Damage(name, f"读不出来（{cause(error)}）"))
    return damages


def _files(library: Path) -> list[str]:
    """The files that are sealed: the databases with what is not yet written into them, and all of the indexes."""
    found = [name for name in (*DATABASES, HUMAN) if (library / name).is_file()]
    beside = [f"{name}{ending}" for name in DATABASES for ending in ("-wal", "-journal")]
    found += [name for name in beside if (library / name).is_file() and (library / name).stat().st_size]
    for folder, folders, names in os.walk(library / INDEXES):
        folders.sort()
        found += [
            Path(folder, name).relative_to(library).as_posix() for name in sorted(names) if not name.endswith(_PASSING)
        ]
    return found


@contextmanager
def _still(path: Path) -> Iterator[bool]:
    """Keep everybody from writing to a database, with all that was written in the file itself; whether that is so."""
    with closing(sqlite3.connect(path, timeout=1, isolation_level=None)) as connection:
        for _ in range(_TRIES):
            busy, left, moved = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if busy or left != moved:
                continue
            connection.execute("BEGIN IMMEDIATE")
            log = path.with_name(f"{path.name}-wal")
            if not log.is_file() or not log.stat().st_size:  # else somebody wrote in between
                yield True
                return
            connection.execute("ROLLBACK")
        yield False


def _taken(library: Path, name: str, known: Mapping[str, _Sealed]) -> _Sealed:
    if name.startswith(f"{INDEXES}/") and _is_unwritten(library, name, known):
        return known[name]
    state = (library / name).stat()
    return _Sealed(state.st_size, state.st_mtime_ns, _digest(library / name))


def _is_unwritten(library: Path, name: str, known: Mapping[str, _Sealed]) -> bool:
    state = (library / name).stat()
    return name in known and (known[name].size, known[name].mtime_ns) == (state.st_size, state.st_mtime_ns)


def _digest(path: Path) -> str:
    """The hash of a file; of a large one that of the hashes of its blocks, which all cores can take."""
    blocks = range(0, path.stat().st_size, _BLOCK)
    if len(blocks) < 2:
        return _block(path, 0).hex()
    with ThreadPoolExecutor(_HASHERS) as hashers:
        return sha256(b"".join(hashers.map(partial(_block, path), blocks))).hexdigest()


def _block(path: Path, start: int) -> bytes:
    digest = sha256()
    with path.open("rb", buffering=0) as file:
        file.seek(start)
        left = _BLOCK
        while left and (part := file.read(min(left, _PART))):
            digest.update(part)
            left -= len(part)
    return digest.digest()


def _put(library: Path, rows: Mapping[str, Any]) -> None:
    draft = library / f"{FILE_NAME}.tmp"
    with draft.open("w", encoding="utf-8") as file:
        file.write(_written(rows))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(library / FILE_NAME)
    sync_folder(library)
    (library / BROKEN).unlink(missing_ok=True)


def _read(path: Path) -> dict[str, _Sealed] | None:
    """The files of a seal by name; None where there is no seal, or a damaged one."""
    try:
        text = path.read_text(encoding="utf-8")
        rows: dict[str, Any] = json.loads(text)["files"]
        return {name: _Sealed(*row) for name, row in rows.items()} if text == _written(rows) else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _written(rows: Mapping[str, Any]) -> str:
    """The seal as it is written, character for character, so that a change of any is seen."""
    digest = sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()
    return json.dumps({"digest": digest, "files": rows}, ensure_ascii=False)
