"""Does a quoted query find exactly the documents that hold its characters? Python's `in` on folded text decides."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.built import built
from benchmarks.corpora import Corpus
from benchmarks.indexing import document
from benchmarks.report import Table
from corpus.document import Document
from indexer.analysis import analyse, collection
from indexer.batches import BATCH_DOCUMENTS
from indexer.fold import fold
from indexer.segment import Segmenter
from library import open_library
from search import match as m
from search.compile import Words, compile_query
from search.engine import MAX_WINDOW, Ask, Engine
from search.engines import open_engine
from search.match import Match
from search.parse import parse
from search.query import Query, Quoted, plain

_LONGEST = 12
#: For engines that are slow, or keep everything in memory.
_FEW = 2_000
_NO_WORDS = Words(matching=lambda _: [], alike=lambda _: [])


@dataclass(frozen=True, slots=True)
class Held:
    """A document as the oracle sees it."""

    collection: str
    folded: str


@dataclass(slots=True)
class Score:
    """Queries asked, documents found, wanted, and both. `wrong` lists the queries that were not answered exactly."""

    queries: int = 0
    found: int = 0
    wanted: int = 0
    right: int = 0
    wrong: tuple[str, ...] = ()

    def add(self, query: str, found: set[str], wanted: set[str], *, exact: bool) -> None:
        """Count one query; where it need not be exact, documents beyond those wanted are fine."""
        right = found & wanted
        self.queries += 1
        self.found += len(found if exact else right)
        self.wanted += len(wanted)
        self.right += len(right)
        if right != wanted or (exact and found != wanted):
            self.wrong += (query,)


def run(corpus: Corpus, count: int) -> list[Table]:
    """Judge every engine with `count` quoted texts and as many words, on the corpus or on the first few of it."""
    rows = []
    with open_library(built(corpus).path) as library:
        held = {text.id: _held(text) for text in library.store.all_documents()}
        rows += _judge(f"{library.engine_name}, the library", library.engine, held, count)
    for name in ("memory", "whoosh", "tantivy"):
        few = corpus.first(_FEW)
        with tempfile.TemporaryDirectory() as folder:
            engine = open_engine(name, Path(folder) / "index")
            held = fill(engine, (document(number, text) for number, text in enumerate(few.texts)))
            rows += _judge(name, engine, held, count)
            engine.close()
    return [
        Table(
            f"Against grep, {corpus.name}: random strings of 1 to {_LONGEST} characters of the texts",
            ("engine", "documents", "asked", "queries", "documents wanted", "precision", "recall", "wrong"),
            tuple(rows),
            ("Of an unquoted word only recall is asked: it also finds its parts standing apart.",),
        )
    ]


def fill(engine: Engine, documents: Iterable[Document]) -> dict[str, Held]:
    """Analyse and index documents; what the oracle holds of them."""
    segmenter = Segmenter()
    held: dict[str, Held] = {}
    waiting: list[Document] = []
    for text in documents:
        held[text.id] = _held(text)
        waiting.append(text)
        if len(waiting) == BATCH_DOCUMENTS:
            _put(engine, waiting, segmenter)
            waiting = []
    _put(engine, waiting, segmenter)
    return held


def _put(engine: Engine, documents: Iterable[Document], segmenter: Segmenter) -> None:
    with engine.batch() as batch:
        for text in documents:
            batch.put(analyse(text, segmenter))


def judge(engine: Engine, held: Mapping[str, Held], count: int, seed: int = 0) -> dict[str, Score]:
    """Ask `count` random strings quoted, and `count` words unquoted."""
    segmenter = Segmenter()
    chance = Random(seed)
    texts = [item.folded for item in held.values() if item.folded]
    collections = {item.collection for item in held.values()}
    scores = {"quoted": Score(), "word": Score()}
    for _ in range(count):
        string, word = _string(chance, texts), chance.choice(segmenter.words(chance.choice(texts)))
        for asked, tree in (("quoted", Quoted(string)), ("word", plain(word))):
            match = compile_query(parse(str(Query(tree))).query.tree, segmenter, _NO_WORDS).match
            found = _found(engine, match, collections)
            sought = fold(tree.text)
            wanted = {key for key, item in held.items() if sought in item.folded}
            scores[asked].add(tree.text, found, wanted, exact=asked == "quoted")
    return scores


def _found(engine: Engine, match: Match, collections: Iterable[str]) -> set[str]:
    """Every id: where one page cannot hold them all, collection by collection."""
    page = engine.search(Ask(match, limit=MAX_WINDOW))
    if page.total <= MAX_WINDOW:
        return {row.id for row in page.rows}
    parts = [
        engine.search(Ask(m.All((match, m.Key("collection", frozenset([name])))), limit=MAX_WINDOW))
        for name in collections
    ]
    return {row.id for part in parts for row in part.rows}


def _string(chance: Random, texts: Sequence[str]) -> str:
    """A random piece of a random text, as folded; blank ones say nothing and are drawn again."""
    while True:
        text = chance.choice(texts)
        start = chance.randrange(len(text))
        piece = text[start : start + chance.randint(1, _LONGEST)]
        if piece.strip("␣"):
            return piece


def _held(text: Document) -> Held:
    return Held(collection(text.source), fold(text.text))


def _judge(name: str, engine: Engine, held: Mapping[str, Held], count: int) -> list[tuple[str, ...]]:
    return [
        (
            name,
            f"{len(held):,}",
            asked,
            f"{score.queries:,}",
            f"{score.wanted:,}",
            f"{score.right / score.found if score.found else 1.0:.6f}" if asked == "quoted" else "",
            f"{score.right / score.wanted if score.wanted else 1.0:.6f}",
            "、".join(score.wrong[:5]) or "none",
        )
        for asked, score in judge(engine, held, count).items()
    ]
