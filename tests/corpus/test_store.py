"""The store: what is put comes back, versions are told apart, and migrations make what the schema says."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from corpus import lock
from corpus.coverage import Coverage, coverage
from corpus.document import Document, MetaValue, Page, Reason, Skip
from corpus.schema import REVISION, metadata
from corpus.store import (
    FILE_NAME,
    FileRecord,
    Folder,
    Kept,
    LibraryMissing,
    LibraryNewer,
    Store,
    StoreFailed,
    open_store,
    unwritable,
)

RECORD = FileRecord("资料", "甲.zip", 10, 1, "hash", "archive/1")
DOCUMENT = Document(
    id="a1",
    source="甲.zip!/乙.txt",
    content_hash="h",
    title="题",
    text="第一页\n第二页",
    pages=(Page(0), Page(4, "00:01:00", "ocr", 0.5)),
    meta={"date": MetaValue("2023-05-06", "text")},
    reader="text/1",
)


@pytest.fixture
def kept(store: Store) -> Store:
    with store.begin() as writing:
        writing.add_folder(Folder("资料", Path("/资料")))
        writing.put_files([Kept(RECORD, [DOCUMENT], [Skip("甲.zip!/丙.bin", Reason.UNKNOWN_TYPE, "详情", 3)])])
    return store


def test_what_is_put_comes_back(kept: Store) -> None:
    assert kept.fetch(["a1", "none"]) == {"a1": DOCUMENT}
    assert kept.documents_of("资料", ["甲.zip", "乙"]) == [DOCUMENT]
    assert list(kept.files("资料")) == [RECORD]
    assert kept.find_ids("a") == kept.find_ids("甲.zip!/乙.txt") == ["a1"]
    assert kept.find_ids("%") == []
    (failure,) = kept.failures()
    assert failure.skip == Skip("甲.zip!/丙.bin", Reason.UNKNOWN_TYPE, "详情", 3)


def test_a_file_put_again_takes_the_place_of_itself(kept: Store) -> None:
    with kept.begin() as writing:
        writing.put_files([Kept(RECORD, skips=[Skip("甲.zip!/丙.bin", Reason.UNKNOWN_TYPE, "详情", 3)])])
    assert kept.document_count() == 0
    assert [failure.tries for failure in kept.failures()] == [2]


def test_a_transaction_that_fails_leaves_nothing(kept: Store) -> None:
    def fail() -> None:
        with kept.begin() as writing:
            writing.remove_file("资料", "甲.zip")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert kept.fetch(["a1"])


@pytest.mark.usefixtures("store")
def test_migrations_make_what_the_schema_says(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'direct.db'}")
    metadata.create_all(engine)
    engine.dispose()

    def described(path: Path) -> set[tuple[str, ...]]:
        with sqlite3.connect(path) as database:
            names = database.execute("SELECT type, name, tbl_name FROM sqlite_master WHERE name != 'alembic_version'")
            objects = {tuple(row) for row in names if not row[1].startswith("sqlite_autoindex")}
            columns = {
                (table, *map(str, column[1:]))
                for kind, table, _ in objects
                if kind == "table"
                for column in database.execute(f"PRAGMA table_info('{table}')")
            }
        return objects | columns

    assert described(tmp_path / "library" / FILE_NAME) == described(tmp_path / "direct.db")


def test_folders_that_hold_no_library(tmp_path: Path) -> None:
    with pytest.raises(LibraryMissing, match="anjian index"):
        open_store(tmp_path)
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreFailed):
        open_store(tmp_path / "file" / "below", create=True)


@pytest.mark.usefixtures("store")
def test_a_newer_library_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "library" / FILE_NAME) as database:
        database.execute("UPDATE alembic_version SET version_num = ?", (str(int(REVISION) + 1).zfill(4),))
    with pytest.raises(LibraryNewer, match="升级"):
        open_store(tmp_path / "library")


@pytest.mark.usefixtures("store")
def test_one_writer_at_a_time_and_the_next_when_it_is_gone(tmp_path: Path) -> None:
    library = tmp_path / "library"
    with lock.writing(library), pytest.raises(lock.LibraryLocked, match="进程"), lock.writing(library):
        pass
    with lock.writing(library):
        pass


def test_coverage_counts_files_and_pages(kept: Store) -> None:
    other = FileRecord("资料", "空.txt", 0, 1, "", "all/x")
    with kept.begin() as writing:
        writing.put_files([Kept(other, skips=[Skip("空.txt", Reason.EMPTY)])])
    assert coverage(kept) == Coverage(files=2, read=0, partly=1, unread=1, pages=2, recognised=1, poor=1)


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        (errno.ENOSPC, "磁盘已满，请清理空间后再运行一次"),
        (errno.EACCES, "请检查文件夹权限"),
        (errno.EROFS, "请检查文件夹权限"),
    ],
)
def test_a_refused_write_says_what_to_do(code: int, advice: str) -> None:
    assert advice in str(unwritable(Path("/资料"), OSError(code, os.strerror(code))))
