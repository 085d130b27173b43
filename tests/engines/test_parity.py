"""Random entries, changes and questions: every engine answers as the oracle does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.entry import Entry
from search.engine import Ask, Engine, Signal, Sort
from search.engines import open_engine, tantivy, tantivy_best
from search.engines.memory import MemoryEngine
from search.match import All, Any, Key, Match, Not, Phrase, Range, Term

WHOLE = "甲乙丙"
LETTERS, NAMES, VALUES = "甲乙丙", [f"件{n:02}" for n in range(12)], ["通报", "简报", "", "a b", '"']
DATES = [20190000, 20190305, 20210501, -5, 0]

texts = st.text(LETTERS, max_size=8)
tokens = st.sampled_from(LETTERS)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    text, title = draw(texts), draw(texts)
    held = {"words": " ".join(text), "grams": " ".join(text), "chars": " ".join(sorted(set(text)))}
    held["title_words"] = " ".join(title)
    held["stock"] = " ".join([WHOLE] * text.count(WHOLE))
    values = st.lists(st.sampled_from(VALUES), unique=True, max_size=3).map(tuple)
    dates = st.lists(st.sampled_from(DATES), max_size=2).map(tuple)
    keys = {name: draw(values) for name in ("kind", "source")}
    return Entry(draw(st.sampled_from(NAMES)), held, keys, {"date": draw(dates)})


@dataclass(frozen=True)
class Changes:
    """A batch: entries to put, ids (as str) to delete, in order; `fails` when it is given up at its end."""

    steps: tuple[Entry | str, ...]
    fails: bool


batches = st.lists(
    st.builds(
        Changes,
        st.lists(entries() | st.sampled_from(NAMES), max_size=12).map(tuple),
        st.sampled_from([False, False, False, True]),
    ),
    min_size=1,
    max_size=4,
)

phrases = st.builds(
    Phrase,
    st.just("grams"),
    st.lists(st.tuples(st.integers(0, 4), tokens), min_size=2, max_size=3, unique_by=lambda part: part[0]).map(tuple),
)
known = st.builds(
    Phrase,
    st.just("grams"),
    st.sampled_from([((0, "甲"), (1, "乙")), ((0, "甲"), (2, "丙")), ((2, "丙"), (1, "乙"))]),
    st.just((Term("stock", WHOLE),)),
)
bounds = st.none() | st.sampled_from([*DATES, 2**63 - 1, -(2**63), 2**70, -(2**70)])
leaves = st.one_of(
    st.builds(Term, st.sampled_from(["words", "grams", "chars", "title_words"]), tokens | st.just("无")),
    phrases,
    known,
    st.builds(Key, st.sampled_from(["kind", "source"]), st.frozensets(st.sampled_from(VALUES), max_size=2)),
    st.builds(Key, st.just("id"), st.frozensets(st.sampled_from(NAMES), max_size=3)),
    st.builds(Range, st.just("date"), bounds, bounds),
)


def _joined(parts: st.SearchStrategy[Match]) -> st.SearchStrategy[Match]:
    several = st.lists(parts, max_size=3).map(tuple)
    return st.builds(All, several) | st.builds(Any, several) | st.builds(Not, parts)


matches: st.SearchStrategy[Match] = st.recursive(leaves, _joined, max_leaves=8)
signals = st.builds(Signal, st.just("s"), matches, st.sampled_from([1.0, 2.5]))
asks = st.builds(
    Ask,
    match=matches,
    limit=st.integers(0, 6),
    offset=st.integers(0, 6),
    rank=st.lists(signals, max_size=2).map(tuple),
    sort=st.none() | st.builds(Sort, st.just("date"), st.booleans()),
    count=st.sampled_from([(), ("kind",), ("kind", "source")]),
)


def _apply(engine: Engine, changes: Changes) -> None:
    try:
        with engine.batch() as batch:
            for step in changes.steps:
                if isinstance(step, Entry):
                    batch.put(step)
                else:
                    batch.delete(step)
            if changes.fails:
                raise RuntimeError("given up")
    except RuntimeError:
        assert changes.fails


def _agree(engine: Engine, oracle: Engine, ask: Ask) -> None:
    expected, answer = oracle.search(ask), engine.search(ask)
    assert (answer.total, answer.counts) == (expected.total, expected.counts)
    if ask.rank and ask.sort is None:
        # Scores differ between engines, and so may the order; who matches does not, nor who meets no signal.
        everything = replace(ask, offset=0, limit=100)
        rows, others = engine.search(everything).rows, oracle.search(everything).rows
        assert {row.id: row.score > 0 for row in rows} == {row.id: row.score > 0 for row in others}
        assert list(rows) == sorted(rows, key=lambda row: (-row.score, row.id))
        assert answer.rows == rows[ask.offset : ask.offset + ask.limit]
    else:
        assert answer.rows == expected.rows


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let small indexes meet what only large ones would: ties cut in two, fields of too many values, common terms."""
    monkeypatch.setattr(tantivy, "_MARGIN", 0)
    monkeypatch.setattr(tantivy, "_COUNTABLE", 2)
    monkeypatch.setattr(tantivy, "COMMON", 0)
    monkeypatch.setattr(tantivy, "_CORES", 3)
    monkeypatch.setattr(tantivy, "_RUN", 2)
    monkeypatch.setattr(tantivy_best, "COMMON", 0)
    monkeypatch.setattr(tantivy_best, "_AHEAD", -(10**6))
    monkeypatch.setattr(tantivy_best, "_ASKED", 0)
    monkeypatch.setattr(tantivy_best, "_KEPT", 0)


@pytest.mark.usefixtures("narrow")
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(batches=batches, asked=st.lists(asks, min_size=4, max_size=8))
def test_every_engine_answers_as_the_oracle(disk_engine: str, batches: list[Changes], asked: list[Ask]) -> None:
    oracle = MemoryEngine()
    with TemporaryDirectory() as folder:
        engine = open_engine(disk_engine, Path(folder) / "index")
        for changes in batches:
            _apply(oracle, changes)
            _apply(engine, changes)
            assert engine.count() == oracle.count()
            _agree(engine, oracle, asked[0])
        for ask in asked:
            _agree(engine, oracle, ask)
        engine.close()
