"""What lies in files, found without a library: the way of `anjian extract` over many files at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from corpus import ocr_cache
from corpus.document import Skip
from corpus.ocr_cache import Recognitions
from corpus.recognition import engine, lacking
from corpus.sandbox import Sandbox
from indexer import pages
from indexer.examine import Examine, Examined, tasks, unread
from indexer.ingest import FileTask
from indexer.recognise import PageTask
from indexer.run import Workers
from library import limits_of
from settings import Settings

EXAMINED_AT_ONCE = 64  # files; then their pictures of pages are recognised


def examine_files(paths: Sequence[Path], settings: Settings, *, with_text: bool) -> Iterator[dict[str, Any]]:
    """What `Examine` finds in the files and folders named, in the order named; nothing is kept."""
    limits = limits_of(settings)
    coming = tasks(paths)
    with TemporaryDirectory(prefix="anjian-") as scratch:
        recognitions = Recognitions(Path(scratch) / ocr_cache.FILE_NAME, engine())
        work = Examine(limits, with_text, recognitions)
        with Sandbox(work, source_of=_source, workers=settings.number("workers") or None, limits=limits) as sandbox:
            while batch := list(islice(coming, EXAMINED_AT_ONCE)):
                yield from _examined(sandbox, batch, recognitions)


def _examined(
    workers: Workers, batch: Sequence[FileTask | Skip], recognitions: Recognitions
) -> Iterator[dict[str, Any]]:
    """The objects of some files; those with pictures of pages are read again when these are recognised."""
    results = dict(workers.run(task for task in batch if not isinstance(task, Skip)))
    if not lacking():
        pictured = {task: found.waiting for task, found in results.items() if isinstance(found, Examined)}
        waiting = [page for found in pictured.values() for page in found]
        for _ in pages.recognised(workers, waiting, recognitions):
            pass
        results |= dict(workers.run(task for task, found in pictured.items() if found))
    for task in batch:
        result = task if isinstance(task, Skip) else results[task]
        yield from [unread(result.source, str(result))] if isinstance(result, Skip) else result.objects


def _source(task: FileTask | PageTask) -> str:
    return task.name
