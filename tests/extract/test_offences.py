"""Offences in their normal form, disciplines that were broken, and the sectors a text is about."""

from __future__ import annotations

import pytest

from indexer.extract import disciplines, offences, sectors


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("因犯受贿罪，被判处有期徒刑", ["受贿罪"]),
        ("涉嫌受贿犯罪", ["受贿罪"]),
        ("涉嫌贪污、利用影响力受贿犯罪", ["贪污罪", "利用影响力受贿罪"]),
        ("甲受贿、隐瞒境外存款、滥用职权、内幕交易案", ["受贿罪", "隐瞒境外存款罪", "滥用职权罪", "内幕交易罪"]),
        ("甲受贿、利用影响力受贿一案", ["受贿罪", "利用影响力受贿罪"]),
        ("犯受贿罪、滥用职权罪", ["受贿罪", "滥用职权罪"]),
        ("涉嫌受贿罪和行贿罪", ["受贿罪", "行贿罪"]),
        ("犯对非国家工作人员行贿罪", ["对非国家工作人员行贿罪"]),
        ("犯国有公司、企业、事业单位人员滥用职权罪", ["国有公司、企业、事业单位人员滥用职权罪"]),
        ("犯掩饰、隐瞒犯罪所得、犯罪所得收益罪", ["掩饰、隐瞒犯罪所得、犯罪所得收益罪"]),
        ("判处其犯危险驾驶罪", ["危险驾驶罪"]),
        ("涉嫌为亲友非法牟利犯罪", ["为亲友非法牟利罪"]),
        ("涉嫌受贿等犯罪", ["受贿罪"]),
        ("典型受贿案例", []),
        ("涉嫌犯罪问题移送检察机关", []),
        ("收受贿赂", []),
    ],
)
def test_offences_of_a_text(text: str, expected: list[str]) -> None:
    found = offences.find(text)
    assert [mention.value for mention in found] == expected
    assert all(text[mention.start : mention.end].startswith(mention.value[:-1]) for mention in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("严重违反党的政治纪律、组织纪律、廉洁纪律和生活纪律", ["政治纪律", "组织纪律", "廉洁纪律", "生活纪律"]),
        ("无视中央八项规定精神，违规收受礼金", ["中央八项规定精神"]),
        ("违反政治纪律和政治规矩", ["政治纪律", "政治纪律"]),
        ("贯彻落实中央八项规定精神", []),
        ("他违反规定；组织学习工作纪律", []),
    ],
)
def test_disciplines_that_were_broken(text: str, expected: list[str]) -> None:
    assert [mention.value for mention in disciplines.find(text)] == expected


def test_sectors_named_in_passing_do_not_count() -> None:
    text = "粮库储备粮轮换、粮食购销、储备粮收储、粮食收购，粮库主任，以及一家银行。"
    assert {mention.value for mention in sectors.find(text)} == {"粮食购销"}
    assert {mention.value for mention in sectors.find("在医疗设备采购、工程承揽等方面谋利")} == {"医疗卫生", "工程建设"}
    assert sectors.find("无关的话") == ()
