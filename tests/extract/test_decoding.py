"""Decoding: what is found in short stretches is what a search of the whole sentence finds."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extract.decoding import Floats, likeliest, transitions

TAGS = 4
#: Apart from ties and rounding: sums of these are told apart.
SCORES = st.integers(-4000, 4000).map(lambda number: number / 100)


def matrices(rows: int) -> st.SearchStrategy[Floats]:
    numbers = st.lists(SCORES, min_size=rows * TAGS, max_size=rows * TAGS)
    return numbers.map(lambda flat: np.array(flat, dtype=np.float32).reshape(rows, TAGS))


def total(tags: tuple[int, ...], scores: Floats, into: Floats) -> float:
    """The score of a sentence's tags, added up in full."""
    steps = sum(float(into[one, other]) for one, other in pairwise(tags))
    return steps + sum(float(scores[at, tag]) for at, tag in enumerate(tags))


@given(
    st.lists(st.integers(1, 5).flatmap(matrices), min_size=1, max_size=4),
    matrices(TAGS),
    st.sampled_from([0.01, 0.1, 1.0]),
)
def test_no_other_tags_of_a_sentence_score_more(sentences: list[Floats], into: Floats, weight: float) -> None:
    into = into * np.float32(weight)
    for scores, (tags,) in zip(
        sentences, likeliest([scores[None] for scores in sentences], transitions(into)), strict=True
    ):
        best = max(total(other, scores, into) for other in product(range(TAGS), repeat=len(scores)))
        assert total(tuple(tags.tolist()), scores, into) == pytest.approx(best, abs=0.01)


@given(st.integers(1, 70), st.integers(0, 2**32 - 1))
def test_tags_do_not_depend_on_what_else_is_decoded(count: int, seed: int) -> None:
    generator = np.random.default_rng(seed)
    scores = generator.normal(size=(count, 7, TAGS)).astype(np.float32)
    into = transitions(generator.normal(size=(TAGS, TAGS)).astype(np.float32))
    together = likeliest([scores], into)[0]
    alone = [likeliest([scores[number : number + 1]], into)[0][0] for number in range(count)]
    assert (together == np.array(alone)).all()


def test_there_may_be_nothing_to_decode() -> None:
    assert likeliest([], transitions(np.zeros((TAGS, TAGS), dtype=np.float32))) == []
