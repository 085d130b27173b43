"""The gates: what can name an official, an agency or anybody passes; a match report does not pay."""

import pytest

from indexer.extract.gate import may_hold_name, may_name
from indexer.extract.pipeline import extract


@pytest.mark.parametrize(
    ("text", "kind", "passes"),
    [
        ("云岭市审计局局长方正明出席", "other", True),
        ("县委书记调研", "other", True),
        ("国家某某局发布公告", "other", True),
        ("主队客场二比一取胜，门将扑出点球。", "other", False),
        ("主队客场二比一取胜，门将扑出点球。", "bulletin", True),
        ("新款手机今日开售，售价两千元。", "other", False),
    ],
)
def test_what_passes(text: str, kind: str, passes: bool) -> None:
    assert may_name(text, kind) is passes


def test_a_text_that_does_not_pass_names_nobody_and_keeps_its_amounts() -> None:
    found = extract("新款手机今日开售，罚金2000元的传闻不实。" * 3)
    assert (found.officials, found.agencies) == ((), ())


@pytest.mark.parametrize(
    ("sentence", "passes"),
    [
        ("许怀民出席", True),
        ("由许怀民主持", True),
        ("会上许某发言", True),
        ("某某发言", True),
        ("欧阳清到场", True),
        ("阿依古丽·买买提到场", True),
        ("名单：许 妍", True),
        ("名单：许\u3000妍", True),
        ("提高质量", False),
        ("高度评价", False),
        ("这里的天空很蓝", False),
        ("2021年3月", False),
        ("", False),
    ],
)
def test_which_sentences_may_hold_a_name(sentence: str, passes: bool) -> None:
    assert may_hold_name(sentence, (0, len(sentence))) is passes
    # what stands around the span makes no difference
    assert may_hold_name(f"提{sentence}度", (1, len(sentence) + 1)) is passes
