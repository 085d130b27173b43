"""One character in, one character out: the form of a text in which it is searched.

Full-width letters and digits become half-width, capitals small, traditional characters simplified, variant punctuation
one form, and any white space ␣. Lengths never change, so an offset into the folded text is an offset into the text.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files

VERSION = 1

#: White space of any kind. Visible, so that tokens that hold it can be joined by spaces.
SPACE = "␣"

_PUNCTUATION = {
    variant: form
    for form, variants in {
        '"': "“”„‟〝〞〟「」『』﹁﹂﹃﹄",
        "'": "‘’‚‛`´",
        "-": "‐‑‒–—―−﹣─━",
        "·": "•‧∙⋅・･●",
        "[": "〔【〖",
        "]": "〕】〗",
        "《": "〈",
        "》": "〉",
        "~": "～〜∼",
    }.items()
    for variant in variants
}


@cache
def _simplified() -> dict[str, str]:
    lines = files("indexer").joinpath("lexicon/t2s.txt").read_text(encoding="utf-8").splitlines()
    return {line[0]: line[1] for line in lines if not line.startswith("#")}


def fold_character(character: str) -> str:
    """The searchable form of one character."""
    if character.isspace() or character == SPACE:
        return SPACE
    for form in (_PUNCTUATION.get, _compatible, str.lower, _simplified().get):
        changed = form(character)
        if changed is not None and len(changed) == 1:
            character = changed
    return SPACE if character.isspace() else character


def _compatible(character: str) -> str:
    return unicodedata.normalize("NFKC", character)


class _Table(dict[int, str]):
    """A translation table that works out each character once, when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = fold_character(chr(code))
        return folded


_TABLE = _Table()


def fold(text: str) -> str:
    """The searchable form of `text`, of the same length, in which every character stands where it stood."""
    return text.translate(_TABLE)
