"""What lies in a folder: every file with its size and time of change, and what could not even be looked at."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import Path

from corpus.document import Reason, Skip
from corpus.sidecar import candidates, is_sidecar

#: Files that programs leave behind and that hold no document. Listed in the handbook; settings can name others.
IGNORED = (".*", "~$*", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class Found:
    """A file: its path relative to the folder, with forward slashes, its size in bytes, and when it changed.

    `mtime_ns` changes with what is said of the file beside it (`with_sidecars`), too.
    """

    path: str
    size: int
    mtime_ns: int


def scan(folder: Path, ignored: tuple[str, ...] = IGNORED) -> Iterator[Found | Skip]:
    """Every file below `folder`, in order of path; what cannot be looked at is a Skip.

    Links to files count as files; links to folders are not followed, since they may lead round in circles.
    """
    return _scan(folder, "", ignored)


def with_sidecars(found: Iterable[Found]) -> Iterator[Found]:
    """The files that are documents, each stamped with what is said of it beside it; the sidecars are left out."""
    files = list(found)
    beside = {file.path: file for file in files if is_sidecar(file.path)}
    for file in files:
        if file.path not in beside:
            told = (beside[path] for path in candidates(file.path) if path in beside) if beside else ()
            yield replace(file, mtime_ns=file.mtime_ns + sum(sidecar.mtime_ns + sidecar.size for sidecar in told))


def _scan(folder: Path, prefix: str, ignored: tuple[str, ...]) -> Iterator[Found | Skip]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        yield Skip(prefix.rstrip("/") or ".", Reason.UNREADABLE, f"文件夹打不开：{error.strerror}")
        return
    for entry in entries:
        name = prefix + entry.name
        if any(fnmatch(entry.name, pattern) for pattern in ignored):
            continue
        try:
            name.encode()
            if entry.is_dir(follow_symlinks=False):
                yield from _scan(Path(entry.path), name + "/", ignored)
            elif entry.is_symlink() and entry.is_dir():
                yield Skip(name, Reason.UNSAFE, "是指向文件夹的链接，未跟随")
            elif entry.is_file():
                status = entry.stat()
                yield Found(name, status.st_size, status.st_mtime_ns)
            else:
                yield Skip(name, Reason.UNREADABLE, "不是普通文件")
        except UnicodeEncodeError:
            yield Skip(name.encode("utf-8", "replace").decode(), Reason.UNREADABLE, "文件名编码不正确，请改名")
        except OSError as error:
            yield Skip(name, Reason.UNREADABLE, str(error.strerror))
