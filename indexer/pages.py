"""The pages that wait for recognition, as the store has them on record: recognised, and their files read again.

Every page is kept as soon as it is recognised. Stopping anywhere loses the pages under way, and the next run goes on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from corpus.document import Reason, Skip
from corpus.ocr_cache import RecognisedPage, Recognitions
from corpus.store import Folder, Store
from indexer.changes import FileChange, Why
from indexer.recognise import PageTask
from indexer.run import Run, Workers
from indexer.scan import Found

BATCH_PAGES = 200  # then the files they belong to are read again, and can be found


def recognise(run: Run, folder: Folder, recognitions: Recognitions) -> None:
    """Recognise the pages of a folder that wait for it. A page that cannot be recognised is on record with why."""
    waiting = list(_waiting(run.store, folder))
    if not waiting:
        return
    files = {record.path: record for record in run.store.files(folder.name)}
    done = 0
    for batch in _batches(waiting):
        for page in recognised(run.workers, batch, recognitions):
            done += 1
            run.progress(done, len(waiting), page.name)
        paths = dict.fromkeys(task.path for task in batch)
        changes = [FileChange(path, Why.OCR, Found.of(files[path])) for path in paths]
        run.report.changes[Why.OCR.value] += len(changes)
        run.read(folder, changes)


def count_waiting(run: Run, folders: Iterable[Folder]) -> None:
    """Put into the report how many pages of the folders still wait after all that was done."""
    waiting = sum(1 for folder in folders for _ in _waiting(run.store, folder))
    run.report.skipped[Reason.OCR_PENDING.value] = waiting
    run.report.skipped += Counter()  # without what counts nothing


def _waiting(store: Store, folder: Folder) -> Iterator[PageTask]:
    for failure in store.failures():
        if failure.folder == folder.name and failure.skip.reason is Reason.OCR_PENDING:
            yield PageTask(folder.path, failure.path, failure.skip.source, failure.skip.page or 1)


def _batches(waiting: Iterable[PageTask]) -> Iterator[list[PageTask]]:
    """The pages in batches; those of one file are together."""
    batch: list[PageTask] = []
    for _, pages in groupby(waiting, key=lambda task: task.path):
        batch += pages
        if len(batch) >= BATCH_PAGES:
            yield batch
            batch = []
    if batch:
        yield batch


def recognised(workers: Workers, tasks: Iterable[PageTask], recognitions: Recognitions) -> Iterator[PageTask]:
    """Recognise pages; each is given back as soon as what is known of it is kept. Raises StoreFailed."""
    lost: list[PageTask] = []
    for task, result in workers.run(tasks):
        if isinstance(result, RecognisedPage):
            recognitions.keep([result])
        elif isinstance(result, Skip):
            lost.append(replace(task, given_up=result.reason))
        yield task
    # A page that cost its child is given up by another child, which can tell the file's hash without looking at it.
    recognitions.keep(result for _, result in workers.run(lost) if isinstance(result, RecognisedPage))
