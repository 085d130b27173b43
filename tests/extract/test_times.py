"""The years of conduct: dates of acts count, dates of procedure, reports and careers do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extract.times import conduct_years
from tests.extract.tables import rows


@pytest.mark.parametrize(("text", "first", "last", "about"), rows("times", 4))
def test_years_of_conduct(text: str, first: str, last: str, about: str) -> None:
    assert conduct_years(text) == (int(first) if first else None, int(last) if last else None), about


@given(st.integers(1950, 2029), st.integers(0, 20))
def test_a_range_is_told_by_its_ends(first: int, length: int) -> None:
    last = min(first + length, 2029)
    assert conduct_years(f"{first}年至{last}年，甲收受礼金") == (first, last)


PIECES = st.sampled_from(
    [
        "2013",
        "98",
        "年",
        "5月",
        "至",
        "以来",
        "底",
        "次年",
        "，",
        "。",
        "甲收受礼金",
        "被开除党籍",
        "任局长",
        "期间",
        "（",
        "）",
        "\n",
        "经查",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_text_gives_years_in_order(text: str) -> None:
    first, last = conduct_years(text)
    assert first is None or last is None or first <= last
