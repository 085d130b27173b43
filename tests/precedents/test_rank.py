"""The order of precedents."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.matter.matter import Matter
from search.precedents.rank import rank
from search.precedents.statistics import statistics
from search.precedents.weights import CRIMINAL, LIKE, NAMES, OFFICIAL, crime, learned, liking
from tests.precedents.invented import CASES, library, read

LIBRARY = library()
KNOWN = statistics(LIBRARY.values())


def order(text: str, like: str | None = None) -> list[str]:
    return [item.case_id for item in rank(read(text), LIBRARY, KNOWN, learned(), like)]


@pytest.mark.parametrize("name", CASES)
def test_a_case_is_most_like_itself(name: str) -> None:
    assert order(CASES[name])[0] == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("某局干部喝了酒开车回家被交警拦下", "drunk"),
        ("车改后，某镇镇长仍让下属单位的司机开车接送", "car"),
        ("某处长周末由企业老板陪着打高尔夫，账由老板结", "golf"),
        ("某主任拿钱出借给园区老板，收取高额利息", "lending"),
        ("村会计把自己的哥哥列进低保户，领走补助", "welfare"),
        ("某局长给儿子结婚摆酒席，收了下属的份子钱", "wedding"),
        ("几名男子撬锁进入仓库，偷走电缆卖掉", "theft"),
    ],
)
def test_plain_words_find_the_case_of_the_same_conduct(text: str, name: str) -> None:
    assert order(text)[0] == name


@given(st.permutations(sorted(LIBRARY)), st.sampled_from(sorted(CASES)))
def test_the_order_of_the_candidates_does_not_matter(names: list[str], query: str) -> None:
    shuffled = {name: LIBRARY[name] for name in names}
    assert rank(read(CASES[query]), shuffled, KNOWN, learned()) == rank(read(CASES[query]), LIBRARY, KNOWN, learned())


@pytest.mark.parametrize("like", [None, *LIKE])
@pytest.mark.parametrize("name", CASES)
def test_the_parts_add_up_to_the_score(name: str, like: str | None) -> None:
    for item in rank(read(CASES[name]), LIBRARY, KNOWN, learned(), like):
        assert item.score == pytest.approx(sum(part for _, part in item.parts))
        assert all(part >= 0 for _, part in item.parts)


@pytest.mark.parametrize("name", CASES)
def test_formulas_do_not_change_the_order(name: str) -> None:
    formulas = "该人丧失理想信念，背弃初心使命，还存在其他严重违纪违法问题。"
    assert order(CASES[name] + formulas) == order(CASES[name])


def test_equal_candidates_stand_in_the_order_of_their_ids() -> None:
    names = [f"case{number}" for number in range(9)]
    random.Random(5).shuffle(names)
    same = dict.fromkeys(names, LIBRARY["golf"])
    assert [item.case_id for item in rank(LIBRARY["golf"], same, KNOWN, learned())] == sorted(names)


def test_a_basis_that_the_user_weighs_changes_the_order() -> None:
    text = "柳溪村党支部书记公款旅游，以考察为名到景区游玩，在村集体资金中报销。"
    assert order(text)[0] == "travel"
    assert order(text, like="post")[0] == "welfare"


@pytest.mark.parametrize("like", LIKE)
@pytest.mark.parametrize("part", [0.0, 0.4, 1.0])
def test_a_basis_counts_as_much_as_everything_else(like: str, part: float) -> None:
    before = learned().of(part)
    after = liking(before, like)
    raised = sum(after[name] - before[name] for name in LIKE[like])
    assert raised == pytest.approx(sum(before.values()))
    assert all(after[name] == before[name] for name in NAMES if name not in LIKE[like])


def test_an_unknown_basis_is_refused() -> None:
    with pytest.raises(KeyError):
        liking(learned().official, "weather")


@pytest.mark.parametrize("part", [0.0, 0.3, 1.0])
def test_the_learned_weights_are_shares(part: float) -> None:
    weights = learned().of(part)
    assert set(weights) == set(NAMES)
    assert all(weight >= 0 for weight in weights.values())
    assert sum(weights.values()) == pytest.approx(1, abs=0.002)


def test_what_is_told_of_a_defendant_is_a_matter_of_crimes() -> None:
    assert crime(Matter(words={}, charged=True), 0.0) == 1
    shares = (0.0, OFFICIAL, (OFFICIAL + CRIMINAL) / 2, CRIMINAL, 1.0)
    assert [crime(Matter(words={}), share) for share in shares] == [0, 0, 0.5, 1, 1]
