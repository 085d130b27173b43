"""The contract of search/engine.py on batches: each is seen whole or not at all, and can be repeated."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer.entry import Entry
from search.engine import Ask, Engine, IndexLocked, Page, Signal
from search.match import All, Term

Make, Fill, Ids = Callable[..., Entry], Callable[..., Engine], Callable[..., list[str]]

A, B, C = Term("words", "甲"), Term("words", "乙"), Term("words", "丙")


def test_a_put_replaces_and_the_last_change_of_a_batch_holds(engine: Engine, entry: Make, fill: Fill, ids: Ids) -> None:
    fill(engine, [entry("一", "甲"), entry("二", "甲"), entry("三", "甲")])
    with engine.batch() as batch:
        batch.put(entry("一", "乙"))
        batch.put(entry("一", "丙"))
        batch.delete("二")
        batch.put(entry("二", "乙"))
        batch.put(entry("四", "乙"))
        batch.delete("四")
        batch.delete("没有")
    assert (ids(engine, A), ids(engine, B), ids(engine, C)) == (["三"], ["二"], ["一"])
    assert engine.count() == 3


def test_nothing_is_seen_before_a_batch_closes_and_everything_after(
    engine: Engine, entry: Make, fill: Fill, ids: Ids
) -> None:
    fill(engine, [entry("旧", "甲"), entry("改", "甲")])
    with engine.batch() as batch:
        batch.put(entry("改", "乙"))
        batch.put(entry("新", "甲"))
        batch.delete("旧")
        assert ids(engine, All(())) == ids(engine, A) == ["改", "旧"]
    assert (ids(engine, All(())), ids(engine, A)) == (["改", "新"], ["新"])


@pytest.mark.parametrize("failure", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_a_batch_that_fails_changes_nothing_and_can_be_repeated(
    engine: Engine, entry: Make, fill: Fill, ids: Ids, failure: type[BaseException]
) -> None:
    def given_up() -> None:
        with engine.batch() as batch:
            batch.put(entry("新", "甲"))
            batch.delete("旧")
            raise failure

    fill(engine, [entry("旧", "甲")])
    with pytest.raises(failure):
        given_up()
    assert ids(engine, All(())) == ["旧"]
    fill(engine, [entry("新", "甲")])
    assert ids(engine, All(())) == ["新", "旧"]


def test_there_is_one_batch_at_a_time(engine: Engine) -> None:
    with engine.batch(), pytest.raises(IndexLocked), engine.batch():
        pass
    with engine.batch():
        pass


def test_an_empty_batch_makes_an_empty_index(engine: Engine) -> None:
    with engine.batch():
        pass
    assert engine.search(Ask(All(()), rank=(Signal("words", A),), count=("kind",))) == Page(0, (), {"kind": {}})
    assert engine.count() == 0
