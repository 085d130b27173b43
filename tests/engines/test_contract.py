"""The contract of search/engine.py, line by line, of every engine."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer.entry import Entry
from search.engine import MAX_WINDOW, Ask, Engine, Page, Row, Signal, Sort
from search.match import All, Any, Key, Match, Not, Phrase, Range, Term

Make, Fill, Ids = Callable[..., Entry], Callable[..., Engine], Callable[..., list[str]]

A, B, C = Term("words", "甲"), Term("words", "乙"), Term("words", "丙")


@pytest.fixture
def filled(engine: Engine, entry: Make, fill: Fill) -> Engine:
    """Five entries; 件6 was put and deleted."""
    fill(
        engine,
        [
            entry("件3", "甲乙丙", keys={"kind": ["通报"], "year": ["2021"]}, dates=[20210305]),
            entry("件1", "甲甲乙", keys={"kind": ["简报", "通报"]}, dates=[20190000, 20230101]),
            entry("件2", "乙甲", keys={"kind": ["简报"]}, dates=[20200101]),
            entry("件5", "丙", dates=[20210305], title="甲"),
            entry("件4", ""),
            entry("件6", "甲乙丙", keys={"kind": ["通报"]}, dates=[20210305]),
        ],
    )
    with engine.batch() as batch:
        batch.delete("件6")
    return engine


# 1 and 2: tokens in, ids out; every kind of question.


@pytest.mark.parametrize(
    ("match", "expected"),
    [
        (A, "123"),
        (Term("chars", "丙"), "35"),
        (Term("title_words", "甲"), "5"),
        (Term("words", "丁"), ""),
        (Phrase("grams", ((0, "甲"), (1, "乙"))), "13"),
        (Phrase("grams", ((0, "乙"), (1, "甲"))), "2"),
        (Phrase("grams", ((0, "甲"), (2, "乙"))), "1"),
        (Phrase("grams", ((1, "乙"), (0, "甲"), (2, "丙"))), "3"),
        (Phrase("grams", ((5, "甲"), (6, "甲"))), "1"),
        (Phrase("grams", ((0, "丙"), (1, "丁"))), ""),
        (Key("kind", frozenset({"通报"})), "13"),
        (Key("kind", frozenset({"简报", "无此"})), "12"),
        (Key("kind", frozenset()), ""),
        (Key("id", frozenset({"件4", "件6", "件9"})), "4"),
        (Range("date", 20200101, 20210305), "235"),
        (Range("date", 20200102), "135"),
        (Range("date", None, 20190000), "1"),
        (Range("date", 20190001, 20200100), ""),
        (Range("date"), "1235"),
        (Range("date", 5, 4), ""),
        (Range("date", -(2**80), 2**80), "1235"),
        (Range("date", 2**80), ""),
        (All(()), "12345"),
        (Any(()), ""),
        (All((A, C)), "3"),
        (Any((C, Key("kind", frozenset({"简报"})))), "1235"),
        (All((A, Any((C, Range("date", None, 20199999))))), "13"),
    ],
)
def test_which_entries_match(filled: Engine, ids: Ids, match: Match, expected: str) -> None:
    assert ids(filled, match) == [f"件{number}" for number in expected]
    assert filled.search(Ask(match, limit=0)) == Page(len(expected))


# 4: Not means all minus.


@pytest.mark.parametrize(
    ("match", "expected"),
    [
        (Not(A), "45"),
        (Not(Not(A)), "123"),
        (Not(All(())), ""),
        (Not(Any(())), "12345"),
        (All((A, Not(C))), "12"),
        (All((Not(A), Not(C))), "4"),
        (Any((C, Not(A))), "345"),
        (Not(Range("date")), "4"),
        (All((Not(Phrase("grams", ((0, "甲"), (1, "乙")))), B)), "2"),
    ],
)
def test_not_is_everything_else_and_never_a_deleted_entry(
    filled: Engine, ids: Ids, match: Match, expected: str
) -> None:
    assert ids(filled, match) == [f"件{number}" for number in expected]


# 3: counts and order.


def test_counts_are_of_all_matching_entries_whatever_the_page(filled: Engine) -> None:
    page = filled.search(Ask(A, limit=1, count=("kind", "year", "source")))
    assert page == Page(3, (Row("件1"),), {"kind": {"通报": 2, "简报": 2}, "year": {"2021": 1}, "source": {}})


def test_no_value_is_left_out_of_a_count(engine: Engine, entry: Make, fill: Fill) -> None:
    paths = [f"夹/{number}.txt" for number in range(300)]
    fill(engine, [entry(path, "甲", keys={"path": [path], "collection": ["夹"]}) for path in paths])
    counts = engine.search(Ask(All(()), limit=0, count=("path", "collection"))).counts
    assert counts == {"path": dict.fromkeys(paths, 1), "collection": {"夹": 300}}


@pytest.mark.parametrize(
    ("sort", "expected"),
    [(None, "12345"), (Sort("date"), "13524"), (Sort("date", descending=False), "23514")],
)
def test_order_without_scores(filled: Engine, ids: Ids, sort: Sort | None, expected: str) -> None:
    assert ids(filled, All(()), sort=sort) == [f"件{number}" for number in expected]


ORDERS: list[dict[str, object]] = [
    {},
    {"rank": (Signal("words", A),)},
    {"sort": Sort("date")},
    {"sort": Sort("date", descending=False)},
]


@pytest.mark.parametrize("order", ORDERS)
def test_ties_break_by_id_across_pages(
    engine: Engine, entry: Make, fill: Fill, ids: Ids, order: dict[str, object]
) -> None:
    names = [f"{number * 7919 % 500:03}" for number in range(500)]
    dated = {name: [20210000 + int(name) % 2][: int(name) % 3] for name in names}  # every third has none
    entries = [entry(name, "甲乙", dates=dates) for name, dates in dated.items()]
    fill(engine, entries[::2])
    fill(engine, entries[1::2])
    pages = [ids(engine, A, limit=45, offset=start, **order) for start in range(0, 540, 45)]
    sort = order.get("sort")
    sign = 0 if sort is None else -1 if sort == Sort("date") else 1
    expected = sorted(names, key=lambda n: (bool(sign) and not dated[n], sign * sum(dated[n]), n))
    assert [name for page in pages for name in page] == expected == ids(engine, A, limit=500, **order)


def test_a_sort_takes_the_largest_of_several_numbers(engine: Engine, entry: Make, fill: Fill, ids: Ids) -> None:
    fill(engine, [entry("两个", dates=[1, 9, 4]), entry("一个", dates=[5]), entry("负数", dates=[-3, -7])])
    assert ids(engine, All(()), sort=Sort("date")) == ["两个", "一个", "负数"]
    assert ids(engine, All(()), sort=Sort("date", descending=False)) == ["负数", "一个", "两个"]


# Scores: what the notes on Signal and Ask promise.


def test_a_rarer_token_and_a_more_frequent_one_score_higher(engine: Engine, entry: Make, fill: Fill, ids: Ids) -> None:
    fill(engine, [entry("常", "甲乙"), entry("稀", "丙乙"), entry("多", "甲甲"), entry("无", "乙乙")])
    found = ids(engine, All(()), rank=(Signal("words", Any((A, C))),))
    assert (found[0], found[-1]) == ("稀", "无")
    assert ids(engine, A, rank=(Signal("words", A),)) == ["多", "常"]


def test_weights_add_up(filled: Engine) -> None:
    def score(*rank: Signal) -> float:
        return filled.search(Ask(Key("id", frozenset({"件3"})), rank=rank)).rows[0].score

    one, other = score(Signal("words", A)), score(Signal("words", C))
    assert 0 < one < other
    assert score(Signal("words", Any((A, C)))) == pytest.approx(one + other, rel=1e-3)
    assert score(Signal("words", All((A, C)))) == pytest.approx(one + other, rel=1e-3)
    assert score(Signal("words", A, 3.0), Signal("more", C, 0.5)) == pytest.approx(3 * one + other / 2, rel=1e-3)


@pytest.mark.parametrize(
    "match",
    [
        Any((A, C)),
        Any((Any((A, C)), B)),
        Any((A, All((B, C)))),
        Any((All((A, B)), C, C)),
        All((Any((A, C)), B, Not(Term("words", "丁")))),
        All((Any((A, C)), Any((B, C)))),
    ],
)
def test_what_decides_the_set_scores_no_other_for_it(filled: Engine, match: Match) -> None:
    signals = (Signal("words", Any((A, C)), 2.0), Signal("more", Any((B, C)), 0.5))
    found = filled.search(Ask(match, rank=signals)).rows
    assert found
    for row in found:
        (alone,) = filled.search(Ask(Key("id", frozenset({row.id})), rank=signals)).rows
        assert row.score == pytest.approx(alone.score, rel=1e-3)


@pytest.mark.parametrize(
    "signal",
    [
        Key("kind", frozenset({"通报"})),
        Range("date"),
        Not(C),
        All(()),
        Any(()),
        All((A, Term("words", "丁"))),
        Phrase("grams", ((0, "丙"), (1, "甲"))),
    ],
)
def test_what_is_no_term_and_what_is_not_met_scores_nothing(filled: Engine, signal: Match) -> None:
    page = filled.search(Ask(A, rank=(Signal("none", signal),)))
    assert page == Page(3, (Row("件1"), Row("件2"), Row("件3")))


def test_rank_never_adds_an_entry(filled: Engine) -> None:
    page = filled.search(Ask(C, rank=(Signal("words", A),)))
    assert [(row.id, row.score > 0) for row in page.rows] == [("件3", True), ("件5", False)]
    assert page.total == 2


# 5: keys and tokens hold any character.

AWKWARD = [
    "",
    " ",
    "a\0b",
    '"引"',
    "o'clock\\",
    "a, b；c",
    "😀👨‍👩‍👧",
    "ＡＢ",
    "ab",
    "AB",
    "a\nb\t",
    "\ud800x",
    "\U0010ffff",
    "长" * 256,
]


def test_keys_are_exact_whatever_they_hold(engine: Engine, entry: Make, fill: Fill, ids: Ids) -> None:
    fill(engine, [entry(f"{n:02}", keys={"source": [value]}) for n, value in enumerate(AWKWARD)])
    for number, value in enumerate(AWKWARD):
        assert ids(engine, Key("source", frozenset({value}))) == [f"{number:02}"]
    counts = engine.search(Ask(All(()), limit=0, count=("source",))).counts
    assert counts == {"source": dict.fromkeys(AWKWARD, 1)}


@pytest.mark.parametrize("name", ["a\0b", '"引"', "路 径/😀.txt", "x" * 1000])
def test_ids_are_exact_whatever_they_hold(engine: Engine, entry: Make, fill: Fill, ids: Ids, name: str) -> None:
    fill(engine, [entry(name, "甲"), entry("z", "甲")])
    fill(engine, [entry(name, "乙")])
    assert ids(engine, Key("id", frozenset({name}))) == ids(engine, B) == [name]
    assert [row.id for row in engine.search(Ask(B, rank=(Signal("words", B),))).rows] == [name]


def test_long_tokens_are_neither_dropped_nor_mixed_up(engine: Engine, fill: Fill, ids: Ids) -> None:
    long, longer = "长" * 40_000, "长" * 40_001
    fill(engine, [Entry("甲", {"words": f"头 {long} 尾"}), Entry("乙", {"words": longer})])
    assert ids(engine, Term("words", long)) == ids(engine, Term("words", "尾")) == ["甲"]
    assert ids(engine, Term("words", longer)) == ["乙"]


# 7: the window.


def test_the_window_is_bounded_for_everyone(filled: Engine) -> None:
    with pytest.raises(ValueError, match="10000"):
        Ask(A, limit=2, offset=MAX_WINDOW - 1)
    for order in ORDERS:
        assert filled.search(Ask(A, limit=1, offset=MAX_WINDOW - 1, **order)) == Page(3)  # type: ignore[arg-type]
        assert len(filled.search(Ask(A, limit=MAX_WINDOW, **order)).rows) == 3  # type: ignore[arg-type]


def test_closing_twice_does_nothing(filled: Engine) -> None:
    filled.close()
    filled.close()
