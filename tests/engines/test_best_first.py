"""Where very many entries match, the best are found without scoring all, and are the same."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from tantivy import Searcher

from indexer.entry import Entry
from search.engine import Ask, Engine, Page, Row, Signal
from search.engines import open_engine, tantivy, tantivy_best
from search.engines.tantivy_query import Queries
from search.match import All, Any, Key, Match, Not, Phrase, Range, Term

A, B = Term("words", "甲"), Term("words", "乙")
TITLE, RARE = Term("title_words", "甲"), Term("words", "戊")
PAIR, OTHER = Phrase("grams", ((0, "甲"), (1, "乙"))), Phrase("grams", ((0, "丙"), (2, "甲")))
KNOWN = Phrase("grams", ((0, "甲"), (1, "丁")), implied_by=(Term("stock", "甲丁丁"),))
TITLE_PAIR = Phrase("title_grams", ((0, "甲"), (1, "丙")))
TERMS = (Signal("words", Any((A, B)), 1.0), Signal("title", TITLE, 2.0))
PHRASES = (*TERMS, Signal("exact", Any((PAIR, OTHER, KNOWN)), 0.5), Signal("exact_title", TITLE_PAIR, 2.0))
ENTRIES = 900
REPORTS = Key("kind", frozenset(["通报"]))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Nine hundred entries of many lengths, in three batches, a part of them taken out again."""
    chance = Random(3)
    opened = open_engine("tantivy", tmp_path_factory.mktemp("best") / "index")
    for start in range(0, ENTRIES, 300):
        with opened.batch() as batch:
            for number in range(start, start + 300):
                words = " ".join(chance.choices("甲乙丙丁戊", (60, 40, 80, 180, 3), k=chance.randint(3, 60)))
                title = " ".join(chance.choices("甲丙", (1, 9), k=3))
                kind = ("通报",) if number % 3 else ("简报",)
                stock = "甲丁丁" if "甲 丁 丁" in words else ""
                text = {"words": words, "grams": words, "stock": stock, "title_words": title, "title_grams": title}
                batch.put(Entry(f"{number:03}", text, {"kind": kind}))
    with opened.batch() as batch:
        for number in range(0, ENTRIES, 7):
            batch.delete(f"{number:03}")
    return opened


Asked = Callable[[Ask], Page]


@pytest.fixture
def scoring_all(engine: Engine) -> Asked:
    """The answer where nothing is common."""
    return engine.search


@pytest.fixture
def best_first(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Asked:
    """The answer where everything is: then nothing else may be needed."""

    def search(ask: Ask) -> Page:
        with monkeypatch.context() as patch:
            patch.setattr(tantivy_best, "COMMON", 100)
            patch.setattr(tantivy_best, "_AHEAD", -ENTRIES)  # it always pays
            patch.setattr(tantivy_best, "_ASKED", 0)
            patch.setattr(tantivy, "COMMON", 100)
            patch.setattr(tantivy, "_CORES", 3)
            patch.setattr(tantivy, "_page", None)
            return engine.search(ask)

    return search


@pytest.mark.parametrize("offset", [0, 25])
@pytest.mark.parametrize("rank", [TERMS, PHRASES], ids=["terms", "phrases"])
@pytest.mark.parametrize(
    "match",
    [
        *(A, PAIR, KNOWN, Any((A, B)), Any((KNOWN, B)), All((A, B)), Any((PAIR, All((A, B)))), All((A, PAIR))),
        *(All((A, Not(RARE))), All((A, Not(REPORTS))), All((A, REPORTS)), All((PAIR, Not(RARE)))),
    ],
)
def test_the_best_of_many(
    match: Match, rank: tuple[Signal, ...], offset: int, best_first: Asked, scoring_all: Asked
) -> None:
    ask = Ask(match, limit=10, offset=offset, rank=rank, count=("kind",))
    best = best_first(ask)
    assert best == scoring_all(ask)
    assert best.rows


@pytest.mark.parametrize(
    "match",
    [RARE, All((A, RARE)), All((A, Key("kind", frozenset(["无"])))), All((A, Range("date")))],
)
def test_where_few_match_all_are_scored(
    match: Match, engine: Engine, scoring_all: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = Ask(match, limit=10, rank=PHRASES, count=("kind",))
    expected = scoring_all(ask)
    monkeypatch.setattr(tantivy_best, "_AHEAD", 200)
    monkeypatch.setattr(tantivy_best, "_ASKED", 0)
    monkeypatch.setattr(Queries, "union", None)  # it is not tried
    assert engine.search(ask) == expected


def test_where_too_few_of_the_best_match_all_are_scored(
    engine: Engine, scoring_all: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = Ask(All((A, Not(Any((B, TITLE))))), limit=10, rank=TERMS, count=("kind",))
    expected = scoring_all(ask)
    tried: list[tuple[Row, ...]] = []

    def tell(searcher: Searcher, ask: Ask) -> tuple[Row, ...]:
        tried.append(tantivy_best.best(searcher, ask))
        return tried[-1]

    monkeypatch.setattr(tantivy, "best", tell)
    for name, value in {"_AHEAD": -ENTRIES, "_ASKED": 0, "_AT_FIRST": 0, "_AT_MOST": 0}.items():
        monkeypatch.setattr(tantivy_best, name, value)
    assert engine.search(ask) == expected
    assert tried == [()]
