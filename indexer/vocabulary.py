"""The words of the library with how many documents hold each: what suggestions, spelling and pinyin look in.

A cache like the index: counted batch by batch, and counted anew when the index is rebuilt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from corpus.schema import vocabulary
from corpus.store import Writing
from indexer.entry import Entry
from indexer.pinyin import spell

_LONGEST = 24


def count(entries: Iterable[Entry]) -> Counter[str]:
    """In how many of the entries each word stands. Single characters and numbers are no use to anyone and left out."""
    words: Counter[str] = Counter()
    for entry in entries:
        words.update(set(entry.tokens["words"].split(" ")))
    return Counter({word: n for word, n in words.items() if 1 < len(word) <= _LONGEST and not word.isdigit()})


def names(entries: Iterable[Entry]) -> Counter[str]:
    """The names of officials that the segmenter did not keep whole, each once for every entry that names it.

    A segmenter loses one name in seven; people are looked for by the sound of their names, so all must be known.
    """
    return Counter(
        name
        for entry in entries
        for name in set(entry.keys.get("official", ())) - set(entry.tokens["words"].split(" "))
        if 1 < len(name) <= _LONGEST
    )


def add(writing: Writing, counts: Counter[str]) -> None:
    """Add the counts of a batch; negative ones take away."""
    rows = []
    for word, documents in sorted(counts.items()):
        sound, letters = spell(word)
        rows.append({"word": word, "documents": documents, "pinyin": sound, "initials": letters})
    if rows:
        statement = insert(vocabulary)
        more = vocabulary.c.documents + statement.excluded.documents
        writing.connection.execute(
            statement.on_conflict_do_update(index_elements=["word"], set_={"documents": more}), rows
        )
    if any(documents < 0 for documents in counts.values()):
        writing.connection.execute(sa.delete(vocabulary).where(vocabulary.c.documents <= 0))


def clear(writing: Writing) -> None:
    """Forget all words."""
    writing.connection.execute(sa.delete(vocabulary))
