"""One run: do what the plan says, batch by batch, and report.

A batch is written to the store, then to the index, then confirmed in the ledger. Stopping anywhere loses at most the
batch under way, and the next run goes on from there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from corpus.document import Document, Skip
from corpus.store import FileRecord, Folder, Kept, Store
from indexer import corrections, duplicates, extractions, ledger, vocabulary
from indexer.analysis import Analysis, analyse, analysis_of, fingerprint
from indexer.changes import VANISHED, EntryChange, FileChange, FolderVanished, Why, plan_entries, plan_files
from indexer.entry import Entry
from indexer.extract.extraction import Extraction
from indexer.ingest import FileTask, Ingested, Plain, Stored, reader_versions, registry_version
from indexer.scan import IGNORED, Found, scan, with_sidecars
from indexer.segment import Segmenter
from indexer.signature import Signature
from indexer.writer import IndexWriter

BATCH_DOCUMENTS = 2_000
BATCH_CHARACTERS = 8_000_000
EXTRACT_DOCUMENTS = 500  # extraction is slow: a batch that is lost should not be half an hour's work


#: What is kept of a document that extraction could not master, so that it is not tried again at every run.
NOTHING = Extraction(kind="other", kind_confidence=0.0)


class Workers(Protocol):
    """Child processes that turn tasks into results, in order. A task that costs its child is answered by a Skip."""

    def run(self, tasks: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
        """Yield (task, result or Skip)."""


@dataclass(slots=True)
class Report:
    """What a run did. `changes` counts files and entries by reason of change, `skipped` by reason of skip."""

    changes: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    unchanged: int = 0
    documents: int = 0
    characters: int = 0
    extracted: int = 0

    @property
    def failed(self) -> int:
        """How many files, members or pages could not be read."""
        return sum(self.skipped.values())

    def as_json(self) -> dict[str, Any]:
        """The report as plain values, to be kept and printed."""
        return {
            "changes": dict(self.changes),
            "skipped": dict(self.skipped),
            "unchanged": self.unchanged,
            "documents": self.documents,
            "characters": self.characters,
            "extracted": self.extracted,
        }


Progress = Callable[[int, int, str], None]
"""Called as work goes on: (done, of how many, the file's name or the document's id)."""


def _silent(_done: int, _total: int, _name: str) -> None:
    """Progress that nobody watches."""


@dataclass(slots=True)
class Run:
    """A run over a library: its store, its index, the child processes, and the report so far."""

    store: Store
    index: IndexWriter
    workers: Workers
    segmenter: Segmenter
    progress: Progress = _silent
    report: Report = field(default_factory=Report)

    def update(
        self,
        folder: Folder,
        *,
        ignored: tuple[str, ...] = IGNORED,
        retry: bool = False,
        full: bool = False,
        empty: bool = False,
    ) -> None:
        """Bring the store and the index up to date with one folder.

        `retry` tries again what failed before, `full` reads everything again, `empty` believes a folder in which
        nothing is left. Raises FolderVanished, StoreError or an error of the index; what was done before stays done.
        """
        records = {record.path: record for record in self.store.files(folder.name)}
        found, unseen = _look(folder, records, ignored)
        if records and not found and not empty:
            raise FolderVanished(VANISHED.format(path=folder.path, count=len(records)))
        retried = {failure.path for failure in self.store.failures()} if retry else set()
        plan = list(plan_files(found, records, readers=reader_versions(), retry=retried, full=full))
        self.report.changes.update(change.why.value for change in plan)
        self._forget(folder, [change.path for change in plan if change.why is Why.GONE])
        self._record_unseen(folder, unseen)
        self.read(folder, [change for change in plan if change.found])

    def reconcile(self) -> None:
        """Make the index agree with the store: put what it lacks or holds in an older form, drop what is gone."""
        held, stored = ledger.held(self.store), ledger.stored(self.store)
        confirmed = sum(1 for key in stored if held.get(key))
        if not confirmed <= self.index.count() <= len(held):
            held = dict.fromkeys(held, "")  # the index is not the one the ledger speaks of
        plan = list(plan_entries(stored, held, fingerprint(self.segmenter)))
        self.report.changes.update(change.why.value for change in plan)
        gone = [change.id for change in plan if change.why is Why.GONE]
        if gone:
            self._commit((), gone)
        self._analyse([change for change in plan if change.why is not Why.GONE])
        self.report.documents = self.store.document_count()

    def _forget(self, folder: Folder, paths: Sequence[str]) -> None:
        for start in range(0, len(paths), BATCH_DOCUMENTS):
            batch = paths[start : start + BATCH_DOCUMENTS]
            gone = self.store.documents_of(folder.name, batch)
            with self.store.begin() as writing:
                duplicates.remove(writing, [document.id for document in gone])
                for path in batch:
                    writing.remove_file(folder.name, path)
                vocabulary.add(writing, self._less(gone))
            self._commit((), [document.id for document in gone])

    def _record_unseen(self, folder: Folder, unseen: Sequence[Skip]) -> None:
        with self.store.begin() as writing:
            for skip in unseen:
                self.report.skipped[skip.reason.value] += 1
                record = FileRecord(folder.name, skip.source, 0, 0, "", "")
                writing.put_files([Kept(record, skips=(skip,))])

    def read(self, folder: Folder, changes: Iterable[FileChange]) -> None:
        """Read the files of these changes, and put what they hold in the place of what they held."""
        changes = [change for change in changes if change.found]
        tasks = (
            FileTask(folder.name, folder.path, change.found, change.known_hash) for change in changes if change.found
        )
        batch: list[Ingested] = []
        size = 0
        for done, (task, result) in enumerate(self.workers.run(tasks), 1):
            ingested = _failed(task, result) if isinstance(result, Skip) else result
            batch.append(ingested)
            size += sum(len(document.text) for document in ingested.documents)
            self.progress(done, len(changes), task.name)
            if len(batch) >= BATCH_DOCUMENTS or size >= BATCH_CHARACTERS:
                self._keep(folder, batch)
                batch, size = [], 0
        if batch:
            self._keep(folder, batch)

    def _keep(self, folder: Folder, batch: Sequence[Ingested]) -> None:
        """Write a batch of files to the store, and their entries to the index."""
        read = [item for item in batch if not item.unchanged]
        before = self.store.documents_of(folder.name, [item.record.path for item in read])
        analyses = [analysis for item in read for analysis in item.analyses]
        entries = [analysis.entry for analysis in analyses]
        with self.store.begin() as writing:
            duplicates.remove(writing, [document.id for document in before])
            writing.put_files([Kept(item.record, item.documents, item.skips) for item in read])
            for item in batch:
                if item.unchanged:
                    writing.touch_file(item.record)
            ledger.open_(writing, (entry.id for entry in entries))
            duplicates.put(writing, _signed(analyses))
            words = vocabulary.count(entries)
            words.update(self._less(before))
            vocabulary.add(writing, words)
        self._commit(entries, {document.id for document in before} - {entry.id for entry in entries})
        self.report.unchanged += len(batch) - len(read)
        for item in read:
            self.report.skipped.update(skip.reason.value for skip in item.skips)
            self.report.characters += sum(len(document.text) for document in item.documents)

    def _analyse(self, changes: Sequence[EntryChange]) -> None:
        for start in range(0, len(changes), BATCH_DOCUMENTS):
            ids = [change.id for change in changes[start : start + BATCH_DOCUMENTS]]
            known = extractions.fetch(self.store, ids)
            tasks = [Stored(document, known.get(document.id)) for document in self.store.fetch(ids).values()]
            analyses = [
                analysis_of(task.document, self.segmenter) if isinstance(result, Skip) else result
                for task, result in self.workers.run(tasks)
            ]
            with self.store.begin() as writing:
                duplicates.put(writing, _signed(analyses))
            self._commit([analysis.entry for analysis in analyses], ())
            self.progress(start + len(ids), len(changes), ids[-1])

    def extract(self) -> None:
        """Extract from every document of which nothing was yet: people, agencies, cases, and what befell whom.

        Documents are found by their words before that; this adds what they tell. Stopping it loses a batch at most.
        """
        ids = extractions.missing(self.store)
        for start in range(0, len(ids), EXTRACT_DOCUMENTS):
            documents = self.store.fetch(ids[start : start + EXTRACT_DOCUMENTS])
            judged = corrections.in_force(self.store, list(documents))
            tasks = [Plain(document, judged.get(document.id, ())) for document in documents.values()]
            stale = extractions.fetch(self.store, list(documents))
            words = self._less([documents[key] for key in stale])
            found: dict[str, Extraction] = {}
            entries: list[Entry] = []
            for done, (task, result) in enumerate(self.workers.run(tasks), start + 1):
                if isinstance(result, Skip):
                    self.report.skipped[result.reason.value] += 1
                    found[task.document.id] = NOTHING
                else:
                    found[task.document.id] = result.extraction
                    entries.append(result.entry)
                    before = () if result.entry.id in stale else result.words
                    words.update(vocabulary.tally([set(result.entry.tokens["words"].split(" ")).difference(before)]))
                self.progress(done, len(ids), task.name)
            with self.store.begin() as writing:
                ledger.open_(writing, [entry.id for entry in entries])
                extractions.put(writing, found)
                vocabulary.add(writing, words)
            self._commit(entries, ())
            self.report.extracted += len(found)

    def _commit(self, entries: Sequence[Entry], gone: Iterable[str]) -> None:
        """Write entries to the index and take ids out of it; confirm both in the ledger."""
        ledger.settle(self.store, self.index, entries, list(gone), fingerprint(self.segmenter))

    def _less(self, documents: Sequence[Document]) -> Counter[str]:
        """The vocabulary that goes when these documents go."""
        known = extractions.fetch(self.store, [document.id for document in documents])
        entries = [analyse(document, self.segmenter, known.get(document.id)) for document in documents]
        return Counter({word: -n for word, n in vocabulary.count(entries).items()})


def _look(folder: Folder, records: dict[str, FileRecord], ignored: tuple[str, ...]) -> tuple[list[Found], list[Skip]]:
    """What lies in the folder. Records of places that could not be looked into are taken out: they are not gone."""
    found: list[Found] = []
    unseen: list[Skip] = []
    for item in scan(folder.path, ignored):
        (unseen if isinstance(item, Skip) else found).append(item)  # type: ignore[arg-type]
    for skip in unseen:
        below = "" if skip.source == "." else skip.source + "/"
        for path in [path for path in records if path == skip.source or path.startswith(below)]:
            del records[path]
    return list(with_sidecars(found)), unseen


def _signed(analyses: Sequence[Analysis]) -> dict[str, Signature]:
    return {analysis.entry.id: analysis.signature for analysis in analyses}


def _failed(task: FileTask, skip: Skip) -> Ingested:
    record = task.record
    return Ingested(
        FileRecord(record.folder, record.path, record.size, record.mtime_ns, "", f"all/{registry_version()}"),
        skips=(skip,),
    )
