"""Grep is the oracle: a quoted string finds exactly the documents that contain it, a word at least those."""

from __future__ import annotations

import random

import pytest

from indexer import stock
from indexer.fold import fold
from search.query import Query, Quoted, plain
from search.searcher import Searcher

CHOSEN = [
    "高明",
    "第八十五条",
    "第八条",
    "《",
    "》",
    "〔",
    "１２",
    "12",
    "，",
    "的",
    "Ｘ",
    "梁伯川",
    "134万余元",
    "PPP",
]


def holding(searcher: Searcher, text: str) -> set[str]:
    """What grep finds."""
    wanted = fold(text)
    return {document.id for document in searcher.store.all_documents() if wanted in fold(document.text)}


def found(searcher: Searcher, query: str) -> set[str]:
    results = searcher.search(query, limit=1000, all_copies=True)
    return set() if results.relaxed else {hit.id for hit in results.hits}


def substrings(searcher: Searcher, count: int) -> list[str]:
    chance = random.Random(8)  # a seed: a failure can be run again
    texts = [document.text for document in searcher.store.all_documents() if len(document.text) > 12]
    strings = []
    while len(strings) < count:
        text = chance.choice(texts)
        start, length = chance.randrange(len(text)), chance.randint(1, 12)
        if text[start : start + length].strip():
            strings.append(text[start : start + length])
    return strings


def test_quoted_strings_find_exactly_what_grep_finds(samples: Searcher) -> None:
    wrong = [
        string
        for string in [*CHOSEN, *substrings(samples, 300)]
        if found(samples, str(Query(Quoted(string)))) != holding(samples, string)
    ]
    assert not wrong


def test_stock_phrases_find_exactly_what_grep_finds(samples: Searcher) -> None:
    everything = "\n".join(fold(document.text) for document in samples.store.all_documents())
    common = sorted(phrase for phrase in stock.strings() if everything.count(phrase) > 2)
    assert len(common) > 50
    assert not [phrase for phrase in common if found(samples, f'"{phrase}"') != holding(samples, phrase)]


def test_parts_of_stock_phrases_find_exactly_what_grep_finds(samples: Searcher) -> None:
    everything = "\n".join(fold(document.text) for document in samples.store.all_documents())
    longer = sorted(phrase for phrase in stock.strings() if len(phrase) > 4 and phrase in everything)
    parts = sorted({part for phrase in longer for part in (phrase[1:], phrase[:-1], phrase[1:-1])} - stock.strings())
    assert len(parts) > 50
    assert not [part for part in parts if found(samples, f'"{part}"') != holding(samples, part)]


def test_words_find_at_least_what_grep_finds(samples: Searcher) -> None:
    missed = [
        string
        for string in [*CHOSEN, *substrings(samples, 100)]
        if not found(samples, str(Query(plain(string.strip())))) >= holding(samples, string.strip())
    ]
    assert not missed


def test_a_string_of_200_characters(samples: Searcher) -> None:
    text = max((document.text for document in samples.store.all_documents()), key=len)[300:500]
    assert found(samples, str(Query(Quoted(text)))) == holding(samples, text)


@pytest.mark.parametrize("string", ["不在任何文件里的一句话", "\U0001f600", "zzzz"])
def test_what_is_nowhere_is_not_found(samples: Searcher, string: str) -> None:
    assert found(samples, str(Query(Quoted(string)))) == set()
