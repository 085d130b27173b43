"""The second pass over a library that can already be searched: what its texts tell of people, agencies and cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from corpus.document import Reason, Skip
from indexer import corrections, extractions, keeping, ledger, vocabulary
from indexer.batches import Beside, batches
from indexer.entry import Entry
from indexer.extract.extraction import Extraction
from indexer.ingest import Extracted, Plain

if TYPE_CHECKING:
    from indexer.run import Run

BATCH = 500  # documents; extraction is slow: a batch that is lost should not be half an hour's work

_FETCHED = 100  # documents at a time

_Result = tuple[Plain, Extracted | Skip]


def extract(run: Run) -> None:
    """Extract from every document of which nothing was yet: people, agencies, cases, and what befell whom.

    Documents are found by their words before that; this adds what they tell. Stopping it loses the batches under way.
    Raises StoreError, an error of the index, or Stopped.
    """
    ids = extractions.missing(run.store)
    results = run.told(run.workers.run(_plain(run, ids)), len(ids))
    with Beside() as beside:
        for batch in batches(results, _characters, BATCH):
            beside.do(partial(_keep, run, batch))
    run.go_on()


def _plain(run: Run, ids: Sequence[str]) -> Iterator[Plain]:
    for start in range(0, len(ids), _FETCHED):
        documents = run.store.fetch(ids[start : start + _FETCHED])
        judged = corrections.in_force(run.store, list(documents))
        for document in documents.values():
            yield Plain(document, judged.get(document.id, ()))


def _keep(run: Run, batch: Sequence[_Result]) -> None:
    """Keep what was extracted from a batch of documents, and put them in the index with it."""
    stale = extractions.uncorrected(run.store, [task.document.id for task, _ in batch])
    words = keeping.less(run, [task.document for task, _ in batch if task.document.id in stale])
    found: dict[str, Extraction] = {}
    failed: dict[str, Skip] = {}
    entries: list[Entry] = []
    for task, result in batch:
        if isinstance(result, Skip):
            failed[task.document.id] = result
        else:
            found[task.document.id] = result.extraction
            entries.append(result.entry)
            before = () if result.entry.id in stale else result.words
            words.update(vocabulary.tally([set(result.entry.tokens["words"].split(" ")).difference(before)]))
    with run.store.begin() as writing:
        ledger.open_(writing, [entry.id for entry in entries])
        extractions.put(writing, found)
        writing.put_unmined([task.document.id for task, _ in batch], failed)
        vocabulary.add(writing, words)
    keeping.commit(run, entries, ())
    run.report.extracted += len(found)
    if failed:
        run.report.skipped[Reason.UNMINED.value] += len(failed)


def _characters(result: _Result) -> int:
    return len(result[0].document.text)
