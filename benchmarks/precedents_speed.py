"""How fast are precedents found? Matters of 300 characters over invented cases, next to other tools' more-like-this.

    python -m benchmarks.precedents_speed [--cases 100000] [--queries 60] [--whoosh 5000]

The library is made once and kept beside the benchmarks. "from text" begins with a pasted text, which is mined first,
"find" with a matter. The peers are given the same texts, and asked for the ten most like the same queries: Lucene all
of them, Whoosh a smaller sample, since it would index the rest for an hour. They give ids; Anjian gives its ten with
reprints folded, what is alike, what differs, and what followed.
"""

from __future__ import annotations

import argparse
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import TypeVar

from benchmarks.corpora import DATA
from benchmarks.matters_generated import fill, invented
from benchmarks.peers import lucene
from library import open_library
from search.precedents.asking import of_text

_PROGRAM = Path(lucene.__file__).with_name("MoreLikeThisPeer.java")
Question = TypeVar("Question")
_OTHERS = 2  # the seed of the queries; that of the library is 1
_WARM_UP = 20  # texts, which read the files of the library into the memory of the system
_TERMS = 60  # of a query that the peers pick, as many as Anjian does


def main() -> None:
    """Measure and print one line a tool."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.precedents_speed", description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=60)
    parser.add_argument("--whoosh", type=int, default=5_000, help="texts given to Whoosh; 0 for none")
    options = parser.parse_args()
    every = [one.text for one in islice(invented(_OTHERS), 2 * options.queries + _WARM_UP)]
    texts = every[: options.queries]
    print(f"{options.cases:,} cases, {options.queries} matters of 300 characters")
    _ours(options.cases, texts, every[options.queries : -_WARM_UP], every[-_WARM_UP:])
    _lucene(options.cases, texts)
    if options.whoosh:
        _whoosh(min(options.whoosh, options.cases), texts)


def _ours(count: int, texts: Sequence[str], others: Sequence[str], first: Sequence[str]) -> None:
    """No text is asked twice: what the program remembers of its words would flatter the second time."""
    home = DATA / f"matters-{count}"
    with open_library(home, create=True) as library:
        if library.cases.count() < count:
            began = time.perf_counter()
            fill(library, count)
            print(f"  made in {time.perf_counter() - began:.0f} s")
    with open_library(home) as library:
        finder, segmenter = library.precedents, library.segmenter
        for text in first:
            finder.find(of_text(text, segmenter))
        _print("Anjian, from text", _timed(lambda text: finder.find(of_text(text, segmenter)), texts))
        asked = [of_text(text, segmenter) for text in others]
        _print("Anjian, find", _timed(finder.find, asked))
        # A busy machine waits as well: what the processors did is what compares from day to day.
        _print("Anjian, find, time of processors", _timed(finder.find, asked, time.process_time))


def _lucene(count: int, texts: Sequence[str]) -> None:
    problem = lucene.Lucene().missing()
    if problem:
        print(f"  Lucene MoreLikeThis: not measured ({problem})")
        return
    jar = str(next((DATA / "pyserini").glob("pyserini/resources/jars/anserini-*-fatjar.jar")))
    with TemporaryDirectory() as folder, TemporaryDirectory() as classes:
        subprocess.run(["javac", "-nowarn", "-cp", jar, "-d", classes, str(_PROGRAM)], check=True)
        command = ["java", "-Xmx1g", "-cp", f"{jar}:{classes}", _PROGRAM.stem]
        lines = "".join(f"{one.text}\n" for one in islice(invented(1), count))
        subprocess.run([*command, "index", folder], input=lines, check=True, text=True, encoding="utf-8")
        asked = "".join(f"{text}\n" for text in texts)
        done = subprocess.run(
            [*command, "search", folder], input=asked, capture_output=True, check=True, text=True, encoding="utf-8"
        )
    _print("Lucene 9 MoreLikeThis, CJKAnalyzer", [int(line) / 1e9 for line in done.stdout.splitlines()])


def _whoosh(count: int, texts: Sequence[str]) -> None:
    from jieba.analyse import ChineseAnalyzer
    from whoosh.fields import TEXT, Schema
    from whoosh.index import create_in
    from whoosh.query import Or, Term

    with TemporaryDirectory() as folder:
        index = create_in(folder, Schema(content=TEXT(stored=True, analyzer=ChineseAnalyzer())))
        writer = index.writer()
        for one in islice(invented(1), count):
            writer.add_document(content=one.text)
        writer.commit()
        with index.searcher() as searcher:

            def ask(text: str) -> object:
                terms = searcher.key_terms_from_text("content", text, numterms=_TERMS)
                return searcher.search(Or([Term("content", word, boost=weight) for word, weight in terms]), limit=10)

            _print(f"Whoosh more_like, jieba, only {count:,} texts", _timed(ask, texts))


def _timed(
    ask: Callable[[Question], object],
    questions: Iterable[Question],
    clock: Callable[[], float] = time.perf_counter,
) -> list[float]:
    taken = []
    for question in questions:
        began = clock()
        ask(question)
        taken.append(clock() - began)
    return taken


def _print(name: str, seconds: Sequence[float]) -> None:
    cuts = quantiles(seconds, n=20)
    print(f"  {name:<44} p50 {cuts[9] * 1000:7.1f} ms   p95 {cuts[18] * 1000:7.1f} ms", flush=True)


if __name__ == "__main__":
    main()
