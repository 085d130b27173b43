"""A list of values that may be long, kept on disk: written once from beginning to end, read as often as one likes."""

from __future__ import annotations

import pickle
from collections.abc import Collection, Iterator
from tempfile import SpooledTemporaryFile
from typing import TypeVar

Value = TypeVar("Value")

_IN_MEMORY = 2**20  # bytes


class Spool(Collection[Value]):
    """A list of values that can be pickled. Its file goes with it, however the program ends."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - lives as long as the list
        self._count = 0

    def append(self, value: Value) -> None:
        """Add a value at the end."""
        pickle.dump(value, self._file, pickle.HIGHEST_PROTOCOL)
        self._count += 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Value]:
        """Go through the values, one reader at a time."""
        self._file.seek(0)
        for _ in range(self._count):
            yield pickle.load(self._file)  # noqa: S301 - written by this process
        self._file.seek(0, 2)

    def __contains__(self, value: object) -> bool:
        return any(value == held for held in self)
