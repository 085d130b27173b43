"""Where very many entries match, the best of them are found without scoring all.

tantivy finds the best of what a union of terms scores by passing over whole blocks of entries that cannot be among
them; it cannot do so where anything but terms takes part. But a phrase scores the same wherever it stands. So the best
by terms alone are looked at first, and those that match get what their phrases score besides. They are the best of all
as soon as no other entry, with every phrase that it may yet have, could come between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

import tantivy
from tantivy import Occur, Query

from search.engine import Ask, Row
from search.engines.bm25 import idf, rounded
from search.engines.spelling import read, written, written_token
from search.engines.tantivy_query import Rarity, conjuncts, plain, ranked, union, weighed
from search.match import All, Any, Key, Match, Not, Phrase, Range, Term

#: To score so many entries takes longer than to look for the best of them.
COMMON = 50_000
#: The best by terms are looked at in vain if keys that no term says anything of leave less than this share of them.
_KEPT = 0.2

_Hits = Sequence[tuple[float, tantivy.DocAddress]]


def rarities(searcher: tantivy.Searcher) -> Rarity:
    """What phrases score in the state of the index that the searcher sees."""

    def rarity(field: str, token: str) -> float:
        holding = _holding(searcher, field, token)
        # What was deleted counts until the next merge: more may hold a token than there are entries.
        return idf(max(searcher.num_docs, holding), holding)

    return lambda phrase: sum(rarity(phrase.field, token) for _, token in phrase.tokens)


def best(searcher: tantivy.Searcher, ask: Ask, margin: int) -> tuple[Row, ...]:
    """The rows of a page ordered by score; () where this way does not find them or would be no shorter.

    `margin` is how many entries more than needed are looked at, at least.
    """
    wanted = ask.offset + ask.limit
    depth = 2 * wanted + margin
    rarity = rarities(searcher)
    weights = weighed(ask.rank)
    terms: dict[Match, float] = {part: weight for part, weight in weights.items() if isinstance(part, Term)}
    phrases = {part: weight * rarity(part) for part, weight in weights.items() if isinstance(part, Phrase)}
    if ask.sort or not terms or len(terms) + len(phrases) < len(weights) or not _pays(searcher, ask.match):
        return ()
    ahead = searcher.search(union(terms, rarity), depth, count=False).hits
    scores = _scores(searcher, ask.match, phrases, ahead)
    left = _worst(ahead, depth) + sum(phrases.values())  # what no other entry can exceed
    elsewhere = 0.0
    have = set(conjuncts(ask.match))
    undecided = sorted((part for part in phrases if part not in have), key=lambda part: _most(searcher, part))
    while True:
        order = sorted(scores, key=lambda name: (-scores[name], name))
        if len(order) >= wanted and scores[order[wanted - 1]] > rounded(max(left, elsewhere)):
            return tuple(Row(name, scores[name]) for name in order[ask.offset : wanted])
        if not undecided or _most(searcher, undecided[0]) >= COMMON:
            return ()
        # A phrase that few entries have: all of those are scored, and the others are known not to have it.
        phrase = undecided.pop(0)
        holding = searcher.search(ranked(All((*conjuncts(ask.match), phrase)), ask.rank, rarity), depth, count=False)
        scores |= {_name(searcher, address): rounded(score) for score, address in holding.hits}
        elsewhere = max(elsewhere, _worst(holding.hits, depth))
        left -= phrases[phrase]


def _scores(searcher: tantivy.Searcher, match: Match, phrases: dict[Phrase, float], ahead: _Hits) -> dict[str, float]:
    """The scores of those entries that match, by id: what they have by terms, and what their phrases add."""
    names = {(at.segment_ord, at.doc): _name(searcher, at) for _, at in ahead}
    these = plain(All((*conjuncts(match), Key("id", frozenset(names.values())))))
    with_phrases = Query.boolean_query(
        [(Occur.Must, Query.const_score_query(these, 0.0))]
        + [(Occur.Should, Query.const_score_query(plain(part), score)) for part, score in phrases.items()]
    )
    added = searcher.search(with_phrases, max(1, len(ahead)), count=False).hits
    by_terms = {(at.segment_ord, at.doc): score for score, at in ahead}
    places = (((at.segment_ord, at.doc), more) for more, at in added)
    return {names[place]: rounded(by_terms[place] + more) for place, more in places}


def _worst(hits: _Hits, depth: int) -> float:
    """What entries that are not among these hits have at most."""
    return hits[-1][0] if len(hits) == depth else 0.0


def _pays(searcher: tantivy.Searcher, match: Match) -> bool:
    """Whether very many entries match, as far as can be told beforehand, and so do enough of the best by terms."""
    parts = conjuncts(match)
    few = min((_most(searcher, part) for part in parts if isinstance(part, Key)), default=inf)
    return few >= _KEPT * searcher.num_docs and _most(searcher, match) >= COMMON


def _most(searcher: tantivy.Searcher, match: Match) -> float:  # noqa: PLR0911 - one return for each kind of Match
    """How many entries match, at most; 0 where that cannot be told."""
    match match:
        case Term(field, token):
            return _holding(searcher, field, token)
        case Phrase(field, tokens):
            return min(_holding(searcher, field, token) for _, token in tokens)
        case Key(field, values):
            return sum(searcher.doc_freq(field, written(value)) for value in values)
        case All(parts):
            return min((_most(searcher, part) for part in parts), default=searcher.num_docs)
        case Any(parts):
            return sum(_most(searcher, part) for part in parts)
        case Not():
            return searcher.num_docs
        case Range():
            return 0


def _holding(searcher: tantivy.Searcher, field: str, token: str) -> int:
    return searcher.doc_freq(field, written_token(token))


def _name(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> str:
    return read(searcher.doc(address)["id"][0])
