"""What a case is compared by: its facts in the terms of the field, and nothing of the formulas or the outcome."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extract.pipeline import extract
from indexer.matter.comparing import matter_of
from indexer.matter.facts import BLANK, facts
from indexer.matter.labels import offences
from indexer.matter.lexicons import rules
from indexer.matter.matter import Outcome, as_json, from_json
from indexer.matter.posts import level
from indexer.segment import Segmenter
from tests.precedents.invented import CASES, read

PLAIN = [
    ("喝了点酒还开车回家，被交警拦下", "酒驾醉驾/饮酒驾驶"),
    ("车改以后，他上下班仍由下属单位的车接送", "违规配备使用车辆/车改后仍用车"),
    ("给儿子办婚宴，收了下属送的份子钱", "违规操办婚丧喜庆/婚宴"),
    ("老板请他打高尔夫，费用全由老板出", "违规接受旅游娱乐健身活动安排/打高尔夫"),
    ("把钱借给企业老板，约定月息两分", "违规借贷或放贷获利/放贷收息"),
    ("他没有出资，老板送他公司一成股份，每年分红", "受贿或权钱交易/干股分红"),
    ("以明显低于市场的价格向开发商购买商铺", "受贿或权钱交易/房产交易"),
    ("约定等他退休以后再兑现好处，退休次年领了顾问费", "受贿或权钱交易/退休离职后收钱"),
    ("用已故村民的名义领取养老金补贴", "侵占挪用公共财物/冒领补贴"),
    ("和几个老板统一口径，又补写了借条", "对抗组织审查/串供攻守同盟"),
    ("把现金和金条藏到外甥家里", "对抗组织审查/转移隐匿赃款赃物"),
    ("用妻弟的名义注册了一家测绘公司", "违规从事营利活动/借他人名义实际控制"),
    ("请风水先生看办公室的布局", "封建迷信活动/看风水算命"),
    ("提前把标底透露，泄露标底给投标老板", "泄露秘密/泄露标底商业"),
    ("用单位的公务车送孩子上学", "违规配备使用车辆/公车私用"),
    ("安排情人在企业挂名领取工资", "受贿或权钱交易/挂名领薪"),
    ("把单位公款借给朋友炒股，半年后才归还", "侵占挪用公共财物/挪用"),
    ("收了下属送的20万元，把他提拔为股长", "违规选人用人/买官卖官"),
]


@pytest.mark.parametrize(("text", "form"), PLAIN)
def test_plain_words_reach_the_formal_term(text: str, form: str) -> None:
    assert form in {trait.name for trait in read(text).traits}


@pytest.mark.parametrize(
    ("text", "charge"),
    [
        ("被告人持刀威胁路人，抢走手机和现金", "抢劫罪"),
        ("民警从其住处查获甲基苯丙胺12克，其曾两次出售给吸毒人员", "贩卖毒品罪"),
        ("未取得林木采伐许可证，雇人砍伐杨树，立木蓄积30立方米", "滥伐林木罪"),
        ("驾驶货车时与电动车相撞，致一人死亡，负事故主要责任", "交通肇事罪"),
        ("明知摩托车是偷来的仍低价收购", "掩饰、隐瞒犯罪所得罪"),
    ],
)
def test_conduct_in_plain_words_suggests_its_offence(text: str, charge: str) -> None:
    suggested = {label.name: label.confidence for label in offences((), text)}
    assert suggested[charge] == max(suggested.values())


def test_a_named_offence_is_certain_and_a_suggested_one_is_not() -> None:
    found = {label.name: label.confidence for label in offences(("盗窃罪",), "撬锁盗窃，后又持刀抢劫路人手机")}
    assert found["盗窃罪"] == 1.0
    assert 0 < found["抢劫罪"] < 1.0


FORMULAS = [
    "甲某丧失理想信念，背弃初心使命，对党不忠诚不老实。",
    "甲某还存在其他严重违纪违法问题。",
    "甲某在党的十八大后不收敛、不收手，性质严重，影响恶劣，应予严肃处理。",
    "经市纪委常委会会议研究，决定给予甲某开除党籍处分；收缴其违纪违法所得。",
]


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("name", ["gifts", "golf", "grain"])
def test_formulas_are_no_facts(formula: str, name: str) -> None:
    plain, padded = read(CASES[name]), read(CASES[name] + formula)
    assert dict(padded.words) == dict(plain.words)
    assert [(t.name, t.count) for t in padded.traits] == [(t.name, t.count) for t in plain.traits]


@pytest.mark.parametrize(
    "outcome", ["甲某受到党内严重警告处分。", "甲某被开除党籍、开除公职。", "甲某被判处有期徒刑十年。"]
)
def test_the_outcome_is_kept_apart_from_what_is_compared(outcome: str) -> None:
    assert dict(read(CASES["gifts"] + outcome).words) == dict(read(CASES["gifts"]).words)


@pytest.mark.parametrize("title", ["关于给予甲某开除党籍处分的通报", "甲某丧失理想信念", "依据《问责规定》作出决定"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_title_without_a_full_stop_takes_nothing_from_the_body(title: str, end: str) -> None:
    body = CASES["gifts"]
    text = title + end + body
    assert facts(text, (0, len(text))).endswith(facts(body, (0, len(body))))


def test_opinions_after_the_facts_do_not_count() -> None:
    text = CASES["golf"] + "\n评析意见\n本案应当认定为贪污，因为他套取了公款。"
    assert {trait.name for trait in read(text).traits} == {trait.name for trait in read(CASES["golf"]).traits}


@given(st.text(alphabet="甲收受礼金，。；评析\n经查丧失理想信念其他严重违纪违法问题", max_size=80))
def test_facts_keep_every_offset(text: str) -> None:
    told = facts(text, (0, len(text)))
    assert len(told) == len(text)
    assert all(kept in (BLANK, original) for kept, original in zip(told, text, strict=True))


@pytest.mark.parametrize("name", CASES)
def test_spans_point_into_the_document(name: str) -> None:
    text = "前言。\n" + CASES[name]
    for trait in read(text).traits:
        start, end = trait.span
        pattern = dict(rules(trait.kind))[trait.name]
        assert pattern.search(text[start:end])


@pytest.mark.parametrize("name", CASES)
def test_a_matter_survives_json(name: str) -> None:
    matter = replace(read(CASES[name]), outcome=Outcome(("党内警告",), "sanctioned"))
    assert from_json(json.loads(json.dumps(as_json(matter)))) == matter


@pytest.mark.parametrize(
    ("text", "charged"),
    [
        ("2019年3月，被告人高某在超市门口偷走一辆电动车。", True),
        ("被告单位青岚公司虚开发票三十份。", True),
        ("高某涉嫌受贿罪，已移送检察机关审查起诉。", False),
    ],
)
def test_facts_told_of_a_defendant_are_those_of_a_court(text: str, charged: bool) -> None:
    assert read(text).charged is charged


def test_a_case_within_a_document_is_compared_by_its_own_facts() -> None:
    first, second = "云岭市交通局原局长赵某某违规收受礼金问题。", "白河县水务局原局长钱某某违规操办婚丧喜庆问题。"
    text = (
        f"某省纪委通报2起典型问题。\n{first}2019年春节，赵某某收受礼金3万元。赵某某受到党内警告处分。\n"
        f"{second}2021年，钱某某操办其子婚宴，收受下属礼金2万元。钱某某受到党内严重警告处分。"
    )
    found = extract(text)
    assert len(found.cases) == 2
    matters = [matter_of(text, case, found, Segmenter()) for case in found.cases]
    assert [matter.subjects for matter in matters] == [("赵某某",), ("钱某某",)]
    assert [matter.amounts for matter in matters] == [(30_000,), (20_000,)]
    assert [matter.outcome.sanctions for matter in matters] == [("党内警告",), ("党内严重警告",)]
    weddings = [any("婚丧" in trait.name for trait in matter.traits) for matter in matters]
    assert weddings == [False, True]


@pytest.mark.parametrize(
    ("introduction", "expected"),
    [
        ("江南省政府原副省长甲某", "省部"),
        ("江南省云岭市委原书记甲某", "厅局"),
        ("白河县委书记甲某", "县处"),
        ("青石镇镇长甲某", "乡科"),
        ("柳溪村党支部书记甲某", "村社区"),
        ("某国有公司总经理甲某", "企事业"),
        ("甲某路过此地", None),
    ],
)
def test_the_level_of_a_post(introduction: str, expected: str | None) -> None:
    assert level((), introduction) == expected
