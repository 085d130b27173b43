"""Writing to a library: with its lock, from one seal to the next.

Every program that writes goes through here. The seal is looked at before it is broken, so that damage is never written
over, and taken anew once all is written; a writer that is killed leaves none. With it goes what people made, in the
file of `upkeep.human`, which survives the store.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from corpus import lock
from corpus.lock import Held, LibraryLocked
from corpus.seal import break_seal
from corpus.store import Store, StoreError
from indexer.errors import FolderUnusable, FolderVanished
from indexer.judging import CorrectionRefused
from indexer.report import Stopped
from upkeep import manifest
from upkeep.errors import UpkeepError
from upkeep.human import records, write_records

#: What ends a writer and says nothing against the files.
_HARMLESS = (
    Stopped, FolderUnusable, FolderVanished, CorrectionRefused, UpkeepError, KeyboardInterrupt, SystemExit,
)  # fmt: skip


class LibraryDamaged(UpkeepError):
    """A file of the store is not what was sealed: nothing more is written to it."""


@contextmanager
def writing(store: Store, library: Path, named: Mapping[str, str]) -> Iterator[Held]:
    """Hold the library to write to it, and seal it in the end.

    `named` are the settings that name a file of the office, with the paths they give. Raises LibraryLocked,
    StoreFailed or LibraryDamaged before anything is written.
    """
    with lock.writing(library) as held:
        refuse_damaged(library)
        break_seal(library)
        try:
            yield held
        except _HARMLESS:
            _seal(held, store, named)
            raise
        _seal(held, store, named)


@contextmanager
def noting(store: Store, library: Path, named: Mapping[str, str]) -> Iterator[None]:
    """Write what takes a moment to the store alone, also while somebody else holds the library; it seals it then.

    Raises LibraryDamaged before anything is written.
    """
    refuse_damaged(library)
    yield
    with suppress(LibraryLocked), lock.writing(library) as held:
        _seal(held, store, named)


def refuse_damaged(library: Path) -> None:
    """Raise LibraryDamaged where a database is not what was sealed. An index that is not is made anew by its user."""
    for damage in manifest.verify_databases(library):
        raise LibraryDamaged(
            f"资料库“{library}”的 {damage.path} 已损坏（{damage.what}），没有写入。请运行：anjian check --repair"
        )


def seal(store: Store, library: Path, named: Mapping[str, str]) -> bool:
    """Seal a library whose lock the caller holds; False where that cannot be done now: then it has no seal."""

    def finish() -> None:
        readable = {name: path for name, path in named.items() if path and (library / path).is_file()}
        write_records(records(store, library, readable), library / manifest.HUMAN)

    try:
        return manifest.seal(library, finish)
    except (OSError, sqlite3.Error, StoreError, UpkeepError):  # a full disk; the work itself is done and kept
        return False


def _seal(held: Held, store: Store, named: Mapping[str, str]) -> None:
    if not held.lease.lost:
        seal(store, held.library, named)
