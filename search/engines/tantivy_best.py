"""Where very many entries match, the best of them are found without scoring all.

tantivy finds the best of what a union of terms scores by passing over whole blocks of entries that cannot be among
them; it cannot do so where anything but terms takes part. But a phrase scores the same wherever it stands. So the best
by terms alone are looked at first, and those that match get what their phrases score besides. They are the best of all
as soon as no other entry, with every phrase that it may yet have, could come between them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from math import inf

import tantivy
from tantivy import Occur, Query

from search.engine import Ask, Row
from search.engines.bm25 import rounded
from search.engines.spelling import read, written
from search.engines.tantivy_query import SCHEMA, Queries, conjuncts, weighed
from search.match import All, Any, Key, Match, Not, Phrase, Range, Term, phrases_of

#: So many postings are looked at in the time that it takes to find the best by terms of a large library, and in the
#: time that it takes to ask for one phrase, or for all terms, among them.
_AHEAD, _ASKED = 300_000, 120_000
#: Of so many entries that may match, all are not scored.
COMMON = 50_000
#: The best by terms are looked at in vain if keys that no term says anything of leave less than this share of them.
_KEPT = 0.2
#: So many more of the best by terms than wanted are looked at first; then so many more than twice as many.
_AT_FIRST, _AT_MOST = 40, 360

_Place = tuple[int, int]  # segment, entry in it
_Hits = Sequence[tuple[float, tantivy.DocAddress]]


def best(searcher: tantivy.Searcher, ask: Ask) -> tuple[Row, ...]:
    """The rows of a page ordered by score; () where this way does not find them or would be no shorter."""
    wanted = ask.offset + ask.limit
    queries = Queries(searcher)
    weights = weighed(ask.rank)
    terms: dict[Match, float] = {part: weight for part, weight in weights.items() if isinstance(part, Term)}
    weighed_phrases = [part for part in weights if isinstance(part, Phrase)]
    phrases = {part: weights[part] * queries.rarity(part) for part in weighed_phrases if queries.most(part)}
    if (
        ask.sort
        or not terms
        or len(terms) + len(weighed_phrases) < len(weights)
        or not _pays(queries, ask.match, phrases)
    ):
        return ()
    depth = 2 * wanted + _AT_MOST
    ahead = searcher.search(queries.union(terms), depth, count=False).hits
    rare = _rare(queries, phrases, ask.match)
    if len(ahead) < wanted or (not rare and ahead[wanted - 1][0] <= _worst(ahead, depth)):
        return ()
    scores: dict[str, float] = {}
    more, elsewhere = sum(phrases.values()), 0.0  # what no other entry can exceed: by phrases; with a rare phrase
    for start, end in pairwise((0, wanted + _AT_FIRST, depth)):
        left = ahead[end - 1][0] if end < len(ahead) else _worst(ahead, depth)  # by terms
        scores |= _scores(queries, ask.match, phrases, ahead[start:end])
        while not (found := _decided(scores, wanted, rounded(max(left + more, elsewhere)))) and rare:
            # All that have a rare phrase are scored; then the others are known not to have it.
            phrase = rare.pop(0)
            having = queries.ranked(All((*conjuncts(ask.match), phrase)), ask.rank)
            hits = searcher.search(having, depth, count=False).hits
            scores |= {_name(searcher, address): rounded(score) for score, address in hits}
            more, elsewhere = more - phrases[phrase], max(elsewhere, _worst(hits, depth))
        if found:
            return tuple(Row(name, scores[name]) for name in found[ask.offset :])
        # If the others match as rarely, there are too few of them.
        if len(ahead) <= end or len(scores) * depth < wanted * end:
            break
    return ()


def _decided(scores: dict[str, float], wanted: int, bound: float) -> list[str]:
    """The ids of the best, if none that has no more than `bound` can come between them; [] otherwise."""
    order = sorted(scores, key=lambda name: (-scores[name], name))[:wanted]
    return order if len(order) == wanted and scores[order[-1]] > bound else []


def _rare(queries: Queries, phrases: Iterable[Phrase], match: Match) -> list[Phrase]:
    """The phrases that few entries have, the rarest first, without those that every match has."""
    most = {phrase: queries.most(phrase) for phrase in phrases if phrase not in conjuncts(match)}
    return sorted((phrase for phrase, few in most.items() if few < COMMON), key=most.__getitem__)


def _scores(queries: Queries, match: Match, phrases: dict[Phrase, float], some: _Hits) -> dict[str, float]:
    """The scores of those entries that match, by id: what they have by terms, and what their phrases add."""
    names = {(at.segment_ord, at.doc): _name(queries.searcher, at) for _, at in some}
    by_terms = {(at.segment_ord, at.doc): score for score, at in some}
    # A set of terms becomes a set of bits. A phrase is looked for in these entries only; in a union it would be in all.
    these = Query.term_set_query(SCHEMA, "id", [written(name) for name in names.values()])

    @cache
    def meeting(part: Match) -> frozenset[_Place]:
        query = Query.boolean_query([(Occur.Must, these), (Occur.Must, queries.plain(part))])
        hits = queries.searcher.search(query, len(some), count=False).hits
        return frozenset((at.segment_ord, at.doc) for _, at in hits)

    matching = _among(match, frozenset(names), meeting)
    added = {place: sum(score for phrase, score in phrases.items() if place in meeting(phrase)) for place in matching}
    return {names[place]: rounded(by_terms[place] + added[place]) for place in matching}


def _among(match: Match, places: frozenset[_Place], meeting: Callable[[Match], frozenset[_Place]]) -> frozenset[_Place]:
    """Which of the places match. Each phrase is asked for by itself, all that has none at once."""
    match match:
        case Not(part):
            return places - _among(part, places, meeting)
        case All(parts) if phrases_of(match):
            return places.intersection(*(_among(part, places, meeting) for part in _apart(All, parts)))
        case Any(parts) if phrases_of(match):
            return frozenset().union(*(_among(part, places, meeting) for part in _apart(Any, parts)))
        case _:
            return meeting(match)


def _apart(kind: type[All | Any], parts: tuple[Match, ...]) -> Iterator[Match]:
    """The parts that have phrases one by one, the others together."""
    if without := tuple(part for part in parts if not phrases_of(part)):
        yield kind(without)
    yield from filter(phrases_of, parts)


def _worst(hits: _Hits, depth: int) -> float:
    """What entries that are not among these hits have at most."""
    return hits[-1][0] if len(hits) == depth else 0.0


def _pays(queries: Queries, match: Match, phrases: Collection[Phrase]) -> bool:
    """Whether to score all that match takes longer, as far as can be told beforehand, and enough of the best match."""
    asked = len({*phrases, *phrases_of(match)}) + (not isinstance(match, Phrase))
    keys = [_postings(queries, part) for part in conjuncts(match) if isinstance(part, Key)]
    many = _postings(queries, match) > _AHEAD + _ASKED * asked
    return many and min(keys, default=inf) >= _KEPT * queries.searcher.num_docs


def _postings(queries: Queries, match: Match) -> int:  # noqa: PLR0911 - one return for each kind of Match
    """About how many postings are looked at to score what matches; 0 where that cannot be told."""
    match match:
        case Term(field, token):
            return queries.holding(field, token)
        case Phrase(tokens=tokens):
            return len(tokens) * queries.compared(match) + queries.implied(match)
        case Key(field, values):
            return sum(queries.searcher.doc_freq(field, written(value)) for value in values)
        case All(parts):
            without = sum(_postings(queries, part.part) for part in parts if isinstance(part, Not))
            wanted = (_postings(queries, part) for part in parts if not isinstance(part, Not))
            return min(wanted, default=queries.searcher.num_docs) - without
        case Any(parts):
            return sum(_postings(queries, part) for part in parts)
        case Not():
            return queries.searcher.num_docs
        case Range():
            return 0


def _name(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> str:
    return read(searcher.doc(address)["id"][0])
