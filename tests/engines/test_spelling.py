"""What cannot be written as it is comes back as it was, and nothing is mixed up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.engines.spelling import LONGEST_TOKEN, read, written, written_token, written_tokens

anything = st.text(st.characters() | st.sampled_from("\ud800\udfff\U0010ffff#\u0100"))
token = anything.filter(lambda text: text and " " not in text)
long = token.map(lambda text: (text * LONGEST_TOKEN)[: LONGEST_TOKEN + len(text)])


@given(anything)
def test_what_is_written_is_utf8_and_is_read_back(text: str) -> None:
    assert written(text).encode().decode() == written(text)
    assert read(written(text)) == text


@given(st.text(st.characters(exclude_characters="\U0010ffff", exclude_categories=["Cs"])))
def test_ordinary_text_is_written_as_it_is(text: str) -> None:
    assert written(text) == text


@given(st.lists(token | long, max_size=4))
def test_tokens_are_written_each_as_it_is_asked_for(tokens: list[str]) -> None:
    assert written_tokens(" ".join(tokens)) == " ".join(map(written_token, tokens))


@given(token | long, token | long)
def test_tokens_that_differ_are_written_differently_and_fit(one: str, other: str) -> None:
    assert (written_token(one) == written_token(other)) == (one == other)
    assert len(written_token(one).encode()) <= 4 * LONGEST_TOKEN
