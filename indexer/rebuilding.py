"""An index made anew from the store, in a folder beside the one in force, while that one goes on answering."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from indexer import indexes, keeping, ledger, vocabulary
from indexer.analysis import Analysis, fingerprint
from indexer.batches import Beside, batches
from indexer.changes import Why
from indexer.writer import IndexWriter

if TYPE_CHECKING:
    from corpus.store import Store
    from indexer.run import Run

_IDS = 1_000  # at a time


def rebuild(run: Run, index: IndexWriter, folder: str, why: Why) -> None:
    """Fill an empty index from the store, and let it come into force; from then on the run writes to it.

    It comes into force in one transaction with its ledger and the vocabulary: whatever ends this before leaves
    everything as it was. Raises StoreError, an error of an index, or Stopped.
    """
    total = run.store.document_count()
    words: Counter[str] = Counter()
    made = keeping.analyses(run, keeping.stored(run, _ids(run.store)), total)
    with Beside() as beside:
        for batch in batches(made, keeping.entry_characters):
            beside.do(partial(_put, run, index, batch, words))
    run.go_on()
    with run.store.begin() as writing:
        ledger.replace(writing, fingerprint(run.segmenter))
        vocabulary.clear(writing)
        vocabulary.add(writing, words)
        indexes.put_in_force(writing, indexes.DOCUMENTS, folder)
    run.index = index
    if total:
        run.report.changes[why.value] += total


def _put(run: Run, index: IndexWriter, batch: Sequence[Analysis], words: Counter[str]) -> None:
    entries = [analysis.entry for analysis in batch]
    with run.store.begin() as writing:
        keeping.sign(writing, batch)
    with index.batch() as changes:
        for entry in entries:
            changes.put(entry)
    words.update(vocabulary.count(entries))


def _ids(store: Store) -> Iterator[str]:
    """The ids of all documents, in order."""
    last = ""
    while ids := store.ids_after(last, _IDS):
        yield from ids
        last = ids[-1]
