"""Citations of articles: lists and ranges spelled out, short forms resolved, editions where the text tells them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.numerals import ordinal
from indexer.extract import articles
from indexer.extract.assembly import article_value
from tests.extract.tables import rows


@pytest.mark.parametrize(("text", "expected", "about"), rows("articles", 3))
def test_articles_cited_in_a_text(text: str, expected: str, about: str) -> None:
    found = [article_value(article).removeprefix("law:") for article in articles.find(text)]
    assert found == (expected.split(" | ") if expected else []), about


@pytest.mark.parametrize(
    ("text", "edition"),
    [
        ("2018年《甲条例》第三条", 2018),
        ("2003年原《甲条例》第三条", 2003),
        ("2016年新修订《甲条例》第三条", 2016),
        ("2018年10月1日施行的《甲条例》第三条", 2018),
        ("1997年刑法第十二条", 1997),
        ("《甲条例》（2018年修订）第三条", 2018),
        ("《甲法（2020修正）》第三条", 2020),
        ("2018年《甲条例》（以下简称《条例》）施行后，《条例》第三条", 2018),
        ("2016年《中国共产党纪律处分条例》第三条", 2015),
        ("《甲解释》（法释〔2016〕9号）第三条", None),
        ("2018年，依据《甲条例》第三条", None),
        ("《甲条例》第三条", None),
    ],
)
def test_the_edition_that_a_text_tells(text: str, edition: int | None) -> None:
    assert [article.edition for article in articles.find(text)] == [edition]


STATUTE = """第一条 为了规范甲事项，制定本条例。
第二条 本条例适用于乙。
第三条 违反本条例第二条规定的，依照《丙法》第九条处理。
第四条 有第三条规定情形的，从重。
"""


def test_a_statute_cites_itself_only_where_it_says_so() -> None:
    found = [article_value(article) for article in articles.find(STATUTE, "甲省丁条例")]
    assert found == ["law:甲省丁条例#2", "law:丙法#9", "law:甲省丁条例#3"]


def test_the_span_of_a_citation_begins_with_the_name_of_the_law() -> None:
    text = "依据《甲条例》（以下简称《条例》）第三条第一款、第五条规定"
    spans = [text[slice(*article.span)] for article in articles.find(text)]
    assert spans == ["《甲条例》（以下简称《条例》）第三条第一款", "第五条"]


def test_each_article_counts_once_with_the_edition_told_anywhere() -> None:
    text = "《甲条例》第三条。2018年《甲条例》第三条、第四条。"
    kept = articles.distinct(articles.find(text))
    assert [(article.article, article.edition) for article in kept] == [(3, 2018), (4, 2018)]


PIECES = st.sampled_from(
    [
        "《甲条例》",
        "《乙法》",
        "刑法",
        "该条例",
        "（以下简称《条例》）",
        "第",
        "三",
        "十",
        "5",
        "条",
        "款",
        "项",
        "（一）",
        "、",
        "和",
        "至",
        "规定",
        "之一",
        "，",
        "。",
        "\n",
        "《",
        "》",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_is_read_and_spans_are_inside_it(text: str) -> None:
    found = articles.find(text)
    assert all(0 <= start < end <= len(text) and "第" in text[start:end] for start, end in (a.span for a in found))
    assert found == articles.find(text)


@given(st.integers(1, 120), st.integers(1, 60))
def test_a_range_names_every_article_between_its_ends(first: int, length: int) -> None:
    found = articles.find(f"《甲条例》第{first}条至第{first + length}条")
    assert [article.article for article in found] == list(range(first, first + length + 1))


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("八十五", 85),
        ("一百零二", 102),
        ("一百二十", 120),
        ("十", 10),
        ("二十", 20),
        ("一〇二", 102),
        ("８５", 85),
        ("1064", 1064),
        ("一二十", None),
    ],
)
def test_ordinals(written: str, value: int | None) -> None:
    assert ordinal(written) == value


def test_an_interpretation_names_itself() -> None:
    title = "甲院、乙院关于办理丙案适用《丁法》若干问题的解释（二）"
    found = articles.find("第一条 数额较大的，依照刑法第三条处理。\n第二条 有本解释第一条情形的。\n第三条 略。", title)
    assert [article_value(article) for article in found] == ["law:刑法#3", f"law:{title}#1"]
