"""How a word sounds in Latin letters: "lizhaohui", "lzh". Names take the reading a character has as a surname."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files


def spell(word: str) -> tuple[str, str]:
    """(sound, first letters) of a word of Han characters without tones, ü written u; ("", "") for any other."""
    surname = _surnames().get(word[:1])
    syllables = [_sound(character) for character in word]
    if not all(syllables):
        return "", ""
    if surname:
        syllables[0] = surname
    return "".join(syllables), "".join(syllable[0] for syllable in syllables)


def is_surname(character: str) -> bool:
    """Whether people are named so; the hundred and more most common surnames."""
    return character in _common_surnames()


@cache
def _sound(character: str) -> str:
    """How a character sounds, by the first of its readings, without the tone; empty where it is none of Han."""
    from pypinyin.constants import PINYIN_DICT  # slow to load, and only some commands need it

    letters = unicodedata.normalize("NFD", PINYIN_DICT.get(ord(character), "").split(",")[0])
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
