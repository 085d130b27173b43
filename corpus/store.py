"""The library's database: the truth from which every index can be rebuilt.

SQLAlchemy Core over SQLite (WAL mode, foreign keys on); another database is a matter of its URL.
"""

from __future__ import annotations

import errno
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from corpus.cause import cause
from corpus.document import Document, MetaValue, Page, Reason, Skip
from corpus.records import Failure, FileRecord, Folder, Kept, Run
from corpus.rows import parts
from corpus.schema import REVISION, documents, files, folders, runs, skips, texts
from corpus.seal import break_seal
from corpus.writing import Writing

__all__ = [
    "Failure", "FileRecord", "Folder", "Kept", "LibraryMissing", "LibraryNewer", "Run", "Store", "StoreError",
    "StoreFailed", "Writing", "open_store", "unwritable",
]  # fmt: skip

FILE_NAME = "library.db"
_FULL = "磁盘已满，请清理空间后再运行一次；已入库的内容没有丢失。"
#: KiB of pages that a connection keeps at most. A batch changes pages all over the tables; what does not fit is written
#: and read again several times.
_CACHE = 64 * 1024
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


class StoreError(Exception):
    """Base of what the store raises. The message names the library and the remedy, in Chinese."""


class LibraryMissing(StoreError):
    """There is no library in the folder named."""


class LibraryNewer(StoreError):
    """The library was written by a newer version of the program."""


class StoreFailed(StoreError):
    """The database cannot be read or written: damaged, disk full, no permission."""


def unwritable(library: Path, error: OSError) -> StoreFailed:
    """The error to raise where the system refuses to write into a library folder."""
    if error.errno in _NO_ROOM:
        return StoreFailed(f"资料库“{library}”不能写入。{_FULL}")
    return StoreFailed(f"资料库“{library}”不能写入（{cause(error)}）。请检查文件夹权限。")


def open_store(library: Path, *, create: bool = False) -> Store:
    """Open the store of a library folder, upgrading an older one; make it first where `create` is set.

    Raises LibraryMissing, LibraryNewer or StoreFailed.
    """
    path = library / FILE_NAME
    if not path.is_file():
        if not create:
            raise LibraryMissing(f"“{library}”里没有资料库。请先运行：anjian index 文件夹 --library {library}")
        try:
            library.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreFailed(f"不能在“{library}”建立资料库（{cause(error)}）。请换一个有写权限的位置。") from error
    # Chinese as it is: escaped it would take twice the room, and longer to read.
    engine = sa.create_engine(f"sqlite:///{path}", json_serializer=partial(json.dumps, ensure_ascii=False))
    sa.event.listen(engine, "connect", _configure)
    sa.event.listen(engine, "begin", _begin)
    store = Store(engine, library)
    store.upgrade()
    return store


