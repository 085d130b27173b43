"""What screening asks of the library's people: who bears a name, and what is known of them from all documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from search.screening.context import Told


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the library: an id, the documents that name them, and what these tell."""

    id: str
    documents: frozenset[str]
    told: Told


class People(Protocol):
    """The people of a library, told apart."""

    def names(self) -> Iterable[str]:
        """Every name that a person of the library bears, as printed."""
        ...

    def named(self, name: str) -> Sequence[Person]:
        """The people of that name, apart."""
        ...

    def aliases(self, name: str) -> Sequence[str]:
        """Other names that somebody of that name is known by."""
        ...


class Nobody:
    """A library whose people were not told apart yet."""

    def names(self) -> Iterable[str]:
        """No name."""
        return ()

    def named(self, _name: str) -> Sequence[Person]:
        """Nobody."""
        return ()

    def aliases(self, _name: str) -> Sequence[str]:
        """None."""
        return ()
