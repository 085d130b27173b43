"""Why a candidate is alike, and in what it differs."""

from __future__ import annotations

import pytest

from search.precedents.explain import differs, why
from search.precedents.statistics import statistics
from tests.precedents.invented import CASES, library, read

KNOWN = statistics(library().values())
QUERY = "云岭市住建局局长子某春节收受开发商所送礼金和购物卡2万元，还由老板安排打高尔夫球。"


def test_what_is_alike_is_told_with_its_places() -> None:
    told = {statement.text: statement for statement in why(read(QUERY), read(CASES["gifts"]), KNOWN)}
    assert "同类问题：违规收受礼品礼金" in told
    cards = told["同样的手段：收受消费卡"]
    assert [QUERY[start:end] for start, end in cards.query] == ["购物卡"]
    assert [CASES["gifts"][start:end] for start, end in cards.candidate] == ["购物卡"]
    assert any(text.startswith("共同的用语：") for text in told)


def test_what_differs_is_told() -> None:
    told = [statement.text for statement in differs(read(QUERY), read(CASES["gifts"]))]
    assert any(text.startswith("手段不同，该案没有：") and "打高尔夫" in text for text in told)


def test_another_level_and_an_amount_of_another_order_are_told() -> None:
    village, city = "柳溪村党支部书记甲某收受礼金3000元。", "江南省云岭市委原书记乙某收受礼金46万元。"
    told = [statement.text for statement in differs(read(village), read(city))]
    assert "职务层级不同：本案村社区级，该案厅局级" in told
    assert "数额悬殊：本案最高3000元，该案最高46万元" in told


@pytest.mark.parametrize("name", CASES)
def test_a_case_does_not_differ_from_itself(name: str) -> None:
    assert differs(read(CASES[name]), read(CASES[name])) == []
    assert why(read(CASES[name]), read(CASES[name]), KNOWN)
