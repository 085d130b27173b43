"""What is asked: queries of every class, taken from the texts themselves, the same ones on every run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from random import Random

from benchmarks.peers.contract import Kind, Question
from corpus.metadata import KINDS
from indexer.fold import fold
from indexer.pinyin import is_surname, spell
from indexer.segment import Segmenter

_HAN = re.compile("[\u4e00-\u9fd5]")
_RUNS = re.compile("[\u4e00-\u9fd5]{4,}")
_PASSAGE = 200
#: Characters so rare that two of them together are no word of any text.
_RARE = "龘靐齉爩鱻麤灪龗"


def questions(texts: Sequence[str], segmenter: Segmenter, count: int, seed: int = 0) -> list[Question]:
    """`count` questions of each kind."""
    asked: list[Question] = []
    for kind, make in _MAKERS.items():
        chance = Random(f"{seed}/{kind}")
        asked += islice(_made(kind, make, texts, segmenter, chance), count)
    return asked


Make = Callable[["_Text", "_Text", Random], tuple[str, tuple[str, ...]] | None]


class _Text:
    """A text to take words from."""

    def __init__(self, text: str, segmenter: Segmenter) -> None:
        self.text = fold(text)
        self.words = [word for word in segmenter.words(self.text) if len(word) > 1 and _HAN.fullmatch(word[0])]
        self.names = [word for word in self.words if len(word) == 3 and is_surname(word[0])]


def _made(kind: Kind, make: Make, texts: Sequence[str], segmenter: Segmenter, chance: Random) -> Iterator[Question]:
    """Questions without end: a text that gives none (no name in it, say) is passed over."""
    while True:
        one, other = (_Text(texts[chance.randrange(len(texts))], segmenter) for _ in range(2))
        found = make(one, other, chance) if one.words and other.words else None
        if found:
            yield Question(kind, *found)


def _character(one: _Text, _: _Text, chance: Random) -> tuple[str, tuple[str, ...]]:
    character = chance.choice(chance.choice(one.words))
    return character, (character,)


def _word(one: _Text, _: _Text, chance: Random) -> tuple[str, tuple[str, ...]]:
    word = chance.choice(one.words)
    return word, (word,)


def _phrase(one: _Text, _: _Text, chance: Random) -> tuple[str, tuple[str, ...]] | None:
    runs = _RUNS.findall(one.text)
    if not runs:
        return None
    run = chance.choice(runs)
    length = chance.randint(4, min(12, len(run)))
    start = chance.randrange(len(run) - length + 1)
    phrase = run[start : start + length]
    return f'"{phrase}"', (phrase,)


def _and(one: _Text, _: _Text, chance: Random) -> tuple[str, tuple[str, ...]]:
    words = chance.choice(one.words), chance.choice(one.words)
    return " ".join(words), words


def _or(one: _Text, other: _Text, chance: Random) -> tuple[str, tuple[str, ...]]:
    words = chance.choice(one.words), chance.choice(other.words)
    return " OR ".join(words), words


def _not(one: _Text, other: _Text, chance: Random) -> tuple[str, tuple[str, ...]]:
    words = chance.choice(one.words), chance.choice(other.words)
    return " -".join(words), words


def _filter(one: _Text, _: _Text, chance: Random) -> tuple[str, tuple[str, ...]]:
    word, year = chance.choice(one.words), chance.randint(2014, 2023)
    return f"{word} 日期:{year}..{year + 1}", (word,)


def _facet(one: _Text, _: _Text, chance: Random) -> tuple[str, tuple[str, ...]]:
    word, kind = chance.choice(one.words), chance.choice(list(KINDS.values()))
    return f"{word} 类型:{kind}", (word,)


def _prefix(one: _Text, _: _Text, chance: Random) -> tuple[str, tuple[str, ...]]:
    beginning = chance.choice(one.words)[:2]
    return f"{beginning}*", (beginning,)


def _passage(one: _Text, _: _Text, chance: Random) -> tuple[str, tuple[str, ...]] | None:
    if len(one.text) < _PASSAGE:
        return None
    start = chance.randrange(len(one.text) - _PASSAGE + 1)
    return _pasted(one.text[start : start + _PASSAGE])


def _mixed(one: _Text, other: _Text, _: Random) -> tuple[str, tuple[str, ...]] | None:
    """What no document holds whole: a search must find those that share some of it."""
    half = _PASSAGE // 2
    return _pasted(f"{one.text[-half:]}␣{other.text[-half:]}")


def _pasted(passage: str) -> tuple[str, tuple[str, ...]] | None:
    runs = tuple(_RUNS.findall(passage))
    return (passage.replace("␣", " "), runs) if runs else None


def _name(one: _Text, _: _Text, chance: Random) -> tuple[str, tuple[str, ...]] | None:
    if not one.names:
        return None
    name = chance.choice(one.names)
    return name, (name,)


def _pinyin(one: _Text, _: _Text, chance: Random) -> tuple[str, tuple[str, ...]] | None:
    if not one.names:
        return None
    letters = chance.choice(spell(chance.choice(one.names)))
    return (letters, (letters,)) if letters else None


def _unknown(one: _Text, _: _Text, chance: Random) -> tuple[str, tuple[str, ...]]:
    word = chance.choice(one.words)
    place = chance.randrange(len(word))
    wrong = word[:place] + chance.choice(_RARE) + word[place + 1 :]
    return wrong, (wrong,)


_MAKERS: dict[Kind, Make] = {
    Kind.CHARACTER: _character,
    Kind.WORD: _word,
    Kind.PHRASE: _phrase,
    Kind.AND: _and,
    Kind.OR: _or,
    Kind.NOT: _not,
    Kind.FILTER: _filter,
    Kind.FACET: _facet,
    Kind.PREFIX: _prefix,
    Kind.PASSAGE: _passage,
    Kind.MIXED: _mixed,
    Kind.NAME: _name,
    Kind.PINYIN: _pinyin,
    Kind.UNKNOWN: _unknown,
}
