"""The index's tree as tantivy's query objects, and the schema they are built on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import tantivy
from tantivy import FieldType, Occur, Query

from indexer import fields
from indexer.fields import Stream
from search.engine import Signal
from search.engines.bm25 import idf
from search.engines.spelling import written, written_token
from search.match import All, Any, Key, Match, Not, Phrase, Range, Term

#: Name of the tokenizer that splits at spaces; the index must register it.
SPLITTER = "spaces"
#: The first 8 bytes of the id as a number that sorts as ids do: tantivy has ranges over numbers only.
ID_START = "id_start"
#: Which share of the library an entry is in, for threads that search side by side. Entries lie in runs of one share, so
#: that a search of a share passes over the others by whole blocks.
SHARE = "share"
SHARES = tuple(f"{number:x}" for number in range(16))

_RECORDS = {Stream.SET: "basic", Stream.FREQUENCIES: "freq", Stream.POSITIONS: "position"}
_INT64 = (-(2**63), 2**63 - 1)
#: Up to so many values are found faster one by one than by a walk through all values of the field.
_FEW = 1000


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field(ID_START, fast=True)
    builder.add_text_field(SHARE, tokenizer_name="raw", index_option="basic")
    for name, stream in fields.TOKENS.items():
        builder.add_text_field(name, tokenizer_name=SPLITTER, index_option=_RECORDS[stream])
    for name in fields.KEYS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in fields.NUMBERS:
        builder.add_integer_field(name, fast=True)
    return builder.build()


SCHEMA = _schema()


def id_start(entry_id: str) -> int:
    """The value of ID_START for an entry."""
    return int.from_bytes(written(entry_id).encode()[:8].ljust(8, b"\0"), "big")


class Queries:
    """The queries for the state of the index that a searcher sees. The index tells them what is rare in it."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self.searcher = searcher

    def plain(self, match: Match) -> Query:  # noqa: PLR0911 - one return for each kind of Match
        """The query that finds what matches. Its scores mean nothing."""
        match match:
            case Term(field, token):
                return _term(field, token)
            case Phrase():
                return self._phrase(match)
            case Key(field, values):
                return _one_of(field, [written(value) for value in values])
            case Range():
                return _range(match)
            case All(parts):
                return self._all(parts)
            case Any(parts):
                return Query.boolean_query([(Occur.Should, self.plain(part)) for part in parts])
            case Not():
                return self._all((match,))

    def scored(self, match: Match) -> Query:
        """The query that finds what matches and scores it by its terms and phrases."""
        match match:
            case Term(field, token):
                return Query.term_query(SCHEMA, field, written_token(token), "freq")
            case Phrase():
                return Query.const_score_query(self._phrase(match), self.rarity(match))
            case All(parts) if parts:
                return Query.boolean_query([(Occur.Must, self.scored(part)) for part in parts])
            case Any(parts):
                return Query.boolean_query([(Occur.Should, self.scored(part)) for part in parts])
            case _:
                return Query.const_score_query(self.plain(match), 0.0)

    def ranked(self, match: Match, signals: tuple[Signal, ...]) -> Query:
        """The entries of `match`, each with the score of the signals it meets.

        A part of the match that a signal scores is asked once, for both: two thirds of the time of a phrase is its
        search.
        """
        weights = weighed(signals)
        must: list[Query] = []
        must_not: list[Query] = []
        for part in conjuncts(match):
            if isinstance(part, Not):
                must_not.append(self.plain(part.part))
            else:
                must.append(self._part(part, weights))
        return Query.boolean_query(
            [(Occur.Must, part) for part in must or [Query.const_score_query(Query.all_query(), 0.0)]]
            + [(Occur.MustNot, part) for part in must_not]
            + [(Occur.Should, part) for part in self._boosted(weights)]
        )

    def union(self, weights: Mapping[Match, float]) -> Query:
        """Whatever meets one of the matches, with the sum of the weighted scores of those it meets."""
        return Query.boolean_query([(Occur.Should, part) for part in self._boosted(weights)])

    def rarity(self, phrase: Phrase) -> float:
        """What a phrase scores where it stands: the sum of the rarities of its tokens."""
        held = [self.holding(phrase.field, token) for _, token in phrase.tokens]
        # What was deleted counts until the next merge: more may hold a token than there are entries.
        return sum(idf(max(self.searcher.num_docs, holding), holding) for holding in held)

    def holding(self, field: str, token: str) -> int:
        """How many entries hold a token. What was deleted counts until the next merge, here and below."""
        return self.searcher.doc_freq(field, written_token(token))

    def most(self, phrase: Phrase) -> int:
        """How many entries have a phrase, at most."""
        return min(self.holding(phrase.field, token) for _, token in phrase.tokens)

    def compared(self, phrase: Phrase) -> int:
        """In how many entries places must be compared to find a phrase, about."""
        return self.most(phrase) - self.implied(phrase)

    def implied(self, phrase: Phrase) -> int:
        """How many entries are known to have a phrase by what implies it, about."""
        return min(self.most(phrase), sum(self.holding(term.field, term.token) for term in phrase.implied_by))

    def _all(self, parts: tuple[Match, ...]) -> Query:
        """What matches every part: those that say Not are taken away from the others, or from everything."""
        positive = [(Occur.Must, self.plain(part)) for part in parts if not isinstance(part, Not)]
        negative = [(Occur.MustNot, self.plain(part.part)) for part in parts if isinstance(part, Not)]
        return Query.boolean_query((positive or [(Occur.Must, Query.all_query())]) + negative)

    def _phrase(self, phrase: Phrase) -> Query:
        """Places are compared in those entries only that are not known to have the phrase."""
        first = min(offset for offset, _ in phrase.tokens)
        words: list[str | tuple[int, str]] = [
            (offset - first, written_token(token)) for offset, token in sorted(phrase.tokens)
        ]
        everywhere = Query.phrase_query(SCHEMA, phrase.field, words)
        if not self.implied(phrase):
            return everywhere
        known = [_term(term.field, term.token) for term in phrase.implied_by]
        rarest = min((token for _, token in phrase.tokens), key=lambda token: self.holding(phrase.field, token))
        others = [(Occur.Must, _term(phrase.field, rarest)), *((Occur.MustNot, term) for term in known)]
        # Without brackets of their own, these would be taken away after the places were compared.
        elsewhere = Query.boolean_query([(Occur.Must, Query.boolean_query(others)), (Occur.Must, everywhere)])
        return Query.boolean_query([(Occur.Should, one) for one in (*known, elsewhere)])

    def _boosted(self, weights: Mapping[Match, float]) -> Iterator[Query]:
        for part, weight in weights.items():
            yield Query.boost_query(self.scored(part), weight)

    def _part(self, part: Match, weights: dict[Match, float]) -> Query:
        """The query of a part, with the scores of what is weighed in it; that is taken out of `weights`."""
        alternatives = list(dict.fromkeys(_alternatives(part)))
        if not any(one in weights for one in alternatives):
            return Query.const_score_query(self.plain(part), 0.0)
        asked = [
            Query.boost_query(self.scored(one), weights.pop(one))
            if one in weights
            else Query.const_score_query(self.plain(one), 0.0)
            for one in alternatives
        ]
        return asked[0] if len(asked) == 1 else Query.boolean_query([(Occur.Should, one) for one in asked])


