"""The words of the library with how many documents hold each: what suggestions, spelling and pinyin look in.

A cache like the index: counted batch by batch, and counted anew when the index is rebuilt.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from itertools import chain

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from corpus.rows import put_rows
from corpus.schema import vocabulary
from corpus.store import Writing
from indexer.entry import Entry
from indexer.pinyin import spell

_LONGEST = 24

# One parameter holds all words.
_HELD = sa.text("SELECT word FROM vocabulary WHERE word IN (SELECT value FROM json_each(:words))")
_SPELT = ("", "")  # before: not written again


def count(entries: Iterable[Entry]) -> Counter[str]:
    """In how many of the entries each word stands."""
    return tally(entry.tokens["words"].split(" ") for entry in entries)


def tally(texts: Iterable[Iterable[str]]) -> Counter[str]:
    """In how many texts each word stands. Single characters and numbers are no use to anyone and left out."""
    words = Counter(chain.from_iterable(map(set, texts)))
    return Counter({word: n for word, n in words.items() if 1 < len(word) <= _LONGEST and not word.isdigit()})


def add(writing: Writing, counts: Counter[str]) -> None:
    """Add the counts of a batch; negative ones take away."""
    connection = writing.connection
    counts = Counter({word: number for word, number in counts.items() if number})
    held = set(connection.execute(_HELD, {"words": json.dumps(list(counts))}).scalars())
    statement = insert(vocabulary)
    more = vocabulary.c.documents + statement.excluded.documents
    # How a word sounds is found out when it comes: most of what a batch brings is known.
    rows = [(word, number, *(_SPELT if word in held else spell(word))) for word, number in sorted(counts.items())]
    put_rows(connection, statement.on_conflict_do_update(index_elements=["word"], set_={"documents": more}), rows)
    if any(documents < 0 for documents in counts.values()):
        connection.execute(sa.delete(vocabulary).where(vocabulary.c.documents <= 0))


def clear(writing: Writing) -> None:
    """Forget all words."""
    writing.connection.execute(sa.delete(vocabulary))
