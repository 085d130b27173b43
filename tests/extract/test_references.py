"""Document numbers and court case numbers, whatever brackets and digits they are written in."""

from __future__ import annotations

import pytest

from indexer.extract import references


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("甲纪发〔2023〕5号", "doc_number", "甲纪发〔2023〕5号"),
        ("根据甲纪发〔2023〕5号文件", "doc_number", "甲纪发〔2023〕5号"),
        ("现将甲办函[2019]12号印发", "doc_number", "甲办函〔2019〕12号"),
        ("甲政发（2020）第7号", "doc_number", "甲政发〔2020〕7号"),
        ("甲纪通【２０２１】１６号", "doc_number", "甲纪通〔2021〕16号"),
        ("《甲解释》（法释〔2016〕9号）", "doc_number", "法释〔2016〕9号"),
        ("（2022）湘05刑初12号", "court_case", "(2022)湘05刑初12号"),
        ("(2021)最高法民申1234号", "court_case", "(2021)最高法民申1234号"),
        ("（2019）京0105行初88号判决", "court_case", "(2019)京0105行初88号"),
        ("〔2018〕粤刑终第3号", "court_case", "(2018)粤刑终3号"),
        ("（２０２０）浙０１刑初６号", "court_case", "(2020)浙01刑初6号"),
    ],
)
def test_a_number_is_found_in_its_normal_form(text: str, kind: str, value: str) -> None:
    (mention,) = references.find(text)
    assert (mention.kind, mention.value) == (kind, value)
    assert text[mention.end - 1] == "号"


@pytest.mark.parametrize("text", ["2023年5号", "第12号院", "（2022）年度报告", "甲路5号", "〔2023〕5号"])
def test_what_is_no_number_of_a_document(text: str) -> None:
    assert references.find(text) == ()
