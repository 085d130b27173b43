"""tantivy-py by itself: over words that jieba cut, and over our own streams of tokens made beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import tantivy
from tantivy import Occur, Query

from benchmarks.peers.contract import Answer, Kind, Question, timed
from benchmarks.peers.jieba_words import search_words
from indexer.fields import TOKENS

_HEAP = 128 * 2**20
_RECORDS = {"set": "basic", "frequencies": "freq", "positions": "position"}


class TantivyJieba:
    """Words joined by spaces, split again by tantivy's whitespace tokenizer; the text is stored."""

    name = "tantivy-py + jieba"
    analysis = "jieba (Python), search mode"

    def missing(self) -> str | None:
        """Return None: what cannot be imported fails above."""
        return None

    def index(self, texts: Iterable[str], folder: Path) -> None:
        """Add every text, commit once, and wait for the merges."""
        writer = _words_index(folder).writer(_HEAP)
        for text in texts:
            document = tantivy.Document()
            document.add_text("words", " ".join(search_words(text)))
            document.add_bytes("text", text.encode())
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def ask(self, questions: Sequence[Question], folder: Path) -> list[Answer | None]:
        """The ten best, each with its stored text, and the count."""
        index = _words_index(folder)
        index.reload()
        searcher = index.searcher()

        def answer(question: Question) -> int | None:
            query = _query(index.schema, question)
            if query is None:
                return None
            found = searcher.search(query, 10)
            for _, address in found.hits:
                searcher.doc(address)
            return int(found.count)  # type: ignore[attr-defined]  # the library's stub forgot it

        return timed(answer, questions)


def index_streams(streams: Iterable[dict[str, str]], folder: Path) -> None:
    """Index ready streams of tokens (`indexer.fields.TOKENS`) and nothing else: the floor below our own indexing."""
    builder = tantivy.SchemaBuilder()
    names = [name for name in TOKENS if not name.startswith("title_")]
    for name in names:
        builder.add_text_field(name, tokenizer_name="spaces", index_option=_RECORDS[TOKENS[name]])
    writer = _opened(builder.build(), folder).writer(_HEAP)
    for stream in streams:
        document = tantivy.Document()
        for name in names:
            document.add_text(name, stream[name])
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def _words_index(folder: Path) -> tantivy.Index:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("words", tokenizer_name="spaces", index_option="position")
    builder.add_bytes_field("text", stored=True, indexed=False)
    return _opened(builder.build(), folder)


def _opened(schema: tantivy.Schema, folder: Path) -> tantivy.Index:
    index = tantivy.Index(schema, str(folder))
    index.register_tokenizer("spaces", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


def _query(schema: tantivy.Schema, question: Question) -> Query | None:
    phrases = [_phrase(schema, word) for word in question.words]
    match question.kind:
        case Kind.CHARACTER | Kind.WORD | Kind.NAME | Kind.PHRASE | Kind.UNKNOWN:
            return phrases[0]
        case Kind.AND | Kind.PASSAGE | Kind.MIXED:
            return Query.boolean_query([(Occur.Must, phrase) for phrase in phrases])
        case Kind.OR:
            return Query.boolean_query([(Occur.Should, phrase) for phrase in phrases])
        case Kind.NOT:
            return Query.boolean_query([(Occur.Must, phrases[0]), (Occur.MustNot, phrases[1])])
        case Kind.PREFIX:
            return Query.regex_query(schema, "words", f"{question.words[0]}.*")
    return None


def _phrase(schema: tantivy.Schema, text: str) -> Query:
    words: list[str | tuple[int, str]] = list(search_words(text))
    if len(words) == 1:
        return Query.term_query(schema, "words", str(words[0]))
    return Query.phrase_query(schema, "words", words) if words else Query.empty_query()
