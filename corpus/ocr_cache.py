"""What was recognised, kept in the library by the content of the file: no page is recognised twice.

`ocr.db` may be deleted at any time; it is then made again, at the cost of the time that recognition takes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import astuple, dataclass
from pathlib import Path

from corpus.cause import cause
from corpus.document import Reason
from corpus.recognition import Recognised
from corpus.store import StoreFailed

FILE_NAME = "ocr.db"

_TABLE = """CREATE TABLE IF NOT EXISTS pages (
    content_hash TEXT NOT NULL, page INTEGER NOT NULL, version TEXT NOT NULL,
    text TEXT NOT NULL, quality REAL NOT NULL, run_on INTEGER NOT NULL, reason TEXT,
    PRIMARY KEY (content_hash, page, version)) WITHOUT ROWID"""
_FIND = """SELECT text, quality, run_on, reason FROM pages
    WHERE content_hash = :content_hash AND page = :page AND :version IN (version, '') ORDER BY version DESC"""
_WAIT = 10.0  # seconds for another process to finish its writing


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """A page, by its file's hex SHA-256 and its number from 1, and what was recognised."""

    content_hash: str
    page: int
    found: Recognised


@dataclass(frozen=True, slots=True)
class Recognitions:
    """The recognised pages in the file `path`; a `Lookup` for any process.

    `version` is that of the engine; where it is empty, pages that any engine recognised are found. `otherwise` is the
    answer for pages that it does not hold.
    """

    path: Path
    version: str
    otherwise: Recognised | None = None

    def __call__(self, content_hash: str, page: int) -> Recognised | None:
        """What was recognised of a page before; of a damaged file nothing is known."""
        if not self.path.exists():
            return self.otherwise
        with suppress(sqlite3.DatabaseError):
            return self._find(content_hash, page) or self.otherwise
        return self.otherwise

    def _find(self, content_hash: str, page: int) -> Recognised | None:
        with closing(sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro", uri=True, timeout=_WAIT)) as database:
            asked = {"content_hash": content_hash, "page": page, "version": self.version}
            row = database.execute(_FIND, asked).fetchone()
        if row is None:
            return None
        text, quality, run_on, reason = row
        return Recognised(text, quality, bool(run_on), Reason(reason) if reason else None)

    def keep(self, pages: Iterable[RecognisedPage]) -> None:
        """Remember pages, all of them or none. Raises StoreFailed."""
        rows = [(page.content_hash, page.page, self.version, *astuple(page.found)) for page in pages]
        with self._writing() as database:
            database.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def forget_failures(self) -> None:
        """Let the pages that could not be recognised be tried again. Raises StoreFailed."""
        with self._writing() as database:
            database.execute("DELETE FROM pages WHERE reason IS NOT NULL")

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.path, timeout=_WAIT)) as database, database:
                database.execute(_TABLE)
                yield database
        except sqlite3.DatabaseError as error:
            raise StoreFailed(
                f"文字识别的结果“{self.path}”写不进去（{cause(error)}）。请检查磁盘空间和文件夹权限；如果文件已损坏，"
                "可以把它删掉，有关的页会重新识别。"
            ) from error
