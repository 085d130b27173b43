"""One writer at a time: a lock on the library that names its holder and dies with the process that holds it."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from corpus.store import StoreError, StoreFailed

FILE_NAME = "writer.lock"


class LibraryLocked(StoreError):
    """Another process is writing to the library."""


@contextmanager
def writing(library: Path) -> Iterator[None]:
    """Hold the library's writer lock. Raises LibraryLocked with the holder's name, or StoreFailed."""
    path = library / FILE_NAME
    try:
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise StoreFailed(f"资料库“{library}”不能写入（{error.strerror}）。请检查文件夹权限和磁盘空间。") from error
    with file:
        if not _lock(file.fileno()):
            file.seek(0)
            raise LibraryLocked(f"资料库“{library}”正由{_holder(file.read())}写入。请等它结束后再试。")
        file.truncate(0)
        started = datetime.now().astimezone().isoformat(timespec="seconds")
        json.dump({"pid": os.getpid(), "host": socket.gethostname(), "since": started}, file)
        file.flush()
        yield
        file.truncate(0)


def _lock(descriptor: int) -> bool:
    """Take the operating system's lock, which it frees itself when the process ends, however it ends."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _holder(text: str) -> str:
    try:
        holder = json.loads(text)
        return f"另一个程序（{holder['host']} 上的进程 {holder['pid']}，开始于 {holder['since']}）"
    except (ValueError, KeyError, TypeError):
        return "另一个程序"
