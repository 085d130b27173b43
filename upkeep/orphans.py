"""What was left behind by programs that were ended, and belongs to nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from shutil import rmtree

from corpus.store import Store
from indexer import indexes
from upkeep.findings import Finding, Wrong
from upkeep.manifest import INDEXES

#: Names of what is written beside its place: below the library and its backups, not in the folders of an engine.
_DRAFTS = ("*.tmp", "*.part", ".anjian-*", "*.lease.*")
_PLACES = ("", "backups")
#: Seconds after which nobody is still writing a draft, or reading what was replaced.
_AGE = 86_400.0


def find(store: Store, library: Path) -> Iterator[Finding]:
    """What may be taken away. The caller holds the writer's lock."""
    for where in spare_indexes(store, library):
        if _is_old(library / where):  # one that was just replaced may still be read from
            yield Finding(Wrong.LEFTOVER, where, "不再使用的索引")
    for path in sorted(_drafts(library)):
        if _is_old(path):
            yield Finding(Wrong.LEFTOVER, path.relative_to(library).as_posix(), "没有写完的文件")


def spare_indexes(store: Store, library: Path) -> list[str]:
    """The folders of indexes that are not in force, below the library."""
    home = library / INDEXES
    in_force = {indexes.in_force(store, name) for name in (indexes.DOCUMENTS, indexes.CASES)}
    if in_force == {None} or not home.is_dir():  # as version 0.1.0 left it
        return []
    return sorted(f"{INDEXES}/{path.name}" for path in home.iterdir() if path.is_dir() and path.name not in in_force)


def remove(library: Path, where: str) -> bool:
    """Take away what a finding names; whether it is gone."""
    path = library / where
    if path.is_dir():
        rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()
    return not path.exists()


def _drafts(library: Path) -> Iterator[Path]:
    for place in _PLACES:
        for pattern in _DRAFTS:
            yield from (library / place).glob(pattern)


def _is_old(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > _AGE
