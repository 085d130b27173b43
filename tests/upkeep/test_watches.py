"""Watches: kept as typed, listed, put out of force and in force again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.store import Store
from search.parse import parse
from search.query import Field, Quoted, Word
from tests.upkeep.desk import TODAY, Desk
from upkeep import watches
from upkeep.watches import WatchRefused


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    return Desk(store, tmp_path)


@pytest.mark.parametrize(
    ("kind", "name", "asked"),
    [
        ("official", "高明远", Field("official", Word("高明远"))),
        ("agency", "云岭市审计局", Field("agency", Word("云岭市审计局"))),
        ("official", " 阿依古丽·买买提 ", Field("official", Word("阿依古丽·买买提"))),
        ("agency", "云岭市（城东）分局 二科", Field("agency", Quoted("云岭市（城东）分局 二科"))),
        ("official", 'x" OR 类型:通报', Field("official", Quoted('x" OR 类型:通报'))),
    ],
)
def test_to_follow_is_to_ask_for_a_field(store: Store, kind: str, name: str, asked: Field) -> None:
    watch = watches.follow(store, kind, name, "周维岱")
    assert parse(watch.query).query.tree == asked
    assert (watch.kind, watch.label, watch.who, watch.undone) == (kind, name.strip(), "周维岱", None)
    assert watches.listed(store) == [watch]


def test_a_relative_date_stays_relative(store: Store) -> None:
    watch, problems = watches.save(store, "近来", " 受贿 日期:近一年 ", "周维岱", TODAY)
    assert (watch.query, problems) == ("受贿 日期:近一年", ())
    first, later = (str(parse(watch.query, today=date(year, 5, 20)).query) for year in (2026, 2027))
    assert "2025-05-20" in first
    assert "2026-05-20" in later


def test_what_was_not_understood_is_told_and_kept(store: Store) -> None:
    watch, problems = watches.save(store, "半", "受贿 (招投标", "周维岱", TODAY)
    assert [problem.message for problem in problems] == ["括号没有闭合，已按到末尾处理"]
    assert watches.listed(store) == [watch]


@pytest.mark.parametrize("query", ["", "  ", "排序:日期", "()", "OR"])
def test_a_query_that_asks_for_nothing_is_refused(store: Store, query: str) -> None:
    with pytest.raises(WatchRefused, match="anjian save"):
        watches.save(store, "空", query, "周维岱", TODAY)
    assert watches.listed(store) == []


def test_a_name_is_needed_and_the_same_watch_is_one(store: Store) -> None:
    for refused in (
        lambda: watches.save(store, " \n", "受贿", "周维岱", TODAY),
        lambda: watches.follow(store, "official", " ", "周维岱"),
    ):
        with pytest.raises(WatchRefused):
            refused()
    watches.follow(store, "official", "高明远", "周维岱")
    with pytest.raises(WatchRefused, match="第 1 项"):
        watches.follow(store, "official", "高明远", "苏眉")


def test_remove_and_restore(desk: Desk) -> None:
    desk.save("受贿")
    gone = watches.remove(desk.store, 1)
    assert gone.undone
    with pytest.raises(WatchRefused, match="已经取消"):
        watches.remove(desk.store, 1)
    desk.write("甲.txt", "有人受贿。")
    assert desk.run() == {}
    desk.write("乙.txt", "又有人受贿。")
    desk.index()
    back = watches.restore(desk.store, 1)
    assert (back.id, back.query, back.made, back.undone) == (1, gone.query, gone.made, None)
    assert desk.collect() == {}  # what came while it was out of force is not new
    desk.write("丙.txt", "还有人受贿。")
    assert desk.run() == {1: 1}
    with pytest.raises(WatchRefused, match="没有取消"):
        watches.restore(desk.store, 1)
    for number in (0, 7, -1):
        with pytest.raises(WatchRefused, match="anjian saved"):
            watches.remove(desk.store, number)
