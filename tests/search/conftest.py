"""The sample library, indexed once in each engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.store import Folder, Store, open_store
from indexer.run import Run
from indexer.segment import Dictionary, Segmenter
from search.engines import open_engine
from search.expansion import shipped
from search.searcher import Searcher
from tests.conftest import Inline

SAMPLES = Path(__file__).parent.parent.parent / "samples"


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The store of the sample library; its index in memory is thrown away."""
    store = open_store(tmp_path_factory.mktemp("samples"), create=True)
    folder = Folder("library", SAMPLES / "library")
    with store.begin() as writing:
        writing.add_folder(folder)
    engine = open_engine("memory", Path())
    run = Run(store, engine, Inline(Dictionary()), Segmenter())
    run.update(folder)
    run.extract()
    yield store
    store.close()


@pytest.fixture(scope="session", params=["memory", "whoosh", "tantivy"])
def samples(
    request: pytest.FixtureRequest, sample_store: Store, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Searcher]:
    """The sample library opened for searching, with each engine."""
    engine = open_engine(request.param, tmp_path_factory.mktemp(request.param) / "index")
    segmenter = Segmenter()
    Run(sample_store, engine, Inline(Dictionary()), segmenter).reconcile()
    yield Searcher(sample_store, engine, segmenter, shipped())
    engine.close()
