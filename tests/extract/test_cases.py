"""Cases: what is one, where it begins and ends, who is its subject."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extract import cases

FIRST = "1.青禾县财政局原局长许怀民违规收受礼金问题。2019年至2021年，许怀民收受礼金共计3万元。许怀民受到党内警告处分。"
SECOND = "2.清江市水利局副局长陆行舟违规吃喝问题。2022年，陆行舟接受宴请。陆行舟受到诫勉处理。"
LEAD = "云岭省纪委监委近日通报2起典型问题。"
CLOSING = "通报强调，各级党组织要引以为戒，对违规吃喝问题严肃查处。"
NOTICE = "据云岭省纪委监委消息：清江市水利局局长沈知远涉嫌严重违纪违法，目前正接受云岭省纪委监委纪律审查和监察调查。"


def subjects(text: str) -> list[list[str]]:
    return [[subject.name for subject in case.subjects] for case in cases.find_cases(text)]


@pytest.mark.parametrize(
    ("text", "expected", "about"),
    [
        (FIRST, [["许怀民"]], "one problem"),
        (LEAD + FIRST + SECOND + CLOSING, [["许怀民"], ["陆行舟"]], "a circular, introduction and appeal left out"),
        (f"{LEAD}\n{FIRST}\n{SECOND}\n{CLOSING}", [["许怀民"], ["陆行舟"]], "the same in paragraphs"),
        (LEAD + FIRST[2:] + SECOND[2:], [["许怀民"], ["陆行舟"]], "without numbers"),
        (NOTICE, [["沈知远"]], "the notice of an investigation"),
        (NOTICE + NOTICE.replace("沈知远", "许怀民"), [["沈知远"], ["许怀民"]], "two notices in one text"),
        (
            FIRST + "通报的典型案例还包括，清江市水利局违规收费问题，白石镇政府违规接待问题等。",
            [["许怀民"]],
            "problems named in passing",
        ),
        (
            "白石镇政府违规收取费用问题。2021年，白石镇政府违规收取费用。有关责任人员受到相应处理。",
            [["白石镇政府"]],
            "nobody is named: the organisation",
        ),
        ("青禾县财政局局长许怀民介绍，全县去年有3名干部受到处分。", [], "who speaks of others is no subject"),
        ("会议要求，严肃查处违规吃喝问题。", [], "an appeal"),
        ("今年以来，全县给予党纪政务处分30人。", [], "figures"),
    ],
)
def test_cases_of_a_text(text: str, expected: list[list[str]], about: str) -> None:
    assert subjects(text) == expected, about


def test_a_case_reaches_from_its_heading_to_its_outcome() -> None:
    text = LEAD + FIRST + SECOND + CLOSING
    assert [text[slice(*case.span)] for case in cases.find_cases(text)] == [FIRST, SECOND]


def test_what_a_circular_is_about_labels_the_problems_that_name_nothing() -> None:
    text = (
        "云岭省纪委监委通报2起不作为、乱作为典型案例。青禾县教育局考试收费问题。2021年，青禾县教育局收取费用。"
        "对此，局长许怀民负主要领导责任。许怀民受到诫勉处理。"
    )
    (case,) = cases.find_cases(text)
    assert case.violations == ("形式主义官僚主义",)


def test_a_statute_has_no_cases() -> None:
    assert cases.find_cases(FIRST, kind="regulation") == ()


def test_an_unnamed_persons_sanction_stands_on_the_organisation() -> None:
    text = "白石镇政府违规收取费用问题。2021年，白石镇政府违规收取费用。有关责任人员受到相应处理。"
    (case,) = cases.find_cases(text)
    assert (case.subjects[0].type, case.subjects[0].sanctions) == ("org", ("其他处理",))


@given(st.permutations([FIRST, SECOND, NOTICE]))
def test_the_same_text_gives_the_same_and_spans_lie_inside(parts: list[str]) -> None:
    text = "\n".join(parts)
    found = cases.find_cases(text)
    assert found == cases.find_cases(text)
    for case in found:
        assert 0 <= case.span[0] < case.span[1] <= len(text)
        for subject in case.subjects:
            assert text[slice(*subject.span)] == subject.name
