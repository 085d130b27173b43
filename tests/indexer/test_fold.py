"""Folding: one character in, one out; what people write in two ways becomes one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.fold import SPACE, fold
from scripts.make_lexicons import LEXICON, traditional_to_simplified

FORMS = [
    ("第８５条", "第85条"),  # full-width digits
    ("ＡＢＣ", "abc"),  # full-width capitals
    ("違規收受禮金", "违规收受礼金"),  # traditional
    ("云纪发〔2023〕5号", "云纪发[2023]5号"),  # the brackets of document numbers
    ("云纪发［2023］5号", "云纪发[2023]5号"),
    ("云纪发【2023】5号", "云纪发[2023]5号"),
    ("“清廉工程”", '"清廉工程"'),  # quotes of every kind
    ("「清廉工程」", '"清廉工程"'),
    ("阿卜杜拉•买买提", "阿卜杜拉·买买提"),  # the dots inside names
    ("〈条例〉", "《条例》"),
    ("甲\u3000乙\n丙\t丁", f"甲{SPACE}乙{SPACE}丙{SPACE}丁"),  # white space of any kind
    ("⼤⾥", "大里"),  # Kangxi radicals, as some PDFs give them
    ("①", "1"),
    ("㎡", "㎡"),  # would become two characters, and stays
    ("İ", "İ"),  # likewise
]


@pytest.mark.parametrize(("text", "folded"), FORMS)
def test_forms(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_length_and_places_stay(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert [fold(character) for character in text] == list(folded)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_no_white_space_remains(text: str) -> None:
    assert not any(character.isspace() for character in fold(text))


def test_table_is_what_the_script_makes() -> None:
    lines = (LEXICON / "t2s.txt").read_text(encoding="utf-8").splitlines(keepends=True)
    assert "".join(line for line in lines if not line.startswith("#")) == traditional_to_simplified()
