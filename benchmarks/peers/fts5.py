"""SQLite FTS5 over words that jieba cut, joined by spaces."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.peers.contract import Answer, Kind, Question, timed
from benchmarks.peers.jieba_words import search_words

_FILE = "texts.db"
_BEST = "SELECT rowid, snippet(texts, 0, '[', ']', '…', 40) FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT 10"
_TOTAL = "SELECT count(*) FROM texts WHERE texts MATCH ?"


class Fts5:
    """The full-text index inside SQLite."""

    name = "SQLite FTS5 + jieba"
    analysis = "jieba (Python), search mode"

    def missing(self) -> str | None:
        """Say so where Python's SQLite was built without FTS5."""
        try:
            sqlite3.connect(":memory:").execute("CREATE VIRTUAL TABLE t USING fts5(a)")
        except sqlite3.OperationalError as error:
            return str(error)
        return None

    def index(self, texts: Iterable[str], folder: Path) -> None:
        """Insert every text in one transaction."""
        with sqlite3.connect(folder / _FILE) as database:
            database.execute("PRAGMA journal_mode=WAL")
            database.execute("CREATE VIRTUAL TABLE texts USING fts5(words, tokenize='unicode61')")
            rows = ((" ".join(search_words(text)),) for text in texts)
            database.executemany("INSERT INTO texts VALUES (?)", rows)
        database.close()

    def ask(self, questions: Sequence[Question], folder: Path) -> list[Answer | None]:
        """The ten best by bm25, each with a snippet, and the count."""
        database = sqlite3.connect(folder / _FILE)

        def answer(question: Question) -> int | None:
            query = _query(question)
            if query is None:
                return None
            database.execute(_BEST, (query,)).fetchall()
            return int(database.execute(_TOTAL, (query,)).fetchone()[0])

        answers = timed(answer, questions)
        database.close()
        return answers


def _query(question: Question) -> str | None:
    words = question.words
    match question.kind:
        case Kind.CHARACTER | Kind.WORD | Kind.NAME | Kind.PHRASE | Kind.UNKNOWN:
            return _phrase(words[0])
        case Kind.AND | Kind.PASSAGE | Kind.MIXED:
            return " AND ".join(map(_phrase, words))
        case Kind.OR:
            return " OR ".join(map(_phrase, words))
        case Kind.NOT:
            return f"{_phrase(words[0])} NOT {_phrase(words[1])}"
        case Kind.PREFIX:
            return f"{_phrase(words[0])}*"
    return None


def _phrase(text: str) -> str:
    return '"' + " ".join(word.replace('"', "") for word in search_words(text)) + '"'
