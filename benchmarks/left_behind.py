"""What is wrong with a library that a program left behind, whatever ended it? Each question yields its findings."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.wholeness import rows, state
from corpus.schema import documents
from corpus.store import FILE_NAME, open_store
from library import open_library
from search.engine import EngineError
from upkeep.check import Scope, check
from upkeep.findings import Wrong

NAMES = ("孟广河", "苏眉", "方正明", "纪晓棠", "段沛然", "柳闻笛")
NAMED: Mapping[str, str] = {}
_TOLERATED = {Wrong.UNSEALED, Wrong.UNREACHED}


def committed(library: Path) -> int:
    """How many documents anybody who looks now would see."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"{(library / FILE_NAME).as_uri()}?mode=ro", uri=True)) as d:
        return int(d.execute("SELECT count(*) FROM documents").fetchone()[0])
    return 0


def is_prefix(folders: Sequence[Path], library: Path, clean: Mapping[str, Any]) -> Iterator[str]:
    """Each batch is there whole or not at all, and none before the one that goes before it."""
    with closing(open_store(library, create=True)) as store:
        held = [len(store.holding(folder.name, _names(folder))) for folder in folders]
        strange = set(rows(store, documents)).difference(clean["documents"])
    whole = [len(_names(folder)) for folder in folders]
    done = sum(have == all_ for have, all_ in zip(held, whole, strict=True))
    if held != whole[:done] + [0] * (len(whole) - done):
        yield f"no prefix of the batches: {held} of {whole}"
    if strange:
        yield f"{len(strange)} documents that a clean run does not give"


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def searchable(library: Path) -> Iterator[str]:
    """The index in force, if there is one, answers."""
    with open_library(library) as opened:
        if opened.index_path.is_dir() and any(opened.index_path.iterdir()):
            try:
                opened.engine.count()
            except EngineError as error:
                yield f"the index does not answer: {error}"


def equal(library: Path, clean: Mapping[str, Any]) -> Iterator[str]:
    """It is sound, and holds what a clean run gives."""
    yield from unsound(library)
    yield from different(library, clean)


def different(library: Path, clean: Mapping[str, Any]) -> Iterator[str]:
    """It holds what a clean run gives."""
    present = state(library, NAMES, NAMED)
    yield from (f"{name} differ from those of a clean run" for name in clean if present.get(name) != clean[name])


def unsound(library: Path) -> Iterator[str]:
    """`anjian check` finds nothing that matters, twice."""
    for _ in range(2):  # the second time every byte is held against the seal that the first one took
        checked = check(library, Scope(NAMED, None, Random(0)))
        yield from (str(finding) for finding in checked.findings if finding.wrong not in _TOLERATED)
    if not checked.sealed:
        yield "not sealed after a check"
