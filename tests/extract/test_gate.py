"""The gate: what can name an official or an agency passes; a match report does not pay."""

import pytest

from indexer.extract.gate import may_name
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
