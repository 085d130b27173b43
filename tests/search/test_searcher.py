"""Searching a small library, end to end behind the command line."""

import pytest

from search.results import Results
from search.searcher import Searcher
from tests.conftest import Build

TEXTS = {
    "通报/甲.txt": "关于五起违规吃喝典型问题的通报\n"
    "云岭市审计局原局长方正明违规接受宴请，受到党内警告处分。\n2023年5月6日",
    "通报/乙.txt": "关于工程招投标领域典型案例的通报\n"
    "李兆峰在工程招投标中受贿134万余元，被开除党籍、开除公职。\n2022年1月2日",
    "简报/丙.txt": "区纪委监委工作简报\n李兆峰案开庭，招投标专项整治深入推进，收受的财物已追缴。",
    "简报/丁.txt": "读《云岭市志》札记\n李家沟的兆头不错，峰回路转。高明的手法，第８５条以外。",
}


def sources(results: Results) -> list[str]:
    return [hit.source for hit in results.hits]


@pytest.fixture
def searcher(build: Build) -> Searcher:
    return build(TEXTS)


FOUND = [
    ("受贿 招投标", {"通报/乙.txt"}),  # both words
    ("受贿 OR 宴请", {"通报/甲.txt", "通报/乙.txt"}),
    ("招投标 -受贿", {"简报/丙.txt"}),
    ("李兆峰", {"通报/乙.txt", "简报/丙.txt"}),  # a name; not 李…兆…峰 standing apart
    ('"兆"', {"通报/乙.txt", "简报/丙.txt", "简报/丁.txt"}),  # one character, quoted
    ("第85条", {"简报/丁.txt"}),  # full-width in the text
    ("招標 开除公职", set()),
    ("招投標", {"通报/乙.txt", "简报/丙.txt"}),  # traditional in the query
    ("标题:招投标", {"通报/乙.txt"}),
    ("类型:通报", {"通报/甲.txt", "通报/乙.txt"}),
    ("栏目:简报", {"简报/丙.txt", "简报/丁.txt"}),
    ("日期:2023", {"通报/甲.txt"}),
    ("日期:..2022-06 受贿", {"通报/乙.txt"}),
    ("年:2022..2023", {"通报/甲.txt", "通报/乙.txt"}),
    ("招投*", {"通报/乙.txt", "简报/丙.txt"}),
    ("李*峰", {"通报/乙.txt", "简报/丙.txt"}),  # a word of the vocabulary
    ("双开", {"通报/乙.txt"}),  # by its full form
    ('"双开"', set()),  # quoting switches that off
    ("", set(TEXTS)),
]


@pytest.mark.parametrize(("query", "expected"), FOUND)
def test_finds(searcher: Searcher, query: str, expected: set[str]) -> None:
    results = searcher.search(query)
    if not results.relaxed:
        assert set(sources(results)) == expected
        assert results.total == len(expected)
    else:
        assert not expected


def test_the_title_counts_most(searcher: Searcher) -> None:
    assert sources(searcher.search("招投标"))[0] == "通报/乙.txt"


def test_the_printed_query_finds_the_same(searcher: Searcher) -> None:
    for query, _ in FOUND:
        results = searcher.search(query)
        again = searcher.search(results.query)
        assert (again.query, sources(again)) == (results.query, sources(results))


def test_signals_add_up_to_the_score(searcher: Searcher) -> None:
    for hit in searcher.search("招投标 OR 受贿").hits:
        assert sum(hit.signals.values()) == pytest.approx(hit.score, abs=1e-3)


def test_sorted_by_date_with_the_undated_last(searcher: Searcher) -> None:
    assert [hit.date for hit in searcher.search("排序:日期").hits] == ["2023-05-06", "2022-01-02", None, None]


def test_pages_of_hits_join_without_gaps(searcher: Searcher) -> None:
    whole = sources(searcher.search("李 OR 云"))
    assert [source for n in range(4) for source in sources(searcher.search("李 OR 云", limit=1, offset=n))] == whole


def test_facets_count_and_toggle(searcher: Searcher) -> None:
    results = searcher.search("招投标")
    (kind,) = [value for value in results.facets["kind"] if value.value == "circular"]
    assert (kind.count, kind.selected, kind.query) == (1, False, "招投标 类型:通报")
    narrowed = searcher.search(kind.query)
    assert sources(narrowed) == ["通报/乙.txt"]
    (chosen,) = [value for value in narrowed.facets["kind"] if value.selected]
    assert chosen.query == "招投标"
    assert sum(value.count for value in narrowed.facets["kind"]) == 2  # the facet offers what it would add


def test_relaxation_says_what_it_dropped(searcher: Searcher) -> None:
    results = searcher.search("受贿 贪天之功")
    assert sources(results) == ["通报/乙.txt"]
    assert results.relaxed is not None
    assert "贪天之功" in results.relaxed
    apart = searcher.search("宴请 受贿")
    assert set(sources(apart)) == {"通报/甲.txt", "通报/乙.txt"}
    assert apart.relaxed is not None


def test_relaxation_keeps_conditions(searcher: Searcher) -> None:
    assert sources(searcher.search("受贿 贪天之功 类型:动态")) == []


def test_a_word_that_finds_nothing_is_corrected(searcher: Searcher) -> None:
    assert "李兆峰" in searcher.search("李照峰").suggestions  # sounds the same
    assert "招投标" in searcher.search("招头标").suggestions


def test_pinyin_finds_names_in_a_group_of_their_own(searcher: Searcher) -> None:
    for letters in ("lizhaofeng", "lzf"):
        results = searcher.search(letters)
        assert results.total == 0
        assert [(item.word, item.documents, item.query) for item in results.sounding] == [("李兆峰", 2, "李兆峰")]


def test_expansions_are_told(searcher: Searcher) -> None:
    assert searcher.search("双开").expansions == (("双开", "开除党籍 + 开除公职"),)


def test_a_pattern_in_a_field_of_whole_values_is_told_and_searched_as_words(searcher: Searcher) -> None:
    results = searcher.search("机构:云岭市*")
    assert set(sources(results)) == {"通报/甲.txt", "简报/丁.txt"}
    assert any("机构" in problem.message for problem in results.problems)


def test_suggestions_while_typing(searcher: Searcher) -> None:
    assert "关于工程招投标领域典型案例的通报" in searcher.suggest("招投")
    assert "招投标" in searcher.suggest("招投")
    assert searcher.suggest("  ") == ()
