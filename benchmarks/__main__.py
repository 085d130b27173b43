"""Run the benchmarks: `python -m benchmarks [NAME...] [--news FILE] [--quick] [--write]`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks import grep_oracle, indexing, search
from benchmarks.corpora import Corpus, chosen
from benchmarks.report import Table, lines, machine, write


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured: texts that peers share, texts of the large library, questions a class, strings to grep."""

    texts: int
    many: int
    questions: int
    strings: int


FULL = Sizes(texts=30_000, many=1_000_000, questions=100, strings=300)
QUICK = Sizes(texts=1_000, many=3_000, questions=20, strings=50)


def _indexing(corpus: Corpus, sizes: Sizes) -> list[Table]:
    return indexing.run(corpus, (Corpus(sizes.texts), Corpus(sizes.many)))


def _search(corpus: Corpus, sizes: Sizes) -> list[Table]:
    return search.run(corpus, Corpus(sizes.many), sizes.questions)


def _grep(corpus: Corpus, sizes: Sizes) -> list[Table]:
    return grep_oracle.run(corpus, sizes.strings)


BENCHMARKS: Mapping[str, Callable[[Corpus, Sizes], list[Table]]] = {
    "indexing": _indexing,
    "search": _search,
    "grep": _grep,
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmarks named, or all; print their tables, and write them where asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(BENCHMARKS)}; all where none is named")
    parser.add_argument(
        "--news", type=Path, metavar="FILE", help="real texts: JSON lines with a `text`, or .gz of them"
    )
    parser.add_argument("--texts", type=int, metavar="N", help="how many texts, instead of 30,000")
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that everything runs")
    parser.add_argument("--write", action="store_true", help="refresh benchmarks/RESULTS.md")
    options = parser.parse_args(arguments)
    unknown = set(options.names) - set(BENCHMARKS)
    if unknown:
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    sizes = QUICK if options.quick else FULL
    sizes = replace(sizes, texts=options.texts or sizes.texts)
    print(machine(), end="\n\n")
    for name in options.names or BENCHMARKS:
        tables = BENCHMARKS[name](chosen(sizes.texts, options.news), sizes)
        for line in (line for table in tables for line in lines(table)):
            print(line, flush=True)
        if options.write:
            write(name, tables)


if __name__ == "__main__":
    main()
