"""A library on disk: its folder, and how its parts are opened with its settings.

<library>/anjian.toml   settings
<library>/library.db    the store
<library>/ocr.db        what was recognised on scans
<library>/index/        the files of the engine, in a folder named after it
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self

from corpus import lock
from corpus.coverage import Coverage, coverage
from corpus.document import Document
from corpus.readers.contract import Limits
from corpus.recognition import OFF, Ocr, engine, lacking
from corpus.store import Folder, Store, StoreError, open_store
from indexer.corrections import Correction
from indexer.fold import fold
from indexer.review import Review
from indexer.segment import Dictionary, Segmenter, read_dictionary
from search.engine import Engine, IndexStale
from search.engines import default_engine, open_engine
from search.expansion import load, shipped
from search.searcher import Searcher
from settings import Settings, read_settings

if TYPE_CHECKING:
    from indexer.run import Progress, Report


class FolderUnusable(StoreError):
    """A folder to be indexed is missing, is not a folder, or holds the library itself."""


def limits_of(settings: Settings) -> Limits:
    """The bounds within which one file is read."""
    return Limits(
        file_bytes=settings.number("file_megabytes") * 2**20,
        seconds=float(settings.number("file_seconds")),
        memory_bytes=settings.number("memory_megabytes") * 2**20,
    )


@dataclass(frozen=True, slots=True)
class Status:
    """A library as it stands: what it covers, what its index holds, what was not read (by reason)."""

    library: str
    engine: str
    folders: dict[str, str]
    coverage: Coverage
    documents: int
    indexed: int
    skipped: dict[str, int]
    last_run: str | None


def open_library(path: Path, *, create: bool = False) -> Library:
    """Open a library, or make it where `create` is set. Raises SettingsError or StoreError."""
    settings = read_settings(path)
    return Library(path, settings, open_store(path, create=create))


@dataclass
class Library:
    """An open library; use it as a context manager."""

    path: Path
    settings: Settings
    store: Store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if "engine" in self.__dict__:
            self.engine.close()
        self.store.close()

    @property
    def engine_name(self) -> str:
        """The engine in force: the one set, else the best that this machine has."""
        return self.settings.text("engine") or default_engine()

    @property
    def index_path(self) -> Path:
        """The folder of the engine's files."""
        return self.path / "index" / self.engine_name

    @cached_property
    def engine(self) -> Engine:
        """The engine, opened over this library's index."""
        return open_engine(self.engine_name, self.index_path)

    @cached_property
    def segmenter(self) -> Segmenter:
        """The segmenter, with the office's dictionary."""
        named = self.settings.text("dictionary")
        return Segmenter(read_dictionary(self.path / named, fold) if named else Dictionary())

    @cached_property
    def searcher(self) -> Searcher:
        """The door to searching."""
        named = self.settings.text("expansions")
        rules = load(self.path / named, shipped()) if named else shipped()
        return Searcher(self.store, self.engine, self.segmenter, rules)

    @property
    def limits(self) -> Limits:
        """The bounds within which one file is read."""
        return limits_of(self.settings)

    def status(self) -> Status:
        """Count. Raises StoreError or EngineError."""
        runs = self.store.runs(1)
        return Status(
            library=str(self.path),
            engine=self.engine_name,
            folders={folder.name: str(folder.path) for folder in self.store.folders()},
            coverage=coverage(self.store),
            documents=self.store.document_count(),
            indexed=self.engine.count(),
            skipped=dict(Counter(failure.skip.reason.value for failure in self.store.failures())),
            last_run=runs[0].finished if runs else None,
        )

    def index(
        self,
        folders: Sequence[Path],
        progress: Progress,
        *,
        retry: bool = False,
        full: bool = False,
        empty: bool = False,
        ocr: Ocr = Ocr.NOW,
        extract: bool = True,
    ) -> Report:
        """Add folders to the library, or bring those it has up to date; with none named, all it has.

        `retry`, `full` and `empty` are those of `Run.update`; `ocr` tells when pictures of pages are recognised;
        without `extract`, who did what is left for a later run: all can be found by its words at once.
        Raises FolderUnusable, FolderVanished, LibraryLocked, StoreError or EngineError; what was done stays done.
        """
        # Reading files takes far more of the program than searching does; a search should not wait for that.
        from corpus import ocr_cache
        from corpus.ocr_cache import Recognitions
        from corpus.sandbox import Sandbox
        from indexer import pages
        from indexer.ingest import Ingest
        from indexer.run import Run

        known = self.store.folders()
        chosen = [self._folder(path, known) for path in folders] or known
        if not chosen:
            raise FolderUnusable(f"资料库“{self.path}”还没有收录文件夹。请运行：anjian index 文件夹")
        for folder in chosen:
            if not folder.path.is_dir():
                raise FolderUnusable(f"找不到文件夹“{folder.path}”。请检查路径；如果在共享盘上，请先连接共享盘。")
        with lock.writing(self.path):
            self._drop_stale_index()
            with self.store.begin() as writing:
                for folder in chosen:
                    writing.add_folder(folder)
                number = writing.begin_run()
            ignored = self.settings.names("ignore")
            recognitions = Recognitions(
                self.path / ocr_cache.FILE_NAME, engine(), otherwise=OFF if ocr is Ocr.OFF else None
            )
            if retry:
                recognitions.forget_failures()
            work = Ingest(self.limits, self.segmenter.dictionary, recognitions)
            workers = self.settings.number("workers") or None
            with Sandbox(work, source_of=_source, workers=workers, limits=self.limits) as sandbox:
                run = Run(self.store, self.engine, sandbox, self.segmenter, progress)
                run.reconcile()
                for folder in chosen:
                    run.update(folder, ignored=ignored, retry=retry, full=full, empty=empty)
                    if ocr is Ocr.NOW and not lacking():
                        pages.recognise(run, folder, recognitions)
                pages.count_waiting(run, chosen)
                if extract:
                    run.extract()
            run.report.documents = self.store.document_count()
            with self.store.begin() as writing:
                writing.finish_run(number, run.report.as_json())
            return run.report

    def correct(self, document: Document, said: Mapping[str, str], who: str) -> list[Correction]:
        """Record what a person says of a document. Raises what `Review.correct` does, and LibraryLocked."""
        with lock.writing(self.path):
            return Review(self.store, self.engine, self.segmenter).correct(document, said, who)

    def undo(self, number: int) -> None:
        """Take a correction back. Raises what `Review.undo` does, and LibraryLocked."""
        with lock.writing(self.path):
            Review(self.store, self.engine, self.segmenter).undo(number)

    def _folder(self, path: Path, known: Sequence[Folder]) -> Folder:
        """The folder as the library knows it, or a new one under a name that is not taken."""
        path = path.resolve()
        if self.path.resolve().is_relative_to(path):
            raise FolderUnusable(
                f"资料库“{self.path}”在文件夹“{path}”里面，会把自己收进去。请把资料库放在别处（--library）。"
            )
        for folder in known:
            if folder.path == path:
                return folder
        names = {folder.name for folder in known}
        name, number = path.name, 1
        while name in names:
            number += 1
            name = f"{path.name} {number}"
        return Folder(name, path)

    def _drop_stale_index(self) -> None:
        """An index of another version is of no use: it is made anew from the store."""
        try:
            self.engine.count()
        except IndexStale:
            self.engine.close()
            del self.engine
            shutil.rmtree(self.index_path)


def _source(task: Named) -> str:
    return task.name


class Named(Protocol):
    """A task of the child processes: it has the path that a Skip names."""

    @property
    def name(self) -> str:
        """The path."""
