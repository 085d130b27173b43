"""The tagger: words with offsets, the same whatever else is analysed with them."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from indexer.extract import tagger

SENTENCES = ["许怀民任青禾县财政局局长", "2019年至2021年，先后收受礼金", "清江市水利局", "经查", "据云岭省纪委监委消息"]


def test_people_and_organisations_are_tagged() -> None:
    text = "据云南省纪委监委消息：昆明市财政局局长许怀民接受调查。"
    printed = {text[word.start : word.end]: word.tag for word in tagger.words(text)}
    assert printed["许怀民"] == "PER"
    assert printed["昆明市财政局"] == "ORG"


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6))
def test_words_do_not_depend_on_the_batch(parts: list[str]) -> None:
    text = "。".join(parts)
    at = 0
    found = {(word.start, word.end, word.tag) for word in tagger.words(text)}
    for part in parts:
        alone = {(at + word.start, at + word.end, word.tag) for word in tagger.words(part)}
        assert alone <= found
        at += len(part) + 1


@given(st.text(max_size=300))
def test_words_follow_one_another_inside_the_text(text: str) -> None:
    words = tagger.words(text)
    assert all(one.end <= other.start for one, other in pairwise(words))
    assert all(0 <= word.start < word.end <= len(text) for word in words)


def test_parts_of_a_text_have_the_offsets_of_the_text() -> None:
    text = "甲乙丙。许怀民任局长。"
    assert {word.start for word in tagger.words(text, [(4, len(text))])} <= set(range(4, len(text)))
