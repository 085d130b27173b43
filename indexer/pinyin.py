"""How a word sounds in Latin letters: "lizhaohui", "lzh". Names take the reading a character has as a surname."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files


def spell(word: str) -> tuple[str, str]:
    """(sound, first letters) of a word of Han characters without tones, ü written u; ("", "") for any other."""
    sounds = _sounds()
    surname = _surnames().get(word[:1])
    syllables = [sounds.get(ord(character), "") for character in word]
    if not all(syllables):
        return "", ""
    if surname:
        syllables[0] = surname
    return "".join(syllables), "".join(syllable[0] for syllable in syllables)


def is_surname(character: str) -> bool:
    """Whether people are named so; the hundred and more most common surnames."""
    return character in _common_surnames()


@cache
def _sounds() -> dict[int, str]:
    from pypinyin.constants import PINYIN_DICT  # slow to load, and only some commands need it

    return {code: _toneless(readings.split(",")[0]) for code, readings in PINYIN_DICT.items()}


def _toneless(syllable: str) -> str:
    letters = unicodedata.normalize("NFD", syllable)
    return "".join(letter for letter in letters if letter.isascii() and letter.isalpha())


@cache
def _surnames() -> dict[str, str]:
    return dict(line.split() for line in _lines("surname_readings.txt"))


@cache
def _common_surnames() -> frozenset[str]:
    return frozenset("".join(_lines("surnames.txt")))


def _lines(name: str) -> list[str]:
    text = files("indexer").joinpath("lexicon", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
