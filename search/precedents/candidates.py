"""The cases worth comparing: those that an engine finds by the telling words and the labels of a matter."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from indexer import cases
from indexer.matter.matter import Matter
from search import match as m
from search.engine import Ask, Engine, Signal
from search.match import Match
from search.precedents.statistics import Statistics

#: So many cases are compared, and so many where one basis is raised, which the engine knows less of. On the graded
#: matters of `benchmarks/matters.py` they hold all of the best ten of a comparison with every case; 99 in 100.
MOST, RAISED = 200, 300
#: So many words of the matter are sought, those that weigh most.
WORDS = 60
#: What a label of the matter counts beside a word of its facts.
LABEL = 1.5


def candidates(engine: Engine, matter: Matter, known: Statistics, within: Match, most: int) -> list[str]:
    """The ids of at most `most` cases among those that `within` matches, in the order of the index of cases.

    A case has a word or a label in common with the matter. A matter of which nothing telling is known has none.
    """
    words = tuple(m.Term("words", word) for word in telling(matter, known))
    labels = tuple(m.Term("title_words", label) for label in cases.labels(matter))
    signals = (Signal("words", m.Any(words)), Signal("labels", m.Any(labels), LABEL))
    # Side by side: a condition within another is one more list of cases to go through.
    conditions = within.parts if isinstance(within, m.All) else (within,)
    found = engine.search(Ask(m.All((*conditions, m.Any((*words, *labels)))), limit=most, rank=signals))
    return [row.id for row in found.rows]


def telling(matter: Matter, known: Statistics) -> Sequence[str]:
    """The words that weigh most, by rarity and number, of those that another case has too."""
    weights = {
        word: known.rarity("words", word) * (1 + log(count))
        for word, count in matter.words.items()
        if known.frequencies["words"].get(word)
    }
    return sorted(weights, key=lambda word: (-weights[word], word))[:WORDS]
