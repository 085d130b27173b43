"""Is a library whole? Its files against their checksums, its store in itself, its indexes and sources against it.

Each look gives findings. What was found damaged is not opened any further: a damaged file may bring down who reads it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

from corpus import lock, ocr_cache, seal, store
from corpus.store import LibraryMissing, LibraryNewer, Store, StoreError, open_store
from upkeep import indexed, manifest, orphans, sealed, sources
from upkeep.findings import Finding, Wrong

_STATED = 5  # of the errors that a database tells


@dataclass(frozen=True, slots=True)
class Scope:
    """How to look at a library.

    `named` are the settings that name a file of the office, with the paths they give; `sample` is the number of
    sources to be read and compared, chosen by `random` (None: all).
    """

    named: Mapping[str, str]
    sample: int | None
    random: Random


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found, how many documents the library has, and how many sources were compared."""

    findings: Sequence[Finding]
    documents: int
    sources: int
    sealed: bool

    @property
    def sound(self) -> bool:
        """Whether nothing was found that does harm."""
        return all(finding.harmless for finding in self.findings)


def check(library: Path, scope: Scope) -> Checked:
    """Look at everything, and seal what has no seal and is sound. Nothing else is changed.

    Raises LibraryMissing, LibraryLocked, LibraryNewer or StoreFailed.
    """
    if not any((library / name).exists() for name in (store.FILE_NAME, seal.FILE_NAME, manifest.HUMAN)):
        raise LibraryMissing(f"“{library}”里没有资料库。请检查路径（--library）。")
    with lock.writing(library):
        return examine(library, scope)


def examine(library: Path, scope: Scope) -> Checked:
    """`check` of a library whose lock the caller holds."""
    was_sealed = manifest.sealed(library)
    findings = [] if was_sealed else [Finding(Wrong.UNSEALED, seal.FILE_NAME)]
    findings += _files(library)
    findings += [finding for finding in _databases(library) if not _is_known(finding, findings)]
    documents = compared = 0
    if not any(finding.wrong is Wrong.STORE for finding in findings):
        try:
            opened = open_store(library)
        except LibraryNewer:
            raise
        except StoreError as error:
            findings.append(Finding(Wrong.STORE, store.FILE_NAME, str(error)))
        else:
            with closing(opened):
                documents = opened.document_count()
                more, compared = _contents(opened, library, findings, scope)
                findings += more
                if not manifest.sealed(library) and all(finding.harmless for finding in findings):
                    sealed.seal(opened, library, scope.named)
    return Checked(tuple(findings), documents, compared, manifest.sealed(library))


def _contents(opened: Store, library: Path, known: Sequence[Finding], scope: Scope) -> tuple[list[Finding], int]:
    """What is wrong between the store and all else, and how many sources were compared."""
    damaged = {finding.where for finding in known if finding.wrong is Wrong.INDEX}
    findings = list(indexed.compare(opened, library / manifest.INDEXES, damaged))
    of_sources, compared = sources.compare(opened, scope.sample, scope.random)
    return [*findings, *of_sources, *orphans.find(opened, library)], compared


def _files(library: Path) -> Iterator[Finding]:
    """What the checksums tell. An index is told of as a whole, by its folder."""
    told: set[str] = set()
    for damage in manifest.verify(library):
        wrong, where = _wrong(damage)
        if wrong is not Wrong.INDEX or where not in told:
            told.add(where)
            yield Finding(wrong, where, f"{damage.path}：{damage.what}" if where != damage.path else damage.what)


def _wrong(damage: manifest.Damage) -> tuple[Wrong, str]:
    top, _, below = damage.path.partition("/")
    if top == manifest.INDEXES:
        if damage.unknown:
            return Wrong.FOREIGN, damage.path
        return Wrong.INDEX, f"{top}/{below.partition('/')[0]}"
    for name, wrong in (
        (store.FILE_NAME, Wrong.STORE),
        (ocr_cache.FILE_NAME, Wrong.RECOGNITIONS),
        (manifest.HUMAN, Wrong.HUMAN),
    ):
        if top.startswith(name):
            return wrong, name
    return Wrong.SEAL, damage.path


def _is_known(finding: Finding, known: Sequence[Finding]) -> bool:
    return any((finding.wrong, finding.where) == (one.wrong, one.where) for one in known)


def _databases(library: Path) -> Iterator[Finding]:
    """What the databases tell of themselves."""
    for name, wrong in ((store.FILE_NAME, Wrong.STORE), (ocr_cache.FILE_NAME, Wrong.RECOGNITIONS)):
        path = library / name
        if not path.is_file():
            if wrong is Wrong.STORE:
                yield Finding(wrong, name, "文件不见了")
            continue
        try:
            with closing(sqlite3.connect(path, timeout=10)) as database:
                database.text_factory = manifest.READABLE
                errors = [row[0] for row in database.execute(f"PRAGMA integrity_check({_STATED})")]
                parentless = database.execute("PRAGMA foreign_key_check").fetchall() if errors == ["ok"] else []
        except (sqlite3.Error, UnicodeDecodeError) as error:  # what is damaged may stand in the message
            errors, parentless = [str(error)], []
        if errors != ["ok"]:
            yield Finding(wrong, name, "；".join(errors))
        for table in sorted({row[0] for row in parentless}):
            yield Finding(Wrong.PARENTLESS, table, f"{sum(row[0] == table for row in parentless):,} 条")
