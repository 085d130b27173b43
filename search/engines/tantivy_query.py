"""The index's tree as tantivy's query objects, and the schema they are built on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

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

_RECORDS = {Stream.SET: "basic", Stream.FREQUENCIES: "freq", Stream.POSITIONS: "position"}
_INT64 = (-(2**63), 2**63 - 1)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field(ID_START, fast=True)
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
            return Query.term_set_query(SCHEMA, field, [written(value) for value in values])
        case Range():
            return _range(match)
        case All(parts):
            return _all(parts)
        case Any(parts):
            return Query.boolean_query([(Occur.Should, plain(part)) for part in parts])
        case Not():
            return _all((match,))


def scored(match: Match) -> Query:
    """The query that finds what matches and scores it by its terms and phrases."""
    match match:
        case Term(field, token):
            return Query.term_query(SCHEMA, field, written_token(token), "freq")
        case Phrase():
            return _phrase(match)
        case All(parts) if parts:
            return Query.boolean_query([(Occur.Must, scored(part)) for part in parts])
        case Any(parts):
            return Query.boolean_query([(Occur.Should, scored(part)) for part in parts])
        case _:
            return Query.const_score_query(plain(match), 0.0)


def _all(parts: tuple[Match, ...]) -> Query:
    """What matches every part: those that say Not are taken away from the others, or from everything."""
    positive = [(Occur.Must, plain(part)) for part in parts if not isinstance(part, Not)]
    negative = [(Occur.MustNot, plain(part.part)) for part in parts if isinstance(part, Not)]
    return Query.boolean_query((positive or [(Occur.Must, Query.all_query())]) + negative)


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


def ranked(match: Match, signals: tuple[Signal, ...]) -> Query:
    """The entries of `match`, each with the score of the signals it meets.

    A part of the match that a signal scores is asked once, for both: two thirds of the time of a phrase is its search.
    """
    weights = _weights(signals)
    must: list[Query] = []
    must_not: list[Query] = []
    for part in match.parts if isinstance(match, All) else (match,):
        if isinstance(part, Not):
            must_not.append(plain(part.part))
        else:
            must.append(_weighed(part, weights))
    return Query.boolean_query(
        [(Occur.Must, part) for part in must or [Query.const_score_query(Query.all_query(), 0.0)]]
        + [(Occur.MustNot, part) for part in must_not]
        + [(Occur.Should, Query.boost_query(scored(part), weight)) for part, weight in weights.items()]
    )


def best_first(match: Match, signals: tuple[Signal, ...], is_common: Callable[[Term], bool]) -> Query | None:
    """All that the signals score, with those scores, in a form of which tantivy can find the best without scoring all.

    That is a union of terms. None where the signals are made of more, or where not every part of the match is likely
    met by many entries: where it is no term of a signal that is common.
    """
    weights = _weights(signals)
    terms = [part for part in weights if isinstance(part, Term)]
    if not terms or len(terms) < len(weights):
        return None
    common = {term for term in terms if is_common(term)}
    for part in match.parts if isinstance(match, All) else (match,):
        if not isinstance(part, Not) and common.isdisjoint(_alternatives(part)):
            return None
    return Query.boolean_query([(Occur.Should, Query.boost_query(scored(term), weights[term])) for term in terms])


def _weights(signals: tuple[Signal, ...]) -> dict[Match, float]:
    """What is weighed, and how much."""
    weights: dict[Match, float] = {}
    for signal in signals:
        for part in _alternatives(signal.match):
            weights[part] = weights.get(part, 0.0) + signal.weight
    return weights


def _weighed(part: Match, weights: dict[Match, float]) -> Query:
    """The query of a part, with the scores of what is weighed in it; that is taken out of `weights`."""
    alternatives = list(dict.fromkeys(_alternatives(part)))
    if not any(one in weights for one in alternatives):
        return Query.const_score_query(plain(part), 0.0)
    asked = [
        Query.boost_query(scored(one), weights.pop(one)) if one in weights else Query.const_score_query(plain(one), 0.0)
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
