"""The dossier of an agency, through its names, and of an article, edition by edition."""

from __future__ import annotations

import pytest

from indexer.entry import Entry
from indexer.fields import KEYS, NUMBERS, TOKENS
from indexer.keys import keys, numbers
from indexer.register import aliases
from indexer.register.aliases import AliasRefused
from search.crossref.agency import agencies
from search.crossref.article import NoArticle, article
from search.crossref.contract import agency_json, article_json
from search.crossref.editions import in_force
from search.engines.memory import MemoryEngine
from tests.crossref.conftest import NOTICES, Shelf, document

BEFORE = document(
    "0011",
    "松陵市国土资源局局长陶望舒违规吃喝问题。2015年5月，陶望舒违规接受宴请，受到党内警告处分。",
    "2016-02-01",
    title="松陵市通报一起典型问题",
)
AFTER = document(
    "0012",
    "松陵市自然资源局关于两起违规吃喝问题的通报\n"
    "一、松陵市自然资源局副局长韩知秋违规吃喝问题。2019年5月，韩知秋违规接受宴请，受到党内严重警告处分。\n"
    "二、松陵市自然资源局办公室主任季清扬公车私用问题。2019年8月，季清扬公车私用，受到党内警告处分。\n"
    "松陵市自然资源局\n2019年12月3日",
    "2019-12-03",
    title="松陵市自然资源局关于两起违规吃喝问题的通报",
    source="松陵市自然资源局",
)
ELSEWHERE = document("0013", "栖霞县自然资源局局长郑若谷到松陵考察。", "2020-05-01", title="栖霞县自然资源局到松陵考察")


@pytest.fixture
def renamed(shelf: Shelf) -> Shelf:
    shelf.put(BEFORE, AFTER, ELSEWHERE)
    return shelf


@pytest.mark.parametrize("asked", ["松陵市自然资源局", "松陵市国土资源局", "松陵市国土局"])
def test_a_renamed_agency_is_one_under_each_name(renamed: Shelf, asked: str) -> None:
    (found,) = agencies(renamed.store, asked)
    assert set(found.documents) == {"0011", "0012"}
    assert set(found.names) == {"松陵市国土资源局", "松陵市自然资源局"}
    assert [(step.before, step.after, step.date[:4]) for step in found.renamed] == [
        ("松陵市国土资源局", "松陵市自然资源局", "2018")
    ]
    assert {one.name for one in found.officials} == {"陶望舒", "韩知秋", "季清扬"}
    assert (found.place, found.parent) == ("松陵市", "松陵市人民政府")


def test_cases_by_year_and_violation(renamed: Shelf) -> None:
    (found,) = agencies(renamed.store, "松陵市自然资源局")
    assert found.by_year == {"2016": 1, "2019": 2}
    assert found.by_violation["违规吃喝"] == 2
    assert all(case.evidence.document in {"0011", "0012"} for case in found.cases)


def test_circulars_it_issued(renamed: Shelf) -> None:
    (found,) = agencies(renamed.store, "松陵市自然资源局")
    assert [(one.document, one.date) for one in found.circulars] == [("0012", "2019-12-03")]


def test_a_name_without_its_place_means_several(renamed: Shelf) -> None:
    found = agencies(renamed.store, "自然资源局")
    assert [one.name for one in found] == ["松陵市自然资源局", "栖霞县自然资源局"]
    assert agencies(renamed.store, "无此机构局") == ()


