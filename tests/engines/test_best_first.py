"""Where very many entries match, the best are found without scoring all, and are the same."""

from __future__ import annotations

from random import Random

import pytest

from indexer.entry import Entry
from search.engine import Ask, Engine, Page, Signal
from search.engines import open_engine, tantivy
from search.engines.tantivy_query import best_first
from search.match import All, Any, Key, Match, Not, Phrase, Term

A, B = Term("words", "甲"), Term("words", "乙")
TITLE, RARE = Term("title_words", "甲"), Term("words", "戊")
RANK = (Signal("words", Any((A, B)), 1.0), Signal("title", TITLE, 2.0))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Nine hundred entries of many lengths, in three batches, a part of them taken out again."""
    chance = Random(3)
    opened = open_engine("tantivy", tmp_path_factory.mktemp("best") / "index")
    for start in range(0, 900, 300):
        with opened.batch() as batch:
            for number in range(start, start + 300):
                words = " ".join(chance.choices("甲乙丙丁戊", (60, 40, 80, 180, 3), k=chance.randint(3, 60)))
                title = " ".join(chance.choices("甲丙", (1, 9), k=3))
                kind = ("通报",) if number % 3 else ("简报",)
                batch.put(Entry(f"{number:03}", {"words": words, "title_words": title, "grams": words}, {"kind": kind}))
    with opened.batch() as batch:
        for number in range(0, 900, 7):
            batch.delete(f"{number:03}")
    return opened


def _asked(engine: Engine, match: Match, offset: int, monkeypatch: pytest.MonkeyPatch, common: int) -> Page:
    monkeypatch.setattr(tantivy, "_COMMON", common)
    return engine.search(Ask(match, limit=10, offset=offset, rank=RANK, count=("kind",)))


@pytest.mark.parametrize("offset", [0, 25])
@pytest.mark.parametrize(
    "match", [A, Any((A, B)), All((A, B)), All((A, Not(RARE))), All((A, Not(Key("kind", frozenset(["通报"])))))]
)
def test_the_best_of_many(engine: Engine, match: Match, offset: int, monkeypatch: pytest.MonkeyPatch) -> None:
    every = _asked(engine, match, offset, monkeypatch, 10_000)
    with monkeypatch.context() as alone:
        alone.setattr(tantivy, "_page", None)  # scoring all is not needed
        best = _asked(engine, match, offset, monkeypatch, 0)
    assert best == every
    assert best.rows


def test_too_few_of_the_best_match(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tantivy, "_MARGIN", 0)
    match = All((A, Not(Any((B, TITLE)))))
    assert _asked(engine, match, 0, monkeypatch, 0) == _asked(engine, match, 0, monkeypatch, 10_000)


@pytest.mark.parametrize(
    ("match", "common"),
    [
        (Phrase("grams", ((0, "甲"), (1, "乙"))), {A, B}),
        (All((A, Key("kind", frozenset(["通报"])))), {A, B}),
        (All((A, B)), {A}),
    ],
)
def test_what_may_be_met_by_few_is_scored_whole(match: Match, common: set[Term]) -> None:
    assert best_first(match, RANK, common.__contains__) is None


def test_signals_with_phrases_are_scored_whole() -> None:
    signals = (*RANK, Signal("exact", Phrase("grams", ((0, "甲"), (1, "乙"))), 0.5))
    assert best_first(A, signals, lambda _: True) is None
    assert best_first(A, RANK, lambda _: True) is not None
