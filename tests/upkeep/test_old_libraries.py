"""Libraries of every released version open, are searched, and keep what people decided."""

from __future__ import annotations

import sqlite3
import tarfile
from pathlib import Path
from threading import Barrier, Thread

import pytest

from corpus.schema import REVISION
from corpus.store import FILE_NAME, StoreFailed, open_store
from indexer import corrections, extractions
from indexer.errors import FolderUnusable
from library import Library, open_library
from search.results import Results

LIBRARIES = sorted((Path(__file__).parent.parent / "libraries").iterdir())


@pytest.fixture(params=LIBRARIES, ids=lambda path: path.stem)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    with tarfile.open(request.param) as packed:
        packed.extractall(tmp_path, filter="data")
    return tmp_path


def revision(library: Path) -> str:
    with sqlite3.connect(library / FILE_NAME) as database:
        return str(database.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def search(library: Library) -> Results:
    return library.searcher.search("周维岱")


def refreshed(library: Library) -> None:
    """A run: the folder is not there, so the index alone is made good."""
    with pytest.raises(FolderUnusable, match="/资料"):
        library.index((), lambda _done, _total, _name: None, extract=False)


def test_an_old_library_is_searched_and_keeps_its_corrections(old: Path) -> None:
    with open_library(old) as library:
        assert revision(old) == REVISION
        documents = library.store.document_count()
        assert documents == 9
        refreshed(library)
        found = search(library)
        assert found.total == 2
        (made,) = corrections.recorded(library.store)
        assert corrections.in_force(library.store, [made.document]) == {made.document: (made.judgement,)}
        known = extractions.fetch(library.store, [made.document])[made.document]
        assert made.judgement.value == "受贿或权钱交易"
        assert all(made.judgement.value not in case.violations for case in known.cases)
        assert library.store.document_count() == documents
        last = library.store.runs(1)[0]
        assert "/资料" in (last.report or {})["error"]


def test_two_processes_may_open_it_at_once(old: Path) -> None:
    barrier, errors = Barrier(4), []

    def opened() -> None:
        barrier.wait()
        try:
            open_store(old).close()
        except StoreFailed as error:
            errors.append(error)

    threads = [Thread(target=opened) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert revision(old) == REVISION


def test_a_migration_that_is_broken_off_leaves_the_old_library(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def dump() -> list[str]:
        with sqlite3.connect(old / FILE_NAME) as database:
            return list(database.iterdump())

    from alembic import op

    before, done, whole = dump(), 0, op.create_table

    def failing(*arguments: object, **named: object) -> object:
        nonlocal done
        done += 1
        if done > 3:
            raise KeyboardInterrupt
        return whole(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(op, "create_table", failing)
    with pytest.raises(KeyboardInterrupt):
        open_store(old)
    assert done == 4
    assert dump() == before
    monkeypatch.undo()
    open_store(old).close()
    assert revision(old) == REVISION
