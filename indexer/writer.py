"""What the indexer asks of an index: batches of puts and deletes, each seen whole or not at all."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from indexer.entry import Entry


class Batch(Protocol):
    """Changes that become visible together when the batch closes without an exception, else not at all."""

    def put(self, entry: Entry) -> None:
        """Add the entry, or put it in place of the one with its id."""

    def delete(self, entry_id: str) -> None:
        """Remove the entry with this id; nothing happens where there is none."""


class IndexWriter(Protocol):
    """An index that can be written. One batch at a time."""

    def batch(self) -> AbstractContextManager[Batch]:
        """Begin a batch. Raises IndexLocked where another process writes, EngineUnavailable where it cannot."""

    def count(self) -> int:
        """How many entries the index holds after the last closed batch."""
