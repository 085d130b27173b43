"""Each signal is 0 for nothing alike, never above 1, and tells what its name says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.matter.matter import CONDUCT, Label, Matter, Outcome, Trait
from search.precedents.profile import profile
from search.precedents.rank import compare
from search.precedents.signals import SIGNALS
from search.precedents.statistics import Statistics, as_json, from_json, statistics
from search.precedents.weights import NAMES
from tests.precedents.invented import library

KNOWN = statistics(library().values())
EMPTY = Matter(words={})


def value(name: str, query: Matter, candidate: Matter, known: Statistics = KNOWN) -> float:
    return SIGNALS[name](profile(query, known), profile(candidate, known), known)


def matter(**fields: Any) -> Matter:
    return Matter(**{"words": {}, **fields})


def conduct(*names: str) -> tuple[Trait, ...]:
    return tuple(Trait(CONDUCT, name, 1, 0.1, (0, 1)) for name in names)


@pytest.mark.parametrize(
    ("name", "query", "near", "far"),
    [
        ("words", {"words": {"宴请": 1, "酒楼": 1}}, {"words": {"宴请": 1}}, {"words": {"车辆": 1}}),
        ("wording", {"words": {"宴请": 1}}, {"words": {"宴请": 1}}, {"words": {"宴请": 1, "车辆": 3}}),
        ("conduct", {"traits": conduct("甲/一", "甲/二")}, {"traits": conduct("甲/一")}, {"traits": conduct("乙/一")}),
        ("focus", {"traits": conduct("甲/一")}, {"traits": conduct("甲/一")}, {"traits": conduct("甲/一", "乙/二")}),
        (
            "violations",
            {"violations": (Label("甲", 0.9),)},
            {"violations": (Label("甲", 0.9),)},
            {"violations": (Label("甲", 0.2),)},
        ),
        (
            "offences",
            {"offences": (Label("甲罪", 0.5),)},
            {"offences": (Label("甲罪", 1.0),)},
            {"offences": (Label("甲罪", 0.3),)},
        ),
        ("level", {"level": "县处"}, {"level": "乡科"}, {"level": "省部"}),
        ("level", {"level": "企事业"}, {"level": "企事业"}, {"level": "乡科"}),
        ("sector", {"sectors": ("金融",)}, {"sectors": ("金融",)}, {"sectors": ("教育",)}),
        ("amount", {"amounts": (100_000,)}, {"amounts": (200_000,)}, {"amounts": (9_000_000,)}),
        ("articles", {"articles": ("甲法#1",)}, {"articles": ("甲法#1",)}, {"articles": ("甲法#2",)}),
        ("time", {"years": (2010, 2015)}, {"years": (2012, 2016)}, {"years": (1990, 1995)}),
    ],
)
def test_the_nearer_candidate_gives_more(
    name: str, query: Mapping[str, Any], near: Mapping[str, Any], far: Mapping[str, Any]
) -> None:
    first, second = (value(name, matter(**query), matter(**other)) for other in (near, far))
    assert 0 <= second < first <= 1


@pytest.mark.parametrize("name", SIGNALS)
def test_nothing_is_like_an_empty_matter(name: str) -> None:
    assert value(name, EMPTY, EMPTY) == 0
    assert all(value(name, EMPTY, other) == 0 == value(name, other, EMPTY) for other in library().values())


_NAMES = st.sampled_from(["甲/一", "甲/二", "乙/一", "丙/一"])
_LABELS = st.dictionaries(st.sampled_from("甲乙丙"), st.sampled_from([0.25, 0.5, 1.0]), max_size=3).map(
    lambda found: tuple(Label(name, confidence) for name, confidence in found.items())
)
MATTERS = st.builds(
    Matter,
    words=st.dictionaries(st.sampled_from(["宴请", "礼金", "车辆"]), st.integers(1, 9)),
    violations=_LABELS,
    offences=_LABELS,
    traits=st.dictionaries(_NAMES, st.integers(1, 5)).map(
        lambda found: tuple(Trait(CONDUCT, name, count, 0.1, (0, 1)) for name, count in found.items())
    ),
    level=st.sampled_from([None, "省部", "乡科", "企事业"]),
    amounts=st.lists(st.integers(1, 10**9), max_size=2).map(tuple),
    years=st.sampled_from([(None, None), (2010, 2020)]),
)


@given(st.lists(MATTERS, min_size=1, max_size=5))
def test_no_signal_leaves_its_range(matters: list[Matter]) -> None:
    known = statistics(matters)
    profiles = [profile(matter, known) for matter in matters]
    for values in compare(profiles[0], profiles, known, NAMES).values():
        assert all(0 <= value <= 1 + 1e-9 for value in values)


@given(MATTERS, MATTERS)
def test_neither_outcome_nor_names_take_part(query: Matter, candidate: Matter) -> None:
    known = statistics([query, candidate])
    told = Matter(
        **{
            **{name: getattr(candidate, name) for name in Matter.__dataclass_fields__},
            "outcome": Outcome(("开除党籍",), "sentenced"),
            "subjects": ("甲某",),
        }
    )
    assert all(value(name, query, candidate, known) == value(name, query, told, known) for name in SIGNALS)


def test_statistics_survive_json() -> None:
    assert from_json(as_json(KNOWN)) == KNOWN


def test_what_is_rare_weighs_more() -> None:
    common, rare = statistics([matter(words={"礼金": 1})] * 9 + [matter(words={"象牙": 1})]), "象牙"
    assert common.rarity("words", rare) > common.rarity("words", "礼金") > 0
    assert common.rarity("words", "无此词") > common.rarity("words", rare)
