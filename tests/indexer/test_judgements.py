"""Judgements: what each kind makes of an extraction, and which words of a person become which judgement."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extract.extraction import Case, Extraction, Mention, Named, Post, Subject
from indexer.judgements import Judgement, Kind, apply
from indexer.judging import SAID, CorrectionRefused, judge, labels

# Two cases: 方正明 (who is also named at 60, in the second), and 李学文 with an office as subjects.
FANG = Subject(
    "方正明", "person", (10, 13), (Post("云岭市审计局", "局长", True, (2, 10)),), ("党内警告",), "sanctioned"
)
LI = Subject("李学文", "person", (50, 53), (), ("政务警告", "政务记过"), "sanctioned")
OFFICE = Subject("云岭市财政局", "org", (40, 46))
FIRST = Case((0, 30), (FANG,), ("违规吃喝",))
SECOND = Case((30, 90), (LI, OFFICE), ("违规吃喝", "受贿或权钱交易"))
WHOLE = Extraction(
    kind="circular",
    kind_confidence=1.0,
    cases=(FIRST, SECOND),
    officials=(
        Named("方正明", ((10, 13), (60, 63))),
        Named("李学文", ((50, 53),)),
        Named("高明", ((70, 72), (95, 97))),
    ),
    agencies=(Named("云岭市财政局", ((40, 46),), "云岭市财政局"), Named("省发改委", ((80, 84),), "某省发改委")),
    mentions=(
        Mention("violation", 5, 7, "违规吃喝"),
        Mention("sanction", 20, 24, "党内警告"),
        Mention("violation", 55, 57, "违规吃喝"),
        Mention("sanction", 64, 68, "政务警告"),
    ),
)


def cases(first: Case, second: Case) -> Extraction:
    return replace(WHOLE, cases=(first, second))


def unmarked(extraction: Extraction, *starts: int) -> Extraction:
    return replace(extraction, mentions=tuple(m for m in WHOLE.mentions if m.start not in starts))


TABLE: list[tuple[str, Judgement, Extraction]] = [
    (
        "no name, wherever it stands",
        Judgement(Kind.NOT_OFFICIAL, "高明"),
        replace(WHOLE, officials=WHOLE.officials[:2]),
    ),
    (
        "no name in one place",
        Judgement(Kind.NOT_OFFICIAL, "高明", span=(70, 72)),
        replace(WHOLE, officials=(*WHOLE.officials[:2], Named("高明", ((95, 97),)))),
    ),
    (
        "who is no official is no subject, and holds no post",
        Judgement(Kind.NOT_OFFICIAL, "李学文"),
        replace(cases(FIRST, replace(SECOND, subjects=(OFFICE,))), officials=(WHOLE.officials[0], WHOLE.officials[2])),
    ),
    (
        "a place elsewhere leaves the subject alone",
        Judgement(Kind.NOT_OFFICIAL, "方正明", span=(60, 63)),
        replace(WHOLE, officials=(Named("方正明", ((10, 13),)), *WHOLE.officials[1:])),
    ),
    (
        "what is no agency is no subject",
        Judgement(Kind.NOT_AGENCY, "云岭市财政局"),
        replace(cases(FIRST, replace(SECOND, subjects=(LI,))), agencies=WHOLE.agencies[1:]),
    ),
    (
        "an agency's full name",
        Judgement(Kind.AGENCY, "省发改委", "某省发展和改革委员会"),
        replace(
            WHOLE,
            agencies=(WHOLE.agencies[0], Named("省发改委", ((80, 84),), "某省发展和改革委员会")),
        ),
    ),
    (
        "one more sanction",
        Judgement(Kind.SANCTION, "方正明", "政务记过", (0, 30)),
        cases(replace(FIRST, subjects=(replace(FANG, sanctions=("党内警告", "政务记过")),)), SECOND),
    ),
    ("a sanction that is there already", Judgement(Kind.SANCTION, "方正明", "党内警告", (0, 30)), WHOLE),
    (
        "an official whom the case names becomes its subject",
        Judgement(Kind.SANCTION, "方正明", "政务警告", (30, 90)),
        cases(
            FIRST,
            replace(SECOND, subjects=(LI, OFFICE, Subject("方正明", "person", (60, 63), sanctions=("政务警告",)))),
        ),
    ),
    (
        "the case is found again where it is cut otherwise now",
        Judgement(Kind.VIOLATION, "", "赌博", (25, 70)),
        cases(FIRST, replace(SECOND, violations=("违规吃喝", "受贿或权钱交易", "赌博"))),
    ),
    (
        "a sanction that nobody received: its words are none either",
        Judgement(Kind.NO_SANCTION, "李学文", "政务警告"),
        unmarked(cases(FIRST, replace(SECOND, subjects=(replace(LI, sanctions=("政务记过",)), OFFICE))), 64),
    ),
    (
        "a violation of one case",
        Judgement(Kind.NO_VIOLATION, "", "违规吃喝", (30, 90)),
        unmarked(cases(FIRST, replace(SECOND, violations=("受贿或权钱交易",))), 55),
    ),
    (
        "a violation of no case",
        Judgement(Kind.NO_VIOLATION, "", "违规吃喝"),
        unmarked(cases(replace(FIRST, violations=()), replace(SECOND, violations=("受贿或权钱交易",))), 5, 55),
    ),
    ("somebody who is not there", Judgement(Kind.NOT_OFFICIAL, "周维岱"), WHOLE),
    ("a sanction for somebody who is not there", Judgement(Kind.SANCTION, "周维岱", "党内警告", (0, 30)), WHOLE),
    ("a case that is not there", Judgement(Kind.VIOLATION, "", "赌博", (200, 300)), WHOLE),
]


@pytest.mark.parametrize(("judgement", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_what_a_judgement_makes_of_an_extraction(judgement: Judgement, expected: Extraction) -> None:
    assert apply(WHOLE, [judgement]) == expected


def test_every_kind_of_judgement_is_in_the_table_and_can_be_said() -> None:
    assert {row[1].kind for row in TABLE} == set(Kind)
    assert set(SAID) == {kind.value for kind in Kind}


@given(st.lists(st.sampled_from([row[1] for row in TABLE])))
def test_the_last_judgements_hold_and_applying_them_again_changes_nothing(judgements: list[Judgement]) -> None:
    once = apply(WHOLE, judgements)
    assert apply(once, judgements[-1:]) == once
    assert apply(WHOLE, [*judgements, *judgements[-1:]]) == once


UNDERSTOOD: list[tuple[dict[str, str], tuple[Judgement, ...]]] = [
    ({"not_official": "高明"}, (Judgement(Kind.NOT_OFFICIAL, "高明"),)),
    ({"not_official": "高明", "at": "70"}, (Judgement(Kind.NOT_OFFICIAL, "高明", span=(70, 72)),)),
    ({"not_agency": "省发改委"}, (Judgement(Kind.NOT_AGENCY, "省发改委"),)),
    (
        {"agency": "省发改委", "is": "某省发展和改革委员会"},
        (Judgement(Kind.AGENCY, "省发改委", "某省发展和改革委员会"),),
    ),
    # The case where he is a subject comes before the one that only names him.
    ({"sanction": "免职", "of": "方正明"}, (Judgement(Kind.SANCTION, "方正明", "免职", (0, 30)),)),
    ({"sanction": "免职", "of": "方正明", "case": "2"}, (Judgement(Kind.SANCTION, "方正明", "免职", (30, 90)),)),
    (
        {"sanction": "政务记过", "of": "方正明", "from": "李学文"},
        (
            Judgement(Kind.SANCTION, "方正明", "政务记过", (30, 90)),
            Judgement(Kind.NO_SANCTION, "李学文", "政务记过", (30, 90)),
        ),
    ),
    ({"no_sanction": "政务记过", "of": "李学文"}, (Judgement(Kind.NO_SANCTION, "李学文", "政务记过"),)),
    ({"violation": "赌博", "case": "1"}, (Judgement(Kind.VIOLATION, "", "赌博", (0, 30)),)),
    ({"no_violation": "违规吃喝"}, (Judgement(Kind.NO_VIOLATION, "", "违规吃喝"),)),
    ({"no_violation": "违规吃喝", "case": "2"}, (Judgement(Kind.NO_VIOLATION, "", "违规吃喝", (30, 90)),)),
]


@pytest.mark.parametrize(("said", "expected"), UNDERSTOOD)
def test_what_is_said_becomes_judgements(said: dict[str, str], expected: tuple[Judgement, ...]) -> None:
    assert judge(WHOLE, said) == expected


REFUSED: list[tuple[dict[str, str], str]] = [
    ({}, "--not-official"),
    ({"not_official": "高明", "not_agency": "省发改委"}, "一次改一处"),
    ({"agency": "省发改委"}, "--is"),
    ({"violation": "赌博", "of": "李学文"}, "--of"),
    ({"not_official": "周维岱"}, "方正明、李学文、高明"),
    ({"not_agency": "县里"}, "省发改委"),
    ({"not_official": "高明", "at": "3"}, "没有可改的"),
    ({"sanction": "警告处分", "of": "方正明"}, "党内严重警告、"),
    ({"sanction": "党内警告", "of": "方正明"}, "没有可改的"),
    ({"sanction": "党内警告", "of": "周维岱"}, "方正明"),
    ({"sanction": "党内警告", "of": "高明", "case": "1"}, "不在第 1 个案件里"),
    ({"sanction": "党内警告", "of": "方正明", "from": "李学文"}, "“李学文”名下没有"),
    ({"sanction": "政务警告", "of": "李学文", "from": "李学文"}, "不同的人"),
    ({"violation": "喝酒"}, "违规吃喝"),
    ({"violation": "赌博"}, "第 1、2 个案件"),
    ({"violation": "赌博", "case": "3"}, "提取到 2 个"),
    ({"no_violation": "赌博"}, "没有可改的"),
]


@pytest.mark.parametrize(("said", "told"), REFUSED)
def test_what_does_not_fit_is_refused_in_one_sentence(said: dict[str, str], told: str) -> None:
    with pytest.raises(CorrectionRefused, match=told) as refused:
        judge(WHOLE, said)
    assert "\n" not in str(refused.value)


def test_a_document_without_cases_cannot_have_a_violation() -> None:
    with pytest.raises(CorrectionRefused, match="没有提取到案件"):
        judge(replace(WHOLE, cases=()), {"violation": "赌博"})


def test_the_lists_of_labels_are_the_closed_ones() -> None:
    assert (len(labels("sanctions")), len(labels("violations"))) == (26, 31)
