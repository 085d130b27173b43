"""How long from a query string to printed results, by class of query? Peers answer the same questions."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from statistics import median

from benchmarks.built import built
from benchmarks.corpora import Corpus
from benchmarks.indexing import index_with_peer, peer_folder
from benchmarks.peers import PEERS
from benchmarks.peers.contract import Answer, Kind, Peer, Question
from benchmarks.questions import questions
from benchmarks.report import Table, percentile
from indexer.segment import Segmenter
from library import Library, open_library
from search.searcher import Searcher
from terminal.results import results_lines
from terminal.style import Style

_TODAY = date(2024, 6, 1)  # what 近一年 counts from; any day does
_WARM_UP = 20
_STARTS = 5


def run(corpus: Corpus, many: Corpus, count: int) -> list[Table]:
    """Ask `count` questions of each kind of a corpus, where peers answer too, and of a library of many texts."""
    asked = questions(corpus.texts, Segmenter(), count)
    notes: list[str] = []
    columns = {"Anjian": _ask_library(corpus, asked)}
    for peer in PEERS:
        reason = peer.missing()
        if reason:
            notes.append(f"{peer.name}: not run: {reason}.")
            continue
        columns[peer.name] = _ask_peer(corpus, peer, asked)
    more = questions(many.texts, Segmenter(), count)
    return [
        _own(corpus, asked, columns["Anjian"]),
        _compared(corpus, asked, columns, notes),
        _own(many, more, _ask_library(many, more)),
        _cold((corpus, many), asked),
    ]


def ask(searcher: Searcher, question: Question) -> int:
    """From the query string to the lines that a terminal shows; the number of hits."""
    results = searcher.search(question.text, today=_TODAY, explain=False)
    "\n".join(results_lines(results, 0, Style(colour=True)))
    return results.total


def _ask_library(corpus: Corpus, asked: Sequence[Question]) -> list[Answer | None]:
    with open_library(built(corpus).path) as library:
        return ask_all(library, asked)


def ask_all(library: Library, asked: Sequence[Question]) -> list[Answer | None]:
    """Clock every question, after a few of each kind to warm up."""
    for kind in Kind:
        for question in [question for question in asked if question.kind is kind][-_WARM_UP:]:
            ask(library.searcher, question)
    answers: list[Answer | None] = []
    for question in asked:
        began = time.perf_counter()
        total = ask(library.searcher, question)
        answers.append(Answer(time.perf_counter() - began, total))
    return answers


def _ask_peer(corpus: Corpus, peer: Peer, asked: Sequence[Question]) -> list[Answer | None]:
    folder = peer_folder(corpus, peer)
    if not folder.with_suffix(".done").exists():
        index_with_peer(corpus, peer)
    return peer.ask(asked, folder)


def _own(corpus: Corpus, asked: Sequence[Question], answers: Sequence[Answer | None]) -> Table:
    rows = [(str(kind), *_figures(given)) for kind, given in _by_kind(asked, answers).items()]
    everything = [answer for answer in answers if answer]
    return Table(
        f"Query to printed results with highlights and facets, {corpus.name}: {corpus.count:,} texts",
        ("class", "questions", "hits (median)", "p50 ms", "p95 ms", "p99 ms", "longest ms"),
        (*rows, ("all", *_figures(everything))),
    )


def _figures(given: Sequence[Answer]) -> tuple[str, ...]:
    times = [answer.seconds * 1000 for answer in given]
    hits = int(median(answer.total for answer in given))
    shown = (percentile(times, 0.5), percentile(times, 0.95), percentile(times, 0.99), max(times))
    return (str(len(given)), f"{hits:,}", *(f"{value:.1f}" for value in shown))


def _compared(
    corpus: Corpus, asked: Sequence[Question], columns: Mapping[str, Sequence[Answer | None]], notes: Sequence[str]
) -> Table:
    """p50 and p95 side by side, and how many hits each found over all questions of a class."""
    grouped = {name: _by_kind(asked, answers) for name, answers in columns.items()}
    rows = []
    for kind in dict.fromkeys(question.kind for question in asked):
        cells = [_cell(grouped[name].get(kind, [])) for name in columns]
        rows.append((str(kind), *cells))
    return Table(
        f"The same questions to peers, {corpus.name}: p50 / p95 ms (hits over all questions)",
        ("class", *columns),
        tuple(rows),
        ("Anjian's time includes highlights, facets and printing; the peers give ten texts or snippets and the total.",
         *notes),
    )  # fmt: skip


def _cell(given: Sequence[Answer]) -> str:
    if not given:
        return "—"
    times = [answer.seconds * 1000 for answer in given]
    hits = sum(answer.total for answer in given)
    return f"{percentile(times, 0.5):.1f} / {percentile(times, 0.95):.1f} ({hits:,})"


def _by_kind(asked: Sequence[Question], answers: Sequence[Answer | None]) -> dict[Kind, list[Answer]]:
    found: dict[Kind, list[Answer]] = {}
    for question, answer in zip(asked, answers, strict=True):
        if answer:
            found.setdefault(question.kind, []).append(answer)
    return found


def _cold(corpora: Sequence[Corpus], asked: Sequence[Question]) -> Table:
    words = [question for question in asked if question.kind is Kind.WORD][:_STARTS]
    rows = []
    for corpus in dict.fromkeys(corpora):
        path = built(corpus).path
        times = [_start(path, question.text) for question in words]
        rows.append((corpus.name, f"{median(times):.2f}", f"{max(times):.2f}"))
    return Table(
        f"`anjian search WORD` as a new process, median of {len(words)}",
        ("library", "median s", "longest s"),
        tuple(rows),
        ("The program starts anew each time; files the system has read before stay in its cache.",),
    )


def _start(path: Path, word: str) -> float:
    command = [sys.executable, "-m", "cli", "search", word, "--library", str(path)]
    root = Path(__file__).parent.parent
    began = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=False, env={**os.environ, "PYTHONPATH": str(root)})
    return time.perf_counter() - began
