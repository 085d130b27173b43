"""The characters of the query language: what a word is made of, what separates words, and how text is quoted.

The scanner reads with this page and the tree prints with it, so that what is printed is read back.
"""

from __future__ import annotations

import re

#: Words that stand for an operator when they stand alone. The English ones are capitals: "or" is a word.
AND_WORDS = frozenset({"AND", "且", "与"})
OR_WORDS = frozenset({"OR", "或"})
NOT_WORDS = frozenset({"NOT", "非"})
OPERATORS = AND_WORDS | OR_WORDS | NOT_WORDS

#: Between words, with no meaning of their own. A question mark of full width ends a sentence; the narrow one is a
#: wildcard. Of 《 and 》 only those that do not enclose a title come here.
SEPARATORS = r"\s，、；。！？,;《》"
QUOTES = '"＂“”「」『』'
BRACKETS = "()（）"
BARS = "|｜"
DASHES = "-－"
TILDES = "~～"
WILDCARDS = "*＊?"

#: Between the values of one field. (、 is printed: a comma may belong to a number.)
LIST_MARKS = "、,，|｜"

_DIGIT = "[0-9０-９]"

#: A run of characters without white space, quotes or brackets. Every mark inside 《…》 belongs to the title, and a
#: comma inside 1,000 to the number.
WORD = re.compile(
    rf"(?:《[^《》\s{QUOTES}]*+》"
    rf"|(?<={_DIGIT}),(?={_DIGIT}{{3}}(?!{_DIGIT}))"
    rf"|[^{SEPARATORS}{QUOTES}{BRACKETS}{BARS}])++"
)

#: The beginning of a word that names a field. (Not 12:30, which begins with a digit.)
PREFIX = re.compile(r"(?P<name>[^\W\d_]\w*)[:：]")

_ESCAPED = re.compile(r'\\([\\"＂])')
_TO_ESCAPE = re.compile(r'[\\"＂]')


def quote(text: str) -> str:
    """Return `text` in straight quotes, with a backslash before each backslash and straight quote in it."""
    return f'"{_TO_ESCAPE.sub(lambda match: chr(92) + match[0], text)}"'


def unquote(body: str) -> str:
    """Return the text that was written as `body` between straight quotes."""
    return _ESCAPED.sub(r"\1", body)


def is_run(text: str) -> bool:
    """Tell whether `text`, written by itself, is read as one word, operators and wildcards included."""
    return bool(WORD.fullmatch(text)) and text[0] not in DASHES and not PREFIX.match(text)


def is_word(text: str) -> bool:
    """Tell whether `text`, written by itself, is read as this plain word."""
    return is_stem(text) and text not in OPERATORS


def is_stem(text: str) -> bool:
    """Tell whether a tilde may follow `text`: one word, without wildcards or another tilde."""
    return is_run(text) and not has_wildcard(text) and text[-1] not in TILDES


def is_pattern(text: str) -> bool:
    """Tell whether `text` is a pattern in its normal form: wildcards, never two stars in a row, and a character."""
    return (
        is_run(text)
        and has_wildcard(text)
        and has_literal(text)
        and normal_pattern(text) == text
        and text[-1] not in TILDES
    )


def has_wildcard(text: str) -> bool:
    """Tell whether a wildcard stands in `text`."""
    return any(mark in text for mark in WILDCARDS)


def has_literal(text: str) -> bool:
    """Tell whether there is a letter, digit or Chinese character in `text`."""
    return any(character.isalnum() for character in text)


def normal_pattern(text: str) -> str:
    """Return the pattern with narrow stars, one where several stand in a row."""
    return re.sub(r"\*+", "*", text.replace("＊", "*"))


def shorten(text: str) -> str:
    """Return `text` as it is cited in a message: its beginning, where it is long."""
    return text if len(text) <= 20 else f"{text[:20]}…"
