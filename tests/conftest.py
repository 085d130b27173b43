"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from corpus.readers.contract import Limits
from corpus.store import Folder, Store, open_store
from indexer.ingest import Ingest
from indexer.run import Run
from indexer.segment import Dictionary, Segmenter
from search.engine import Engine
from search.engines.memory import MemoryEngine
from search.expansion import shipped
from search.searcher import Searcher

# Tests write files and index them at once; waiting until they have settled is tested by itself.
os.environ.setdefault("ANJIAN_SETTLE_SECONDS", "0")

# Speed is measured in benchmarks/, never asserted in a test.
settings.register_profile("anjian", deadline=None)
settings.load_profile("anjian")


class Inline:
    """Workers without child processes: what a task does is the same, and tests of runs are quick."""

    def __init__(self, dictionary: Dictionary) -> None:
        self.work = Ingest(Limits(), dictionary)

    def run(self, tasks: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
        for task in tasks:
            yield task, self.work(task)


Build = Callable[..., Searcher]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    opened = open_store(tmp_path / "library", create=True)
    yield opened
    opened.close()


@pytest.fixture
def build(tmp_path: Path, store: Store) -> Build:
    """Index {path: text} in an engine (memory unless given), and open it for searching."""

    def built(texts: Mapping[str, str], engine: Engine | None = None) -> Searcher:
        folder = Folder("资料", tmp_path / "资料")
        for name, text in texts.items():
            path = folder.path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        engine = engine or MemoryEngine()
        segmenter = Segmenter()
        with store.begin() as writing:
            writing.add_folder(folder)
        Run(store, engine, Inline(segmenter.dictionary), segmenter).update(folder)
        return Searcher(store, engine, segmenter, shipped())

    return built
