"""The measures of the benchmark, by examples worked out by hand."""

from __future__ import annotations

from math import log2

import pytest

from benchmarks.lexical import bigrams, bm25, cosine, shuffled, words
from benchmarks.rankings import collapsed, mean, of_lecard, of_precedents

JUDGED = {"a": 3, "b": 2, "c": 1, "d": 0}


@pytest.mark.parametrize(
    ("ranking", "ndcg", "precision", "average", "recall"),
    [
        (["a", "b", "c", "d"], 1.0, 0.4, 1.0, 1.0),
        (["x", "a"], (7 / log2(3)) / (7 + 3 / log2(3) + 1 / 2), 0.2, 0.25, 0.5),
        (["a", "a", "b"], (7 + 3 / log2(3)) / (7 + 3 / log2(3) + 1 / 2), 0.4, 1.0, 1.0),
        ([], 0.0, 0.0, 0.0, 0.0),
    ],
)
def test_measures_of_precedents(
    ranking: list[str], ndcg: float, precision: float, average: float, recall: float
) -> None:
    assert of_precedents(ranking, JUDGED) == pytest.approx(
        {"nDCG@10": ndcg, "P@5": precision, "MAP": average, "R@20": recall}
    )


def test_measures_of_lecard_take_judged_texts_only() -> None:
    ideal = 3 + 2 / log2(3) + 1 / 2
    assert of_lecard(["x", "b", "a", "c", "d"], JUDGED) == pytest.approx(
        {"P@5": 0.2, "MAP": 0.5, "nDCG@10": (2 + 3 / log2(3) + 1 / 2) / ideal}
    )


def test_reports_of_one_matter_count_once() -> None:
    ranking, judged = collapsed(["b", "x", "a"], JUDGED, {"a": "m", "b": "m"})
    assert ranking == ["m", "x"]
    assert judged == {"m": 3, "c": 1, "d": 0}


def test_the_mean_is_over_queries() -> None:
    assert mean([{"P@5": 0.2}, {"P@5": 0.6}]) == pytest.approx({"P@5": 0.4})


TEXTS = {"one": "收受礼金和购物卡", "two": "违规接受宴请", "three": "收受礼金"}


@pytest.mark.parametrize("cut", [words, bigrams])
@pytest.mark.parametrize("method", [bm25, cosine])
def test_lexical_rankings_put_the_text_of_the_query_first(method: type, cut: type) -> None:
    assert {query: ranking[0] for query, ranking in method(TEXTS, TEXTS, cut).items()} == {key: key for key in TEXTS}


def test_the_wrong_analyser_gives_one_word_another_form_in_each_text() -> None:
    assert set(shuffled("收受礼金")).isdisjoint(shuffled("收受礼金和购物卡"))
