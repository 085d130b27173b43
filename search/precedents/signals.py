"""The signals of likeness: named, each from 0 (nothing alike) to 1, of a query and a candidate.

Nothing here reads the outcome of a matter, nor who its subjects are. Formulas: BM25 (Robertson and Zaragoza, 2009);
cosine of TF-IDF vectors (Salton and Buckley, 1988).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import exp, log10

from indexer.matter.posts import LEVELS
from search.precedents.measures import bm25, cosine, coverage
from search.precedents.profile import Profile
from search.precedents.statistics import Statistics

#: Years between two matters after which e times less of their likeness in time is left.
_YEARS = 10.0


def words(query: Profile, candidate: Profile, known: Statistics) -> float:
    """BM25 of the words of the facts; a word that the query repeats counts up to twice."""
    held, size = candidate.bags["words"], candidate.sizes["words"]
    return bm25(query.sought("words", known), held, size, known.lengths["words"])


def wording(query: Profile, candidate: Profile, _: Statistics) -> float:
    """The cosine of the words: what the whole of either text is about."""
    return cosine(query.vectors["words"], candidate.vectors["words"])


def conduct(query: Profile, candidate: Profile, known: Statistics) -> float:
    """BM25 of the forms of conduct, by means and object: the violation that the query tells most of counts most."""
    held, size = candidate.bags["conduct"], candidate.sizes["conduct"]
    return (1 - query.criminal) * bm25(query.sought("conduct", known), held, size, known.lengths["conduct"])


def focus(query: Profile, candidate: Profile, _: Statistics) -> float:
    """The cosine of the forms of conduct: a case of this conduct alone before one of twenty."""
    return (1 - query.criminal) * cosine(query.vectors["conduct"], candidate.vectors["conduct"])


def violations(query: Profile, candidate: Profile, _: Statistics) -> float:
    """How much of the query's violations the candidate shares, by confidence and rarity."""
    shared = coverage(query.bags["violations"], candidate.bags["violations"], query.vectors["violations"])
    return (1 - query.criminal) * shared


def offences(query: Profile, candidate: Profile, known: Statistics) -> float:
    """BM25 of the offences, named or suggested by the words of the facts."""
    held = candidate.bags["offences"]
    return query.criminal * bm25(
        query.vectors["offences"].weights, held, candidate.sizes["offences"], known.lengths["offences"]
    )


def relation(query: Profile, candidate: Profile, _: Statistics) -> float:
    """The cosine of the relations: who gave, asked, shared or suffered."""
    return cosine(query.vectors["relation"], candidate.vectors["relation"])


def circumstance(query: Profile, candidate: Profile, _: Statistics) -> float:
    """The cosine of the circumstances."""
    return cosine(query.vectors["circumstance"], candidate.vectors["circumstance"])


def level(query: Profile, candidate: Profile, _: Statistics) -> float:
    """1 for posts of one level, a fifth less for each step between; 0 where either is unknown."""
    ours, theirs = query.matter.level, candidate.matter.level
    if ours is None or theirs is None:
        return 0.0
    if ours not in LEVELS or theirs not in LEVELS:
        return float(ours == theirs)
    return 1 - abs(LEVELS.index(ours) - LEVELS.index(theirs)) / (len(LEVELS) - 1)


def sector(query: Profile, candidate: Profile, _: Statistics) -> float:
    """The cosine of the sectors."""
    return cosine(query.vectors["sectors"], candidate.vectors["sectors"])


def amount(query: Profile, candidate: Profile, _: Statistics) -> float:
    """E to the power of minus the distance of the largest amounts, in powers of ten; 0 where either has none."""
    ours, theirs = query.matter.amounts, candidate.matter.amounts
    return exp(-abs(log10(max(ours)) - log10(max(theirs)))) if ours and theirs else 0.0


def articles(query: Profile, candidate: Profile, _: Statistics) -> float:
    """The cosine of the articles cited."""
    return cosine(query.vectors["articles"], candidate.vectors["articles"])


def time(query: Profile, candidate: Profile, _: Statistics) -> float:
    """E to the power of minus the years between the ends of the conduct, over ten; 0 where either is unknown."""
    ours, theirs = query.matter.years[1], candidate.matter.years[1]
    return exp(-abs(ours - theirs) / _YEARS) if ours and theirs else 0.0


Signal = Callable[[Profile, Profile, Statistics], float]

#: Every signal of a pair, by name.
SIGNALS: Mapping[str, Signal] = {
    "words": words,
    "wording": wording,
    "conduct": conduct,
    "focus": focus,
    "violations": violations,
    "offences": offences,
    "relation": relation,
    "circumstance": circumstance,
    "level": level,
    "sector": sector,
    "amount": amount,
    "articles": articles,
    "time": time,
}
