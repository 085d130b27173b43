"""Matters are stitched from the notices of their stages, and kept apart from other matters."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extract.extraction import Mention
from search.crossref.lifecycle import STAGES, Lifecycle, lifecycles, told_of
from search.crossref.sources import Source, in_order
from tests.crossref.conftest import told

NAME = "冯启舟"
#: (date, stage, sanctions) of each notice, and which notices tell of one matter, by number.
Notice = tuple[str, str | None, tuple[str, ...]]
STITCHED: list[tuple[list[Notice], list[list[int]]]] = [
    ([], []),
    ([("2021-03-04", "investigated", ())], [[0]]),
    (
        [
            ("2021-03-04", "investigated", ()),
            ("2021-08-20", "sanctioned", ("开除党籍", "开除公职")),
            ("2021-09-01", "arrested", ()),
            ("2022-01-10", "prosecuted", ()),
            ("2022-06-02", "sentenced", ("判处刑罚",)),
        ],
        [[0, 1, 2, 3, 4]],
    ),
    # Stages told out of order within a year, and a notice without a day.
    ([("2021-08-20", "sanctioned", ("开除党籍",)), ("2021-08-21", "investigated", ())], [[0, 1]]),
    ([("2021-03-04", "investigated", ()), ("", "sentenced", ("判处刑罚",))], [[0, 1]]),
    # A second matter: under investigation again, years after a sanction; sanctioned again, many years after.
    ([("2016-11-08", "sanctioned", ("党内警告",)), ("2021-05-14", "investigated", ())], [[0], [1]]),
    (
        [("2013-05-02", "sanctioned", ("党内警告",)), ("2019-07-01", "sanctioned", ("开除党籍",))],
        [[0], [1]],
    ),
    (
        [
            ("2013-05-02", "sanctioned", ("党内警告",)),
            ("2019-01-01", "investigated", ()),
            ("2019-07-01", "sanctioned", ("开除党籍",)),
        ],
        [[0], [1, 2]],
    ),
    # A look back, two years on, at the sanction of a matter that came to judgment.
    (
        [
            ("2019-07-01", "sanctioned", ("开除党籍",)),
            ("2020-01-01", "sentenced", ("判处刑罚",)),
            ("2022-01-01", "sanctioned", ("开除党籍",)),
        ],
        [[0, 1, 2]],
    ),
]


def notice(number: int, one: Notice, text: str = f"日前，{NAME}有新的消息。") -> Source:
    date, stage, sanctions = one
    return told(text, NAME, key=f"{number:04}", date=date, stage=stage, sanctions=sanctions)


def stitched(sources: list[Source]) -> tuple[Lifecycle, ...]:
    places = {one.document.id: [one.extraction.cases[0].subjects[0].span] for one in sources}
    return lifecycles(told_of(in_order(sources), places))


@pytest.mark.parametrize(("notices", "matters"), STITCHED)
def test_notices_become_matters(notices: list[Notice], matters: list[list[int]]) -> None:
    found = stitched([notice(number, one) for number, one in enumerate(notices)])
    assert [list(matter.cases) for matter in found] == [[f"{number:04}-1" for number in matter] for matter in matters]


NOTICE = st.tuples(
    st.sampled_from(["", "2013-05-02", "2016-11-08", "2021-03-04", "2021-08-20", "2022-06-02"]),
    st.sampled_from([None, *STAGES]),
    st.sampled_from([(), ("党内警告",), ("开除党籍", "开除公职")]),
)


@given(st.lists(NOTICE, max_size=8))
def test_every_case_is_told_in_one_matter(notices: list[Notice]) -> None:
    found = stitched([notice(number, one) for number, one in enumerate(notices)])
    told_in = [case for matter in found for case in matter.cases]
    assert sorted(told_in) == [f"{number:04}-1" for number in range(len(notices))]
    for matter in found:
        assert [stage.name for stage in matter.stages] == [
            name for name in STAGES if name in {s.name for s in matter.stages}
        ]


def test_a_reprint_adds_evidence_and_no_matter() -> None:
    one = ("2021-08-20", "sanctioned", ("开除党籍",))
    (matter,) = stitched([notice(0, one), notice(1, one)])
    (sanction,) = matter.sanctions
    assert [evidence.document for evidence in sanction.evidence] == ["0000", "0001"]
    assert sanction.date == "2021-08-20"


def test_two_cases_of_one_document_are_two_matters() -> None:
    both = told(f"一、{NAME}", NAME, stage="sanctioned", sanctions=("党内警告",), cases=2)
    assert [matter.cases for matter in stitched([both])] == [("a-1",), ("a-2",)]


@pytest.mark.parametrize(
    ("text", "date", "day"),
    [
        (f"{NAME}受到党内警告处分。", "2022-12-06", "2022-12-06"),
        (f"2022年4月，{NAME}受到党内警告处分。", "2022-12-06", "2022-04"),
        (f"2022年4月8日，{NAME}受到党内警告处分。", "", "2022-04-08"),
        (f"{NAME}曾于2016年受到党内警告处分。", "2021-11-30", "2016"),
        # The day of the deed is none of the sanction.
        (f"2018年3月，{NAME}收受礼品，受到党内警告处分。", "2019-06-01", "2019-06-01"),
        (f"2013年至2018年3月，{NAME}受到党内警告处分。", "2019-06-01", "2019-06-01"),
        (f"{NAME}受到党内警告处分。", "", None),
    ],
)
def test_the_day_of_a_sanction(text: str, date: str, day: str | None) -> None:
    source = told(text, NAME, date=date, stage="sanctioned", sanctions=("党内警告",))
    mentions = [Mention("sanction", text.find("党内警告"), text.find("党内警告") + 4, "党内警告")]
    if (at := text.find("收受礼品")) >= 0:
        mentions.append(Mention("violation", at, at + 4, "违规收受礼品礼金"))
    (matter,) = stitched([replace(source, extraction=replace(source.extraction, mentions=tuple(mentions)))])
    assert matter.sanctions[0].date == day
    assert matter.sanctions[0].looked_back_on == (day == "2016")
