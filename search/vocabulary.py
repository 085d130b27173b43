"""Looking into the library's words: by pattern, by likeness, by sound. Answers are the most frequent first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from corpus.schema import vocabulary
from corpus.store import Store
from indexer.pinyin import is_surname, spell

#: How many words a pattern or a likeness may stand for.
EXPANSION_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Known:
    """A word of the library and the number of documents that hold it."""

    word: str
    documents: int


def matching(store: Store, pattern: str) -> list[Known]:
    """The words that a folded pattern with * and ? stands for, EXPANSION_LIMIT at most."""
    glob = pattern.replace("[", _literal("["))
    return _select(store, vocabulary.c.word.op("GLOB")(glob), EXPANSION_LIMIT)


def starting(store: Store, beginning: str, limit: int) -> list[Known]:
    """The words that begin so."""
    within = (vocabulary.c.word >= beginning) & (vocabulary.c.word < beginning + "\U0010ffff")
    return _select(store, within & (vocabulary.c.word != beginning), limit)


def rarest(store: Store, words: Iterable[str]) -> list[Known]:
    """Those of these words that the library knows, the rarest first."""
    wanted = sorted(set(words))
    found: list[Known] = []
    for start in range(0, len(wanted), EXPANSION_LIMIT):
        found += _select(store, vocabulary.c.word.in_(wanted[start : start + EXPANSION_LIMIT]), EXPANSION_LIMIT)
    return sorted(found, key=lambda known: (known.documents, known.word))


def alike(store: Store, word: str, limit: int = EXPANSION_LIMIT) -> list[Known]:
    """The words that sound the same, or are one character away: another, one more, one less, two swapped."""
    if not word:
        return []
    sound, _ = spell(word)
    rest = sa.func.substr(vocabulary.c.word, sa.literal_column("2"))
    conditions: list[sa.ColumnElement[bool]] = [
        vocabulary.c.word.in_(_shorter_and_swapped(word)),
        rest.in_([word, word[1:]]),
    ]
    conditions += [_begins(pattern) & vocabulary.c.word.op("GLOB")(pattern) for pattern in _other_and_longer(word)]
    if sound:
        conditions.append(vocabulary.c.pinyin == sound)
    # Each condition by itself runs along an index; one OR of them would look at every word.
    each = sa.union(*(sa.select(vocabulary.c.word, vocabulary.c.documents).where(one) for one in conditions)).subquery()
    query = sa.select(each).where(each.c.word != word).order_by(each.c.documents.desc(), each.c.word).limit(limit)
    with store.reading() as connection:
        return [Known(*row) for row in connection.execute(query)]


def sounding(store: Store, letters: str, limit: int = 10) -> list[Known]:
    """Names that sound so: "lizhaohui" or, by the first letters, "lzh". Words that cannot be names are left out."""
    typed = letters.lower().replace("v", "u")
    column = vocabulary.c.initials if len(typed) <= 4 else vocabulary.c.pinyin
    found = _select(store, (column == typed) & sa.func.length(vocabulary.c.word).between(2, 4), 40 * limit)
    return [known for known in found if is_surname(known.word[0])][:limit]


def _other_and_longer(word: str) -> list[str]:
    """GLOB patterns of the words with a character after the first replaced, or one added after the first."""
    safe = [_literal(character) for character in word]
    replaced = ["".join([*safe[:place], "?", *safe[place + 1 :]]) for place in range(1, len(safe))]
    return replaced + ["".join([*safe[:place], "?", *safe[place:]]) for place in range(1, len(safe) + 1)]


def _begins(pattern: str) -> sa.ColumnElement[bool]:
    """The condition that a word begins as the pattern does before its wildcard."""
    beginning = pattern[: pattern.index("?", 1)].replace("[", "").replace("]", "")
    return (vocabulary.c.word >= beginning) & (vocabulary.c.word < beginning + "\U0010ffff")


def _shorter_and_swapped(word: str) -> list[str]:
    places = range(len(word))
    shorter = [word[:place] + word[place + 1 :] for place in places]
    return shorter + [word[:place] + word[place + 1] + word[place] + word[place + 2 :] for place in places[:-1]]


def _literal(character: str) -> str:
    """A character as GLOB takes it literally."""
    return f"[{character}]" if character in "*?[" else character


def _select(store: Store, condition: Any, limit: int) -> list[Known]:
    query = (
        sa.select(vocabulary.c.word, vocabulary.c.documents).where(condition)
        .order_by(vocabulary.c.documents.desc(), vocabulary.c.word).limit(limit)
    )  # fmt: skip
    with store.reading() as connection:
        return [Known(*row) for row in connection.execute(query)]
