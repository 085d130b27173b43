"""What reaches the terminal: nothing that could command it."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document, Page
from search.highlight import Needle, highlight
from search.results import Hit, Results
from terminal.documents import document_lines
from terminal.results import results_lines
from terminal.style import Style, safe

HOSTILE = "受贿\x1b[31m红字\x1b]0;标题\x07 与\x9b2J 别的\r内容"


@given(st.text())
def test_safe_text_is_one_line_without_control_characters(text: str) -> None:
    assert not any(unicodedata.category(c) in ("Cc", "Zl", "Zp") for c in safe(text))
    assert len(safe(text)) == len(text)


@pytest.mark.parametrize("colour", [False, True])
def test_documents_cannot_command_the_terminal(colour: bool) -> None:
    style = Style(colour)
    document = Document("1", HOSTILE, "0", HOSTILE, HOSTILE, (Page(0),))
    hit = Hit("1", HOSTILE, HOSTILE, "other", None, 1, 0.0, {}, highlight(document, [Needle("受贿")]))
    results = Results(HOSTILE, 1, (hit,), suggestions=(HOSTILE,))
    lines = [*document_lines(document, None, style), *results_lines(results, 0, style)]
    for line in lines:
        without_colours = re.sub(r"\033\[[0-9;]*m", "", line.replace(safe(HOSTILE), ""))
        assert safe(without_colours) == without_colours


def test_what_matched_is_marked_with_and_without_colour() -> None:
    document = Document("1", "甲", "0", "题", "有人受贿", (Page(0),))
    hit = Hit("1", "甲", "题", "other", None, 1, 0.0, {}, highlight(document, [Needle("受贿")]))
    for style, marked in ((Style(False), "有人【受贿】"), (Style(True), "有人\033[1;31m受贿\033[0m")):
        assert any(marked in line for line in results_lines(Results("受贿", 1, (hit,)), 0, style))
