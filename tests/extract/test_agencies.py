"""Agencies: longest printed form, full name in context; places; completion of short names."""

from __future__ import annotations

import pytest

from indexer.extract import agencies, completion, places


@pytest.mark.parametrize(
    ("text", "expected", "about"),
    [
        ("邵阳市大祥区严格落实省发改委的要求。", {"省发改委": "湖南省发展和改革委员会"}, "the province of the city"),
        ("邵阳市大祥区督促区审计局开展审计。", {"区审计局": "大祥区审计局"}, "the district of the text"),
        ("邵阳市纪委监委消息，市纪委监委开展检查。", {"邵阳市纪委监委": "邵阳市纪委监委"}, "named short: the same"),
        ("邵阳市卫健委发布通知。", {"邵阳市卫健委": "邵阳市卫生健康委员会"}, "a short name spelled out"),
        (
            "长沙市公安局、长沙市教育局、长沙市审计局参加会议。\n邵阳市卫健委发布通知，市财政局开展检查。",
            {
                "长沙市公安局": "长沙市公安局",
                "长沙市教育局": "长沙市教育局",
                "长沙市审计局": "长沙市审计局",
                "邵阳市卫健委": "邵阳市卫生健康委员会",
                "市财政局": "邵阳市财政局",
            },
            "the place named last before it, not the one named most",
        ),
        (
            "最高人民检察院、公安部联合印发通知。",
            {"最高人民检察院": "最高人民检察院", "公安部": "公安部"},
            "bodies of the centre",
        ),
        (
            "原邵阳市国土资源局大祥分局局长许怀民忏悔。",
            {"邵阳市国土资源局大祥分局": "邵阳市国土资源局大祥分局"},
            "a branch",
        ),
        ("《中国共产党纪律处分条例》规定，有关部门、各级纪检监察机关应当执行。", {}, "no agency is named"),
        ("邵阳市市场秩序良好，干部队伍稳定。", {}, "市场 and 干部 hold no body"),
        ("据某市财政局反映。", {}, "a masked place"),
    ],
)
def test_agencies_of_a_text(text: str, expected: dict[str, str], about: str) -> None:
    found = agencies.find(text)
    assert {one.name: one.normal for one in found} == expected, about
    assert all(text[start:end] == one.name for one in found for start, end in one.spans), about


@pytest.mark.parametrize(
    ("name", "before", "expected"),
    [
        ("统战部", "清江市委", "清江市委统战部"),
        ("市财政局", "云岭省清江市委", "云岭省清江市财政局"),
        ("县水利局", "青禾县政协", "青禾县水利局"),
        ("执行局", "最高人民法院审判委员会", "最高人民法院执行局"),
        ("安全监察处", "交通运输部安全司", "交通运输部安全司安全监察处"),
        ("质监站", "青禾县住建局建管站", "青禾县住建局质监站"),
        ("居委会", "花园社区", "花园社区居委会"),
        ("理事会", "云岭省供销合作社", "云岭省供销合作社理事会"),
        ("石桥县委", "清江市人大常委会", "石桥县委"),
        ("云岭水务有限公司", "清江市委", "云岭水务有限公司"),
        ("省政协", None, "省政协"),
    ],
)
def test_completion_from_the_organisation_before(name: str, before: str | None, expected: str) -> None:
    assert completion.complete(name, before) == expected


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("海南省三亚市政府", ["海南省", "三亚市"]),
        ("甘肃文县县委", ["甘肃", "文县"]),
        ("云南省玉溪市新平彝族傣族自治县林业局", ["云南省", "玉溪市", "新平彝族傣族自治县"]),
        ("青禾县自然资源局", []),
        ("统战部", []),
    ],
)
def test_the_divisions_a_name_begins_with(text: str, chain: list[str]) -> None:
    assert list(places.chain(text, 0)) == chain


def test_a_division_lies_in_its_province() -> None:
    assert list(places.upward("大祥区")) == ["大祥区", "邵阳市", "湖南省"]
    assert places.full("吉林") == "吉林省"
