"""The index's tree: the questions any engine can answer, over tokens, keys and numbers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """Entries with `token` in the token field `field`."""

    field: str
    token: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Entries in which every (offset, token) stands that far after one common position. Two tokens or more."""

    field: str
    tokens: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Key:
    """Entries that have one of `values` in the key field `field`. The field `id` is every entry's own id."""

    field: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Range:
    """Entries with a number in `field` from `low` to `high`, both included; None is open."""

    field: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class All:
    """Entries that match every part; `All(())` is every entry."""

    parts: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Entries that match a part; `Any(())` is none."""

    parts: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Every entry that is not in `part`."""

    part: Match


Match = Term | Phrase | Key | Range | All | Any | Not


def has_phrase(match: Match) -> bool:
    """Whether places of tokens must be compared, to tell what matches."""
    match match:
        case All(parts) | Any(parts):
            return any(map(has_phrase, parts))
        case Not(part):
            return has_phrase(part)
        case _:
            return isinstance(match, Phrase)
