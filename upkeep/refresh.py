"""A library brought up to date: its index made good, its folders read, its pages recognised, its texts mined.

What cannot be done of one folder is no reason to leave the others; it is said at the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from corpus.ocr_cache import Recognitions
from corpus.recognition import Ocr, lacking
from corpus.records import Folder
from corpus.store import Store, StoreFailed
from indexer import deriving, indexes, ledger, pages, rebuilding
from indexer.analysis import fingerprint
from indexer.changes import Why
from indexer.errors import FolderUnusable, FolderVanished
from indexer.run import REMOVAL_LIMIT, Report, Run, Stopped
from indexer.scan import IGNORED
from search.engine import Ask, Engine, EngineError
from search.engines import open_engine
from search.engines.storage import dead
from search.match import All

#: An index of which more than so many percent are dead entries, and so many entries at least, is made anew: they take
#: room, and time of every search.
DEAD_PERCENT, DEAD = 20, 1_000


@dataclass(frozen=True, slots=True)
class Wish:
    """What a run is asked to do. The folders, and for each of them what `Run.update` takes.

    `ocr` tells when pictures of pages are recognised, `extract` whether texts are mined for people and cases, `rebuild`
    that the index is to be made anew whatever its state.
    """

    folders: Sequence[Folder]
    ignored: Sequence[str] = IGNORED
    only: str = ""
    retry: bool = False
    full: bool = False
    empty: bool = False
    removal_limit: int = REMOVAL_LIMIT
    ocr: Ocr = Ocr.NOW
    extract: bool = True
    rebuild: bool = False


def refresh(run: Run, home: Path, engine: str, recognitions: Recognitions, wish: Wish) -> None:
    """Do what is wished. `home` is the folder of the indexes, `engine` the name of the one to use from now on.

    Raises FolderUnusable, FolderVanished, StoreError, EngineError or Stopped; what was done stays done.
    """
    with run.report.phase("reconcile"):
        _make_good(run, home, engine, anew=wish.rebuild)
        run.reconcile()
    failed: list[Exception] = []
    for folder in wish.folders:
        with run.report.phase("read"):
            try:
                check(folder.path)
                _update(run, folder, wish)
            except (FolderUnusable, FolderVanished) as error:
                failed.append(error)
                continue
        if wish.ocr is Ocr.NOW and not lacking():
            with run.report.phase("recognise"):
                pages.recognise(run, folder, recognitions)
    pages.count_waiting(run, wish.folders)
    if wish.extract:
        with run.report.phase("extract"):
            run.extract()
        with run.report.phase("derive"):
            deriving.derive(run, _cases(run, home, engine))
    if failed:
        run.report.notes += [str(error) for error in failed[1:]]
        raise failed[0]


def check(folder: Path) -> None:
    """Raise FolderUnusable where there is no such folder."""
    if not folder.is_dir():
        raise FolderUnusable(f"找不到文件夹“{folder}”。请检查路径；如果在共享盘上，请先连接共享盘。")


def _update(run: Run, folder: Folder, wish: Wish) -> None:
    run.update(
        folder,
        ignored=wish.ignored,
        only=wish.only,
        retry=wish.retry,
        full=wish.full,
        empty=wish.empty,
        removal_limit=wish.removal_limit,
    )


def _make_good(run: Run, home: Path, engine: str, *, anew: bool) -> None:
    """Let the run write to the index in force; where that is not fit, to one that is made anew and put in its place."""
    indexes.tidy(run.store, home)
    known = indexes.in_force(run.store, indexes.DOCUMENTS)
    why = Why.REBUILD if anew else fault(run.store, home, engine, fingerprint(run.segmenter))
    if why is None:
        folder = indexes.folder_in_force(run.store, home, engine)
        run.index = open_engine(engine, home / folder)
        if known is None:
            with run.store.begin() as writing:
                indexes.put_in_force(writing, indexes.DOCUMENTS, folder)
        return
    folder = indexes.next_folder(home, indexes.DOCUMENTS, engine)
    rebuilding.rebuild(run, open_engine(engine, home / folder), folder, why)
    if run.report.changes[why.value]:
        run.report.notes.append("索引已从资料库重新建立。")


def _cases(run: Run, home: Path, engine: str) -> Engine:
    """The index of cases; made anew beside the one in force where that is of another engine, or not the store's."""
    folder = indexes.in_force(run.store, indexes.CASES)
    if folder and indexes.engine_of(folder) == engine:
        index = open_engine(engine, home / folder)
        with suppress(EngineError):
            deriving.drop_gone(run, index)  # what the store has no more since this run began
            if deriving.agrees(run.store, index):
                return index
        index.close()
    folder = indexes.next_folder(home, indexes.CASES, engine)
    index = open_engine(engine, home / folder)
    deriving.rebuild(run, index, folder)
    return index


def fault(store: Store, home: Path, engine: str, present: str) -> Why | None:
    """Why the index must be made anew, rather than brought up to date; None where it need not.

    `present` is the fingerprint of entries as they are made now.
    """
    folder = indexes.folder_in_force(store, home, engine)
    if indexes.engine_of(folder) != engine or not (home / folder).is_dir():
        return Why.REBUILD
    standing = ledger.standing(store, present)
    index: Engine = open_engine(engine, home / folder)
    try:
        count = index.count()
        if count:
            index.search(Ask(All(()), limit=1, count=("kind",)))
    except EngineError:
        return Why.REBUILD
    finally:
        index.close()
    every, gone = dead(home / folder)
    if not standing.agrees(count) or (gone >= DEAD and gone * 100 > DEAD_PERCENT * every):
        return Why.REBUILD
    return Why.ANALYSIS if standing.stale * 2 > standing.documents else None


@contextmanager
def on_record(store: Store, report: Report) -> Iterator[None]:
    """Keep a run on record, from its beginning to its end, however it ends."""
    with store.begin() as writing:
        number = writing.begin_run()
    try:
        yield
    except Stopped as stopped:
        report.stopped = str(stopped) or "已停止"
        raise
    except KeyboardInterrupt:
        report.stopped = "已中止"
        raise
    except BaseException as error:
        report.error = str(error) or type(error).__name__
        with suppress(StoreFailed):  # the store itself may be what failed
            _finish(store, number, report)
        raise
    finally:
        if not report.error:
            _finish(store, number, report)


def _finish(store: Store, number: int, report: Report) -> None:
    report.documents = store.document_count()
    with store.begin() as writing:
        writing.finish_run(number, report.as_json())
