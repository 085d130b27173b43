"""Tokens: words for ranking, grams so that nothing is missed."""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import segment, stock
from indexer.fold import fold
from indexer.segment import (
    Dictionary,
    DictionaryError,
    Segmenter,
    fingerprint,
    gram_offsets,
    read_dictionary,
    stock_phrases,
)
from indexer.streams import chars, codes, grams

CASE_TEXT = (
    "经查，云岭市自然资源局原党组书记、局长（正处级）高明利用职务便利，为他人在工程招投标、土地审批等方面谋取利益，"
    "非法收受财物折合共计134万余元。ABC-12 公司的Ｔ恤与AA制聚餐，2019年3月至2021年5月，第八十五条。"
)
LONGEST_PHRASE = max(map(len, stock.strings()))
RJIEBA, JIEBA = Segmenter(kernel_name="rjieba"), Segmenter(kernel_name="jieba")
han = st.text(st.sampled_from("经查原党组书记利用职务便利收受礼金高明的工程招投标，。12ab "), max_size=60)


def test_long_words_come_with_the_words_inside() -> None:
    words = Segmenter().words("纪律检查委员会")
    assert {"纪律", "检查", "委员会"} <= set(words)


def test_letters_and_digits_are_words() -> None:
    assert {"abc", "12"} <= set(Segmenter().words(fold("ABC-12")))


def test_later_han_blocks_are_words_of_their_own() -> None:
    assert "𠮷" in Segmenter().words("𠮷野")


def test_office_words_stay_whole() -> None:
    dictionary = Dictionary(("云岭市自然资源局",))
    for kernel in ("rjieba", "jieba"):
        assert "云岭市自然资源局" in Segmenter(dictionary, kernel).words(CASE_TEXT)


@pytest.mark.parametrize("dictionary", [Dictionary(), Dictionary(("高明", "云岭市自然资源局"))])
def test_the_two_kernels_cut_alike(dictionary: Dictionary) -> None:
    folded = fold(CASE_TEXT)
    assert Segmenter(dictionary, "rjieba").words(folded) == Segmenter(dictionary, "jieba").words(folded)


@given(han)
def test_the_two_kernels_cut_any_text_alike(text: str) -> None:
    assert RJIEBA.words(fold(text)) == JIEBA.words(fold(text))


@given(st.text())
def test_words_hold_no_white_space(text: str) -> None:
    assert all(word and not any(c.isspace() for c in word) for word in RJIEBA.words(fold(text)))


@given(han, st.integers(0, 60), st.integers(2, 12))
def test_grams_find_a_string_exactly_where_it_stands(text: str, start: int, length: int) -> None:
    folded = fold(text)
    wanted = folded[start : start + length]
    if len(wanted) < 2:
        return
    pairs = grams(codes(folded)).split(" ")
    found = {
        place
        for place in range(len(pairs))
        if all(pairs[place + offset : place + offset + 1] == [pair] for offset, pair in gram_offsets(wanted))
    }
    assert found == {place for place in range(len(folded)) if folded.startswith(wanted, place)}


def test_chars_are_distinct() -> None:
    assert chars(codes("高高明")) == "明 高"


PHRASES = sorted(stock.strings())


def test_the_list_of_stock_phrases() -> None:
    assert all(len(phrase) > 2 and re.fullmatch("[\u4e00-\u9fd5]+", phrase) for phrase in PHRASES)
    assert all(fold(phrase) == phrase for phrase in PHRASES)


@given(st.sampled_from(PHRASES), st.data())
def test_the_shortest_phrases_around_a_part_of_one(phrase: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(phrase) - 1))
    part = phrase[start : data.draw(st.integers(start + 1, len(phrase)))]
    every = {other for other in PHRASES if part in other}
    assert set(stock.around(part)) == {one for one in every if not any(other in one for other in every - {one})}


@pytest.mark.parametrize("text", ["", "\n", "委\n中", "不在任何一条里"])
def test_what_lies_in_no_stock_phrase(text: str) -> None:
    assert stock.around(text) == ()


@given(st.lists(st.one_of(st.sampled_from(PHRASES), st.sampled_from(CASE_TEXT)), max_size=12).map("".join).map(fold))
def test_stock_phrases_are_found_wherever_they_stand(text: str) -> None:
    ends = range(len(text) + 1)
    every = (text[start:end] for end in ends for start in range(max(0, end - LONGEST_PHRASE), end - 2))
    assert Counter(stock_phrases(text).split()) == Counter(piece for piece in every if piece in stock.strings())


def test_stock_phrases_without_the_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    with_it = Counter(stock_phrases(CASE_TEXT).split())
    monkeypatch.setattr(segment, "kernel", lambda: "jieba")
    segment._stock_finder.cache_clear()
    without = Counter(stock_phrases(CASE_TEXT).split())
    segment._stock_finder.cache_clear()
    assert without == with_it > Counter()


def test_dictionary_file(tmp_path: Path) -> None:
    path = tmp_path / "词典.txt"
    path.write_text("\ufeff# 本单位\n云嶺市審計局\n清廉指挥部 10 n\n\n", encoding="utf-8")
    dictionary = read_dictionary(path, fold)
    assert dictionary.words == ("云岭市审计局", "清廉指挥部")
    assert fingerprint(dictionary) != fingerprint(Dictionary())


@pytest.mark.parametrize("content", ["两个 词 在一行 里\n".encode(), "词 高频\n".encode(), b"\xff\xfe\x00"])
def test_bad_dictionary_file_names_the_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "词典.txt"
    path.write_bytes(content)
    with pytest.raises(DictionaryError, match=r"词典\.txt"):
        read_dictionary(path, fold)
