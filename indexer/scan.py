"""What lies in a folder: every file with what tells that it has changed, and what could not even be looked at."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import translate
from functools import partial
from hashlib import blake2b
from operator import itemgetter
from pathlib import Path
from typing import TypeAlias

from corpus.cause import cause
from corpus.document import Reason, Skip
from corpus.records import FileRecord
from corpus.sidecar import FOLDER_NAME, candidates, is_sidecar

#: Files that programs leave behind and that hold no document. Listed in the handbook; settings can name others.
IGNORED = (".*", "~$*", "Thumbs.db", "desktop.ini")


_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Found:
    """A file: its path relative to the folder, with forward slashes, its size in bytes, and when it changed.

    `inode` is what the file system calls it (0: it does not tell); `beside` changes with what is said of it beside it
    (`corpus.sidecar`), and is empty where nothing is.
    """

    path: str
    size: int
    mtime_ns: int
    inode: int = 0
    beside: str = ""

    @classmethod
    def of(cls, record: FileRecord) -> Found:
        """The file as it was when last read."""
        return cls(record.path, record.size, record.mtime_ns, record.inode, record.beside)


#: What lies in a folder: a file, the path of a folder in it, or what cannot be looked at.
_Item: TypeAlias = Found | str | Skip


def scan(folder: Path, ignored: Sequence[str] = IGNORED, only: str = "") -> Iterator[Found | Skip]:
    """Every file below `folder` that may hold a document, in order of path; what cannot be looked at is a Skip.

    `only` names a folder directly below, outside of which nothing is looked at. Links to files count as files; links to
    folders are not followed, since they may lead round in circles. One status a file is all that is asked of the disk.
    """
    left_out = re.compile("|".join(map(translate, ignored)) or r"(?!)", re.IGNORECASE if os.name == "nt" else 0)
    look = partial(_look, folder, left_out=left_out)
    items, told = look("", {})
    # The folders under way, the deepest last: they may lie deeper than functions can call one another.
    under_way = [look(only, told) if only else (items, told)]
    while under_way:
        items, told = under_way[-1]
        for item in items:
            if isinstance(item, str):
                under_way.append(look(item, told))
                break
            yield item
        else:
            under_way.pop()


def stamp(status: os.stat_result) -> tuple[int, int, int]:
    """Size, time of change and inode of a file, as numbers that any database holds."""
    return status.st_size, status.st_mtime_ns & _LARGEST, status.st_ino & _LARGEST


#: What speaks of all in a folder: the path of each sidecar, with its size and time of change.
_Told = Mapping[str, tuple[int, int]]


def _look(folder: Path, name: str, above: _Told, *, left_out: re.Pattern[str]) -> tuple[Iterator[_Item], _Told]:
    """What lies in one folder, in order of path (a folder by its path alone), and what speaks of all that is there."""
    prefix = f"{name}/" if name else ""
    try:
        with os.scandir(folder / name) as listing:
            entries = [(_order(entry), entry) for entry in listing if not left_out.match(entry.name)]
    except FileNotFoundError:
        if name:
            return iter(()), {}  # it went a moment ago
        return iter((Skip(".", Reason.UNREADABLE, "找不到文件夹"),)), {}
    except OSError as error:
        return iter((Skip(name or ".", Reason.UNREADABLE, f"文件夹打不开：{cause(error)}"),)), {}
    items = [item for _, entry in sorted(entries, key=itemgetter(0)) if (item := _seen(entry, prefix)) is not None]
    beside = {
        item.path: (item.size, item.mtime_ns) for item in items if isinstance(item, Found) and is_sidecar(item.path)
    }
    if beside:
        items = [item for item in items if not (isinstance(item, Found) and item.path in beside)]
    told = {**above, **beside}
    if told:
        items = [replace(item, beside=_digest(item.path, told)) if isinstance(item, Found) else item for item in items]
    return iter(items), {path: its for path, its in told.items() if path.rpartition("/")[2] == FOLDER_NAME}


def _order(entry: os.DirEntry[str]) -> str:
    """Sorts a folder where the paths below it stand."""
    return f"{entry.name}/" if entry.is_dir(follow_symlinks=False) else entry.name


def _seen(entry: os.DirEntry[str], prefix: str) -> _Item | None:
    name = prefix + entry.name
    if not _is_text(entry.name):
        return Skip(_readable(name), Reason.UNREADABLE, "文件名编码不正确，请改名")
    try:
        if entry.is_dir(follow_symlinks=False):
            return name
        if entry.is_symlink() and entry.is_dir():
            return Skip(name, Reason.UNSAFE, "是指向文件夹的链接，未跟随")
        if not entry.is_file():
            return Skip(name, Reason.UNREADABLE, "链接所指的文件不存在" if entry.is_symlink() else "不是普通文件")
        return Found(name, *stamp(entry.stat()))
    except OSError as error:
        # What is not there went a moment ago.
        return None if isinstance(error, FileNotFoundError) else Skip(name, Reason.UNREADABLE, cause(error))


def _is_text(name: str) -> bool:
    return name.isascii() or not any("\ud800" <= character <= "\udfff" for character in name)


def _readable(name: str) -> str:
    """A name that is no UTF-8, its strange bytes spelled out, so that two such names stay two."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _digest(path: str, told: _Told) -> str:
    stamps = [(candidate, told[candidate]) for candidate in candidates(path) if candidate in told]
    return blake2b(repr(stamps).encode(), digest_size=8).hexdigest() if stamps else ""
