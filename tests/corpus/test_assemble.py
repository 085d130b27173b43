"""Leaves become one text, and every page begins where its text does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.assemble import assemble, join_leaves
from corpus.document import MetaValue, document_id
from corpus.readers.contract import Leaf, Reading
from corpus.title import heading, printed, stem


def test_pages_join_by_a_line_break_or_run_on() -> None:
    text, pages = join_leaves((Leaf("严重违反中央", run_on=True), Leaf("八项规定精神。"), Leaf("第三页")))
    assert text == "严重违反中央八项规定精神。\n第三页"
    assert [page.start for page in pages] == [0, 6, 14]


def test_a_page_without_text_has_no_length_and_breaks_no_sentence() -> None:
    text, pages = join_leaves((Leaf(""), Leaf("甲", run_on=True), Leaf("", source="ocr"), Leaf("乙")))
    assert text == "甲乙"
    assert [(page.start, page.source) for page in pages] == [(0, "text"), (0, "text"), (1, "ocr"), (1, "text")]


def test_latin_words_across_pages_keep_their_space() -> None:
    assert join_leaves((Leaf("the last", run_on=True), Leaf("word")))[0] == "the last word"


@given(st.lists(st.builds(Leaf, st.text("甲乙 a\n", max_size=5), run_on=st.booleans()), max_size=8))
def test_every_leaf_stands_at_its_page(leaves: list[Leaf]) -> None:
    text, pages = join_leaves(tuple(leaves))
    assert pages[0].start == 0
    for leaf, page in zip(leaves, pages, strict=False):
        assert text[page.start : page.start + len(leaf.text)] == leaf.text


def test_a_document_has_its_place_and_origin() -> None:
    meta = {"author": MetaValue("王某", "file")}
    document = assemble("档案", Reading("甲/乙.txt", (Leaf("正文。"),), meta=meta), "ab12", "text/1")
    assert document.id == document_id("档案", "甲/乙.txt")
    assert (document.source, document.content_hash, document.reader) == ("甲/乙.txt", "ab12", "text/1")
    assert document.meta == meta
    assert document.title == "乙"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "中共青禾县纪律检查委员会文件\n青纪发〔2023〕5号\n关于三起典型问题的通报\n各乡镇党委：\n正文。",
            "关于三起典型问题的通报",
        ),
        (
            "机密★1年\n关于进一步严明春节期间纪律要求严防\n“四风”问题反弹的通知\n各单位：",
            "关于进一步严明春节期间纪律要求严防“四风”问题反弹的通知",
        ),
        ("# 一念之差\n\n2023年6月5日\n", "一念之差"),
        ("2023年6月5日\n— 1 —\n一个科长的忏悔录\n我叫李明德。", "一个科长的忏悔录"),
        ("ICS 01.040\nA12\n登记号：0123 45\n县级标准", "县级标准"),
        ("[00:00:08] 河堤\n河堤之殇\n", "河堤之殇"),
        ("各位同志，大家好。\n", None),
        ("", None),
    ],
)
def test_the_heading_of_a_text(text: str, expected: str | None) -> None:
    assert heading(text) == expected


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("三起典型问题的通报", "三起典型问题的通报"),
        ("Microsoft Word - 文档1", None),
        ("旧模板", None),
        ("", None),
        (None, None),
    ],
)
def test_a_property_is_a_title_only_where_printed(stated: str | None, expected: str | None) -> None:
    assert printed(stated, "三起典型问题 的通报\n正文") == expected


@pytest.mark.parametrize(
    ("source", "expected"), [("甲/乙.zip!/丙/丁.txt", "丁"), ("3.5万元案.docx", "3.5万元案"), ("无后缀", "无后缀")]
)
def test_the_stem_of_a_source(source: str, expected: str) -> None:
    assert stem(source) == expected
