"""Libraries built of a corpus by the program's own way from files to searchable, kept and used again."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.bulk import fill
from benchmarks.corpora import Corpus, write
from benchmarks.measure import Measured, measured
from corpus.schema import metadata
from indexer import fields
from indexer.analysis import fingerprint
from indexer.segment import Segmenter
from library import open_library
from search.engines.tantivy import LAYOUT

#: A library of more texts is made without files, since those would take longer than everything else together.
MANY = 200_000

Measure = Callable[..., Measured[float]]


@dataclass(frozen=True, slots=True)
class Built:
    """A library, and what building it took: seconds from files to searchable, peaks of memory in bytes."""

    path: Path
    seconds: float
    resident: int
    held: int


def build(corpus: Corpus, measure: Measure) -> Built:
    """Index the files of a corpus into a new library, in place of an earlier one."""
    path, record = _places(corpus)
    record.unlink(missing_ok=True)
    shutil.rmtree(path, ignore_errors=True)
    if corpus.count > MANY:
        corpus.folder.mkdir(parents=True, exist_ok=True)
        done = measure(fill_clocked, corpus, path)
    else:
        done = measure(index_files, write(corpus, corpus.folder / "texts"), path)
    built = Built(path, done.value, done.resident, done.held)
    record.write_text(json.dumps({"made_of": _made_of(), **asdict(built)}, default=str), encoding="utf-8")
    return built


def built(corpus: Corpus) -> Built:
    """The library of a corpus, built only where there is none or where the program now makes other entries."""
    path, record = _places(corpus)
    if record.exists():
        stated = json.loads(record.read_text(encoding="utf-8"))
        if stated.pop("made_of") == _made_of():
            return Built(**{**stated, "path": path})
    return build(corpus, measured)


def index_files(files: Path, path: Path) -> float:
    """`anjian index FILES --library PATH`; the seconds."""
    began = time.perf_counter()
    with open_library(path, create=True) as library:
        library.index([files], lambda _done, _total, _name: None, extract=False)
    return time.perf_counter() - began


def fill_clocked(corpus: Corpus, path: Path) -> float:
    """Make the library of a corpus without files; the seconds."""
    began = time.perf_counter()
    fill(corpus, path)
    return time.perf_counter() - began


def _places(corpus: Corpus) -> tuple[Path, Path]:
    return corpus.folder / "library", corpus.folder / "library.json"


def _made_of() -> str:
    """Changes with what entries and the store hold."""
    tables = {table.name: list(table.c.keys()) for table in metadata.sorted_tables}
    return repr((LAYOUT, fingerprint(Segmenter()), fields.TOKENS, fields.KEYS, fields.NUMBERS, tables))
