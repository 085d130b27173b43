"""The library's database: the truth from which every index can be rebuilt.

SQLAlchemy Core over SQLite (WAL mode, foreign keys on); another database is a matter of its URL.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from corpus.document import Document, MetaValue, Page, Reason, Skip
from corpus.schema import REVISION, documents, files, folders, runs, skips, texts

FILE_NAME = "library.db"
_IN = 500  # values in one IN; databases have limits


class StoreError(Exception):
    """Base of what the store raises. The message names the library and the remedy, in Chinese."""


class LibraryMissing(StoreError):
    """There is no library in the folder named."""


class LibraryNewer(StoreError):
    """The library was written by a newer version of the program."""


class StoreFailed(StoreError):
    """The database cannot be read or written: damaged, disk full, no permission."""


@dataclass(frozen=True, slots=True)
class Folder:
    """An indexed folder: the name its documents' ids are made of, and where it is."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file as it was when last read. `path` is relative to the folder, with forward slashes."""

    folder: str
    path: str
    size: int
    mtime_ns: int
    content_hash: str
    reader: str
    inode: int = 0  # what the file system calls the file, to know it again where it was moved; 0: not told


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as a run leaves it: its record, the documents in it, and what of it was not read."""

    record: FileRecord
    documents: Sequence[Document] = ()
    skips: Sequence[Skip] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A skip with its history. Times are ISO 8601 in UTC."""

    folder: str
    path: str
    skip: Skip
    first_seen: str
    last_tried: str
    tries: int


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the indexer; `report` is what it counted, None while it has not finished."""

    id: int
    started: str
    finished: str | None
    report: dict[str, Any] | None


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
            raise StoreFailed(f"不能在“{library}”建立资料库（{error.strerror}）。请换一个有写权限的位置。") from error
    engine = sa.create_engine(f"sqlite:///{path}")
    sa.event.listen(engine, "connect", _configure)
    store = Store(engine, library)
    store.upgrade()
    return store


def _configure(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


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
        with self._translated(), self._engine.begin() as connection:
            yield Writing(connection)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sa.exc.DatabaseError as error:
            cause = str(error.orig)
            if "locked" in cause:
                remedy = "另一个程序正在写入，请稍后再试。"
            elif "full" in cause:
                remedy = "磁盘已满，请清理空间后再运行一次；已入库的内容没有丢失。"
            elif "readonly" in cause or "unable to open" in cause:
                remedy = "请检查文件夹权限。"
            else:
                remedy = "请从备份恢复，或换一个资料库文件夹重新索引。"
            raise StoreFailed(f"资料库“{self._library}”读写失败（{cause}）。{remedy}") from error

    def upgrade(self) -> None:
        """Bring the tables to REVISION. Raises LibraryNewer where the library is ahead of this program."""
        with self.reading() as connection:
            revision = None
            if sa.inspect(connection).has_table("alembic_version"):
                revision = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
        if revision == REVISION:
            return
        if revision is not None and revision > REVISION:
            raise LibraryNewer(
                f"资料库“{self._library}”由更新版本的案鉴建立（{revision}，本程序 {REVISION}）。请升级程序后再打开。"
            )
        # Alembic takes a third of a second to import, and a library is upgraded once.
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        with self._translated(), self._engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, REVISION)

    # -- reading ------------------------------------------------------------------------------------------------

    def folders(self) -> list[Folder]:
        """The indexed folders, by name."""
        with self.reading() as connection:
            return [Folder(name, Path(path)) for name, path in connection.execute(sa.select(folders).order_by("name"))]

    def files(self, folder: str) -> Iterator[FileRecord]:
        """Every file record of a folder."""
        with self.reading() as connection:
            for row in connection.execute(sa.select(files).where(files.c.folder == folder)):
                yield FileRecord(*row)

    def fetch(self, ids: Sequence[str]) -> dict[str, Document]:
        """The documents with these ids, whole; an id that does not exist is left out."""
        return {document.id: document for document in self._documents(documents.c.id.in_(list(ids)))}

    def documents_of(self, folder: str, paths: Sequence[str]) -> list[Document]:
        """The documents that came from these files of a folder."""
        found: list[Document] = []
        for start in range(0, len(paths), _IN):
            some = list(paths[start : start + _IN])
            found += self._documents((documents.c.folder == folder) & documents.c.path.in_(some))
        return found

    def all_documents(self) -> Iterator[Document]:
        """Every document, by id, streamed."""
        return self._documents(sa.true())

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


class Writing:
    """A transaction under way, with the changes a run makes to the corpus tables."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection

    def add_folder(self, folder: Folder) -> None:
        """Remember a folder, or its new place."""
        moved = self.connection.execute(
            sa.update(folders).where(folders.c.name == folder.name).values(path=str(folder.path))
        )
        if not moved.rowcount:
            self.connection.execute(sa.insert(folders).values(name=folder.name, path=str(folder.path)))

    def put_files(self, kept: Sequence[Kept]) -> None:
        """Record files with what they hold, each in place of what it held before."""
        records = [item.record for item in kept]
        earlier = self._earlier_skips(records)
        self._execute(sa.delete(files).where(_this_file(files)), [_key(record) for record in records])
        self._execute(sa.insert(files), [asdict(record) for record in records])
        rows = [_row(item.record, document) for item in kept for document in item.documents]
        self._execute(sa.insert(documents), [row for row, _ in rows])
        self._execute(sa.insert(texts), [text for _, text in rows])
        now = _now()
        told = {}
        for item in kept:
            for skip in item.skips:
                old = earlier.get((skip.source, skip.page or 0))
                told[skip.source, skip.page] = {
                    "folder": item.record.folder,
                    "path": item.record.path,
                    "source": skip.source,
                    "page": skip.page or 0,
                    "reason": skip.reason.value,
                    "detail": skip.detail,
                    "first_seen": old.first_seen if old else now,
                    "last_tried": now,
                    "tries": old.tries + 1 if old else 1,
                }
        self._execute(sa.insert(skips).prefix_with("OR REPLACE"), list(told.values()))

    def _earlier_skips(self, records: Sequence[FileRecord]) -> dict[tuple[str, int], sa.Row[Any]]:
        """What was skipped of these files before, by source and page."""
        if self.connection.execute(sa.select(skips.c.source).limit(1)).first() is None:
            return {}
        found = (
            row
            for record in records
            for row in self.connection.execute(sa.select(skips).where(_of_file(skips, record.folder, record.path)))
        )
        return {(row.source, row.page): row for row in found}

    def _execute(self, statement: sa.Executable, rows: list[dict[str, Any]]) -> None:
        """Execute a statement once a row; nothing where there is none."""
        if rows:
            self.connection.execute(statement, rows)

    def touch_file(self, record: FileRecord) -> None:
        """Note a new time of change for a file whose content is what it was."""
        self.connection.execute(
            sa.update(files)
            .where(_of_file(files, record.folder, record.path))
            .values(size=record.size, mtime_ns=record.mtime_ns)
        )

    def remove_file(self, folder: str, path: str) -> None:
        """Forget a file with its documents, texts and skips."""
        self.connection.execute(sa.delete(files).where(_of_file(files, folder, path)))

    def begin_run(self) -> int:
        """Note that a run begins; its id."""
        statement = sa.insert(runs).values(started=_now()).returning(runs.c.id)
        return int(self.connection.execute(statement).scalar_one())

    def finish_run(self, run: int, report: dict[str, Any]) -> None:
        """Note what a run did."""
        self.connection.execute(sa.update(runs).where(runs.c.id == run).values(finished=_now(), report=report))


def _this_file(table: sa.Table) -> sa.ColumnElement[bool]:
    """The condition for the rows of a file that comes with each execution, as `_key` gives it."""
    return (table.c.folder == sa.bindparam("of_folder")) & (table.c.path == sa.bindparam("of_path"))


def _key(record: FileRecord) -> dict[str, Any]:
    return {"of_folder": record.folder, "of_path": record.path}


def _of_file(table: sa.Table, folder: str, path: str) -> sa.ColumnElement[bool]:
    return (table.c.folder == folder) & (table.c.path == path)


def _row(record: FileRecord, document: Document) -> tuple[dict[str, Any], dict[str, Any]]:
    row = {
        "id": document.id,
        "folder": record.folder,
        "path": record.path,
        "source": document.source,
        "content_hash": document.content_hash,
        "title": document.title,
        "pages": [asdict(page) for page in document.pages],
        "meta": {name: asdict(value) for name, value in document.meta.items()},
        "reader": document.reader,
    }
    return row, {"id": document.id, "text": document.text}


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


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
