"""The indexes of a library made anew from its store alone; no file of a folder is looked at."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from corpus import ocr_cache
from corpus.ocr_cache import Recognitions
from corpus.readers.contract import Limits
from corpus.recognition import OFF, Ocr
from corpus.sandbox import Sandbox
from corpus.schema import cases
from corpus.store import Store
from indexer import deriving, indexes
from indexer.ingest import Ingest, Stored
from indexer.report import Progress, Report
from indexer.run import Run
from indexer.segment import Segmenter
from search.engines import open_engine
from upkeep.manifest import INDEXES
from upkeep.refresh import Wish, on_record, refresh


def remake(
    store: Store,
    library: Path,
    engine: str,
    segmenter: Segmenter,
    progress: Progress,
    *,
    workers: int | None = None,
    limits: Limits | None = None,
) -> Report:
    """Make the indexes anew with an engine, beside the old ones; the caller holds the writer's lock.

    Raises StoreError, EngineError or Stopped; then the old ones stay in force.
    """
    limits = limits or Limits()
    home = library / INDEXES
    recognitions = Recognitions(library / ocr_cache.FILE_NAME, "", otherwise=OFF)
    work = Ingest(limits, segmenter.dictionary, recognitions)
    index = open_engine(engine, home / indexes.folder_in_force(store, home, engine))
    with Sandbox(work, source_of=_name, workers=workers, limits=limits) as sandbox:
        run = Run(store, index, sandbox, segmenter, progress)
        with on_record(store, run.report):
            make_indexes(run, home, engine, recognitions)
    return run.report


def make_indexes(run: Run, home: Path, engine: str, recognitions: Recognitions) -> None:
    """Let a run make the indexes of its store anew below `home`: that of the documents, and of cases where it has any.

    Raises what `remake` does.
    """
    refresh(run, home, engine, recognitions, Wish((), ocr=Ocr.OFF, extract=False, rebuild=True))
    if _has_cases(run.store):
        folder = indexes.next_folder(home, indexes.CASES, engine)
        with closing(open_engine(engine, home / folder)) as index:
            deriving.rebuild(run, index, folder)


def _has_cases(store: Store) -> bool:
    with store.reading() as connection:
        return connection.execute(sa.select(cases.c.id).limit(1)).first() is not None


def _name(task: Stored) -> str:
    return task.name
