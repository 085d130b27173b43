"""Answers a question from a Whoosh reader, by arithmetic on sets of its document numbers."""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from heapq import nsmallest
from math import inf
from typing import Any as Untyped

from search.engine import Ask, Page, Row, Signal, Sort
from search.engines.bm25 import bm25, idf, rounded
from search.engines.spelling import read, written, written_token
from search.match import All, Any, Key, Match, Not, Phrase, Range, Term


def answer(reader: Untyped, ask: Ask) -> Page:
    """The page for one question. `reader` is a Whoosh index reader."""
    leaves = [_Leaf(leaf, reader) for leaf, _ in reader.leaf_readers()] if reader.doc_count() else []
    found = [(leaf, leaf.matching(ask.match, leaf.everything)) for leaf in leaves]
    total = sum(len(documents) for _, documents in found)
    rows = _rows(ask, found) if ask.limit else ()
    return Page(total, tuple(rows), {name: _count(name, found) for name in ask.count})


class _Leaf:
    """One segment. `whole` is the reader over all of them, from which rarity and average length are taken."""

    def __init__(self, reader: Untyped, whole: Untyped) -> None:
        self._reader = reader
        self._whole = whole
        self.everything = set(reader.all_doc_ids())

    def matching(self, match: Match, within: set[int]) -> set[int]:  # noqa: PLR0911 - one return for each kind of Match
        """The documents of `within` that match."""
        match match:
            case Term(field, token):
                return self._holding(field, _term(token), within)
            case Phrase():
                return set(self._occurrences(match, within))
            case Key(field, values):
                return self._holding_any(field, (written(value).encode() for value in values), within)
            case Range(field, low, high):
                least, most = -inf if low is None else low, inf if high is None else high
                return {d for d, numbers in self._lists(field, within) if any(least <= n <= most for n in numbers)}
            case All(parts):
                for part in sorted(parts, key=self._size):
                    within = self.matching(part, within)
                return within
            case Any(parts):
                return set().union(*(self.matching(part, within) for part in parts))
            case Not(part):
                return within - self.matching(part, within)

    def scores(self, match: Match, within: set[int]) -> dict[int, float]:
        """The score of the terms and phrases by which documents of `within` match; the others are left out."""
        match match:
            case Term(field, token):
                held = self._visit(field, _term(token), self._holding(field, _term(token), within))
                return self._weigh(field, token, ((d, postings.weight()) for d, postings in held))
            case Phrase(field, tokens):
                rarity = sum(self._rarity(field, token) for _, token in tokens)
                return dict.fromkeys(self._occurrences(match, within), rarity)
            case All(parts) | Any(parts):
                documents = self.matching(match, within)
                scores: dict[int, float] = {}
                for part in parts:
                    _add(scores, self.scores(part, documents), 1.0)
                return scores
            case Key() | Range() | Not():
                return {}

    def places(self, sort: Sort, documents: Iterable[int]) -> dict[int, float]:
        """Where documents stand in the order: by their largest number, infinitely far down without one."""
        sign = -1 if sort.descending else 1
        largest = {document: max(numbers) for document, numbers in self._lists(sort.field, documents)}
        return {document: sign * largest[document] if document in largest else inf for document in documents}

    def count(self, field: str, documents: Iterable[int]) -> Counter[str]:
        """How many of the documents have each value of a key field."""
        counts = Counter[str]()
        for values, times in Counter(values for _, values in self._column(field, documents)).items():
            counts.update(dict.fromkeys(json.loads(values), times))
        return counts

    def names(self, documents: Iterable[int]) -> dict[int, str]:
        """The ids of documents."""
        return {document: read(values[0]) for document, values in self._lists("id", documents)}

    def _lists(self, field: str, documents: Iterable[int]) -> Iterator[tuple[int, list[Untyped]]]:
        """Of the documents that have values in a field, the values."""
        for document, values in self._column(field, documents):
            yield document, json.loads(values)

    def _column(self, field: str, documents: Iterable[int]) -> Iterator[tuple[int, bytes]]:
        """The same as they are written: JSON."""
        if self._reader.has_column(field):
            column = self._reader.column_reader(field, translate=False)
            for document in documents:
                if values := column[document]:
                    yield document, values

    def _holding(self, field: str, term: bytes, within: set[int]) -> set[int]:
        """The documents of `within` that hold a term: read through, or looked up where `within` is much smaller."""
        frequency = self._reader.doc_frequency(field, term)
        if not frequency or not within:
            return set()
        if len(within) * 16 < frequency:
            return {document for document, _ in self._visit(field, term, within)}
        return within.intersection(self._reader.postings(field, term).all_ids())

    def _holding_any(self, field: str, terms: Iterable[bytes], within: set[int]) -> set[int]:
        return set().union(*(self._holding(field, term, within) for term in terms))

    def _visit(self, field: str, term: bytes, documents: set[int]) -> Iterator[tuple[int, Untyped]]:
        """Each of the documents that holds a term, in order, with the postings standing at it."""
        if not documents or not self._reader.doc_frequency(field, term):
            return
        postings = self._reader.postings(field, term)
        for document in sorted(documents):
            if not postings.is_active():
                return
            postings.skip_to(document)
            if postings.is_active() and postings.id() == document:
                yield document, postings

    def _occurrences(self, phrase: Phrase, within: set[int]) -> dict[int, int]:
        """Document -> at how many positions every token of the phrase stands at its distance."""
        terms = sorted(((offset, _term(token)) for offset, token in phrase.tokens), key=self._rarest(phrase.field))
        for term in dict.fromkeys(term for _, term in terms):
            within = self._holding(phrase.field, term, within)
        starts: dict[int, set[int]] = {}
        for nth, (offset, term) in enumerate(terms):
            held = self._visit(phrase.field, term, set(starts) if nth else within)
            here = {d: {at - offset for at in array("I", postings.value())} for d, postings in held}
            starts = {d: both for d, at in here.items() if (both := at & starts[d] if nth else at)}
        return {document: len(at) for document, at in starts.items()}

    def _rarest(self, field: str) -> Untyped:
        return lambda term: self._reader.doc_frequency(field, term[1])

    def _size(self, match: Match) -> float:
        """About how many documents match, to begin with the fewest."""
        match match:
            case Term(field, token):
                return float(self._reader.doc_frequency(field, _term(token)))
            case Phrase(field, tokens):
                return min(float(self._reader.doc_frequency(field, _term(token))) for _, token in tokens)
            case Any(parts):
                return sum(map(self._size, parts))
            case All(parts):
                return min(map(self._size, parts), default=inf)
            case Key() | Range() | Not():
                return inf

    def _weigh(self, field: str, token: str, frequencies: Iterable[tuple[int, float]]) -> dict[int, float]:
        """The scores of documents in which a token occurs so many times."""
        average = self._whole.field_length(field) / self._whole.doc_count_all()
        rarity = self._rarity(field, token)
        length = self._reader.doc_field_length
        return {d: bm25(rarity, frequency, length(d, field) or 0, average) for d, frequency in frequencies}

    def _rarity(self, field: str, token: str) -> float:
        return idf(self._whole.doc_count_all(), self._whole.doc_frequency(field, _term(token)))


