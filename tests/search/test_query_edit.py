"""Facets, dates, order and removals: each is an edit of the tree, and the string says it all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.edit import selected, toggle, with_dates, with_sort, without
from search.parse import Parsed, parse
from search.query import Order, Query, Tree


def read(text: str) -> Query:
    parsed = parse(text)
    assert not parsed.problems
    return parsed.query


@pytest.mark.parametrize(
    ("before", "field", "value", "after"),
    [
        ("", "kind", "circular", "类型:通报"),
        ("受贿", "kind", "circular", "受贿 类型:通报"),
        ("受贿 类型:通报", "kind", "bulletin", "受贿 类型:通报、工作动态"),  # either of two values
        ("受贿 类型:通报、工作动态", "kind", "circular", "受贿 类型:工作动态"),
        ("受贿 类型:通报", "kind", "circular", "受贿"),  # the last value takes the facet along
        ("类型:通报", "kind", "circular", ""),
        ("合同 OR 协议", "kind", "circular", "(合同 OR 协议) 类型:通报"),
        ("类型:通报 来源:云川日报 受贿", "kind", "other", "类型:通报、其他 来源:云川日报 受贿"),  # in its place
        ("-类型:通报", "kind", "circular", "类型:通报"),  # the last choice counts
        ("受贿", "year", "2022", "受贿 年:2022"),
        ("年:2021、2022", "year", "2022", "年:2021"),
        ("来源:云川日报", "source", "云川日报", ""),
        ('来源:"云川日报"', "source", "云川日报", ""),  # quoted by the user, the same value
        ("受贿", "source", '"云川" OR *', r'受贿 来源:"\"云川\" OR *"'),  # any characters
        ("来源:云*", "source", "云川日报", "来源:云*、云川日报"),  # a pattern is no value
        ("来源:甲 OR 受贿", "source", "甲", "(来源:甲 OR 受贿) 来源:甲"),  # not a facet, but a side of an OR
        ("受贿 排序:日期", "kind", "other", "受贿 类型:其他 排序:日期"),
    ],
)
def test_toggle(before: str, field: str, value: str, after: str) -> None:
    assert str(toggle(read(before), field, value)) == after


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("受贿", "甲", "受贿 -来源:甲"),
        ("受贿 -来源:甲", "乙", "受贿 -来源:甲、乙"),  # neither
        ("受贿 -来源:甲、乙", "甲", "受贿 -来源:乙"),
        ("受贿 -来源:甲", "甲", "受贿"),
        ("来源:甲、乙", "甲", "来源:乙 -来源:甲"),  # the last choice counts
    ],
)
def test_toggle_excluded(before: str, value: str, after: str) -> None:
    assert str(toggle(read(before), "source", value, excluded=True)) == after


@pytest.mark.parametrize(("field", "value"), [("kind", "合同"), ("year", "去年"), ("date", "2022-13"), ("source", " ")])
def test_a_value_that_cannot_be_is_refused(field: str, value: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        toggle(Query(), field, value)


@pytest.mark.parametrize(
    ("text", "field", "chosen", "excluded"),
    [
        ("类型:通报、简报 受贿", "kind", {"circular", "bulletin"}, set()),
        ("来源:甲 来源:乙 -来源:丙", "source", {"甲", "乙"}, {"丙"}),
        ("年:2021、2022", "year", {"2021", "2022"}, set()),
        ("来源:甲*", "source", set(), set()),
        ("来源:甲 OR 受贿", "source", set(), set()),
        ("", "source", set(), set()),
    ],
)
def test_selected(text: str, field: str, chosen: set[str], excluded: set[str]) -> None:
    assert selected(read(text), field) == chosen
    assert selected(read(text), field, excluded=True) == excluded


@pytest.mark.parametrize(
    ("before", "low", "high", "after"),
    [
        ("受贿", "2022", "2023-06", "受贿 日期:2022..2023-06"),
        ("日期:2020 受贿", "2022", None, "受贿 日期:2022.."),  # in place of other dates
        ("受贿 日期:2020、2021", None, "2022-06-01", "受贿 日期:..2022-06-01"),
        ("受贿 日期:2020", None, None, "受贿"),
        ("受贿 -日期:2020", "2019", "2021", "受贿 -日期:2020 日期:2019..2021"),  # an exclusion stays
        ("", "2022", "2022", "日期:2022"),
    ],
)
def test_with_dates(before: str, low: str | None, high: str | None, after: str) -> None:
    assert str(with_dates(read(before), low, high)) == after


def test_with_dates_refuses_what_is_no_date() -> None:
    with pytest.raises(ValueError, match="不是日期"):
        with_dates(Query(), "昨儿", None)


def test_with_sort() -> None:
    assert str(with_sort(read("受贿"), Order.NEWEST)) == "受贿 排序:日期"
    assert str(with_sort(read("受贿 排序:日期"), Order.RELEVANCE)) == "受贿"


@pytest.mark.parametrize(
    ("before", "part", "after"),
    [
        ("受贿 招投标", "招投标", "受贿"),
        ("受贿 处分:诫勉、免职", "处分:诫勉", "受贿 处分:免职"),  # one value of a list
        ("受贿 处分:诫勉、免职", "处分:诫勉、免职", "受贿"),  # the list
        ("(甲 OR 乙) 丙", "甲", "乙 丙"),
        ("丙 -(甲 乙)", "乙", "丙 -甲"),
        ("丙 -甲", "甲", "丙"),
        ("丙 -甲", "-甲", "丙"),
        ("受贿", "受贿", ""),
        ("受贿 排序:日期", "招投标", "受贿 排序:日期"),  # not there: nothing happens
    ],
)
def test_without(before: str, part: str, after: str) -> None:
    assert str(without(read(before), read(part).tree)) == after


words = st.sampled_from(
    ["受贿", "a OR b", "-交通局", '"某 局"', "来源:甲", "-来源:甲、乙", "年:2021..2022", "(甲 来源:丙) OR 丁"]
)
searches = st.lists(words, max_size=4).map(lambda parts: read(" ".join(f"({part})" for part in parts)))
facets = st.one_of(
    st.tuples(st.just("source"), st.one_of(st.sampled_from("甲乙丙"), st.text(min_size=1).filter(str.strip))),
    st.tuples(st.just("kind"), st.sampled_from(["circular", "other"])),
    st.tuples(st.just("year"), st.integers(1, 9999).map(str)),
)


@given(searches, facets, st.booleans())
def test_toggling_chooses_and_toggling_again_takes_back(search: Query, facet: tuple[str, str], excluded: bool) -> None:
    field, value = facet
    once = toggle(search, field, value, excluded=excluded)
    twice = toggle(once, field, value, excluded=excluded)
    before = value in selected(search, field, excluded=excluded)
    assert (value in selected(once, field, excluded=excluded)) is not before
    assert (value in selected(twice, field, excluded=excluded)) is before
    assert value not in selected(once, field, excluded=not excluded)
    for query in (once, twice):
        assert parse(str(query)) == Parsed(query)


def _parts(tree: Tree) -> list[Tree]:
    inner = getattr(tree, "parts", None) or ((tree.part,) if hasattr(tree, "part") else ())
    return [tree, *(part for child in inner for part in _parts(child))]


@given(searches, st.data())
def test_what_is_removed_is_gone(search: Query, data: st.DataObject) -> None:
    part = data.draw(st.sampled_from(_parts(search.tree)))
    less = without(search, part)
    assert part not in _parts(less.tree) or not str(part)
    assert parse(str(less)) == Parsed(less)
