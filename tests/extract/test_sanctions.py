"""Sanctions and stages: which label, and whose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extract import cases, sanctions, stages
from tests.extract.tables import rows

PERSON = "青禾县财政局原局长许怀民"


@pytest.mark.parametrize(("told", "expected", "about"), rows("sanctions", 3))
def test_sanctions_of_a_subject(told: str, expected: str, about: str) -> None:
    text = f"{PERSON}违规收受礼金问题。许怀民收受管理服务对象礼金。许怀民{told}。"
    (case,) = cases.find_cases(text)
    (subject,) = case.subjects
    assert sorted(subject.sanctions) == sorted(expected.split()), about


@pytest.mark.parametrize(("told", "expected", "about"), rows("stages", 3))
def test_the_furthest_stage(told: str, expected: str, about: str) -> None:
    (case,) = cases.find_cases(f"据云岭省纪委监委消息：{PERSON}{told}。")
    assert case.subjects[0].stage == (None if expected == "-" else expected), about


@pytest.mark.parametrize(
    ("text", "expected", "about"),
    [
        (
            "许怀民受到党内警告处分，陆行舟受到诫勉处理",
            {"许怀民": ["党内警告"], "陆行舟": ["诫勉"]},
            "each his own, in one sentence",
        ),
        (
            "许怀民、陆行舟分别受到党内警告处分",
            {"许怀民": ["党内警告"], "陆行舟": ["党内警告"]},
            "分别: the same for both",
        ),
        (
            "许怀民、陆行舟均被开除党籍。上述二人被移送检察机关依法审查起诉",
            {"许怀民": ["开除党籍", "移送检察机关"], "陆行舟": ["开除党籍", "移送检察机关"]},
            "a sentence that names nobody goes on with those before",
        ),
        (
            "决定给予许怀民开除党籍处分；由青禾县监委给予其开除公职处分。陆行舟受到诫勉处理",
            {"许怀民": ["开除党籍", "开除公职"], "陆行舟": ["诫勉"]},
            "其 is the one named last",
        ),
    ],
)
def test_who_received_what(text: str, expected: dict[str, list[str]], about: str) -> None:
    heading = f"{PERSON}、青禾县审计局科员陆行舟违规吃喝问题。"
    (case,) = cases.find_cases(f"{heading}{text}。")
    assert {subject.name: sorted(subject.sanctions) for subject in case.subjects} == {
        name: sorted(labels) for name, labels in expected.items()
    }, about


@given(st.lists(st.sampled_from([row[0] for row in rows("sanctions", 3)]), max_size=4))
def test_mentions_lie_inside_the_text_and_paragraphs_do_not_disturb_each_other(parts: list[str]) -> None:
    text = "\n".join(parts)
    found = sanctions.find(text)
    assert all(0 <= mention.start < mention.end <= len(text) for mention in found)
    assert len(found) == sum(len(sanctions.find(part)) for part in parts)
    assert stages.find(text) == stages.find(text)
