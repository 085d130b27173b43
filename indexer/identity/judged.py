"""What people judged of two appearances: one person, two persons, or one person under two names."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What was judged."""

    SAME = "same"
    DIFFERENT = "different"
    ALIAS = "alias"


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement in force about two appearances, each named by (folded name, document id)."""

    kind: Kind
    one: tuple[str, str]
    other: tuple[str, str]

    @property
    def joins(self) -> bool:
        """Whether it says that both are one person."""
        return self.kind is not Kind.DIFFERENT
