"""The tree: what it refuses, what it prints, and that the string is the whole of it (generated trees)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.parse import MAX_WORDS, Parsed, parse
from search.query import (
    EMPTY,
    FIELDS,
    And,
    Field,
    Fuzzy,
    Not,
    Or,
    Order,
    Pattern,
    Query,
    Quoted,
    Tree,
    Word,
    all_of,
    any_of,
    field_named,
    negate,
    plain,
)
from search.syntax import is_pattern, is_stem
from search.values import DateSpan, NumberSpan, ValueType

A, B, C = Word("甲"), Word("乙"), Word("丙")

# Characters that mean something to the parser, among some that do not.
SIGNS = '甲乙a1 ，、,;。|｜()（）-－:："＂“”「」『』《》*＊?？~～\\.<>='


@pytest.mark.parametrize(
    ("tree", "printed"),
    [
        (EMPTY, ""),
        (And((A, B)), "甲 乙"),
        (Or((A, B)), "甲 OR 乙"),
        (And((A, Or((B, C)))), "甲 (乙 OR 丙)"),
        (Or((And((A, B)), C)), "(甲 乙) OR 丙"),
        (Not(A), "-甲"),
        (Not(Or((A, B))), "-(甲 OR 乙)"),
        (Quoted('他说"好"\\'), r'"他说\"好\"\\"'),
        (Field("kind", Word("circular")), "类型:通报"),
        (Or((Field("sanction", Word("诫勉")), Field("sanction", Quoted("开 除")))), '处分:诫勉、"开 除"'),
        (And((A, Or((Field("agency", A), Field("agency", B))))), "甲 机构:甲、乙"),
        (Or((Field("agency", A), Field("post", B))), "机构:甲 OR 职务:乙"),
        (Field("date", DateSpan("2022-06", None)), "日期:2022-06.."),
        (Field("amount", NumberSpan(1_000_001, None)), "金额:>100万"),
        (Field("amount", NumberSpan(None, 150_000_000)), "金额:..1.5亿"),
        (Field("year", NumberSpan(2021, 2021)), "年:2021"),
    ],
)
def test_printing(tree: Tree, printed: str) -> None:
    assert str(Query(tree)) == printed
    assert parse(printed) == Parsed(Query(tree))


@pytest.mark.parametrize(
    "build",
    [
        lambda: Word("两 词"),
        lambda: Word("OR"),
        lambda: Word("-甲"),
        lambda: Word("甲*"),
        lambda: Word("甲~"),
        lambda: Word("标题:甲"),
        lambda: Word(""),
        lambda: Quoted(" "),
        lambda: Pattern("*"),
        lambda: Pattern("甲**"),
        lambda: Fuzzy("甲*"),
        lambda: Fuzzy("—"),
        lambda: Not(Not(A)),
        lambda: Not(EMPTY),
        lambda: And((A,)),
        lambda: And((A, A)),
        lambda: And((A, And((B, C)))),
        lambda: Or(()),
        lambda: Or((A, Or((B, C)))),
        lambda: Field("kind", Word("通报")),
        lambda: Field("date", A),
        lambda: Field("agency", NumberSpan(1, 2)),
        lambda: Field("date", DateSpan("2022-13", None)),
        lambda: Field("date", DateSpan("2023", "2022")),
        lambda: Field("date", DateSpan(None, None)),
        lambda: Field("amount", NumberSpan(-1, None)),
    ],
)
def test_what_could_not_be_read_back_cannot_be_built(build) -> None:
    with pytest.raises(ValueError, match=r"."):
        build()


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("标题", "title"),
        ("標題", "title"),
        ("Title", "title"),
        ("ＴＩＴＬＥ", "title"),
        ("文件夹", "collection"),
        ("没有", None),
    ],
)
def test_field_names(written: str, name: str | None) -> None:
    field = field_named(written)
    assert (field and field.name) == name


def test_no_name_means_two_fields() -> None:
    names = [name for row in FIELDS.values() for name in (row.name, row.label, *row.aliases)]
    assert len(names) == len(set(names))
    assert all(field_named(name) for name in names)


texts = st.one_of(st.text(SIGNS, min_size=1, max_size=8), st.text(min_size=1, max_size=8)).filter(str.strip)
leaves = st.one_of(
    texts.map(plain),
    texts.map(Quoted),
    texts.filter(is_pattern).map(Pattern),
    st.sampled_from(["大祥*", "李?辉", "*局"]).map(Pattern),
    st.text(min_size=1, max_size=4).filter(lambda text: is_stem(text) and text.isalnum()).map(Fuzzy),
)
years = st.integers(1000, 2998)
dates = st.one_of(
    years.map(str),
    st.builds("{}-{:02}".format, years, st.integers(1, 12)),
    st.dates().filter(lambda day: 1000 <= day.year <= 2998).map(str),
)
date_spans = st.one_of(
    dates.map(lambda day: DateSpan(day, day)),
    dates.map(lambda day: DateSpan(day, None)),
    dates.map(lambda day: DateSpan(None, day)),
    st.tuples(years, years).map(lambda pair: DateSpan(f"{min(pair)}-07", f"{max(pair)}-08")),
)


def number_spans(largest: int) -> st.SearchStrategy[NumberSpan]:
    numbers = st.one_of(st.integers(0, largest), st.integers(0, 99).map(lambda n: n * largest // 100))
    pairs = st.tuples(numbers, numbers)
    return st.one_of(
        pairs.map(lambda pair: NumberSpan(min(pair), max(pair))),
        numbers.map(lambda number: NumberSpan(number, None)),
        numbers.map(lambda number: NumberSpan(None, number)),
    )


def _fields(kind: ValueType) -> st.SearchStrategy[str]:
    return st.sampled_from([row.name for row in FIELDS.values() if row.type is kind and row.name != "kind"])


fields = st.one_of(
    st.builds(Field, _fields(ValueType.TEXT), leaves),
    st.builds(Field, _fields(ValueType.KEY), leaves),
    st.sampled_from(["circular", "bulletin", "other"]).map(lambda kind: Field("kind", Word(kind))),
    st.builds(Field, _fields(ValueType.DATE), date_spans),
    st.builds(Field, _fields(ValueType.AMOUNT), number_spans(10**15)),
    st.builds(Field, _fields(ValueType.NUMBER), number_spans(9999)),
)
trees = st.recursive(
    st.one_of(leaves, fields),
    lambda parts: st.one_of(
        parts.map(negate),
        st.lists(parts, min_size=1, max_size=4).map(all_of),
        st.lists(parts, min_size=1, max_size=4).map(any_of),
        st.lists(fields, min_size=2, max_size=4).map(any_of),
    ),
    max_leaves=20,
)
queries = st.builds(Query, st.one_of(st.just(EMPTY), trees), st.sampled_from(Order))


@given(queries)
def test_every_tree_is_read_back(query: Query) -> None:
    assert parse(str(query)) == Parsed(query)


@given(st.text(SIGNS, min_size=1, max_size=6))
def test_every_word_that_can_be_built_is_read_back(text: str) -> None:
    for node in (Word, Quoted, Pattern, Fuzzy):
        try:
            part = node(text)
        except ValueError:
            continue
        for tree in (part, Not(part), Field("title", part), any_of((Field("title", part), Field("title", A)))):
            assert parse(str(Query(tree))) == Parsed(Query(tree))


def test_as_many_words_as_are_read_are_printed_and_read_back() -> None:
    query = Query(any_of(Field("agency", Word(f"第{number}局")) for number in range(MAX_WORDS)))
    assert parse(str(query)) == Parsed(query)