_Found = list[tuple[_Leaf, set[int]]]


def _term(token: str) -> bytes:
    return written_token(token).encode()


def _add(scores: dict[int, float], more: dict[int, float], weight: float) -> None:
    for document, score in more.items():
        scores[document] = scores.get(document, 0.0) + weight * score


def _rows(ask: Ask, found: _Found) -> Iterator[Row]:
    """The rows of the page. Ids are read only of documents that may be on it."""
    wanted = ask.offset + ask.limit
    placed = [(leaf, _places(ask, leaf, documents)) for leaf, documents in found]
    first = nsmallest(wanted, (place for _, places in placed for place in places.values()))
    standing: list[tuple[float, str]] = []
    for leaf, places in placed:
        names = leaf.names(document for document, place in places.items() if place <= first[-1])
        standing += [(places[document], name) for document, name in names.items()]
    scored = bool(ask.rank) and ask.sort is None
    for place, name in sorted(standing)[ask.offset : wanted]:
        yield Row(name, -place if scored else 0.0)


def _places(ask: Ask, leaf: _Leaf, documents: set[int]) -> dict[int, float]:
    return leaf.places(ask.sort, documents) if ask.sort else _ranked(ask.rank, leaf, documents)


def _ranked(signals: Iterable[Signal], leaf: _Leaf, documents: set[int]) -> dict[int, float]:
    scores: dict[int, float] = {}
    for signal in signals:
        _add(scores, leaf.scores(signal.match, documents), signal.weight)
    return {document: -rounded(scores.get(document, 0.0)) for document in documents}


def _count(field: str, found: _Found) -> dict[str, int]:
    counts = sum((leaf.count(field, documents) for leaf, documents in found), Counter[str]())
    return {read(value): count for value, count in counts.items()}