def test_beyond_the_bound_agencies_are_only_listed(renamed: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.crossref.agency.MOST_DOCUMENTS", 1)
    monkeypatch.setattr("search.crossref.agency._LEAST", 1)
    first, second = agencies(renamed.store, "自然资源局")
    assert first.unread == 1
    assert (second.documents, second.unread) == ((), 1)


def test_a_judged_alias_joins_two_agencies(renamed: Shelf) -> None:
    with renamed.store.begin() as writing:
        made = aliases.record(writing, "松陵市自然资源局", "松陵市水利局", "张三")
    renamed.put(NOTICES[0], document("0014", "松陵市水利局副局长陶望舒到会。"))
    assert "0014" in agencies(renamed.store, "松陵市自然资源局")[0].documents
    with renamed.store.begin() as writing, pytest.raises(AliasRefused, match="已经"):
        aliases.record(writing, "松陵市水利局", "松陵市自然资源局", "张三")
    with renamed.store.begin() as writing, pytest.raises(AliasRefused, match="本来就"):
        aliases.record(writing, "松陵市环保局", "松陵市环境保护局", "张三")
    assert made.one == "松陵市自然资源局"


def test_the_json_of_an_agency_keeps_its_fields(renamed: Shelf) -> None:
    plain = agency_json(agencies(renamed.store, "松陵市自然资源局")[0])
    fields = {"name", "aliases", "place", "parent", "renamed", "officials", "cases_by_year", "documents"}
    assert fields <= plain.keys()
    assert plain["renamed"][0].keys() >= {"from", "to", "date"}


LAW = "《中国共产党纪律处分条例》"
DEALT = "松陵市林业局局长郑文谷违规收受礼品礼金问题。依据{law}第{number}条规定，郑文谷受到开除党籍处分。"
CITING = (
    document("0021", f"依据{LAW}（2018年修订）第八十八条，给予松陵市水利局局长冯启舟党内警告处分。", "2019-03-01"),
    document("0022", DEALT.format(law=LAW, number="八十八"), "2024-05-01"),
    document("0023", DEALT.format(law=LAW, number="八十八"), "2024-05-02"),
    document("0024", DEALT.format(law=LAW, number="八十九"), "2024-05-01"),
    document("0025", f"学习{LAW}第八十八条规定。"),
)


@pytest.fixture
def citing(shelf: Shelf) -> tuple[Shelf, MemoryEngine]:
    shelf.put(*CITING)
    engine = MemoryEngine()
    with engine.batch() as batch:
        for key, (_, extraction) in shelf.found.items():
            values = dict.fromkeys(KEYS, ()) | keys(extraction)
            many = dict.fromkeys(NUMBERS, ()) | numbers(extraction)
            batch.put(Entry(key, dict.fromkeys(TOKENS, ""), values, many))
    return shelf, engine


@pytest.mark.parametrize("asked", ["处分条例 第八十八条", "《中国共产党纪律处分条例》第88条", "纪律处分条例第八十八条"])
def test_an_article_edition_by_edition(citing: tuple[Shelf, MemoryEngine], asked: str) -> None:
    shelf, engine = citing
    found = article(shelf.store, engine, asked)
    assert found.documents == 4
    assert found.laws == ("中国共产党纪律处分条例",)
    assert [(one.year, [cited.document for cited in one.citations]) for one in found.editions] == [
        (2023, ["0022", "0023"]),
        (2018, ["0021"]),
        (None, ["0025"]),
    ]
    assert [cited.stated for one in found.editions for cited in one.citations] == [False, False, True, False]


def test_cases_by_sanction_count_a_reprint_once(citing: tuple[Shelf, MemoryEngine]) -> None:
    found = article(citing[0].store, citing[1], "处分条例第八十八条")
    assert [dict(one.by_sanction) for one in found.editions] == [{"开除党籍": 1}, {"党内警告": 1}, {}]
    assert found.by_sanction == {"开除党籍": 2, "党内警告": 1}
    assert article_json(found)["editions"][0]["citations"][0]["evidence"][0]["page"] == 1


def test_a_named_edition_is_the_only_one(citing: tuple[Shelf, MemoryEngine]) -> None:
    found = article(citing[0].store, citing[1], "《中国共产党纪律处分条例》（2018年修订）第88条")
    assert [one.year for one in found.editions] == [2018]


@pytest.mark.parametrize("text", ["", "处分条例", "第八十八条"])
def test_what_names_no_article_is_refused(citing: tuple[Shelf, MemoryEngine], text: str) -> None:
    with pytest.raises(NoArticle, match="请写成"):
        article(citing[0].store, citing[1], text)


@pytest.mark.parametrize(
    ("law", "day", "year"),
    [
        ("中国共产党纪律处分条例", "2015-12-31", 2003),
        ("纪律处分条例", "2016-01-01", 2015),
        ("中国共产党纪律处分条例", "2018-10-01", 2018),
        ("中国共产党纪律处分条例", "2024", 2018),
        ("中国共产党纪律处分条例", "2024-01-01", 2023),
        ("监察法", "2020-05-05", 2018),
        ("中国共产党纪律处分条例", None, None),
        ("松陵市廉洁从业办法", "2020-01-01", None),
    ],
)
def test_the_edition_in_force(law: str, day: str | None, year: int | None) -> None:
    assert in_force(law, day) == year