def conjuncts(match: Match) -> tuple[Match, ...]:
    """The parts that every matching entry matches."""
    return match.parts if isinstance(match, All) else (match,)


def weighed(signals: tuple[Signal, ...]) -> dict[Match, float]:
    """What is weighed, and how much."""
    weights: dict[Match, float] = {}
    for signal in signals:
        for part in _alternatives(signal.match):
            weights[part] = weights.get(part, 0.0) + signal.weight
    return weights


def _alternatives(match: Match) -> Iterator[Match]:
    """The parts whose scores add up to the score of `match`: one flat union is a third faster than nested ones."""
    if isinstance(match, Any):
        for part in match.parts:
            yield from _alternatives(part)
    else:
        yield match


def up_to(query: Query, ceiling: str) -> Query:
    """The query without entries whose id is certainly greater; scores stay as they are."""
    within = Query.range_query(SCHEMA, ID_START, FieldType.Unsigned, None, id_start(ceiling))
    return Query.boolean_query([(Occur.Must, query), (Occur.Must, Query.const_score_query(within, 0.0))])


def shares(query: Query, count: int) -> list[Query]:
    """The query, cut into so many that together find what it finds, each about as much, and none what another does."""
    named = [SHARES[first::count] for first in range(min(count, len(SHARES)))]
    # A set of terms becomes a set of bits, which can be skipped through; a range or a union is asked entry by entry.
    return [
        Query.boolean_query([(Occur.Must, query), (Occur.Must, Query.term_set_query(SCHEMA, SHARE, list(some)))])
        for some in named
    ]


def _term(field: str, token: str) -> Query:
    return Query.term_query(SCHEMA, field, written_token(token), "basic")


def _one_of(field: str, values: Sequence[str]) -> Query:
    if len(values) > _FEW:
        return Query.term_set_query(SCHEMA, field, values)
    terms = [Query.term_query(SCHEMA, field, value, "basic") for value in values]
    return terms[0] if len(terms) == 1 else Query.boolean_query([(Occur.Should, term) for term in terms])


def _range(within: Range) -> Query:
    low, high = within.low, within.high
    if low is None and high is None:
        return Query.exists_query(within.field)
    least, most = _INT64
    if (low is not None and low > most) or (high is not None and high < least):
        return Query.empty_query()
    return Query.range_query(
        SCHEMA,
        within.field,
        FieldType.Integer,
        None if low is None else max(low, least),
        None if high is None else min(high, most),
    )
