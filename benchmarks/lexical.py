"""The lexical rankings that precedents are measured beside: BM25 of words, BM25 of bigrams, TF-IDF cosine of words.

The same formulas as the scorer of the graded matters, on the plain texts. `shuffled` is the control: an analyser that
maps the words of queries and of texts differently, so that nothing meets; its score must collapse.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b
from itertools import pairwise
from math import log, sqrt

Cut = Callable[[str], Iterable[str]]
Ranking = dict[str, list[str]]

_K1, _B = 1.2, 0.75
_TWO = re.compile(r"\w\w")


def words(text: str) -> list[str]:
    """The words of jieba's own default mode that hold a letter or a digit."""
    import logging

    import jieba

    jieba.setLogLevel(logging.ERROR)
    return [word for word in jieba.lcut(text) if re.search(r"\w", word)]


def bigrams(text: str) -> list[str]:
    """The overlapping pairs of letters."""
    return [pair for pair in map("".join, pairwise(text)) if _TWO.fullmatch(pair)]


def shuffled(text: str) -> list[str]:
    """The words, each as a short hash of the whole text and itself: the same word differs from text to text."""
    salt = blake2b(text.encode(), digest_size=8).digest()
    return [blake2b(word.encode(), salt=salt, digest_size=2).hexdigest() for word in words(text)]


def bm25(queries: Mapping[str, str], texts: Mapping[str, str], cut: Cut) -> Ranking:
    """BM25 of the distinct terms of a query: texts with any of them, the best first, equal ones by id."""
    counts = {key: Counter(cut(text)) for key, text in texts.items()}
    lengths = {key: sum(found.values()) for key, found in counts.items()}
    mean = sum(lengths.values()) / len(lengths)
    postings = _postings(counts)
    ranking = {}
    for query, text in queries.items():
        scores: dict[str, float] = defaultdict(float)
        for term in set(cut(text)) & postings.keys():
            found = postings[term]
            rarity = log(1 + (len(texts) - len(found) + 0.5) / (len(found) + 0.5))
            for key, count in found:
                scores[key] += rarity * count * (_K1 + 1) / (count + _K1 * (1 - _B + _B * lengths[key] / mean))
        ranking[query] = _ordered(scores)
    return ranking


def cosine(queries: Mapping[str, str], texts: Mapping[str, str], cut: Cut) -> Ranking:
    """The cosine of (1 + ln f) ln(N / n): texts with any term of the query, the best first, equal ones by id."""
    counts = {key: Counter(cut(text)) for key, text in texts.items()}
    rarity = {term: log(len(texts) / len(found)) for term, found in _postings(counts).items()}

    def weigh(found: Counter[str]) -> dict[str, float]:
        return {term: (1 + log(count)) * rarity.get(term, 0.0) for term, count in found.items()}

    vectors = {key: weigh(found) for key, found in counts.items()}
    norms = {key: sqrt(sum(value * value for value in vector.values())) or 1.0 for key, vector in vectors.items()}
    ranking = {}
    for query, text in queries.items():
        asked = weigh(Counter(cut(text)))
        scores = {
            key: sum(value * vector.get(term, 0.0) for term, value in asked.items()) / norms[key]
            for key, vector in vectors.items()
        }
        ranking[query] = _ordered(scores)
    return ranking


def _postings(counts: Mapping[str, Counter[str]]) -> dict[str, list[tuple[str, int]]]:
    postings: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for key, found in counts.items():
        for term, count in found.items():
            postings[term].append((key, count))
    return postings


def _ordered(scores: Mapping[str, float]) -> list[str]:
    return sorted((key for key, score in scores.items() if score > 0), key=lambda key: (-scores[key], key))
