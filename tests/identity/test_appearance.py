"""What one document tells of a person, read from its text by the whole pipeline or from what extraction is given."""

from __future__ import annotations

import pytest

from corpus.document import Document, MetaValue, Page
from indexer.extract import everyone
from indexer.extract.extraction import Case, Extraction, Post, Subject
from indexer.extract.pipeline import extract
from indexer.identity.appearance import Appearance, appearances, as_json, from_json
from indexer.identity.facts import Held


def read(text: str, date: str = "") -> dict[str, list[Appearance]]:
    meta = {"date": MetaValue(date, "text")} if date else {}
    document = Document("a", "a", "hash", "", text, (Page(0),), meta)
    found: dict[str, list[Appearance]] = {}
    for one in appearances(document, extract(text)):
        found.setdefault(one.name, []).append(one)
    return found


NAMED = [
    ("a longer name", "选手方明杉夺冠。方明杉表示感谢。", {"方明杉"}),
    ("two words", "会议讨论如何安排各方力量，明确下一步工作。", set[str]()),
    ("a list", "青禾县县长高远、林溪、石林、石岩、周文海出席会议。", {"高远", "林溪", "石林", "石岩", "周文海"}),
    ("after a title", "会议听取了青禾县人大财经委主任委员石林作的报告。", {"石林"}),
    ("a matter", "专题片剖析青禾县水利局原局长周平案，发人深省。", {"周平"}),
    ("and others", "师文武等人身为领导干部，违规吃喝。", {"师文武"}),
    ("an athlete", "中国队选手孙志远以2分23秒的成绩夺冠。", {"孙志远"}),
]


@pytest.mark.parametrize(("text", "names"), [case[1:] for case in NAMED], ids=[case[0] for case in NAMED])
def test_everyone_is_named_and_nobody_else(text: str, names: set[str]) -> None:
    found = everyone.find(text)
    assert {person.name for person in found} == names
    assert all(text[slice(*span)] == person.name for person in found for span in person.spans)


def test_a_name_is_not_seen_inside_another() -> None:
    text = "青禾县审计局局长林清出席。白石县水利局局长林清远陪同，林清远讲话。"
    found = {person.name: person.spans for person in everyone.find(text)}
    assert found["林清"] == ((8, 10),)
    assert len(found["林清远"]) == 2


def test_posts_particulars_and_company_are_told() -> None:
    text = (
        "河北省审计厅原党组书记、厅长方明远，男，汉族，1968年3月生，河北保定人，涉嫌严重违纪违法，"
        "目前正接受审查调查。同时被查的还有林溪东、高长河。"
    )
    (one,) = read(text, "2023-05-01")["方明远"]
    assert [(post.org, post.title, post.former) for post in one.posts] == [
        ("河北省审计厅", "党组书记", True),
        ("河北省审计厅", "厅长", True),
    ]
    facts = one.facts
    assert facts.born == {1968}
    assert facts.origins == {"河北保定"}
    assert facts.beside == {"林溪东", "高长河"}
    assert facts.dealt
    assert facts.passages
    assert facts.telling


def test_who_holds_no_post_is_known_by_what_they_are_called() -> None:
    text = "文化产业持续恢复。青禾统计局社科司高级统计师张志鹏表示，上半年增长较快。"
    (one,) = read(text)["张志鹏"]
    assert not one.posts
    assert {called[-5:] for called in one.facts.called} == {"高级统计师"}
    assert one.facts.telling


def test_two_of_one_list_are_two_and_share_no_company() -> None:
    text = "名单如下：王小宁、王远东（河北）、王远东（解放军）、王志勇、王浩然。"
    two = read(text)["王远东"]
    assert [one.facts.notes for one in two] == [{"河北"}, {"解放军"}]
    assert [one.number for one in two] == [0, 1]
    assert not any(one.facts.beside or one.facts.passages for one in two)


def test_two_matters_at_two_places_are_two_people() -> None:
    text = "一、河北省审计厅厅长方明违规吃喝。二、云南省水利厅厅长方明公款旅游。"
    cases = tuple(
        Case((low, high), (Subject("方明", "person", (at, at + 2), (Post(org, "厅长", False, (low + 2, at)),)),))
        for low, high, org, at in ((0, 17, "河北省审计厅", 10), (17, 34, "云南省水利厅", 27))
    )
    assert all(text[slice(*subject.span)] == "方明" for case in cases for subject in case.subjects)
    document = Document("a", "a", "", "", text, (Page(0),))
    one, other = appearances(document, Extraction("circular", 1.0, cases))
    assert (one.facts.posts, other.facts.posts) == ({Held("河北省审计厅", "厅长")}, {Held("云南省水利厅", "厅长")})
    assert (one.spans, other.spans) == (((10, 12),), ((27, 29),))


def test_what_is_written_down_is_read_again() -> None:
    text = "河北省审计厅厅长方明远，男，1968年3月生，与林溪东一同被查。方某某受到处分。"
    for several in read(text).values():
        for one in several:
            assert from_json(one.document, one.name, one.number, as_json(one)) == one
