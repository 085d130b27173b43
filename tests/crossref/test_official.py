"""The dossier of an official, from notices as the program reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.crossref.contract import official_json
from search.crossref.official import Dossier, officials
from tests.crossref.conftest import NOTICES, Shelf


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> tuple[Dossier, ...]:
    home: Path = tmp_path_factory.mktemp("officials")
    made = Shelf(home / "library")
    made.put(*NOTICES)
    dossiers = officials(made.store, "冯启舟")
    made.store.close()
    return dossiers


def test_two_people_of_a_name_are_apart(found: tuple[Dossier, ...]) -> None:
    assert [set(one.documents) for one in found] == [{"0001", "0002", "0003", "0004", "0005"}, {"0006"}]
    assert [one.born for one in found] == [(1970,), (1962,)]


def test_one_matter_from_investigation_to_judgment(found: tuple[Dossier, ...]) -> None:
    (matter,) = found[0].cases
    assert [(stage.name, stage.date) for stage in matter.stages] == [
        ("investigated", "2021-03-04"),
        ("sanctioned", "2021-08-20"),
        ("prosecuted", "2022-01-10"),
        ("sentenced", "2022-06-02"),
    ]
    assert {(one.name, one.date) for one in matter.sanctions} >= {
        ("开除党籍", "2021-08-20"),
        ("判处刑罚", "2022-06-02"),
    }
    assert "38万元" in [amount.text for amount in matter.amounts]


def test_posts_with_years_from_the_career(found: tuple[Dossier, ...]) -> None:
    posts = {(one.org, one.title): (one.first, one.last, one.former) for one in found[0].posts}
    assert posts["栖霞县水利局", "局长"] == ("2014", "2021", True)
    assert posts["栖霞县林业局", "副局长"][:2] == ("2008", "2014")
    assert found[1].posts[0].org == "松陵市教育局"


def test_who_gave_him_what(found: tuple[Dossier, ...]) -> None:
    giver = next(one for one in found[0].co_named if one.name == "陆远桥")
    assert dict(giver.how) == {"received_from": 1}
    assert "收受商人陆远桥所送现金" in giver.evidence[0].text


def test_every_fact_says_where_it_stands(found: tuple[Dossier, ...]) -> None:
    texts = {one.id: one.text for one in NOTICES}
    for dossier in found:
        facts = (*dossier.posts, *dossier.stages, *dossier.sanctions, *dossier.co_named)
        assert all(fact.evidence for fact in facts)
        for one in (evidence for fact in facts for evidence in fact.evidence):
            assert texts[one.document][one.start : one.end] == one.text
        assert [event.date for event in dossier.timeline] == sorted(event.date or "" for event in dossier.timeline)


def test_the_json_keeps_its_fields(found: tuple[Dossier, ...]) -> None:
    plain = official_json(found[0])
    assert {
        "id",
        "name",
        "posts",
        "cases",
        "stages",
        "sanctions",
        "documents",
        "co_named",
        "perhaps_same",
    } <= plain.keys()
    assert {"org", "title", "from", "to", "former", "evidence"} <= plain["posts"][0].keys()
    assert {"document", "page", "text"} <= plain["stages"][0]["evidence"][0].keys()


def test_an_id_means_one_person(shelf: Shelf) -> None:
    shelf.put(*NOTICES)
    one, other = officials(shelf.store, "冯启舟")
    assert [dossier.id for dossier in officials(shelf.store, other.id)] == [other.id]
    assert officials(shelf.store, "无此人") == ()
    assert one.id != other.id


def test_documents_beyond_the_bound_are_counted(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.crossref.official.MOST_DOCUMENTS", 4)
    monkeypatch.setattr("search.crossref.official._LEAST", 2)
    shelf.put(*NOTICES)
    first, second = officials(shelf.store, "冯启舟")
    assert (len(first.documents), first.unread) == (5, 3)
    assert (len(second.documents), second.unread) == (1, 0)
    assert set(first.documents) == {"0001", "0002", "0003", "0004", "0005"}
