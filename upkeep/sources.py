"""The files that the library was made of, held against what was read of them."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import file_digest
from heapq import nlargest
from random import Random

import sqlalchemy as sa

from corpus.cause import cause
from corpus.records import FileRecord
from corpus.schema import files
from corpus.store import Folder, Store, Writing
from upkeep.findings import Finding, Wrong


def compare(store: Store, sample: int | None, random: Random) -> tuple[list[Finding], int]:
    """What is wrong with a sample of the sources (None: all), and how many were compared byte by byte.

    A file whose size or time is another was changed as files are; the next run sees to that.
    """
    reached, findings = [], []
    for folder in store.folders():
        if folder.path.is_dir():
            reached.append(folder)
        else:
            findings.append(Finding(Wrong.UNREACHED, str(folder.path)))
    records = ((folder, record) for folder in reached for record in store.files(folder.name) if record.content_hash)
    chosen = records if sample is None else iter(nlargest(sample, records, key=lambda _: random.random()))
    compared = 0
    for folder, record in chosen:
        wrong = _wrong(folder, record)
        if wrong is not None:
            compared += 1
            findings += wrong
    return findings, compared


def _wrong(folder: Folder, record: FileRecord) -> Sequence[Finding] | None:
    """What is wrong with a source; None where there is nothing to compare."""
    path = folder.path / record.path
    where = source_name(record.folder, record.path)
    try:
        state = path.stat()
        if (state.st_size, state.st_mtime_ns) != (record.size, record.mtime_ns):
            return None
        with path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return (Finding(Wrong.GONE, where),)
    except OSError as error:
        return (Finding(Wrong.UNREADABLE, where, cause(error)),)
    return () if digest == record.content_hash else (Finding(Wrong.ROTTEN, where),)


def source_name(folder: str, path: str) -> str:
    """A file as findings name it."""
    return f"{folder}/{path}"


def read_again(writing: Writing, names: Sequence[str]) -> None:
    """Have files read at the next run, whatever their size and time say; `names` as findings have them."""
    name = files.c.folder + "/" + files.c.path
    for one in names:
        writing.connection.execute(sa.update(files).where(name == one).values(reader=""))
