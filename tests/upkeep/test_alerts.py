"""What is new is listed once: not for a copy, nor when anything is read, moved, extracted or built anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from corpus.schema import ledger
from corpus.store import Store
from search.engines.memory import MemoryEngine
from tests.upkeep.desk import NOW, Desk, notice
from upkeep import alerts, watches


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    return Desk(store, tmp_path)


def test_what_is_new_is_listed_once_and_what_was_there_is_not(desk: Desk) -> None:
    desk.write("旧.txt", "旧年的受贿案。")
    desk.run()
    desk.save("受贿")
    assert desk.run() == {}
    desk.write("新.txt", "新近的受贿案。")
    desk.write("别.txt", "种树的事。")
    assert desk.run() == {1: 1}
    assert desk.run() == {}
    assert list(desk.listed()) == [(1, "新.txt")]


def test_what_was_there_but_not_yet_seen_is_not_new(desk: Desk) -> None:
    """A run that was cut off before its end, then a watch, then the next run."""
    desk.write("旧.txt", "旧年的受贿案。")
    desk.index()
    desk.save("受贿")
    assert desk.run() == {}


def test_a_run_cut_off_before_its_end_is_made_up(desk: Desk) -> None:
    desk.save("受贿")
    desk.write("新.txt", "新近的受贿案。")
    desk.index()
    assert desk.run() == {1: 1}


def full(desk: Desk) -> None:
    desk.index(full=True)


def moved(desk: Desk) -> None:
    desk.move("新.txt", "挪.txt")
    desk.index()


def rebuilt(desk: Desk) -> None:
    desk.engine = MemoryEngine()
    desk.index()


def touched(desk: Desk) -> None:
    desk.write("新.txt", notice("孟广河", "上坪村"))
    desk.index()


def gone_and_back(desk: Desk) -> None:
    text = (desk.folder.path / "新.txt").read_text(encoding="utf-8")
    (desk.folder.path / "新.txt").unlink()
    desk.run()
    desk.write("回.txt", text)
    desk.index()


def copied(desk: Desk) -> None:
    desk.write("抄.txt", (desk.folder.path / "新.txt").read_text(encoding="utf-8"))
    desk.index()


def reprinted(desk: Desk) -> None:
    text = (desk.folder.path / "新.txt").read_text(encoding="utf-8")
    desk.write("转.txt", f"本网讯\n{text}（责任编辑：苏眉）")
    desk.index()


def amended(desk: Desk) -> None:
    desk.write("新.txt", notice("孟广河", "上坪村") + "此件公开发布。\n")
    desk.index()


@pytest.mark.parametrize(
    "change",
    [full, moved, rebuilt, touched, gone_and_back, copied, reprinted, amended],
    ids=lambda f: f.__name__,
)
def test_nothing_is_listed_again(desk: Desk, change: Callable[[Desk], None]) -> None:
    desk.save("补贴资金")
    desk.write("新.txt", notice("孟广河", "上坪村"))
    assert desk.run() == {1: 1}
    change(desk)
    assert desk.collect() == {}
    assert desk.run() == {}
    assert list(desk.listed()) == [(1, "新.txt")]


@pytest.mark.parametrize("change", [full, moved, rebuilt, gone_and_back, copied, reprinted], ids=lambda f: f.__name__)
def test_what_was_there_never_becomes_new(desk: Desk, change: Callable[[Desk], None]) -> None:
    desk.write("新.txt", notice("孟广河", "上坪村"))
    desk.run()
    desk.save("补贴资金")
    change(desk)
    assert desk.collect() == {}


def test_copies_that_come_together_are_one(desk: Desk) -> None:
    desk.save("补贴资金")
    for name in ("甲", "乙", "丙"):
        desk.write(f"{name}.txt", f"{name}报讯\n" + notice("孟广河", "上坪村"))
    desk.write("丁.txt", notice("邵立冬", "下湾村"))
    assert desk.run() == {1: 2}


def test_a_reprint_that_alone_answers_is_new(desk: Desk) -> None:
    desk.write("甲.txt", notice("孟广河", "上坪村"))
    desk.run()
    desk.save("清风县")
    desk.write("乙.txt", notice("孟广河", "上坪村") + "来源：清风县\n")
    assert desk.run() == {1: 1}


def test_what_is_extracted_later_is_new_then_and_once(desk: Desk) -> None:
    desk.write("旧.txt", notice("孟广河", "下湾村"))
    desk.run()
    watches.follow(desk.store, "official", "孟广河", "周维岱")
    desk.write("新.txt", notice("孟广河", "上坪村"))
    assert desk.run() == {}
    assert desk.run(extract=True) == {1: 1}  # the other was there
    assert list(desk.listed()) == [(1, "新.txt")]
    (key,) = desk.store.find_ids("新.txt")
    desk.review.correct(desk.store.fetch([key])[key], {"not_official": "孟广河"}, "周维岱")
    assert desk.collect() == {}
    desk.review.undo(1)
    assert desk.collect() == {}
    assert desk.run(full=True, extract=True) == {}


def test_a_watch_asks_for_exactly_what_it_says(desk: Desk) -> None:
    """A search would relax a query that finds nothing; a watch must not."""
    desk.save("受贿 招投标 高尔夫")
    desk.write("新.txt", "受贿 招投标")
    assert desk.run() == {}


def test_many_documents_are_seen_in_parts(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alerts, "_ASKED", 2)
    monkeypatch.setattr(alerts, "_VARIABLES", 2)
    desk.save("补贴资金")
    for number in range(5):
        desk.write(f"{number}.txt", notice("孟广河" if number % 2 else f"邵立{number}", f"{number}湾村"))
        desk.write(f"抄{number}.txt", notice("孟广河" if number % 2 else f"邵立{number}", f"{number}湾村"))
    assert desk.run() == {1: 5}
    assert desk.run(full=True) == {}


def test_only_what_changed_is_asked_for(desk: Desk) -> None:
    """The watches are asked of what a run put, not of the library."""
    for number in range(6):
        desk.write(f"{number}.txt", f"第 {number} 件受贿案")
    desk.run()
    desk.save("受贿")
    desk.write("新.txt", "受贿")
    desk.index()
    with desk.store.reading() as connection:
        unseen = connection.execute(sa.select(ledger.c.id).where(ledger.c.seen.is_(sa.false()))).scalars().all()
    assert unseen == desk.store.find_ids("新.txt")
    assert desk.collect() == {1: 1}


def test_the_digest_shows_what_was_found_where(desk: Desk) -> None:
    desk.save("礼金", "礼金问题")
    desk.write("新.txt", "关于孟广河的通报\n" + notice("孟广河", "上坪村") + "清风县纪委 2026年5月18日\n")
    desk.run()
    (section,) = desk.digest().sections
    (item,) = section.items
    assert (section.label, section.query, item.source, item.page) == ("礼金问题", "礼金", "新.txt", 1)
    assert [item.passage[start:end] for start, end in item.marks] == ["礼金"]
    assert item.found == NOW.isoformat()
    desk.write("新.txt", "换了内容")
    desk.run()
    assert desk.digest().sections[0].items == (item,)  # as it read when it was found


def test_the_digest_by_day_watch_and_mail(desk: Desk) -> None:
    desk.save("受贿")
    desk.save("礼金")
    desk.write("新.txt", "受贿，礼金")
    desk.run()
    assert [section.watch for section in desk.digest(watch=2).sections] == [2]
    assert desk.digest(since=date(2026, 5, 19)).total == 2
    assert desk.digest(since=date(2026, 5, 22)).total == 0
    alerts.mailed(desk.store, desk.digest(watch=2), NOW)
    assert [section.watch for section in desk.digest(unsent=True).sections] == [1]
    watches.remove(desk.store, 1)
    assert [section.watch for section in desk.digest().sections] == [2]
    assert [section.watch for section in desk.digest(watch=1).sections] == [1]
