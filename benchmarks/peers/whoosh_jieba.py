"""Whoosh with jieba's ChineseAnalyzer, as jieba's README shows it: parsed queries, stored text, its own highlighter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from whoosh.fields import ID, TEXT, Schema
from whoosh.index import create_in, open_dir
from whoosh.qparser import QueryParser

from benchmarks.peers import jieba_words  # noqa: F401 - silences jieba
from benchmarks.peers.contract import Answer, Kind, Question, timed


class WhooshJieba:
    """Whoosh as a user of jieba begins with it."""

    name = "Whoosh + jieba ChineseAnalyzer"
    analysis = "jieba (Python), stemming and stop words of ChineseAnalyzer"

    def missing(self) -> str | None:
        """Return None: Anjian itself depends on both."""
        return None

    def index(self, texts: Iterable[str], folder: Path) -> None:
        """Add every text with one writer, and commit once."""
        from jieba.analyse import ChineseAnalyzer

        schema = Schema(path=ID(stored=True), content=TEXT(stored=True, analyzer=ChineseAnalyzer()))
        writer = create_in(str(folder), schema).writer()
        for number, text in enumerate(texts):
            writer.add_document(path=str(number), content=text)
        writer.commit()

    def ask(self, questions: Sequence[Question], folder: Path) -> list[Answer | None]:
        """Parse, search ten, and highlight each."""
        index = open_dir(str(folder))
        parser = QueryParser("content", schema=index.schema)
        with index.searcher() as searcher:

            def answer(question: Question) -> int | None:
                query = _query(question)
                if query is None:
                    return None
                results = searcher.search(parser.parse(query), limit=10)
                for hit in results:
                    hit.highlights("content")
                return len(results)

            return timed(answer, questions)


def _query(question: Question) -> str | None:  # noqa: PLR0911 - one return for each way of asking
    words = question.words
    match question.kind:
        case Kind.CHARACTER | Kind.WORD | Kind.NAME | Kind.UNKNOWN:
            return words[0]
        case Kind.PHRASE:
            return f'"{words[0]}"'
        case Kind.AND:
            return " AND ".join(words)
        case Kind.OR:
            return " OR ".join(words)
        case Kind.NOT:
            return f"{words[0]} AND NOT {words[1]}"
        case Kind.PREFIX:
            return f"{words[0]}*"
        case Kind.PASSAGE | Kind.MIXED:
            return " AND ".join(words)
    return None
