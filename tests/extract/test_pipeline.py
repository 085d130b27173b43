"""The pipeline as a whole: what it finds is where it says, twice the same, and nothing is lost beside another text."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.extract import amounts, articles, pipeline, sanctions
from indexer.extract.extraction import as_json
from indexer.extract.kind import classify

CIRCULAR = """甲省乙市丙局关于3起典型问题的通报

1.乙市丙局原党组书记、局长钱大川违规收受礼金问题。2013年至2021年，钱大川先后收受礼金共计32万元；以违规方式套取公款1.2亿余元。钱大川还存在其他严重违纪违法问题，因犯受贿罪、贪污罪被判处有期徒刑十年，并处罚金50万元。2022年3月，钱大川被开除党籍、开除公职。
2.乙市丁镇财政所所长孙小河公款吃喝问题。2019年5月，孙小河用公款支付餐费2000余元。依据《中国共产党纪律处分条例》第一百零四条规定，孙小河受到党内警告处分。
"""


def test_a_circular_gives_its_cases_with_their_facts() -> None:
    found = pipeline.extract(CIRCULAR, "甲省乙市丙局关于3起典型问题的通报")
    assert found.kind == "circular"
    first, second = found.cases
    assert [amount.text for amount in first.amounts] == ["32万元", "1.2亿余元", "50万元"]
    assert (first.conduct_from, first.conduct_to) == (2013, 2021)
    assert first.offences == ("受贿罪", "贪污罪")
    assert [amount.yuan for amount in second.amounts] == [2000]
    assert (second.conduct_from, second.conduct_to) == (2019, 2019)
    assert [(article.law, article.article) for article in found.articles] == [("中国共产党纪律处分条例", 104)]
    assert "law:中国共产党纪律处分条例#104" in {mention.value for mention in found.mentions}


def test_every_span_is_its_surface() -> None:
    found = pipeline.extract(CIRCULAR)
    for case in found.cases:
        assert all(CIRCULAR[slice(*amount.span)] == amount.text for amount in case.amounts)
        assert all(CIRCULAR[slice(*subject.span)] == subject.name for subject in case.subjects)
    for named in (*found.officials, *found.agencies):
        assert all(CIRCULAR[slice(*span)] == named.name for span in named.spans)
    assert all(0 <= mention.start < mention.end <= len(CIRCULAR) for mention in found.mentions)


def test_components_stand_in_the_document_of_spacy() -> None:
    doc = pipeline.analyse(CIRCULAR, "", classify("", CIRCULAR))
    assert doc.text == CIRCULAR
    assert len(doc) == len(CIRCULAR)
    assert [span.text for span in doc.spans["amounts"]] == ["32万元", "1.2亿余元", "50万元", "2000余元"]
    assert {name for name, _ in pipeline.pipeline().pipeline} == {f"anjian_{c.name}" for c in pipeline.COMPONENTS}


def test_the_contract_is_plain_json() -> None:
    plain = as_json(pipeline.extract(CIRCULAR))
    assert json.loads(json.dumps(plain, ensure_ascii=False))["cases"][0]["amounts"][0]["text"] == "32万元"
    assert {"kind", "kind_confidence", "cases", "officials", "agencies", "articles"} <= plain.keys()


@pytest.mark.parametrize("text", ["", " \n\n　", "今天天气很好。", "\U0001f600" * 3])
def test_a_text_without_anything_gives_nothing(text: str) -> None:
    found = pipeline.extract(text)
    assert (found.cases, found.articles) == ((), ())


SENTENCES = st.sampled_from(
    [
        "钱大川收受礼金共计32万元。",
        "2013年至2021年，钱大川收受5万至10万元不等的现金。",
        "人民币1,234.5元，另有3万美元。",
        "受贿500万",
        "依据《中国共产党纪律处分条例》第八十五条第一款第（二）项、第九十条规定，",
        "《条例》第七条、第九条至第十一条。",
        "刑法第三百八十五条，该法第三百八十六条。",
        "第三条 一条法规。",
        "钱大川受到党内严重警告、政务记过处分。",
        "被开除党籍、开除公职，",
        "乙市丙局原局长钱大川",
        "余某",
        "\n",
        "  ",
    ]
)
TEXTS = st.lists(SENTENCES, max_size=8).map("".join)


@given(TEXTS, TEXTS)
@settings(max_examples=200)
def test_two_documents_together_lose_nothing_of_either(first: str, second: str) -> None:
    both = f"{first}\n\n{second}"
    shift = len(first) + 2
    for text, moved in ((first, 0), (second, shift)):
        assert not Counter((a.text, a.span[0] + moved) for a in amounts.find(text)) - Counter(
            (a.text, a.span[0]) for a in amounts.find(both)
        )
        assert not Counter((a.article, a.paragraph, a.item, a.span[1] + moved) for a in articles.find(text)) - Counter(
            (a.article, a.paragraph, a.item, a.span[1]) for a in articles.find(both)
        )
        assert not Counter((m.value, m.start + moved) for m in sanctions.find(text)) - Counter(
            (m.value, m.start) for m in sanctions.find(both)
        )


@given(TEXTS)
@settings(max_examples=25)
def test_the_same_text_gives_the_same_twice(text: str) -> None:
    assert pipeline.extract(text) == pipeline.extract(text)
