"""How fast do texts become searchable, and in how much memory? Peers are given the same texts in the same run."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.built import Measure, build, built
from benchmarks.corpora import Corpus, file_name
from benchmarks.measure import measured
from benchmarks.peers import PEERS
from benchmarks.peers.contract import Peer
from benchmarks.peers.tantivy_jieba import index_streams
from benchmarks.report import Table, megabytes, ratio
from corpus.document import Document, Page, document_id
from corpus.readers.contract import Limits
from corpus.sandbox import Sandbox
from indexer.analysis import Analysis, analyse
from indexer.ingest import Ingest, Stored
from indexer.segment import Dictionary, Segmenter
from library import open_library
from search.engines import default_engine, open_engine


@dataclass(frozen=True, slots=True)
class Took:
    """What indexing `corpus` took: seconds, and peaks of memory in bytes (0 where not measured)."""

    name: str
    corpus: Corpus
    seconds: float
    resident: int = 0
    held: int = 0

    @property
    def texts_a_second(self) -> float:
        """Throughput, by which a part of the corpus stands for the whole."""
        return self.corpus.count / self.seconds


def run(corpus: Corpus, sizes: tuple[Corpus, ...], measure: Measure = measured) -> list[Table]:
    """Index `corpus` in every way, and look at the memory that libraries of other `sizes` took."""
    done = build(corpus, measure)
    ours = Took("Anjian: files to searchable (`anjian index`)", corpus, done.seconds, done.resident, done.held)
    from_memory = _took("Anjian: texts to searchable, one process", corpus, measure, analyse_and_index)
    rows = [
        ours,
        from_memory,
        _took("Anjian: index made again from the store (`anjian reindex`)", corpus, measure, rebuild),
        _took("Anjian: texts to searchable and signed, child processes", corpus, measure, analyse_on_all_cores),
        _took("tantivy-py, our tokens ready-made (no memory figure: they are held)", corpus, measure, index_ready),
    ]
    notes = []
    for peer in PEERS:
        reason = peer.missing()
        if reason:
            notes.append(f"{peer.name}: not run: {reason}.")
            continue
        rows.append(_took(f"{peer.name}: {peer.analysis}", corpus, measure, index_with_peer, peer))
    return [_speeds(ours, from_memory, rows, notes), _memory((corpus, *sizes))]


def rebuild(corpus: Corpus) -> float:
    """Drop the index of the corpus's library, and make it again from the store."""
    with open_library(built(corpus).path) as library:
        shutil.rmtree(library.index_path)
        began = time.perf_counter()
        library.index((), lambda _done, _total, _name: None, extract=False)
        return time.perf_counter() - began


def analyse_on_all_cores(corpus: Corpus) -> float:
    """Index texts as `anjian reindex` does: analysed, and signed to find copies by, in child processes on all cores.

    That they start and load their dictionary is on the clock.
    """
    with _scratch() as folder:
        texts = corpus.texts
        engine = open_engine(default_engine(), folder)
        began = time.perf_counter()
        with Sandbox(Ingest(Limits(), Dictionary()), source_of=_source) as workers, engine.batch() as batch:
            tasks = (Stored(document(number, text), None) for number, text in enumerate(texts))
            for _task, analysis in workers.run(tasks):
                if not isinstance(analysis, Analysis):
                    raise TypeError(str(analysis))  # a text that is left out would make the rest look faster
                batch.put(analysis.entry)
        return time.perf_counter() - began


def analyse_and_index(corpus: Corpus) -> float:
    """Index texts as peers do: folded, segmented and indexed in one process, committed once at the end."""
    with _scratch() as folder:
        segmenter = Segmenter()
        texts = corpus.texts
        segmenter.words("预热")
        engine = open_engine(default_engine(), folder)
        began = time.perf_counter()
        with engine.batch() as batch:
            for number, text in enumerate(texts):
                batch.put(analyse(document(number, text), segmenter))
        return time.perf_counter() - began


def index_ready(corpus: Corpus) -> float:
    """Make the token streams first, off the clock; then let tantivy index them and do nothing else."""
    segmenter = Segmenter()
    streams = [dict(analyse(document(number, text), segmenter).tokens) for number, text in enumerate(corpus.texts)]
    with _scratch() as folder:
        began = time.perf_counter()
        index_streams(streams, folder)
        return time.perf_counter() - began


def index_with_peer(corpus: Corpus, peer: Peer) -> float:
    """Let a peer index the corpus; its index stays where the search benchmark looks for it."""
    folder = peer_folder(corpus, peer)
    done = folder.with_suffix(".done")
    done.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    texts = corpus.texts
    began = time.perf_counter()
    peer.index(texts, folder)
    seconds = time.perf_counter() - began
    done.touch()
    return seconds


def peer_folder(corpus: Corpus, peer: Peer) -> Path:
    """Where the index of a peer is kept; a file beside it, ending in .done, says that it is whole."""
    return corpus.folder / type(peer).__name__.lower()


def document(number: int, text: str) -> Document:
    """A text as a document, without the reading of a file."""
    source = file_name(number)
    return Document(document_id("texts", source), source, "", text[:30], text, (Page(0),), reader="text/1")


def _source(task: Stored) -> str:
    return task.name


def _took(name: str, corpus: Corpus, measure: Measure, work: Callable[..., float], *more: object) -> Took:
    done = measure(work, corpus, *more)
    return Took(name, corpus, done.value, done.resident, done.held)


def _speeds(files: Took, from_memory: Took, rows: list[Took], notes: list[str]) -> Table:
    """The rows, each beside Anjian from files, and beside Anjian from texts in memory as the peers have them."""
    corpus = files.corpus
    size = sum(len(text.encode()) for text in corpus.texts) / corpus.count
    return Table(
        f"Indexing {corpus.name}: {corpus.count:,} texts, {size * corpus.count / 1e6:,.1f} MB",
        (
            *("what", "texts", "seconds", "texts/s", "MB/s", "held MB", "resident MB"),
            *("Anjian's files to searchable is", "Anjian's texts to searchable is"),
        ),
        tuple(
            (
                row.name,
                f"{row.corpus.count:,}",
                f"{row.seconds:,.1f}",
                f"{row.texts_a_second:,.0f}",
                f"{row.texts_a_second * size / 1e6:.2f}",
                megabytes(row.held),
                megabytes(row.resident),
                *(f"{ratio(ours.texts_a_second, row.texts_a_second)} times as fast" for ours in (files, from_memory)),
            )
            for row in rows
        ),
        tuple(notes),
    )


def _memory(corpora: tuple[Corpus, ...]) -> Table:
    libraries = [(corpus, built(corpus)) for corpus in corpora]
    return Table(
        "Memory of `anjian index` by size of the library",
        ("library", "texts/s", "held MB", "resident MB", "index MB", "store MB"),
        tuple(
            (
                corpus.name,
                f"{corpus.count / done.seconds:,.0f}",
                megabytes(done.held),
                megabytes(done.resident),
                megabytes(sum(path.stat().st_size for path in (done.path / "index").rglob("*") if path.is_file())),
                megabytes((done.path / "library.db").stat().st_size),
            )
            for corpus, done in libraries
        ),
    )


@contextmanager
def _scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)
