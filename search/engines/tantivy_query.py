"""The index's tree as tantivy's query objects, and the schema they are built on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import tantivy
from tantivy import FieldType, Occur, Query

from indexer import fields
from indexer.fields import Stream
from search.engine import Signal
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
#: What a phrase scores where it stands: the sum of the rarities of its tokens, which the index must be asked for.
Rarity = Callable[[Phrase], float]
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


def plain(match: Match) -> Query:  # noqa: PLR0911 - one return for each kind of Match
    """The query that finds what matches. Its scores mean nothing."""
    match match:
        case Term(field, token):
            return Query.term_query(SCHEMA, field, written_token(token), "basic")
        case Phrase():
            return _phrase(match)
        case Key(field, values):
            return _one_of(field, [written(value) for value in values])
        case Range():
            return _range(match)
        case All(parts):
            return _all(parts)
        case Any(parts):
            return Query.boolean_query([(Occur.Should, plain(part)) for part in parts])
        case Not():
            return _all((match,))


def scored(match: Match, rarity: Rarity) -> Query:
    """The query that finds what matches and scores it by its terms and phrases."""
    match match:
        case Term(field, token):
            return Query.term_query(SCHEMA, field, written_token(token), "freq")
        case Phrase():
            return Query.const_score_query(_phrase(match), rarity(match))
        case All(parts) if parts:
            return Query.boolean_query([(Occur.Must, scored(part, rarity)) for part in parts])
        case Any(parts):
            return Query.boolean_query([(Occur.Should, scored(part, rarity)) for part in parts])
        case _:
            return Query.const_score_query(plain(match), 0.0)


def _all(parts: tuple[Match, ...]) -> Query:
    """What matches every part: those that say Not are taken away from the others, or from everything."""
    positive = [(Occur.Must, plain(part)) for part in parts if not isinstance(part, Not)]
    negative = [(Occur.MustNot, plain(part.part)) for part in parts if isinstance(part, Not)]
    return Query.boolean_query((positive or [(Occur.Must, Query.all_query())]) + negative)


def _one_of(field: str, values: Sequence[str]) -> Query:
    if len(values) > _FEW:
        return Query.term_set_query(SCHEMA, field, values)
    terms = [Query.term_query(SCHEMA, field, value, "basic") for value in values]
    return terms[0] if len(terms) == 1 else Query.boolean_query([(Occur.Should, term) for term in terms])


def _phrase(phrase: Phrase) -> Query:
    first = min(offset for offset, _ in phrase.tokens)
    words: list[str | tuple[int, str]] = [
        (offset - first, written_token(token)) for offset, token in sorted(phrase.tokens)
    ]
    return Query.phrase_query(SCHEMA, phrase.field, words)


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


def ranked(match: Match, signals: tuple[Signal, ...], rarity: Rarity) -> Query:
    """The entries of `match`, each with the score of the signals it meets.

    A part of the match that a signal scores is asked once, for both: two thirds of the time of a phrase is its search.
    """
    weights = weighed(signals)
    must: list[Query] = []
    must_not: list[Query] = []
    for part in conjuncts(match):
        if isinstance(part, Not):
            must_not.append(plain(part.part))
        else:
            must.append(_part(part, weights, rarity))
    return Query.boolean_query(
        [(Occur.Must, part) for part in must or [Query.const_score_query(Query.all_query(), 0.0)]]
        + [(Occur.MustNot, part) for part in must_not]
        + [(Occur.Should, part) for part in _boosted(weights, rarity)]
    )


def union(weights: Mapping[Match, float], rarity: Rarity) -> Query:
    """Whatever meets one of the matches, with the sum of the weighted scores of those it meets."""
    return Query.boolean_query([(Occur.Should, part) for part in _boosted(weights, rarity)])


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


def _boosted(weights: Mapping[Match, float], rarity: Rarity) -> Iterator[Query]:
    for part, weight in weights.items():
        yield Query.boost_query(scored(part, rarity), weight)


def _part(part: Match, weights: dict[Match, float], rarity: Rarity) -> Query:
    """The query of a part, with the scores of what is weighed in it; that is taken out of `weights`."""
    alternatives = list(dict.fromkeys(_alternatives(part)))
    if not any(one in weights for one in alternatives):
        return Query.const_score_query(plain(part), 0.0)
    asked = [
        Query.boost_query(scored(one, rarity), weights.pop(one))
        if one in weights
        else Query.const_score_query(plain(one), 0.0)
        for one in alternatives
    ]
    return asked[0] if len(asked) == 1 else Query.boolean_query([(Occur.Should, one) for one in asked])


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
