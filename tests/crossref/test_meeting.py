"""How two are named together, and what is plainly no name."""

from __future__ import annotations

import pytest

from indexer.extract.extraction import Span
from indexer.identity.appearance import appearances
from search.crossref.meeting import How, meeting, plainly_none
from tests.crossref.conftest import naming

ONE, OTHER = "冯启舟", "陆远桥"


def place(text: str, name: str) -> Span:
    return text.find(name), text.find(name) + len(name)


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("冯启舟收受陆远桥所送现金38万元。", How.RECEIVED_FROM),
        ("冯启舟先后多次收受商人陆远桥等人所送礼金。", How.RECEIVED_FROM),
        ("冯启舟索取陆远桥给予的财物。", How.RECEIVED_FROM),
        ("冯启舟向陆远桥行贿20万元。", How.GAVE_TO),
        ("冯启舟为谋取利益，向时任局长陆远桥送上现金。", How.GAVE_TO),
        ("冯启舟送给陆远桥手表一块。", How.GAVE_TO),
        ("陆远桥送给冯启舟手表一块。", How.RECEIVED_FROM),
        ("陆远桥收受冯启舟所送礼金。", How.GAVE_TO),
        ("冯启舟、陆远桥一同出席会议。", How.SAME_SENTENCE),
        ("冯启舟向陆远桥了解情况。", How.SAME_SENTENCE),
        ("冯启舟出席会议。陆远桥没有到会。", How.SAME_DOCUMENT),
    ],
)
def test_how_two_meet(text: str, how: How) -> None:
    source = naming(text, ONE, OTHER)
    found, evidence = meeting(source, [place(text, ONE)], [place(text, OTHER)])
    turned, _ = meeting(source, [place(text, OTHER)], [place(text, ONE)])
    assert found is how
    assert turned is how.seen_by_the_other
    assert evidence.text in text
    assert evidence.page == 1


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("沙洲县审计局到沙洲调研。", "沙洲"),
        ("男，汉族，1966年9月生，临江沙洲人，大学学历。", "沙洲"),
        ("栖纪通〔2019〕6号", "栖纪通"),
        ("对苗头性、倾向性问题早提醒。", "苗头性"),
        ("（记者 苏眉）", "苏眉"),
    ],
)
def test_what_is_plainly_no_name_of_somebody(text: str, name: str) -> None:
    source = naming(text, name)
    assert [plainly_none(source, one) for one in appearances(source.document, source.extraction)] == [True]


@pytest.mark.parametrize("text", ["冯启舟到会。", "收受冯启舟所送礼金。", "冯启舟、陆远桥到会。"])
def test_people_are_people(text: str) -> None:
    source = naming(text, ONE)
    assert [plainly_none(source, one) for one in appearances(source.document, source.extraction)] == [False]
