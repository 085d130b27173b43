"""What speaks for and against two people of one name being one, with invented people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.identity.evidence import FORBIDS, NOTHING, compare
from indexer.identity.facts import Facts, Held, as_json, from_json, together
from indexer.identity.rarity import masked, rarity

COMMON, RARE = "张伟", "钭沐霖"


def of(*posts: tuple[str, str], **facts: object) -> Facts:
    held = frozenset(Held(*post) for post in posts)
    return Facts(held, **{name: frozenset(values) for name, values in facts.items()})  # type: ignore[call-overload]  # kinds vary


AUDIT = ("河北省审计厅", "厅长")
BESIDE = of(beside=["高远", "林溪", "石岩", "安宁"])
BORN = of(AUDIT, born=[1968])

#: about, name, one, other, one person?, the kinds of evidence, weightiest first
CASES: list[tuple[str, str, Facts, Facts, bool, list[str]]] = [
    ("the same post", COMMON, of(AUDIT), of(AUDIT), True, ["post"]),
    ("another post of the same body", COMMON, of(AUDIT), of(("河北省审计厅", "党组书记")), True, ["agency"]),
    ("a part of the body", COMMON, of(("云岭大学", "校长")), of(("云岭大学附属医院", "院长")), True, ["agency"]),
    ("the same words for a post without a body", COMMON, of(("县委", "书记")), of(("县委", "书记")), False, ["post"]),
    ("two leaders of state", COMMON, of(("全国政协", "副主席")), of(("", "国务委员")), True, ["level"]),
    ("one province alone", COMMON, of(AUDIT), of(("河北省水利厅", "副厅长")), False, ["place"]),
    ("nothing in common", COMMON, of(AUDIT), of(("云南省水利厅", "厅长")), False, []),
    ("a reprint", COMMON, of(passages=["ab"]), of(passages=["ab", "cd"]), True, ["reprint"]),
    ("a case number", COMMON, of(matters=["（2021）冀01刑初9号"]), of(matters=["（2021）冀01刑初9号"]), True,
     ["case_number"]),
    ("the same company", COMMON, BESIDE, BESIDE, True, ["beside"]),
    ("one acquaintance", COMMON, of(beside=["高远"]), of(beside=["高远"]), False, ["beside"]),
    ("called the same", COMMON, of(called=["青禾统计局统计师"]), of(called=["据青禾统计局统计师"]), True, ["called"]),
    ("a body near the other's name", COMMON, of(AUDIT), of(bodies=["河北省审计厅"]), False, ["near"]),
    ("born in another year", COMMON, BORN, of(AUDIT, born=[1975]), False, ["birth_year", "post"]),
    ("born a year apart", COMMON, BORN, of(AUDIT, born=[1969]), True, ["post", "birth_year"]),
    ("birth and origin", COMMON, of(born=[1968], origins=["保定市"]), of(born=[1968], origins=["保定市"]), True,
     ["birth_year", "origin"]),
    ("from elsewhere", COMMON, of(AUDIT, origins=["保定市"]), of(AUDIT, origins=["昆明市"]), False, ["post", "origin"]),
    ("told apart by a list", COMMON, of(notes=["解放军"]), of(notes=["河北"]), False, ["note"]),
    ("a list's note and a post", COMMON, of(notes=["河北"]), of(("河北省", "省长")), False, ["note"]),
    ("two places in one year", COMMON, of(AUDIT, seats=["2022 河北省"]),
     of(("云南省水利厅", "厅长"), seats=["2022 云南省"]), False, ["elsewhere"]),
    ("a rare name in two matters of discipline", RARE, of(dealt=[True]), of(dealt=[True]), True,
     ["rare_name", "discipline"]),
    ("a common name in two matters of discipline", COMMON, of(dealt=[True]), of(dealt=[True]), False, ["discipline"]),
    ("a rare name alone", RARE, of(), of(AUDIT), False, []),
    ("nobody named", "张某某", of(AUDIT), of(AUDIT), False, []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "one", "other", "joins", "kinds"), [row[1:] for row in CASES], ids=[r[0] for r in CASES]
)
def test_evidence(name: str, one: Facts, other: Facts, joins: bool, kinds: list[str]) -> None:
    found = compare(name, one, other)
    assert found == compare(name, other, one)
    assert found.joins is joins
    assert [reason.kind for reason in found.reasons] == kinds
    assert found.score == pytest.approx(sum(reason.weight for reason in found.reasons))
    assert all(reason.text and not reason.text.isascii() for reason in found.reasons)


def test_what_forbids_outweighs_all_that_joins() -> None:
    one = of(AUDIT, born=[1968], origins=["保定市"], passages=["ab"], beside=["高远", "林溪", "石岩", "安宁"])
    other = of(AUDIT, born=[1978], origins=["保定市"], passages=["ab"], beside=["高远", "林溪", "石岩", "安宁"])
    found = compare(COMMON, one, other)
    assert found.score > 0
    assert found.forbids
    assert not found.joins
    assert min(reason.weight for reason in found.reasons) <= FORBIDS


@pytest.mark.parametrize(
    ("name", "expected"),
    [("张某", True), ("王某某", True), ("李某甲", True), ("朱×", True), ("欧阳明远", False), ("高远", False)],
)
def test_masked(name: str, expected: bool) -> None:
    assert masked(name) is expected
    if expected:
        assert compare(name, BESIDE, BESIDE) is NOTHING


def test_rarity_rises_from_common_names_to_rare_ones() -> None:
    names = ["张伟", "张伟强", "张沐强", "张沐霖", "钭沐霖"]
    assert sorted(names, key=rarity) == names
    assert rarity("张伟") == 0


TEXTS = st.frozensets(st.text("高远林溪", min_size=1, max_size=3), max_size=3)
FACTS = st.builds(
    Facts,
    posts=st.frozensets(st.sampled_from([Held("", "厅长"), Held("云岭大学", "院长"), Held("河北省审计厅", "厅长")])),
    notes=TEXTS,
    born=st.frozensets(st.integers(1950, 1990), max_size=2),
    beside=TEXTS,
    passages=TEXTS,
    dealt=st.frozensets(st.just(True)),
)


@given(FACTS, FACTS)
def test_evidence_has_no_direction(one: Facts, other: Facts) -> None:
    assert compare(COMMON, one, other) == compare(COMMON, other, one)
    assert from_json(as_json(one)) == one
    assert together([one, other]) == together([other, one, one])
