"""A library on disk: its folder, and how its parts are opened with its settings.

<library>/anjian.toml   settings
<library>/library.db    the store
<library>/ocr.db        what was recognised on scans
<library>/index/        the files of the indexes, each in a folder of which the store knows whether it is in force
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Self

from corpus.document import Document
from corpus.readers.contract import Limits
from corpus.recognition import OFF, Ocr, engine
from corpus.store import Folder, Store, open_store
from indexer import indexes
from indexer.corrections import Correction
from indexer.errors import FolderUnusable
from indexer.fold import fold
from indexer.segment import Dictionary, Segmenter, kernel, read_dictionary
from search.engine import Engine
from search.engines import default_engine, open_engine
from search.expansion import Rules, load, shipped
from search.searcher import Searcher
from settings import NAMING, Settings, mail_password, read_settings

if TYPE_CHECKING:
    from corpus.lock import Held
    from indexer.report import Progress, Report
    from indexer.review import Review
    from search.precedents.find import Finder
    from upkeep.outlook import Outlook
    from upkeep.refresh import Wish
    from upkeep.status import Status

#: The folder of the indexes in that of the library.
INDEXES = "index"


def limits_of(settings: Settings) -> Limits:
    """The bounds within which one file is read."""
    return Limits(
        file_bytes=settings.number("file_megabytes") * 2**20,
        seconds=float(settings.number("file_seconds")),
        memory_bytes=settings.number("memory_megabytes") * 2**20,
    )


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
    _opened: tuple[Path, Engine] | None = field(default=None, init=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()
        self.store.close()

    @property
    def chosen_engine(self) -> str:
        """The engine set, else the best that this machine has: the next run uses it."""
        return self.settings.text("engine") or default_engine()

    @property
    def engine_name(self) -> str:
        """The engine whose index is in force."""
        return indexes.engine_of(self.index_path.name)

    @property
    def index_path(self) -> Path:
        """The folder of the files of the index in force."""
        home = self.path / INDEXES
        return home / indexes.folder_in_force(self.store, home, self.chosen_engine)

    @property
    def engine(self) -> Engine:
        """The engine over the index in force: another one after a rebuild, for programs that live so long."""
        path = self.index_path
        if self._opened is None or self._opened[0] != path:
            self._close()
            self._opened = path, open_engine(indexes.engine_of(path.name), path)
        return self._opened[1]

    @cached_property
    def cases(self) -> Engine:
        """The engine over the index of cases; an empty one in memory where none was made yet."""
        folder = indexes.in_force(self.store, indexes.CASES)
        if folder is None:
            return open_engine("memory", self.path)
        return open_engine(indexes.engine_of(folder), self.path / INDEXES / folder)

    def _close(self) -> None:
        if "cases" in self.__dict__:
            self.__dict__.pop("cases").close()
        if self._opened:
            self._opened[1].close()
        self._opened = None

    @cached_property
    def segmenter(self) -> Segmenter:
        """The segmenter, with the office's dictionary."""
        named = self.settings.text("dictionary")
        return Segmenter(read_dictionary(self.path / named, fold) if named else Dictionary())

    @property
    def searcher(self) -> Searcher:
        """The door to searching."""
        return Searcher(self.store, self.engine, self.segmenter, self._rules)

    @property
    def precedents(self) -> Finder:
        """The door to precedents."""
        from search.precedents.find import Finder

        return Finder(self.store, self.cases, self.segmenter, self._rules)

    @cached_property
    def _rules(self) -> Rules:
        named = self.settings.text("expansions")
        return load(self.path / named, shipped()) if named else shipped()

    @property
    def limits(self) -> Limits:
        """The bounds within which one file is read."""
        return limits_of(self.settings)

    def leave_figures(self) -> None:
        """Write how the library stands for a monitoring system, where the settings name a file. Raises UpkeepError."""
        if named := self.settings.text("metrics_file"):
            from upkeep import metrics

            metrics.write(self.path / named, metrics.measure(self.store, self.path, self.index_path))

    @property
    def named(self) -> dict[str, str]:
        """The settings that name a file that people wrote, with the paths they give ("" for none)."""
        return {name: self.settings.text(name) for name in NAMING}

    @contextmanager
    def writing(self) -> Iterator[Held]:
        """Hold the library to write to it, and seal it in the end. Raises what `sealed.writing` does."""
        from upkeep import sealed

        with sealed.writing(self.store, self.path, self.named) as held:
            yield held

    @contextmanager
    def noting(self) -> Iterator[None]:
        """Write what takes a moment to the store alone, whoever holds the library. Raises what `sealed.noting` does."""
        from upkeep import sealed

        with sealed.noting(self.store, self.path, self.named):
            yield

    def status(self) -> Status:
        """How the library stands. Raises StoreError or EngineError."""
        from upkeep.status import status

        return status(self.store, self.engine, str(self.path), self.engine_name)

    def index(
        self,
        folders: Sequence[Path],
        progress: Progress,
        *,
        retry: bool = False,
        full: bool = False,
        empty: bool = False,
        only: str = "",
        rebuild: bool = False,
        ocr: Ocr = Ocr.NOW,
        extract: bool = True,
    ) -> Report:
        """Add folders to the library, or bring those it has up to date; with none named, all it has.

        `retry`, `full`, `empty` and `only` are those of `Run.update`; `rebuild` makes the index anew, whatever its
        state; `ocr` tells when pictures of pages are recognised; without `extract`, who did what is left for a later
        run: all can be found by its words at once.
        Raises FolderUnusable, FolderVanished, LibraryLocked, StoreError, EngineUnavailable or Stopped; what was done
        stays done.
        """
        # Reading files takes far more of the program than searching does; a search should not wait for that.
        from corpus import ocr_cache, readers
        from corpus.ocr_cache import Recognitions
        from corpus.sandbox import Sandbox
        from indexer.ingest import Ingest
        from indexer.run import Run
        from upkeep.afterwards import tell
        from upkeep.refresh import on_record, refresh

        wish = self._wish(
            folders, retry=retry, full=full, empty=empty, only=only, rebuild=rebuild, ocr=ocr, extract=extract
        )
        with self.writing() as held:
            recognitions = Recognitions(
                self.path / ocr_cache.FILE_NAME, engine(), otherwise=OFF if ocr is Ocr.OFF else None
            )
            if retry:
                recognitions.forget_failures()
            with self.store.begin() as writing:
                for folder in wish.folders:
                    writing.add_folder(folder)

            def told(done: int, total: int, name: str) -> None:
                held.check()
                progress(done, total, name)

            work = Ingest(self.limits, self.segmenter.dictionary, recognitions)
            workers = self.settings.number("workers") or None
            settle = float(self.settings.number("settle_seconds"))
            preload = (kernel(), *(f"{readers.__name__}.{name}" for name in readers.FORMATS))
            children = Sandbox(work, source_of=_source, workers=workers, limits=self.limits, preload=preload)
            with children:
                index = open_engine(self.chosen_engine, self.index_path)
                run = Run(self.store, index, children, self.segmenter, told, settle=settle)
                with on_record(self.store, run.report):
                    refresh(run, self.path / INDEXES, self.chosen_engine, recognitions, wish)
                    with run.report.phase("tell"):
                        tell(
                            self.store, self.searcher, run.report,
                            library=self.path, settings=self.settings.values, password=mail_password(),
                        )  # fmt: skip
            return run.report

    def outlook(
        self,
        *,
        retry: bool = False,
        full: bool = False,
        empty: bool = False,
        only: str = "",
        rebuild: bool = False,
    ) -> Outlook:
        """What `index` would do with the folders that the library has. Changes nothing. Raises what `index` does."""
        from upkeep.outlook import look_ahead

        wish = self._wish((), retry=retry, full=full, empty=empty, only=only, rebuild=rebuild)
        return look_ahead(self.store, self.path / INDEXES, self.chosen_engine, self.segmenter, wish)

    def _wish(self, folders: Sequence[Path], *, only: str = "", **asked: Any) -> Wish:
        """What is asked of a run, with what the settings say. Raises FolderUnusable."""
        from upkeep.refresh import Wish, check

        known = self.store.folders()
        named = [self._folder(path, known) for path in folders]
        for folder in named:
            check(folder.path)
        chosen = named or known
        if not chosen:
            raise FolderUnusable(f"资料库“{self.path}”还没有收录文件夹。请运行：anjian index 文件夹")
        if only:
            chosen = [folder for folder in chosen if self._has(folder, only)]
            if not chosen:
                raise FolderUnusable(f"收录的文件夹里没有名为“{only}”的子文件夹。请检查名称（--only）。")
        return Wish(
            chosen,
            ignored=self.settings.names("ignore"),
            only=only,
            removal_limit=self.settings.number("removal_limit"),
            **asked,
        )

    @property
    def review(self) -> Review:
        """What a person who corrects changes; the caller holds the writer's lock."""
        from indexer.review import Review

        return Review(self.store, self.engine, self.cases, self.segmenter)

    def correct(self, document: Document, said: Mapping[str, str], who: str) -> list[Correction]:
        """Record what a person says of a document. Raises what `Review.correct` does, and LibraryLocked."""
        with self.writing():
            return self.review.correct(document, said, who)

    def undo(self, number: int) -> None:
        """Take a correction back. Raises what `Review.undo` does, and LibraryLocked."""
        with self.writing():
            self.review.undo(number)

    def _has(self, folder: Folder, only: str) -> bool:
        """Whether a folder has, or had, a folder of that name."""
        inside = not {"", ".", ".."}.intersection(only.split("/"))
        return inside and ((folder.path / only).is_dir() or self.store.has_files_below(folder.name, only))

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


def _source(task: Named) -> str:
    return task.name


class Named(Protocol):
    """A task of the child processes: it has the path that a Skip names."""

    @property
    def name(self) -> str:
        """The path."""
