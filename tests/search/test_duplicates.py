"""Copies among the hits: one shown, the others told, and pages that join."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.duplicates import copies, one_a_group
from search.engine import Row
from search.engines.memory import MemoryEngine
from search.results import Results
from search.searcher import Searcher
from terminal.results import SHOWN_COPIES, results_lines
from terminal.style import Style
from tests.conftest import Build

ROWS = [Row(key) for key in "abcdefg"]
GROUPS = {"a": "a", "b": "b", "c": "a", "d": "b", "g": "a"}

PAGES = [
    # limit, offset, shown, end, more
    (2, 0, "ab", 4, True),
    (3, 0, "abe", 5, True),
    (4, 0, "abef", 7, False),  # nothing is left but copies
    (1, 1, "b", 4, True),
    (2, 2, "ef", 7, False),  # a page that begins among the copies of the page before
    (2, 4, "ef", 7, False),
    (9, 0, "abef", 7, False),
    (2, 6, "", 7, False),
    (2, 9, "", 9, False),
    (0, 0, "", 0, True),
]


@pytest.mark.parametrize(("limit", "offset", "shown", "end", "more"), PAGES)
def test_one_of_each_group_is_shown(limit: int, offset: int, shown: str, end: int, more: bool) -> None:
    page = one_a_group(ROWS, GROUPS, limit, offset)
    assert ("".join(row.id for row in page.rows), page.end, page.more) == (shown, end, more)


@given(st.lists(st.integers(0, 5), max_size=40), st.integers(1, 7))
def test_pages_join_to_the_best_of_each_group(numbers: list[int], limit: int) -> None:
    """Group 0 stands for documents without copies."""
    rows = [Row(str(place)) for place in range(len(numbers))]
    groups = {str(place): f"g{number}" for place, number in enumerate(numbers) if number}
    best = [row for row in rows if groups.get(row.id) not in {groups.get(r.id, r.id) for r in rows[: int(row.id)]}]
    shown: list[Row] = []
    offset = folded = 0
    for _ in count():
        page = one_a_group(rows, groups, limit, offset)
        assert page.end >= offset
        shown += page.rows
        folded += page.end - offset - len(page.rows)
        offset = page.end
        if not page.more:
            break
        assert len(page.rows) == limit
    assert shown == best
    assert offset == len(rows) == len(shown) + folded


def body(name: str, village: str) -> str:
    return (
        f"经查，{name}在担任{village}党支部书记期间，利用职务便利，虚报冒领惠农补贴资金用于个人开支，"
        f"并收受承包商礼金。{name}还存在其他违纪问题。{village}群众反映强烈，镇纪委已督促其全额退缴。"
        f"{name}受到开除党籍处分，其涉嫌犯罪问题移送检察机关依法审查起诉。"
    )


TEXTS = {
    "县/甲.txt": body("孟广河", "上坪村"),
    "市/甲.txt": f"本网讯\n{body('孟广河', '上坪村')}\n（责任编辑：苏眉）",
    "网/甲.txt": f"上坪村一书记被处分\n{body('孟广河', '上坪村')}\n来源：清风县",
    "县/乙.txt": body("邵立冬", "下湾村"),
    "县/丙.txt": "补贴资金使用情况的说明，党支部书记会议纪要。",
}


@pytest.fixture
def searcher(build: Build) -> Searcher:
    return build(TEXTS)


def whole(search: Callable[..., Results], query: str, limit: int) -> list[Results]:
    """All pages of a search, from the first to the last."""
    pages = [search(query, limit=limit)]
    while (offset := pages[-1].next_offset) is not None:
        pages.append(search(query, limit=limit, offset=offset))
    return pages


def test_copies_are_one_hit_and_the_count_is_of_documents(searcher: Searcher) -> None:
    results = searcher.search("补贴资金")
    assert (results.total, len(results.hits), results.folded, results.next_offset) == (5, 3, 2, None)
    (hit,) = [hit for hit in results.hits if hit.duplicates]
    assert {hit.source, *(copy.source for copy in hit.duplicates)} == {"县/甲.txt", "市/甲.txt", "网/甲.txt"}
    assert sum(value.count for value in results.facets["collection"]) == 5


def test_all_copies_are_shown_where_asked(searcher: Searcher) -> None:
    results = searcher.search("补贴资金", all_copies=True)
    assert (len(results.hits), results.folded) == (5, 0)
    assert sorted(len(hit.duplicates) for hit in results.hits) == [0, 0, 2, 2, 2]


def test_a_copy_that_does_not_match_is_told_all_the_same(searcher: Searcher) -> None:
    (hit,) = searcher.search("清风县").hits
    assert (hit.source, len(hit.duplicates)) == ("网/甲.txt", 2)
    assert set(copies(searcher.store, [hit.id])) == {hit.id}


@pytest.mark.parametrize("limit", [1, 2, 3])
@pytest.mark.parametrize("query", ["党支部书记", "", "党支部书记 排序:日期"])
def test_pages_show_each_group_once(searcher: Searcher, query: str, limit: int) -> None:
    pages = whole(searcher.search, query, limit)
    shown = [hit.source for page in pages for hit in page.hits]
    assert shown == [hit.source for hit in searcher.search(query).hits]
    assert sum(len(page.hits) + page.folded for page in pages) == pages[0].total == 5
    assert all(len(page.hits) == limit for page in pages[:-1])


def test_files_that_change_change_groups(build: Build) -> None:
    engine = MemoryEngine()
    build(TEXTS, engine)
    searcher = build({"市/甲.txt": TEXTS["县/乙.txt"], "网/甲.txt": TEXTS["县/丙.txt"]}, engine)
    assert [(hit.source, hit.duplicates) for hit in searcher.search("孟广河").hits] == [("县/甲.txt", ())]
    (hit,) = searcher.search("邵立冬").hits
    assert {hit.source, *(copy.source for copy in hit.duplicates)} == {"县/乙.txt", "市/甲.txt"}


def test_the_samples_hold_three_groups_with_every_engine(samples: Searcher) -> None:
    results = samples.search("", limit=100)
    assert (results.total - len(results.hits), results.folded) == (3, 3)
    grouped = {frozenset((hit.source, *(c.source for c in hit.duplicates))) for hit in results.hits if hit.duplicates}
    assert grouped == {
        frozenset({"审查调查/梁伯川/梁伯川被开除党籍和公职.html", "审查调查/存档/2022年9月-副本.html"}),
        frozenset(
            {
                "审查调查/梁伯川/梁伯川接受纪律审查和监察调查.html",
                "审查调查/梁伯川/转载/墨阳市政协一委员会主任被查.html",
            }
        ),
        frozenset(
            {
                "通报曝光/墨阳市通报六起违反中央八项规定精神典型问题.html",
                "通报曝光/转载/节前通报六起典型问题（墨阳新闻网）.html",
            }
        ),
    }


def test_the_terminal_tells_of_copies(searcher: Searcher) -> None:
    lines = list(results_lines(searcher.search("补贴资金"), 0, Style(colour=False)))
    assert any("共 5 份文件" in line and "2 份与所列的相同或相近" in line for line in lines)
    assert sum("另有 2 份相同或相近的文件" in line for line in lines) == 1
    assert SHOWN_COPIES >= 2
    assert any("显示第 1 至" in line for line in results_lines(searcher.search("补贴资金", limit=1), 0, Style(False)))
