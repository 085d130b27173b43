"""Files that are known under another path: what is known of them moves with them, and nothing is read again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from corpus.document import Document, document_id
from corpus.moving import Moved, move_files, moved_source
from corpus.records import FileRecord, Folder
from corpus.title import stem
from indexer import deriving, duplicates, extractions, keeping, ledger
from indexer.changes import FileChange
from indexer.ingest import Stored
from indexer.scan import Found

if TYPE_CHECKING:
    from indexer.run import Run

_SOME = 500  # files at a time
_FIGURES = re.compile(r"\d+")


def move(run: Run, folder: Folder, moved: Sequence[FileChange]) -> list[FileChange]:
    """Move in the library what was moved in the folder; return what must be read all the same.

    Raises StoreError, an error of the index, or Stopped.
    """
    read_anew: list[FileChange] = []
    for start in range(0, len(moved), _SOME):
        some = moved[start : start + _SOME]
        held = _held(run, folder, [change.was.path for change in some if change.was])
        carried: list[Moved] = []
        for change in some:
            assert change.found  # noqa: S101 - what is moved
            assert change.was  # noqa: S101 - is there, and was
            documents = held[change.was.path]
            if change.known_hash and not _tells(change.was.path, change.path, documents):
                carried.append(_moved(change.was, change.found, documents))
            else:
                read_anew.append(replace(change, known_hash=""))
        if carried:
            _carry(run, carried)
    return read_anew


def _held(run: Run, folder: Folder, paths: Sequence[str]) -> Mapping[str, list[Document]]:
    """The documents in files, by the paths of the files."""
    held: dict[str, list[Document]] = {path: [] for path in paths}
    for document in run.store.documents_of(folder.name, paths):
        parts = document.source.split("!/")  # a folder's name may end in an exclamation mark
        beginnings = ("!/".join(parts[:count]) for count in range(1, len(parts) + 1))
        held[next(path for path in beginnings if path in held)].append(document)
    return held


def _tells(old: str, new: str, documents: Sequence[Document]) -> bool:
    """Whether a reader may find other things in a file for its new name: its kind, its title or its date."""
    before, after = PurePosixPath(old), PurePosixPath(new)
    if before.name == after.name:
        return False
    own = [document for document in documents if document.source == old]
    dated = all("date" in document.meta and document.meta["date"].origin != "file" for document in own)
    return (
        before.suffix != after.suffix
        or any(document.title == stem(old) for document in own)
        or not (dated or _FIGURES.findall(before.name) == _FIGURES.findall(after.name))
    )


def _moved(was: FileRecord, found: Found, documents: Sequence[Document]) -> Moved:
    now = replace(
        was, path=found.path, size=found.size, mtime_ns=found.mtime_ns, inode=found.inode, beside=found.beside
    )
    sources = {document.id: moved_source(document.source, was, now.path) for document in documents}
    there = {
        document.id: replace(document, id=document_id(now.folder, sources[document.id]), source=sources[document.id])
        for document in documents
    }
    return Moved(was, now, there)


def _carry(run: Run, files: Sequence[Moved]) -> None:
    """Give documents their new ids: in the store, where all else that is known of them follows, and in the index."""
    now = {old: document for file in files for old, document in file.documents.items()}
    known = extractions.fetch(run.store, list(now))
    tasks = [Stored(document, known.get(old)) for old, document in now.items()]
    made = list(keeping.analyses(run, tasks, len(tasks)))
    run.go_on()
    with run.store.begin() as writing:
        duplicates.remove(writing, list(now))
        deriving.forget(run, writing, list(now))
        move_files(writing, files)
        ledger.open_(writing, [analysis.entry.id for analysis in made])
        keeping.sign(writing, made)
    keeping.commit(run, [analysis.entry for analysis in made], list(now))
