"""One run: do what the plan says, batch by batch, and report.

A batch is written to the store, then to the index, then confirmed in the ledger, while the child processes work on the
next. Stopping anywhere loses at most the batches under way, and the next run goes on from there.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Protocol

from corpus.document import Skip
from corpus.records import Folder
from corpus.store import Store
from indexer import extracting, keeping, ledger, moving
from indexer.analysis import fingerprint
from indexer.batches import Beside, batches
from indexer.changes import FileChange, Why
from indexer.ingest import FileTask, Ingested, registry_version
from indexer.pinyin import spell
from indexer.planning import plan_folder
from indexer.report import Progress, Report, Stopped, silent
from indexer.scan import IGNORED
from indexer.segment import Segmenter
from indexer.spool import Spool
from indexer.writer import IndexWriter

__all__ = ["Progress", "Report", "Run", "Stopped", "Workers"]

#: Percent of a folder's files that may go without being asked for.
REMOVAL_LIMIT = 50


class Workers(Protocol):
    """Child processes that turn tasks into results, in order. A task that costs its child is answered by a Skip."""

    def run(self, tasks: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
        """Yield (task, result or Skip)."""


@dataclass(slots=True)
class Run:
    """A run over a library: its store, its index, the child processes, and the report so far.

    A file that changed less than `settle` seconds ago may still be written to, and is left until it is that old.
    """

    store: Store
    index: IndexWriter
    workers: Workers
    segmenter: Segmenter
    progress: Progress = silent
    report: Report = field(default_factory=Report)
    settle: float = 0.0
    left: list[str] = field(default_factory=list, init=False)  # files that were being written to
    stopping: Stopped | None = field(default=None, init=False)
    gone_cases: list[str] = field(default_factory=list, init=False)  # to be taken out of the index of cases

    def update(
        self,
        folder: Folder,
        *,
        ignored: Sequence[str] = IGNORED,
        only: str = "",
        retry: bool = False,
        full: bool = False,
        empty: bool = False,
        removal_limit: int = REMOVAL_LIMIT,
    ) -> None:
        """Bring the store and the index up to date with one folder, as `plan_folder` says.

        Raises FolderVanished where `removal_limit` percent of its files are gone, unless `empty` says that this is
        meant; StoreError, an error of the index, or Stopped. What was done before stays done.
        """
        plan = plan_folder(self.store, folder, ignored=ignored, only=only, retry=retry, full=full)
        if not empty:
            plan.guard(folder.path, removal_limit)
        self.report.changes.update(change.why.value for change in plan)
        keeping.restamp(self, folder, plan.restamped)
        keeping.record_unseen(self, folder, plan.unseen)
        renamed = moving.move(self, folder, plan.moved)
        settled, young = self._by_age(plan.read)
        self.read(folder, settled)
        self.read(folder, renamed)
        self._read_young(folder, young)
        gone = [change.path for change in plan.gone] + [change.was.path for change in renamed if change.was]
        keeping.forget(self, folder, gone)
        if self.left:
            names = "、".join(self.left[:3])
            self.report.notes.append(f"有 {len(self.left):,} 个文件正在写入，留待下次更新时再收：{names}。")
            self.left.clear()

    def _by_age(self, changes: Collection[FileChange]) -> tuple[Collection[FileChange], list[FileChange]]:
        """The files that are old enough to be read, and the others."""
        if not self.settle:
            return changes, []
        now, moment = time.time_ns(), int(self.settle * 1e9)
        settled: Spool[FileChange] = Spool()
        young: list[FileChange] = []
        for change in changes:
            if change.found and abs(now - change.found.mtime_ns) < moment:
                young.append(change)
            else:
                settled.append(change)
        return settled, young

    def _read_young(self, folder: Folder, young: Sequence[FileChange]) -> None:
        """Read files that were written to a moment ago, once that moment is over; what still changes is left."""
        if young:
            newest = max(change.found.mtime_ns for change in young if change.found)
            time.sleep(min(self.settle, max(0.0, newest / 1e9 + self.settle - time.time())))
            self.read(folder, young)

    def reconcile(self) -> None:
        """Make the index agree with the store: put what it lacks or holds in an older form, drop what is gone."""
        present = fingerprint(self.segmenter)
        if not ledger.standing(self.store, present).agrees(self.index.count()):
            with self.store.begin() as writing:  # the index is not the one the ledger speaks of
                ledger.doubt(writing)
        lacking, stale = ledger.lacking(self.store), ledger.stale(self.store, present)
        gone = ledger.gone(self.store)
        for why, ids in ((Why.REBUILD, lacking), (Why.ANALYSIS, stale), (Why.GONE, gone)):
            if ids:
                self.report.changes[why.value] += len(ids)
        if lacking or gone:
            self.report.notes.append(f"索引与资料库不一致，已修复：补入 {len(lacking):,} 份，去掉 {len(gone):,} 份。")
        keeping.put_again(self, [*lacking, *stale], gone)
        self.report.documents = self.store.document_count()

    def read(self, folder: Folder, changes: Collection[FileChange]) -> None:
        """Read the files of these changes, and put what they hold in the place of what they held."""
        tasks = (
            FileTask(folder.name, folder.path, change.found, change.known_hash) for change in changes if change.found
        )
        results = (
            _failed(task, result) if isinstance(result, Skip) else result
            for task, result in self.told(self.workers.run(tasks), len(changes))
        )
        with Beside() as beside:
            if changes:
                beside.do(self._load)
            for batch in batches(results, _characters):
                beside.do(partial(keeping.keep, self, folder, batch))
        self.go_on()

    def _load(self) -> None:
        """Load the dictionary and the sounds, which are needed to keep what is read, while the children start."""
        self.segmenter.words("")
        spell("一")

    def told(self, done: Iterable[tuple[Any, Any]], total: int) -> Iterator[tuple[Any, Any]]:
        """The results of tasks, each told to whoever watches; none after he wants the run to stop."""
        for number, (task, result) in enumerate(done, 1):
            try:
                self.progress(number, total, task.name)
            except Stopped as stopped:
                self.stopping = stopped
            yield task, result
            if self.stopping:
                return

    def go_on(self) -> None:
        """Raise Stopped where somebody wants the run to stop."""
        if self.stopping:
            raise self.stopping

    def extract(self) -> None:
        """Extract from every document of which nothing was yet. Raises Stopped."""
        extracting.extract(self)


def _characters(item: Ingested) -> int:
    return sum(len(document.text) for document in item.documents)


def _failed(task: FileTask, skip: Skip) -> Ingested:
    return Ingested(replace(task.record, reader=f"all/{registry_version()}"), skips=(skip,))