def _configure(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # sqlite3 itself begins no transaction before it changes tables: `_begin` does
    cursor = connection.cursor()
    for pragma in (
        "busy_timeout=10000", "journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", f"cache_size=-{_CACHE}",
    ):  # fmt: skip
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    """A transaction that will write takes its turn at once: one that has read first cannot wait for another's end."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class Store:
    """An open library database. Reads may happen at any time; writes happen inside `begin()`."""

    def __init__(self, engine: sa.Engine, library: Path) -> None:
        self._engine = engine
        self._library = library

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection to read with. Raises StoreFailed for what the database cannot do."""
        with self._translated(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def begin(self) -> Iterator[Writing]:
        """A transaction: all its changes are kept, or none. Raises StoreFailed."""
        with self._changing() as connection:
            yield Writing(connection)

    @contextmanager
    def _changing(self) -> Iterator[sa.Connection]:
        with self._translated(), self._engine.connect() as connection:
            writing = connection.execution_options(writes=True)
            with writing.begin():
                self._break_seal()
                yield writing

    def _break_seal(self) -> None:
        try:
            break_seal(self._library)
        except OSError as error:
            raise unwritable(self._library, error) from error

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sa.exc.DatabaseError as error:
            cause = str(error.orig)
            if "locked" in cause:
                remedy = "另一个程序正在写入，请稍后再试。"
            elif "full" in cause:
                remedy = _FULL
            elif "I/O" in cause:
                remedy = "请检查磁盘空间和磁盘是否完好，再运行一次；已入库的内容没有丢失。"
            elif "readonly" in cause or "unable to open" in cause:
                remedy = "请检查文件夹权限。"
            else:
                remedy = "请从备份恢复，或换一个资料库文件夹重新索引。"
            raise StoreFailed(f"资料库“{self._library}”读写失败（{cause}）。{remedy}") from error

    def upgrade(self) -> None:
        """Bring the tables to REVISION, all at once or not at all; where two processes do it, one waits.

        Raises LibraryNewer where the library is ahead of this program.
        """
        with self.reading() as connection:
            if self._is_present(connection):
                return
        # Alembic takes a third of a second to import, and a library is upgraded once.
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        with self._changing() as connection:
            if not self._is_present(connection):
                config.attributes["connection"] = connection
                command.upgrade(config, REVISION)

    def _is_present(self, connection: sa.Connection) -> bool:
        if not sa.inspect(connection).has_table("alembic_version"):
            return False
        revision = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
        if revision is not None and revision > REVISION:
            raise LibraryNewer(
                f"资料库“{self._library}”由更新版本的案鉴建立（{revision}，本程序 {REVISION}）。请升级程序后再打开。"
            )
        return bool(revision == REVISION)

    # -- reading ------------------------------------------------------------------------------------------------

    def folders(self) -> list[Folder]:
        """The indexed folders, by name."""
        with self.reading() as connection:
            return [Folder(name, Path(path)) for name, path in connection.execute(sa.select(folders).order_by("name"))]

    def files(self, folder: str) -> Iterator[FileRecord]:
        """Every file record of a folder, by path, streamed."""
        with self.reading() as connection:
            query = sa.select(files).where(files.c.folder == folder).order_by(files.c.path)
            cursor = connection.execute(query).cursor  # of the driver: these rows are many, and plain
            while cursor and (some := cursor.fetchmany(1_000)):
                yield from (FileRecord(*row) for row in some)

    def fetch(self, ids: Sequence[str]) -> dict[str, Document]:
        """The documents with these ids, whole; an id that does not exist is left out."""
        return {document.id: document for document in self._documents(documents.c.id.in_(list(ids)))}

    def documents_of(self, folder: str, paths: Sequence[str]) -> list[Document]:
        """The documents that came from these files of a folder."""
        found: list[Document] = []
        for taken in parts(paths):
            some = list(taken)
            found += self._documents((documents.c.folder == folder) & documents.c.path.in_(some))
        return found

    def holding(self, folder: str, paths: Sequence[str]) -> set[str]:
        """Those of these files of a folder that hold documents."""
        found: set[str] = set()
        with self.reading() as connection:
            for taken in parts(paths):
                of_file = (documents.c.folder == folder) & documents.c.path.in_(taken)
                found.update(connection.execute(sa.select(documents.c.path).where(of_file)).scalars())
        return found

    def has_files_below(self, folder: str, path: str) -> bool:
        """Whether anything is known of what lies in a folder of an indexed folder."""
        below = (files.c.folder == folder) & files.c.path.startswith(f"{path}/", autoescape=True)
        with self.reading() as connection:
            return connection.execute(sa.select(files.c.path).where(below).limit(1)).first() is not None

    def all_documents(self) -> Iterator[Document]:
        """Every document, by id, streamed."""
        return self._documents(sa.true())

    def ids_after(self, beginning: str, limit: int) -> list[str]:
        """The next ids after one, in order: a way through all documents that holds no transaction open."""
        query = sa.select(documents.c.id).where(documents.c.id > beginning).order_by(documents.c.id).limit(limit)
        with self.reading() as connection:
            return list(connection.execute(query).scalars())

    def find_ids(self, beginning: str, limit: int = 10) -> list[str]:
        """Ids that begin so, or the ids of the documents whose source is exactly so."""
        by_id = documents.c.id.startswith(beginning, autoescape=True)
        query = sa.select(documents.c.id).where(by_id | (documents.c.source == beginning)).order_by("id").limit(limit)
        with self.reading() as connection:
            return list(connection.execute(query).scalars())

    def _documents(self, condition: sa.ColumnElement[bool]) -> Iterator[Document]:
        columns = (*documents.c, texts.c.text)
        query = sa.select(*columns).join(texts).where(condition).order_by(documents.c.id)
        with self.reading() as connection:
            for row in connection.execution_options(yield_per=500).execute(query):
                yield _document(row)

    def document_count(self) -> int:
        """How many documents the library holds."""
        return self._count(documents)

    def failures(self) -> list[Failure]:
        """Everything not read, by source and page."""
        with self.reading() as connection:
            rows = connection.execute(sa.select(skips).order_by(skips.c.source, skips.c.page))
            return [
                Failure(
                    row.folder, row.path, Skip(row.source, Reason(row.reason), row.detail, row.page or None),
                    row.first_seen, row.last_tried, row.tries,
                )
                for row in rows
            ]  # fmt: skip

    def runs(self, limit: int = 10) -> list[Run]:
        """The latest runs, newest first."""
        with self.reading() as connection:
            return [Run(*row) for row in connection.execute(sa.select(runs).order_by(runs.c.id.desc()).limit(limit))]

    def _count(self, table: sa.Table) -> int:
        with self.reading() as connection:
            return connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


def _document(row: sa.Row[Any]) -> Document:
    return Document(
        id=row.id,
        source=row.source,
        content_hash=row.content_hash,
        title=row.title,
        text=row.text,
        pages=tuple(Page(**page) for page in row.pages),
        meta={name: MetaValue(**value) for name, value in row.meta.items()},
        reader=row.reader,
    )
