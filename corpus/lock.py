"""One writer at a time: a lock on the library that names its holder and dies with the process that holds it.

Two things make it. The operating system's lock keeps other processes of this machine out, and is free at once when its
holder ends, however it ends. The lease (`corpus.lease`) keeps other machines out where the library is on a share.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from corpus.lease import Lease, read
from corpus.store import StoreError, unwritable

FILE_NAME = "writer.lock"
LEASE_NAME = "writer.lease"
_TAKEN = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}


class LibraryLocked(StoreError):
    """Another process is writing to the library."""


@dataclass(frozen=True, slots=True)
class Held:
    """The writer lock in one's own hands."""

    library: Path
    lease: Lease

    def check(self) -> None:
        """Raise LibraryLocked where the lock was lost, as a machine loses it that slept for some minutes."""
        if self.lease.lost:
            raise LibraryLocked(
                f"资料库“{self.library}”已由{read(self.lease.path) or '另一个程序'}接手写入（本机可能休眠过）。"
                "已停止；完成的部分都保存好了，请等它结束后再运行。"
            )


@contextmanager
def writing(library: Path) -> Iterator[Held]:
    """Hold the library's writer lock. Raises LibraryLocked with the holder's name, or StoreFailed."""
    lease = Lease(library / LEASE_NAME)
    try:
        file = (library / FILE_NAME).open("a+", encoding="utf-8")
    except OSError as error:
        raise unwritable(library, error) from error
    with file:
        locked = _lock(file)
        if locked is False:
            raise _taken(library, read(lease.path))
        try:
            holder = lease.take(alone=locked is True)
        except OSError as error:
            raise unwritable(library, error) from error
        if holder:
            raise _taken(library, holder)
        with lease:
            yield Held(library, lease)


def _lock(file: IO[str]) -> bool | None:
    """Take the operating system's lock, which it frees itself when the process ends; None where it has none here."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return False if error.errno in _TAKEN else None
    return True


def _taken(library: Path, holder: object) -> LibraryLocked:
    return LibraryLocked(f"资料库“{library}”正由{holder or '另一个程序'}写入。请等它结束后再试。")
