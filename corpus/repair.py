"""Small repairs of extracted text. Each function takes text and gives text; none invents a character."""

from __future__ import annotations

import re

HAN = r"\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
WIDE = HAN + r"\u2014\u2018\u2019\u201c\u201d\u2026\u3000-\u3004\u3008-\u303f\ufe30-\ufe4f\uff01-\uff65"

_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
# Controls, marks of direction, soft hyphens and zero-width characters: seen by no reader, in the way of every search.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_SPACE_IN_HAN = re.compile(f"(?<=[{WIDE}])[ \xa0]+(?=[{WIDE}])")


def clean(text: str) -> str:
    r"""Return the text with "\n" as its only line break and without characters nobody can see.

    Surrogates become U+FFFD and no-break spaces become spaces; nothing else changes, and no normal form is applied.
    """
    text = _LINE_BREAKS.sub("\n", text)
    text = _INVISIBLE.sub("", text)
    return _SURROGATES.sub("\ufffd", text).replace("\xa0", " ")


def close_gaps(line: str) -> str:
    """Remove the spaces that PDF files and OCR put between Chinese characters."""
    return _SPACE_IN_HAN.sub("", line)


def join(left: str, right: str) -> str:
    """Join two lines of one paragraph: Chinese without a space, Latin with one, a hyphenated word made whole."""
    if not left or not right:
        return left + right
    if (
        left[-1] == "-"
        and left[-2:-1].isascii()
        and left[-2:-1].isalpha()
        and right[0].isascii()
        and right[0].islower()
    ):
        return left[:-1] + right
    latin = left[-1].isascii() and right[0].isascii() and not left[-1].isspace() and not right[0].isspace()
    return f"{left} {right}" if latin else left + right
