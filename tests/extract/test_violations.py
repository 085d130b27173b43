"""Violations: the label of what is told, and nothing for formulas."""

from __future__ import annotations

import pytest

from indexer.extract import marks, violations
from indexer.extract.lexicons import entries
from tests.extract.tables import rows

LABELS = """
违规收受礼品礼金 违规吃喝 违规接受旅游娱乐健身活动安排 公款旅游 违规发放津补贴或福利 违规操办婚丧喜庆 违规配备使用车辆
违规出入私人会所 违规建设楼堂馆所或超标准用房 形式主义官僚主义 违规从事营利活动 违规借贷或放贷获利
违规干预插手工程或市场经济活动 侵占挪用公共财物 受贿或权钱交易 行贿 滥用职权 失职失责 为亲友谋利或优亲厚友 吃拿卡要
对抗组织审查 不按规定报告或隐瞒不报 违规选人用人 不正当性关系或权色交易 赌博 酒驾醉驾 封建迷信活动 弄虚作假 泄露秘密
打击报复 其他违纪违法
""".split()  # noqa: SIM905 - thirty short words read better as text


@pytest.mark.parametrize(("told", "expected", "about"), rows("violations", 3))
def test_labels_of_what_is_told(told: str, expected: str, about: str) -> None:
    text = marks.even(f"经查，许怀民{told}。")
    wanted = [] if expected == "-" else expected.split()
    assert sorted(violations.labels(text, 0, len(text))) == sorted(wanted), about


def test_the_lexicon_knows_every_label_of_the_closed_list_and_no_other() -> None:
    assert {row.partition("\t")[0].removesuffix("?") for row in entries("violations")} == set(LABELS)


def test_the_other_label_stands_last() -> None:
    text = "许怀民私设“小金库”；违规收受礼金。"
    assert violations.labels(text, 0, len(text)) == ("违规收受礼品礼金", "其他违纪违法")
