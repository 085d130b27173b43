"""A search for an agency offers its other names, and takes them back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.lineage import offer
from search.parse import parse
from search.results import Offer


@pytest.mark.parametrize(
    ("query", "label", "changed"),
    [
        ("机构:墨阳市自然资源局 受贿", "墨阳市国土资源局", "机构:墨阳市自然资源局、墨阳市国土资源局 受贿"),
        ("环保局 排序:日期", "生态环境局", "环保局 OR 生态环境局 排序:日期"),
        ("教育局 环保局", "生态环境局", "教育局 (环保局 OR 生态环境局)"),
        ('"墨阳市环境保护局"', "墨阳市生态环境局", '"墨阳市环境保护局" OR 墨阳市生态环境局'),
        (
            "机构:大祥区环保局",
            "大祥区生态环境局",
            "机构:大祥区环保局、大祥区生态环境局、邵阳市大祥区生态环境局",
        ),
    ],
)
def test_names_are_offered_and_taken_back(query: str, label: str, changed: str) -> None:
    assert offer(parse(query).query) == (Offer(label, changed, chosen=False),)
    assert offer(parse(changed).query) == (Offer(label, query, chosen=True),)


@pytest.mark.parametrize("query", ["", "受贿 干部", "人员:李某", "-环保局", "标题:环保局", "机构:墨阳市民政局"])
def test_nothing_is_offered(query: str) -> None:
    assert offer(parse(query).query) == ()


def test_a_name_that_people_judged_is_offered_too() -> None:
    (made,) = offer(parse("机构:墨阳市教育局").query, {"墨阳市教育局": ["墨阳市教育体育局"]})
    assert made.query == "机构:墨阳市教育局、墨阳市教育体育局"


NAMES = ["国土局", "墨阳市卫计委", "机构:墨阳市环保局", "机构:大祥区市监局", "受贿", "通报", "-自然资源局", "纪委"]


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4), st.sampled_from([" ", " OR "]))
def test_every_offer_is_a_query_that_reads_back(parts: list[str], between: str) -> None:
    for made in offer(parse(between.join(parts)).query):
        again = parse(made.query)
        assert (str(again.query), again.problems) == (made.query, ())
