"""What a run writes: files with what they hold to the store, their entries to the index, both confirmed in the ledger.

Everything here is done in batches, each written to the store in one transaction and then to the index in one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from corpus.document import Document, Reason, Skip
from corpus.records import FileRecord, Folder, Kept
from corpus.writing import Writing
from indexer import deriving, duplicates, extractions, ledger, reuse, vocabulary
from indexer.analysis import Analysis, analyse, analysis_of, fingerprint
from indexer.batches import BATCH_DOCUMENTS, Beside, batches
from indexer.entry import Entry
from indexer.extract.extraction import Extraction
from indexer.ingest import Ingested, Stored
from indexer.scan import Found

if TYPE_CHECKING:
    from indexer.run import Run

_FETCHED = 200  # documents at a time


def keep(run: Run, folder: Folder, batch: Sequence[Ingested]) -> None:
    """Write a batch of files to the store, each in place of what it held, and their entries to the index."""
    run.left += [item.record.path for item in batch if item.left]
    unchanged = [item.record for item in batch if item.unchanged]
    read = [item for item in batch if not (item.unchanged or item.left)]
    holding = run.store.holding(folder.name, [item.record.path for item in read if _is_closed(item)])
    closed = [Kept(item.record, skips=item.skips) for item in read if item.record.path in holding]
    read = [item for item in read if item.record.path not in holding]
    with run.store.begin() as writing:
        writing.put_failed(closed)
        writing.touch_files(unchanged)
    if read:
        _replace(run, folder, read)
    run.report.unchanged += len(unchanged)
    for skips in (*(item.skips for item in read), *(item.skips for item in closed)):
        run.report.skipped.update(skip.reason.value for skip in skips)


def _is_closed(item: Ingested) -> bool:
    """Whether the file could not even be opened: what was read of it before is better than nothing."""
    return not item.documents and any(skip.reason is Reason.UNREADABLE for skip in item.skips)


def _replace(run: Run, folder: Folder, read: Sequence[Ingested]) -> None:
    before = run.store.documents_of(folder.name, [item.record.path for item in read])
    made = [document for item in read for document in item.documents]
    known = reuse.known(run.store, made)
    same = _with_same_words(run, before, made, known)
    signed = [analysis for item in read for analysis in item.analyses]
    ids = [analysis.entry.id for analysis in signed]
    fresh = [analysis.entry for analysis in signed if analysis.entry.id not in known]
    words = vocabulary.count(entry for entry in fresh if entry.id not in same)
    words.update(less(run, [document for document in before if document.id not in same]))
    with run.store.begin() as writing:
        duplicates.remove(writing, [document.id for document in before])
        deriving.forget(run, writing, [document.id for document in before])
        writing.put_files([Kept(item.record, item.documents, item.skips) for item in read])
        extractions.put(writing, known)
        ledger.open_(writing, ids)
        sign(writing, signed)
        vocabulary.add(writing, words)
    # What was extracted before is in the store now, so that what people judged of it can be found.
    again = entries(run, [document for document in made if document.id in known])
    commit(run, [*fresh, *again], {document.id for document in before}.difference(ids))
    words = vocabulary.count(entry for entry in again if entry.id not in same)
    with run.store.begin() as writing:
        vocabulary.add(writing, words)
    run.report.characters += sum(len(document.text) for document in made)


def _with_same_words(
    run: Run, before: Sequence[Document], made: Sequence[Document], known: Mapping[str, Extraction]
) -> set[str]:
    """The documents whose entries have the words that they had before."""
    texts = {document.id: document.text for document in before}
    ids = [document.id for document in made if texts.get(document.id) == document.text]
    had = extractions.uncorrected(run.store, ids)
    return {key for key in ids if had.get(key) == known.get(key)}


def forget(run: Run, folder: Folder, paths: Iterable[str]) -> None:
    """Take files out of the store, and their documents out of the index."""
    left = iter(paths)
    while batch := list(islice(left, BATCH_DOCUMENTS)):
        gone = run.store.documents_of(folder.name, batch)
        words = less(run, gone)
        with run.store.begin() as writing:
            duplicates.remove(writing, [document.id for document in gone])
            deriving.forget(run, writing, [document.id for document in gone])
            for path in batch:
                writing.remove_file(folder.name, path)
            vocabulary.add(writing, words)
        commit(run, (), [document.id for document in gone])


def restamp(run: Run, folder: Folder, files: Iterable[Found]) -> None:
    """Note the stamps of files whose content is known to be what it was."""
    left = iter(files)
    while batch := list(islice(left, BATCH_DOCUMENTS)):
        records = [FileRecord(folder.name, f.path, f.size, f.mtime_ns, "", "", f.inode, f.beside) for f in batch]
        with run.store.begin() as writing:
            writing.touch_files(records)


def record_unseen(run: Run, folder: Folder, unseen: Sequence[Skip]) -> None:
    """Put on record what could not be looked at. What was read there before stays."""
    if not unseen:
        return
    kept = [Kept(FileRecord(folder.name, skip.source, 0, 0, "", ""), skips=(skip,)) for skip in unseen]
    holding = run.store.holding(folder.name, [skip.source for skip in unseen])
    with run.store.begin() as writing:
        writing.put_files([item for item in kept if item.record.path not in holding])
        writing.put_failed([item for item in kept if item.record.path in holding])
    run.report.skipped.update(skip.reason.value for skip in unseen)


def put_again(run: Run, ids: Sequence[str], gone: Sequence[str]) -> None:
    """Make the entries of documents anew from the store and put them in the index; take ids out of it."""
    if gone:
        commit(run, (), gone)
    with Beside() as beside:
        for batch in batches(analyses(run, stored(run, ids), len(ids)), entry_characters):
            beside.do(partial(_put, run, batch))
    run.go_on()


def _put(run: Run, batch: Sequence[Analysis]) -> None:
    with run.store.begin() as writing:
        sign(writing, batch)
    commit(run, [analysis.entry for analysis in batch], ())


def analyses(run: Run, tasks: Iterable[Stored], total: int) -> Iterator[Analysis]:
    """The analyses of `total` documents, made by the child processes."""
    for task, result in run.told(run.workers.run(tasks), total):
        yield analysis_of(task.document, run.segmenter, task.extraction) if isinstance(result, Skip) else result


def stored(run: Run, ids: Iterable[str]) -> Iterator[Stored]:
    """The documents with these ids, with what was extracted from them, as room allows."""
    left = iter(ids)
    while some := list(islice(left, _FETCHED)):
        known = extractions.fetch(run.store, some)
        for document in run.store.fetch(some).values():
            yield Stored(document, known.get(document.id))


def entry_characters(analysis: Analysis) -> int:
    """About how long the text was."""
    return len(analysis.entry.tokens["chars"]) // 2


def commit(run: Run, entries: Sequence[Entry], gone: Iterable[str]) -> None:
    """Write entries to the index and take ids out of it; confirm both in the ledger."""
    ledger.settle(run.store, run.index, entries, list(gone), fingerprint(run.segmenter))


def entries(run: Run, documents: Sequence[Document]) -> list[Entry]:
    """The entries of documents that the store holds, with what was extracted from them."""
    known = extractions.fetch(run.store, [document.id for document in documents])
    return [analyse(document, run.segmenter, known.get(document.id)) for document in documents]


def less(run: Run, documents: Sequence[Document]) -> Counter[str]:
    """The vocabulary that goes when these documents go."""
    return Counter({word: -n for word, n in vocabulary.count(entries(run, documents)).items()})


def sign(writing: Writing, made: Iterable[Analysis]) -> None:
    """Note what documents are compared by."""
    duplicates.put(writing, {analysis.entry.id: analysis.signature for analysis in made})
