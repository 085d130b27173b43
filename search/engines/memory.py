"""The oracle: what every engine must answer, in the plainest code. One entry is looked at, at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from indexer.entry import Entry
from search.engine import Ask, IndexLocked, Page, Row, Sort
from search.engines.bm25 import bm25, idf, rounded
from search.match import All, Any, Key, Match, Not, Phrase, Range, Term


class MemoryEngine:
    """An index that lives as long as the program."""

    def __init__(self) -> None:
        self._entries: dict[str, _Held] = {}
        self._writing = False

    @contextmanager
    def batch(self) -> Iterator[_Batch]:
        """Begin a batch. Raises IndexLocked inside another one."""
        if self._writing:
            raise IndexLocked("索引正在写入。请等这一批结束后再试。")
        self._writing = True
        try:
            batch = _Batch(dict(self._entries))
            yield batch
            self._entries = batch.entries
        finally:
            self._writing = False

    def count(self) -> int:
        """How many entries there are."""
        return len(self._entries)

    def search(self, ask: Ask) -> Page:
        """Answer one question from the state of the last closed batch."""
        entries = self._entries
        found = [entry for entry in entries.values() if _holds(ask.match, entry)]
        if ask.sort is not None:
            places = {entry.id: _place(entry, ask.sort) for entry in found}
        else:
            weights = _Weights(entries)
            scores = {entry.id: sum(s.weight * weights.score(s.match, entry) for s in ask.rank) for entry in found}
            places = {name: -rounded(score) for name, score in scores.items()}
        order = sorted(places, key=lambda name: (places[name], name))
        page = order[ask.offset : ask.offset + ask.limit]
        rows = tuple(Row(name, -places[name] if ask.rank and ask.sort is None else 0.0) for name in page)
        return Page(len(found), rows, {key: _count(key, found) for key in ask.count})

    def close(self) -> None:
        """Forget everything."""
        self._entries = {}


@dataclass(frozen=True, slots=True)
class _Held:
    """An entry with its tokens split: token -> positions, for each field."""

    id: str
    tokens: Mapping[str, Mapping[str, tuple[int, ...]]]
    keys: Mapping[str, frozenset[str]]
    numbers: Mapping[str, tuple[int, ...]]

    def length(self, field: str) -> int:
        return sum(len(positions) for positions in self.tokens.get(field, {}).values())

    def positions(self, field: str, token: str) -> tuple[int, ...]:
        return self.tokens.get(field, {}).get(token, ())


class _Batch:
    """Changes to a copy of all entries."""

    def __init__(self, entries: dict[str, _Held]) -> None:
        self.entries = entries

    def put(self, entry: Entry) -> None:
        """Add the entry, or put it in place of the one with its id."""
        tokens = {name: _positions(text) for name, text in entry.tokens.items()}
        keys = {name: frozenset(values) for name, values in entry.keys.items()}
        self.entries[entry.id] = _Held(entry.id, tokens, keys, dict(entry.numbers))

    def delete(self, entry_id: str) -> None:
        """Remove the entry with this id, if there is one."""
        self.entries.pop(entry_id, None)


def _positions(text: str) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for position, token in enumerate(text.split(" ") if text else ()):
        found[token] = (*found.get(token, ()), position)
    return found


def _holds(match: Match, entry: _Held) -> bool:  # noqa: PLR0911 - one return for each kind of Match
    match match:
        case Term(field, token):
            return bool(entry.positions(field, token))
        case Phrase():
            return _occurrences(match, entry) > 0
        case Key("id", values):
            return entry.id in values
        case Key(field, values):
            return not values.isdisjoint(entry.keys.get(field, ()))
        case Range(field, low, high):
            numbers = entry.numbers.get(field, ())
            return any((low is None or low <= n) and (high is None or n <= high) for n in numbers)
        case All(parts):
            return all(_holds(part, entry) for part in parts)
        case Any(parts):
            return any(_holds(part, entry) for part in parts)
        case Not(part):
            return not _holds(part, entry)


def _occurrences(phrase: Phrase, entry: _Held) -> int:
    """How many positions have every token of the phrase at its distance."""
    starts = [{p - offset for p in entry.positions(phrase.field, token)} for offset, token in phrase.tokens]
    return len(set.intersection(*starts))


class _Weights:
    """Scores of entries, with the rarity of tokens taken over all of them."""

    def __init__(self, entries: Mapping[str, _Held]) -> None:
        self._entries = entries
        self._rarities: dict[tuple[str, str], float] = {}
        self._averages: dict[str, float] = {}

    def score(self, match: Match, entry: _Held) -> float:
        """The score of the terms and phrases by which the entry matches; 0 where it does not."""
        if not _holds(match, entry):
            return 0.0
        match match:
            case Term(field, token):
                frequency = len(entry.positions(field, token))
                return bm25(self._rarity(field, token), frequency, entry.length(field), self._average(field))
            case Phrase(field, tokens):
                return sum(self._rarity(field, token) for _, token in tokens)
            case All(parts) | Any(parts):
                return sum(self.score(part, entry) for part in parts)
            case Key() | Range() | Not():
                return 0.0

    def _rarity(self, field: str, token: str) -> float:
        if (field, token) not in self._rarities:
            holding = sum(bool(entry.positions(field, token)) for entry in self._entries.values())
            self._rarities[field, token] = idf(len(self._entries), holding)
        return self._rarities[field, token]

    def _average(self, field: str) -> float:
        if field not in self._averages:
            total = sum(entry.length(field) for entry in self._entries.values())
            self._averages[field] = total / len(self._entries)
        return self._averages[field]


def _place(entry: _Held, sort: Sort) -> float:
    """Where the entry stands in the order: by its largest number, infinitely far down without one."""
    largest = max(entry.numbers.get(sort.field, ()), default=None)
    if largest is None:
        return float("inf")
    return -largest if sort.descending else largest


def _count(key: str, found: list[_Held]) -> dict[str, int]:
    return dict(Counter(value for entry in found for value in entry.keys.get(key, ())))
