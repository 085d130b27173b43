"""A copy of the library in one file, made while it is in use, verified before it counts, and put back the same way.

It holds what cannot be made again: the store with all that people judged and saved, what was recognised on scans, and
the office's own files. The index is left out: it is rebuilt from the store.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import zlib
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import IO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from corpus import store
from corpus.cause import cause
from corpus.seal import sync_folder
from upkeep.manifest import DATABASES, HUMAN, READABLE
from upkeep.sealed import refuse_damaged

#: Where backups are kept, below the library, unless another place is named.
BACKUPS = "backups"
ENDING = ".anjian"
#: Where a backup holds a file of the office that lies outside the library.
OUTSIDE = "outside"
_NAMED = re.compile(r"\d{4}-\d{2}-\d{2}-\d{6}\.anjian")
_CONTENTS = "contents.json"
_FORMAT = 1
#: What reading a damaged archive may raise.
_BROKEN = (
    OSError,
    BadZipFile,
    zlib.error,
    KeyError,
    EOFError,
    ValueError,
    TypeError,
    NotImplementedError,
    RuntimeError,
)


class BackupUnusable(store.StoreError):
    """A backup cannot be written, read or put back; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds: when it was made, of how many documents, and the digest of each file in it."""

    made: str
    documents: int
    files: Mapping[str, str]


def default_place(library: Path, moment: datetime) -> Path:
    """Where a backup made now is kept."""
    return library / BACKUPS / f"{moment:%Y-%m-%d-%H%M%S}{ENDING}"


def prune(library: Path, keep: int) -> list[Path]:
    """Remove all but the newest backups of those that `default_place` named; those that were removed."""
    named = sorted(path for path in (library / BACKUPS).glob(f"*{ENDING}") if _NAMED.fullmatch(path.name))
    old = named[: max(0, len(named) - keep)]
    for path in old:
        path.unlink(missing_ok=True)
    return old


def backup(library: Path, target: Path, made: str, own_files: Sequence[str] = ()) -> Contents:
    """Copy the library to the file `target`, and read it back; it appears under its name only when it is good.

    `made` is the time to state, ISO 8601; `own_files` are the office's files: settings, dictionary; a relative path
    begins at the library. Others may read and write the while: what is copied is the state of one moment.
    Raises LibraryMissing, BackupUnusable, or LibraryDamaged where the store is not what was sealed.
    """
    if not (library / store.FILE_NAME).is_file():
        raise store.LibraryMissing(f"“{library}”里没有资料库。请检查路径（--library）。")
    refuse_damaged(library)
    if target.exists():
        raise BackupUnusable(f"“{target}”已经存在。请换一个文件名，或先移走它。")
    draft = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".anjian-", dir=target.parent) as folder:
            contents = _gather(library, Path(folder), made, own_files)
            _write(Path(folder), contents, draft)
        verify(draft)
        draft.replace(target)
        sync_folder(target.parent)
    except (OSError, sqlite3.Error) as error:
        raise BackupUnusable(f"备份“{target}”没有写成（{cause(error)}）。请检查磁盘空间和权限。") from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return contents


def verify(path: Path) -> Contents:
    """Read a backup from its first byte to its last. Raises BackupUnusable where anything is not as it was written."""
    try:
        with ZipFile(path) as archive:
            contents = _contents(archive, path)
            for name, digest in contents.files.items():
                with archive.open(name) as file:
                    if _stream_digest(file) != digest:
                        raise BackupUnusable(f"备份“{path}”里的 {name} 已损坏。请改用另一份备份。")
    except _BROKEN as error:
        raise BackupUnusable(f"备份“{path}”读不出来（{cause(error)}）。请改用另一份备份。") from error
    return contents


def restore(path: Path, library: Path) -> Contents:
    """Put a backup back as the library in the folder `library`, which must not hold one.

    The folder appears whole or not at all. Raises BackupUnusable.
    """
    contents = verify(path)
    if library.exists() and any(library.iterdir()):
        raise BackupUnusable(f"“{library}”不是空文件夹。请换一个文件夹，或先把原来的资料库移开。")
    beside = library.with_name(f"{library.name}.restoring")
    try:
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True)
        with ZipFile(path) as archive:
            for name in contents.files:
                place = beside / name
                place.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(name) as source, place.open("wb") as file:
                    shutil.copyfileobj(source, file)
                    file.flush()
                    os.fsync(file.fileno())
        sync_folder(beside)
        if library.exists():
            library.rmdir()
        beside.replace(library)
    except OSError as error:
        shutil.rmtree(beside, ignore_errors=True)
        raise BackupUnusable(f"备份没有放回“{library}”（{cause(error)}）。请检查磁盘空间和权限。") from error
    return contents


def _gather(library: Path, folder: Path, made: str, own_files: Sequence[str]) -> Contents:
    """Copy what belongs in a backup into `folder`: the databases page by page as of one moment, other files as is."""
    for name in DATABASES:
        if (library / name).is_file():
            with closing(sqlite3.connect(library / name)) as source, closing(sqlite3.connect(folder / name)) as copy:
                source.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")
                copy.text_factory = READABLE
                (state,) = copy.execute("PRAGMA quick_check(1)").fetchone()
                if state != "ok":
                    raise BackupUnusable(
                        f"资料库“{library}”的 {name} 已损坏（{state}）。请先运行：anjian check --repair"
                    )
    for name in (*own_files, HUMAN):
        if (library / name).is_file():
            place = folder / _place(library, name)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(library / name, place)
    with closing(sqlite3.connect(folder / store.FILE_NAME)) as copy:
        # Which index is in force is no part of the copy: it comes back without one.
        copy.execute("DELETE FROM indexes")
        copy.execute("DELETE FROM ledger")
        copy.commit()
        (documents,) = copy.execute("SELECT count(*) FROM documents").fetchone()
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return Contents(made, documents, {name: _digest(folder / name) for name in names})


def _place(library: Path, name: str) -> str:
    """Where a backup holds a file of the office: as it lies in the library, or apart."""
    path = (library / name).resolve()
    if path.is_relative_to(library.resolve()):
        return path.relative_to(library.resolve()).as_posix()
    return f"{OUTSIDE}/{path.name}"


def _write(folder: Path, contents: Contents, draft: Path) -> None:
    with ZipFile(draft, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        stated = {"format": _FORMAT, "made": contents.made, "documents": contents.documents, "files": contents.files}
        archive.writestr(_CONTENTS, json.dumps(stated, ensure_ascii=False))
        for name in contents.files:
            archive.write(folder / name, name)
    with draft.open("rb") as file:
        os.fsync(file.fileno())


def _contents(archive: ZipFile, path: Path) -> Contents:
    stated = json.loads(archive.read(_CONTENTS))
    if stated["format"] != _FORMAT:
        raise BackupUnusable(f"备份“{path}”由更新版本的案鉴写成。请升级程序后再恢复。")
    names = stated["files"]
    if any(PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts or "\\" in name for name in names):
        raise BackupUnusable(f"“{path}”不是案鉴的备份。")
    return Contents(stated["made"], stated["documents"], names)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return _stream_digest(file)


def _stream_digest(file: IO[bytes]) -> str:
    """The SHA-256 of what is left in a stream, in hexadecimal digits."""
    digest = sha256()
    while block := file.read(1 << 20):
        digest.update(block)
    return digest.hexdigest()
