"""The engine for machines without a compiled wheel: Whoosh, all Python.

Whoosh keeps the postings; what matches and what it scores is worked out here, on sets of its document numbers. Its
own queries are not used: its Not can return deleted documents, and its Phrase knows no offsets.
"""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

from whoosh.columns import VarBytesColumn
from whoosh.fields import FieldType, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.formats import Existence, Positions
from whoosh.index import EmptyIndexError, FileIndex, exists

from indexer import fields
from indexer.entry import Entry
from indexer.fields import Stream
from search.engine import Ask, IndexMissing, Page
from search.engines.spelling import written, written_tokens
from search.engines.storage import check, guarded, locked, missing, prepare
from search.engines.whoosh_answer import answer

#: Goes up when the fields below do; a new minor version of Whoosh may write its files otherwise.
LAYOUT = f"whoosh/2/{'.'.join(version('whoosh-reloaded').split('.')[:2])}"
_MEGABYTES = 128  # of postings kept in memory before they are spilled


class WhooshEngine:
    """An index in the folder `path`. Any number of processes may search it while one writes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._index: FileIndex | None = None
        self._reader: Any = None

    @contextmanager
    def batch(self) -> Iterator[_Batch]:
        """Begin a batch; the index is made where there is none. What is put is held in memory until it closes."""
        prepare(self._path, LAYOUT)
        with _lock(self._path) as index:
            batch = _Batch()
            yield batch
            with guarded(self._path):
                _write(batch.changes, index)

    def count(self) -> int:
        """How many entries the index holds after the last closed batch; 0 where there is none."""
        try:
            with guarded(self._path):
                return int(self._latest().doc_count())
        except IndexMissing:
            return 0

    def search(self, ask: Ask) -> Page:
        """Answer one question from the state of the last closed batch."""
        with guarded(self._path):
            return answer(self._latest(), ask)

    def close(self) -> None:
        """Let go of the files."""
        if self._reader is not None:
            self._reader.close()
        self._index, self._reader = None, None

    def _latest(self) -> Any:
        """A reader on the last committed state, whichever process committed it."""
        check(self._path, LAYOUT)
        if self._index is None:
            self._index = _open(self._path)
        generation = self._index.latest_generation()
        if self._reader is None or self._reader.generation() != generation:
            self._reader = _read(self._index)
        return self._reader


class _Batch:
    """Changes by id, the last one for each: Whoosh cannot replace what the same writer added."""

    def __init__(self) -> None:
        self.changes: dict[str, Entry | None] = {}

    def put(self, entry: Entry) -> None:
        """Add the entry, or put it in place of the one with its id."""
        self.changes[entry.id] = entry

    def delete(self, entry_id: str) -> None:
        """Remove the entry with this id; nothing happens where there is none."""
        self.changes[entry_id] = None


class Tokens(FieldType):  # type: ignore[misc]  # Whoosh is untyped
    """A field of tokens joined by single spaces. A posting's weight is the frequency, its value the positions."""

    def __init__(self, stream: Stream) -> None:
        held = Positions() if stream is Stream.POSITIONS else Existence()
        super().__init__(held, analyzer=None, scorable=True)
        self.stream = stream

    def index(self, value: str, **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """(token, frequency, weight, positions) of each token."""
        found: dict[str, list[int]] = defaultdict(list)
        for position, token in enumerate(value.split(" ")):
            found[token].append(position)
        for token, positions in found.items():
            frequency = 1 if self.stream is Stream.SET else len(positions)
            where = array("I", positions).tobytes() if self.stream is Stream.POSITIONS else b""
            yield token.encode(), frequency, float(frequency), where


class Values(FieldType):  # type: ignore[misc]  # Whoosh is untyped
    """A field of whole values, listed together in a column, as JSON, and if `indexed` found by each."""

    def __init__(self, *, indexed: bool) -> None:
        super().__init__(Existence(), analyzer=None, sortable=VarBytesColumn())
        self.indexed = indexed

    def index(self, value: Sequence[str], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """(value, 1, 1.0, nothing) of each value."""
        for one in dict.fromkeys(value):
            yield one.encode(), 1, 1.0, b""

    def to_column_value(self, value: Sequence[str] | Sequence[int]) -> bytes:
        """The values in an order of their own, so that equal sets are equal bytes."""
        return json.dumps(sorted(set(value))).encode()


def _schema() -> Schema:
    held: dict[str, FieldType] = {name: Tokens(stream) for name, stream in fields.TOKENS.items()}
    held |= {name: Values(indexed=True) for name in ("id", *fields.KEYS)}
    held |= {name: Values(indexed=False) for name in fields.NUMBERS}
    return Schema(**held)


def _open(path: Path) -> FileIndex:
    try:
        return FileIndex(FileStorage(str(path)))
    except EmptyIndexError as error:
        raise missing(path) from error


def _read(index: FileIndex) -> Any:
    """A reader; once more where a commit swept the files away between finding their names and opening them."""
    for _ in range(5):
        with suppress(OSError):
            return index.reader()
    return index.reader()


@contextmanager
def _lock(path: Path) -> Iterator[FileIndex]:
    """The index, made where there is none, while nobody else writes.

    The lock is taken here and not by Whoosh's writer, which keeps it for good when a commit fails.
    """
    with guarded(path):
        storage = FileStorage(str(path))
        lock = storage.lock("batch.lock")
        if not lock.acquire():
            raise locked(path)
    try:
        with guarded(path):
            index = FileIndex(storage) if exists(storage) else FileIndex.create(storage, _schema())
        yield index
    finally:
        lock.release()


def _write(changes: dict[str, Entry | None], index: FileIndex) -> None:
    """Write a whole batch, or leave the index as it was."""
    writer = index.writer(limitmb=_MEGABYTES, _lk=False)
    try:
        with writer.reader() as reader:
            for entry_id in changes:
                term = written(entry_id).encode()
                if ("id", term) in reader:
                    for number in reader.postings("id", term).all_ids():
                        writer.delete_document(number)
        for entry in changes.values():
            if entry is not None:
                writer.add_document(**_document(entry))
        writer.commit()
    except BaseException:
        with suppress(Exception):
            writer.cancel()  # sweeps its temporary files; a disk that is full may keep it from it
        raise


def _document(entry: Entry) -> dict[str, Any]:
    keys = {"id": (entry.id,), **entry.keys}
    document: dict[str, Any] = {name: [written(value) for value in values] for name, values in keys.items()}
    document |= {name: written_tokens(tokens) for name, tokens in entry.tokens.items()}
    document |= entry.numbers
    # An empty text would be one empty token.
    return {name: value for name, value in document.items() if value}
