"""Whatever happens to files between runs, the library is the one that would be built from scratch."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from shutil import rmtree
from typing import Any

import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from corpus import schema
from corpus.readers.contract import Limits
from corpus.store import Folder, open_store
from indexer.ingest import FileTask, Ingest
from indexer.run import Run
from indexer.segment import Dictionary, Segmenter
from search.engine import Ask
from search.engines.memory import MemoryEngine
from search.match import All, Term

TEXTS = (
    "关于方正明接受宴请问题的通报\n方正明受到党内警告处分。",
    "关于周维岱接受宴请问题的通报\n周维岱受到党内警告处分。",  # as many bytes as the first
    "没有题目的短文",
    "没有题目的长文",
)
NAMES = ("甲.txt", "乙.txt", "丙/甲.txt", "丙/丁.md", "戊/甲.txt")
SIDECARS = ("甲.meta.yml", "丙/_meta.yml")
WORDS = ("宴请", "方正明", "周维岱", "题目", "云岭")
SEGMENTER = Segmenter()


class Inline:
    """The work of the child processes, done here; `read` counts the files that were given to a reader."""

    def __init__(self) -> None:
        self.work, self.read = Ingest(Limits(), Dictionary()), 0

    def run(self, tasks: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
        for task in tasks:
            result = self.work(task)
            self.read += isinstance(task, FileTask) and not result.unchanged
            yield task, result


class Library:
    """A library in a temporary folder, with its index in memory."""

    def __init__(self, folder: Path) -> None:
        self.home = tempfile.mkdtemp()
        self.store, self.engine, self.folder = open_store(Path(self.home), create=True), MemoryEngine(), folder

    def update(self) -> Run:
        run = Run(self.store, self.engine, Inline(), SEGMENTER)
        with self.store.begin() as writing:
            writing.add_folder(Folder("资料", self.folder))
        run.reconcile()
        run.update(Folder("资料", self.folder), empty=True)
        run.extract()
        return run

    def state(self) -> dict[str, object]:
        """All that must be the same however the library came to be."""
        tables = {
            table.name: sorted(map(repr, self._rows(table)))
            for table in (
                schema.documents, schema.texts, schema.extractions, schema.signatures, schema.bands, schema.duplicates,
                schema.ledger, schema.vocabulary,
            )
        }  # fmt: skip
        columns = (schema.files.c.path, schema.files.c.size, schema.files.c.content_hash, schema.files.c.reader)
        skips = (schema.skips.c.source, schema.skips.c.page, schema.skips.c.reason)
        return {
            **tables,
            "files": sorted(map(repr, self._rows(*columns))),
            "skips": sorted(map(repr, self._rows(*skips))),
            "index": [row.id for row in self.engine.search(Ask(All(()), limit=100)).rows],
            "found": {word: self.engine.search(Ask(Term("words", word))).total for word in WORDS},
            "facets": self.engine.search(Ask(All(()), count=("path", "official", "source"))).counts,
        }

    def _rows(self, *columns: Any) -> Iterable[object]:
        with self.store.reading() as connection:
            return connection.execute(sa.select(*columns)).all()

    def close(self) -> None:
        self.store.close()
        rmtree(self.home)


class Files(RuleBasedStateMachine):
    """Files are written, changed, moved, exchanged, touched and deleted; runs follow."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.library = Library(self.folder)
        self.now = 1_700_000_000_000_000_123

    def teardown(self) -> None:
        self.library.close()
        rmtree(self.folder)

    def _path(self, name: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        return path

    @rule(name=st.sampled_from(NAMES), text=st.sampled_from((*TEXTS, "")))
    def write(self, name: str, text: str) -> None:
        self._path(name).write_text(text, encoding="utf-8")
        self._stamp(self._path(name))

    def _stamp(self, path: Path) -> None:
        """Another time for each writing, as on any file system with a fine clock."""
        self.now += 1_000_003
        os.utime(path, ns=(self.now, self.now))

    @rule(name=st.sampled_from(SIDECARS), source=st.sampled_from(("云岭市纪委监委", "怀渚县纪委监委")))
    def say(self, name: str, source: str) -> None:
        self._path(name).write_text(f"来源: {source}\n", encoding="utf-8")
        self._stamp(self._path(name))

    @rule(name=st.sampled_from((*NAMES, *SIDECARS)))
    def delete(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    @rule(old=st.sampled_from(NAMES), new=st.sampled_from(NAMES))
    def move(self, old: str, new: str) -> None:
        if self._path(old).exists():
            self._path(old).replace(self._path(new))

    @rule(old=st.sampled_from(NAMES), new=st.sampled_from(NAMES))
    def copy(self, old: str, new: str) -> None:
        if self._path(old).exists() and old != new:
            self._path(new).write_bytes(self._path(old).read_bytes())
            os.utime(self._path(new), ns=(self.now, self._path(old).stat().st_mtime_ns))

    @rule(one=st.sampled_from(NAMES), other=st.sampled_from(NAMES))
    def exchange(self, one: str, other: str) -> None:
        if self._path(one).exists() and self._path(other).exists() and one != other:
            between = self.folder / "其间"
            self._path(one).rename(between)
            self._path(other).rename(self._path(one))
            between.rename(self._path(other))

    @rule(name=st.sampled_from(NAMES))
    def touch(self, name: str) -> None:
        if self._path(name).exists():
            self._stamp(self._path(name))

    @rule(name=st.sampled_from(NAMES))
    def give_a_coarse_time(self, name: str) -> None:
        if self._path(name).exists():
            os.utime(self._path(name), (1_600_000_000, 1_600_000_000))

    @rule()
    def lose_the_index(self) -> None:
        self.library.engine = MemoryEngine()

    @rule()
    def update(self) -> None:
        self.library.update()
        fresh = Library(self.folder)
        fresh.update()
        assert self.library.state() == fresh.state()
        fresh.close()
        again = self.library.update()
        assert (again.report.changes, again.workers.read) == ({}, 0)  # type: ignore[attr-defined]


Files.TestCase.settings = settings(
    max_examples=12, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)
TestFiles = Files.TestCase
