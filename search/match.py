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
    """Entries in which every (offset, token) stands that far after one common position. Two tokens or more.

    Who asks may know that every entry with one of the terms `implied_by` has the phrase; an engine may make use of it.
    """

    field: str
    tokens: tuple[tuple[int, str], ...]
    implied_by: tuple[Term, ...] = ()


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


def phrases_of(match: Match) -> tuple[Phrase, ...]:
    """The phrases in a match: what places of tokens must be compared for."""
    match match:
        case Phrase():
            return (match,)
        case All(parts) | Any(parts):
            return tuple(phrase for part in parts for phrase in phrases_of(part))
        case Not(part):
            return phrases_of(part)
        case _:
            return ()
