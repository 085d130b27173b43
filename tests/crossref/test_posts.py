"""Posts: the lines of a career, and the forms of an organisation's name that are one."""

from __future__ import annotations

import pytest

from search.crossref.career import terms
from search.crossref.naming import Named
from search.crossref.posts import held, may_be_one, printed
from search.crossref.sources import Source
from tests.crossref.conftest import naming, post

CAREERS = [
    ("2013年5月至2019年1月，任松陵市水利局党组书记、局长；",
     [(2013, 2019, ["松陵市水利局党组书记", "松陵市水利局局长"])]),
    ("2011.03—2015.06  松陵市财政局副局长", [(2011, 2015, ["松陵市财政局副局长"])]),
    ("1996年4月至2008年3月，历任栖霞县林业局副局长，党组书记、局长；",
     [(1996, 2008, ["栖霞县林业局副局长", "栖霞县林业局党组书记", "栖霞县林业局局长"])]),
    ("2013年5月，他出任松陵市水利局局长，成为一支笔。", [(2013, None, ["松陵市水利局局长"])]),
    ("2008年3月，任松陵市林业局局长；2012年5月，任松陵市水利局局长。",
     [(2008, 2012, ["松陵市林业局局长"]), (2012, None, ["松陵市水利局局长"])]),
    ("2019年1月至今，任松陵市水利局局长。", [(2019, None, ["松陵市水利局局长"])]),
    # Dates of something else.
    ("1966年9月生，1988年7月参加工作，1991年6月加入中国共产党。", []),
    ("2009年至2021年，被告人利用担任松陵市水利局局长职务上的便利，收受财物。", []),
    ("2015年至2012年，任松陵市水利局局长。", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lines"), CAREERS)
def test_lines_of_a_career(text: str, lines: list[tuple[int, int | None, list[str]]]) -> None:
    found = [
        (term.first, term.last, [f"{one.org}{one.title}" for one in term.posts]) for term in terms(text, (0, len(text)))
    ]
    assert found == lines


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("松陵市水利局", "松陵市水利局", True),
        ("市水利局", "松陵市水利局", True),
        ("水利局", "松陵市水利局", True),
        ("局", "松陵市水利局", True),
        ("片中松陵市水利局", "松陵市水利局", True),
        ("栖霞县水利局", "松陵市水利局", False),
        ("松陵市林业局", "松陵市水利局", False),
        ("", "松陵市水利局", False),
        ("", "", True),
        ("中国棋协", "中国棋类协会", True),
        ("国家远航集团", "国家远航投资集团有限责任公司", True),
        ("中国远航", "中国远航集团有限公司", True),
        ("中国棋协", "中国棋协纪律委员会", False),
        ("松陵市农业局", "松陵市农业农村局", False),
    ],
)
def test_names_that_may_be_one_agency(one: str, other: str, *, same: bool) -> None:
    assert may_be_one(one, other) is same
    assert may_be_one(other, one) is same


def posts_of(*forms: str) -> list[Source]:
    text = "。".join(f"{form}局长冯启舟" for form in forms)
    return [naming(text, "冯启舟")]


@pytest.mark.parametrize(
    ("forms", "orgs"),
    [
        (["松陵市水利局", "市水利局", "市水利局"], ["松陵市水利局"]),
        (["片中松陵市水利局", "松陵市水利局", "松陵市水利局"], ["松陵市水利局"]),
        (["松陵市水利局", "栖霞县水利局"], ["松陵市水利局", "栖霞县水利局"]),
        (["市水利局"], ["市水利局"]),
    ],
)
def test_a_post_is_shown_once_by_its_most_frequent_form(forms: list[str], orgs: list[str]) -> None:
    found = held(
        printed(
            [(one, post(one.document.text, form, "局长")) for form in forms for one in posts_of(form)], {}, Named({})
        )
    )
    assert sorted(one.org or "" for one in found) == sorted(orgs)


def test_the_years_and_the_evidence_of_a_post_come_from_the_career() -> None:
    text = "松陵市水利局原局长冯启舟被查。冯启舟，男。2013年5月至2019年1月，任松陵市水利局局长。"
    source = naming(text, "冯启舟")
    places = {"a": [(text.find("冯启舟"), text.find("冯启舟") + 3)]}
    introduced = post(text, "松陵市水利局原", "局长", former=True)
    (one,) = held(printed([(source, introduced)], places, Named({("a", "松陵市水利局原"): "松陵市水利局"})))
    assert (one.first, one.last, one.former, one.starts) == ("2013", "2019", True, (2013,))
    assert one.evidence[0].text.startswith("2013年5月")
