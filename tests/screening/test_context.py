"""Whether two names mean one body, and what a text tells of a person. All names are invented."""

from __future__ import annotations

import pytest

from search.screening.context import same_body, told_at


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("清江市审计局", "清江市审计局", True),
        ("云岭省清江市审计局", "清江市审计局", True),
        ("清江市审计局党组", "清江市审计局", True),
        ("清江市国土资源局", "清江市自然资源局", True),
        ("清江市卫计委", "清江市卫生健康委员会", True),
        ("中共清江市委", "清江市委", True),
        ("中共清江市纪律检查委员会", "清江市纪委监委", True),
        ("清江市人民政府", "清江市政府", True),
        ("清江市政府", "清江市", True),
        ("清江市委", "清江市委宣传部", False),
        ("清江市审计局", "白沙市审计局", False),
        ("云岭省清江市青禾区审计局", "云岭省白沙市青禾区审计局", False),
        ("清江市审计局", "审计局", False),
        ("市审计局", "清江市审计局", False),
        ("清江市审计局", "清江市财政局", False),
        ("云岭远大建设集团有限公司", "云岭远大建设集团有限责任公司", True),
        ("", "清江市审计局", False),
        ("", "", False),
    ],
)
def test_two_names_of_one_body(one: str, other: str, same: bool) -> None:
    assert same_body(one, other) is same
    assert same_body(other, one) is same


@pytest.mark.parametrize(
    ("text", "posts", "born"),
    [
        ("清江市审计局局长柳成荫被查", {("清江市审计局", "局长")}, set()),
        ("柳成荫（清江市审计局局长）被查", {("清江市审计局", "局长")}, set()),
        ("柳成荫，男，1968年5月出生，清江人", set(), {1968}),
        ("柳成荫（1968年5月生）", set(), {1968}),
        ("柳成荫生于1968年。", set(), {1968}),
        ("柳成荫于1998年5月参加工作", set(), set()),
        ("柳成荫在1998年生产中受伤", set(), set()),
        ("柳成荫受到处分。石映泉，1970年出生。", set(), set()),
    ],
)
def test_what_a_text_tells_of_a_person(text: str, posts: set[tuple[str, str]], born: set[int]) -> None:
    at = text.index("柳成荫")
    told = told_at(text, (at, at + 3))
    assert (told.posts, told.born) == (posts, born)
