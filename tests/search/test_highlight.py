"""Highlighting: on the original text, through folding, the best passages."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document, Page
from indexer.fold import fold
from search.highlight import Needle, find_marks, highlight

TEXT = (
    "关于两起典型问题的通报\n"
    "一、云岭市審計局原局長方正明违规接受宴请问题。２０１９年至2021年，方正明多次接受宴请。"
    + "其间工作照常推进。" * 30
    + "\n二、李兆峰受贿问题。李兆峰在工程招投标中收受财物，受贿134万余元。"
)


def document(text: str, *starts: int) -> Document:
    return Document("1", "甲.txt", "0", "题", text, tuple(Page(start) for start in starts or (0,)))


def shown(text: str, *needles: Needle) -> list[str]:
    return [text[a:b] for fragment in highlight(document(text), needles) for a, b in fragment.marks]


@pytest.mark.parametrize(
    ("needle", "marks"),
    [
        (Needle("审计局"), {"審計局"}),  # traditional characters
        (Needle("2019年"), {"２０１９年"}),  # full-width digits
        (Needle("宴请"), {"宴请"}),
        (Needle("没有的词"), set()),
        (Needle("收受宴请", parts=("收受", "宴请")), {"收受", "宴请"}),  # standing apart
        (Needle("接受宴请", parts=("接受", "宴请")), {"接受宴请"}),  # the whole is there: its parts are not marked
    ],
)
def test_marks_the_original_characters(needle: Needle, marks: set[str]) -> None:
    assert set(shown(TEXT, needle)) == marks


def test_fragments_show_different_words_before_repetitions() -> None:
    fragments = highlight(document(TEXT), [Needle("宴请"), Needle("受贿")], most=2)
    assert ["宴请" in fragments[0].text, "受贿" in fragments[1].text] == [True, True]


def test_the_beginning_is_shown_where_nothing_matches() -> None:
    (fragment,) = highlight(document(TEXT), [Needle("没有")])
    assert fragment.start == 0
    assert TEXT.startswith(fragment.text)
    assert fragment.marks == ()


def test_the_page_is_that_of_the_match() -> None:
    second = TEXT.index("二、")
    fragments = highlight(document(TEXT, 0, second), [Needle("招投标")])
    assert [fragment.page for fragment in fragments] == [2]


def test_an_empty_document_has_an_empty_fragment() -> None:
    (fragment,) = highlight(document(""), [Needle("一")])
    assert (fragment.text, fragment.marks) == ("", ())


words = st.text(st.sampled_from("受贿宴请招標１1。\n 通报"), min_size=1, max_size=4)


@given(st.text(st.sampled_from("受贿宴请招標１1。\n 通报ab"), max_size=400), st.lists(words, min_size=1, max_size=4))
def test_every_mark_lies_in_its_fragment_and_is_a_match(text: str, wanted: list[str]) -> None:
    needles = [Needle(fold(word), parts=tuple(fold(word))) for word in wanted]
    allowed = {fold(word) for word in wanted} | {part for word in wanted for part in fold(word)}
    fragments = highlight(document(text), needles)
    assert 1 <= len(fragments) <= 3
    for fragment in fragments:
        assert fragment.text == text[fragment.start : fragment.end]
        for start, end in fragment.marks:
            assert fragment.start <= start < end <= fragment.end
            assert fold(text[start:end]) in allowed
    assert any(fragment.marks for fragment in fragments) == bool(find_marks(fold(text), needles))


@given(st.text(st.sampled_from("ab。\n"), max_size=200))
def test_fragments_never_overlap(text: str) -> None:
    fragments = highlight(document(text), [Needle("a"), Needle("b")])
    assert all(one.end <= other.start for one, other in pairwise(fragments))
