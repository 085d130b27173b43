"""What a run does with files that move, are being written to, cannot be opened, or have odd names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import sqlalchemy as sa

from corpus.document import document_id
from corpus.schema import alerts, extractions, files, judgements, watches
from corpus.store import Folder, Store, Writing
from indexer import corrections, ingest
from indexer.extract.pipeline import extract
from indexer.ingest import FileTask
from indexer.judgements import Judgement, Kind
from indexer.planning import plan_folder
from indexer.report import Stopped
from indexer.run import Run
from indexer.segment import Dictionary, Segmenter
from indexer.writer import Batch
from search.engine import Ask, EngineUnavailable
from search.engines.memory import MemoryEngine
from search.match import Key
from tests.conftest import Inline

TEXT = "关于方正明接受宴请问题的通报\n云岭市审计局原局长方正明接受宴请，受到党内警告处分。"


class Office:
    """A folder and its library; `read` are the files given to a reader, `mined` the texts given to extraction."""

    def __init__(self, store: Store, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.store, self.engine, self.path = store, MemoryEngine(), path
        self.folder = Folder("资料", path)
        self.read: list[str] = []
        self.mined: list[str] = []
        whole = ingest.documents_in

        def reading(task: FileTask, *arguments: object) -> object:
            self.read.append(task.name)
            return whole(task, *arguments)  # type: ignore[arg-type]

        def mining(text: str, title: str) -> object:
            self.mined.append(text)
            return extract(text, title)

        monkeypatch.setattr(ingest, "documents_in", reading)
        monkeypatch.setattr(ingest, "extract", mining)

    def write(self, name: str, text: str = TEXT) -> Path:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def run(self, **options: object) -> Run:
        """A run; forget what was read and mined before."""
        self.read.clear()
        self.mined.clear()
        with self.store.begin() as writing:
            writing.add_folder(self.folder)
        run = Run(self.store, self.engine, Inline(Dictionary()), Segmenter())
        run.reconcile()
        run.update(self.folder, **options)  # type: ignore[arg-type]
        run.extract()
        return run

    def sources(self) -> list[str]:
        return sorted(document.source for document in self.store.all_documents())

    def rows(self, *columns: sa.Column[str]) -> list[tuple[object, ...]]:
        with self.store.reading() as connection:
            return [tuple(row) for row in connection.execute(sa.select(*columns))]


@pytest.fixture
def office(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    (tmp_path / "资料").mkdir()
    return Office(store, tmp_path / "资料", monkeypatch)


def key(source: str) -> str:
    return document_id("资料", source)


def insert(writing: Writing, table: sa.Table, **given: object) -> None:
    """A row with something in every column that must have it."""
    empty = {str: "", int: 0, float: 0.0, bool: False, object: {}, dict: {}}
    needed = {column.name: empty[column.type.python_type] for column in table.c if not column.nullable}
    writing.connection.execute(sa.insert(table).values({**needed, **given}))


def test_what_moves_is_not_read_and_takes_all_with_it(office: Office, store: Store) -> None:
    office.write("甲/通报.txt")
    office.run()
    old, new = key("甲/通报.txt"), key("乙/通报.txt")
    with store.begin() as writing:
        document = store.fetch([old])[old]
        corrections.record(writing, document, [Judgement(Kind.NOT_OFFICIAL, "方正明")], "测试")
        writing.connection.execute(sa.update(extractions).values(derived="made of the old id"))
        insert(writing, watches, id=1)
        insert(writing, alerts, watch=1, document=old)
    (office.path / "甲").rename(office.path / "乙")
    run = office.run()
    assert (run.report.changes, office.read, office.mined) == ({"moved": 1}, [], [])
    assert office.sources() == ["乙/通报.txt"]
    assert office.rows(extractions.c.id, extractions.c.derived) == [(new, "")]
    assert office.rows(alerts.c.document) == [(new,)]
    assert office.rows(judgements.c.document, judgements.c.source) == [(new, "乙/通报.txt")]
    assert [row.id for row in office.engine.search(Ask(Key("collection", frozenset({"乙"})))).rows] == [new]
    assert office.engine.count() == 1
    assert office.run().report.changes == {}


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("通报.txt", "通报.md", TEXT),  # another ending may be another reader's
        ("一二三.txt", "四五六.txt", "。"),  # the title was the file's name
        ("通报.txt", "通报2023.txt", TEXT),  # some readers take a date from the name
    ],
)
def test_a_name_that_tells_something_is_read_but_not_mined_again(office: Office, old: str, new: str, text: str) -> None:
    office.write(old, text)
    office.run()
    (office.path / old).rename(office.path / new)
    assert office.run().report.changes == {"moved": 1}
    assert (office.read, office.mined, office.sources()) == ([new], [], [new])


def test_a_copy_and_a_new_sidecar_are_mined_once(office: Office) -> None:
    office.write("甲.txt")
    office.run()
    office.write("乙.txt")
    assert office.run().report.changes == {"new": 1}
    office.write("甲.meta.yml", "来源: 云岭市纪委监委\n")
    assert office.run().report.changes == {"metadata": 1}
    assert (office.read, office.mined) == (["甲.txt"], [])
    office.write("甲.txt", TEXT + "另有新的内容。")
    office.run()
    assert len(office.mined) == 1


def test_a_file_that_changes_after_it_was_found_is_left(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.write("甲.txt")
    office.write("乙.txt", "别的内容")
    plan = Run.read

    def later(self: Run, *arguments: object) -> None:
        office.write("甲.txt", "还在写的内容")
        (office.path / "乙.txt").unlink(missing_ok=True)
        plan(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Run, "read", later)
    run = office.run()
    assert office.sources() == []
    assert run.report.notes == ["有 2 个文件正在写入，留待下次更新时再收：乙.txt、甲.txt。"]
    monkeypatch.undo()
    office.run()
    assert office.sources() == ["甲.txt"]


def test_a_file_of_this_moment_is_read_last_once_it_is_old_enough(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1_700_000_000
    slept: list[float] = []
    monkeypatch.setattr("indexer.run.time.time_ns", lambda: now * 10**9)
    monkeypatch.setattr("indexer.run.time.time", lambda: float(now))
    monkeypatch.setattr("indexer.run.time.sleep", slept.append)
    for name, age in (("甲.txt", 1), ("乙.txt", 60), ("丙.txt", -3600)):  # the last is from a clock that is ahead
        os.utime(office.write(name), (now - age, now - age))
    run = Run(office.store, office.engine, Inline(Dictionary()), Segmenter(), settle=2)
    with office.store.begin() as writing:
        writing.add_folder(office.folder)
    run.update(office.folder)
    assert office.read == ["丙.txt", "乙.txt", "甲.txt"]
    assert slept == [1.0]


def test_a_file_that_cannot_be_opened_stays_as_it_was(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.write("甲.txt")
    office.run()
    path = office.write("甲.txt", "改过的内容")
    whole = Path.open

    def refuse(self: Path, *arguments: str) -> object:
        if self == path:
            raise PermissionError(13, "Permission denied")
        return whole(self, *arguments)

    monkeypatch.setattr(Path, "open", refuse)
    for tries in (1, 2):
        assert office.run().report.skipped == {"unreadable": 1}
        assert [document.text for document in office.store.all_documents()] == [TEXT]
        assert [failure.tries for failure in office.store.failures()] == [tries]
    monkeypatch.setattr(Path, "open", whole)
    assert office.run().report.skipped == {}
    assert (office.store.failures(), [d.text for d in office.store.all_documents()]) == ([], ["改过的内容"])


def test_odd_names_are_read_or_told(office: Office) -> None:
    names = ["A.txt", "a.txt", "长" * 80 + ".txt", "带\n换行.txt", "通报!/里面.txt"]
    for name in names:
        office.write(name)
    for raw in (b"\xd6\xd0.txt", b"\xce\xc4.txt"):  # GBK
        os.close(os.open(os.fsencode(office.path) + b"/" + raw, os.O_CREAT))
    chain = os.open(office.path, os.O_RDONLY)
    for _ in range(70):  # longer than a path may be
        os.mkdir("深" * 20, dir_fd=chain)
        below = os.open("深" * 20, os.O_RDONLY, dir_fd=chain)
        os.close(chain)
        chain = below
    os.close(chain)
    (office.path / "回来").symlink_to(office.path)
    report = office.run().report
    assert office.sources() == sorted(names)
    assert report.skipped == {"unreadable": 3, "unsafe": 1}
    assert {"\\xd6\\xd0.txt", "\\xce\\xc4.txt"} < {failure.path for failure in office.store.failures()}
    assert office.run().report.changes == {}


def test_only_one_folder_is_looked_at(office: Office) -> None:
    for name in ("通报/甲.txt", "简报/乙.txt", "丙.txt"):
        office.write(name)
    office.run()
    for name in ("通报/甲.txt", "简报/乙.txt", "丙.txt"):
        office.write(name, "改过的内容" + name)
    office.write("通报/_meta.yml", "来源: 云岭市纪委监委\n")
    assert office.run(only="通报").report.changes == {"content": 1}
    assert office.read == ["通报/甲.txt"]
    assert office.run().report.changes == {"content": 2}


def test_numbers_that_no_database_holds(office: Office) -> None:
    os.utime(office.write("甲.txt"), (2**34, 2**34))  # the year 2514
    office.run()
    assert office.run().report.changes == {}


def test_a_plan_reads_only_what_may_have_moved(office: Office, store: Store) -> None:
    office.write("甲.txt")
    office.run()
    (office.path / "甲.txt").rename(office.path / "乙.txt")
    os.utime(office.path / "乙.txt", (1, 1))
    office.write("丙.txt", "另有别的内容")
    before = office.rows(files.c.path)
    plan = plan_folder(store, office.folder)
    assert [(change.path, change.why.value) for change in plan] == [("乙.txt", "moved"), ("丙.txt", "new")]
    assert office.rows(files.c.path) == before


@pytest.mark.parametrize("fail_at", [1, 2, 3])
def test_an_index_that_fails_on_the_way_is_made_good(
    office: Office, monkeypatch: pytest.MonkeyPatch, fail_at: int
) -> None:
    """One file moves, one is copied, one goes: whichever batch fails, the next run ends where one run would have."""
    for name in ("甲/通报.txt", "乙.txt"):
        office.write(name, TEXT + name)
    office.run()
    (office.path / "甲").rename(office.path / "丙")
    office.write("丁.txt", TEXT + "乙.txt")
    (office.path / "乙.txt").unlink()
    batches = 0
    whole = MemoryEngine.batch

    @contextmanager
    def failing(self: MemoryEngine) -> Iterator[Batch]:
        nonlocal batches
        batches += 1
        if batches == fail_at:
            raise EngineUnavailable("磁盘已满")
        with whole(self) as batch:
            yield batch

    monkeypatch.setattr(MemoryEngine, "batch", failing)
    with suppress(EngineUnavailable):
        office.run()
    office.run()
    assert office.sources() == ["丁.txt", "丙/通报.txt"]
    rows = office.engine.search(Ask(Key("official", frozenset({"方正明"})))).rows
    assert [row.id for row in rows] == sorted([key("丁.txt"), key("丙/通报.txt")])
    assert office.engine.count() == 2
    assert office.run().report.changes == {}


@pytest.mark.parametrize("stop_at", [1, 3, 5])
def test_a_run_that_is_stopped_keeps_what_was_done(office: Office, stop_at: int) -> None:
    for number in range(4):
        office.write(f"{number}.txt", f"第{number}份内容")
    seen = 0

    def told(*_: object) -> None:
        nonlocal seen
        seen += 1
        if seen == stop_at:
            raise Stopped("到点了")

    with office.store.begin() as writing:
        writing.add_folder(office.folder)
    run = Run(office.store, office.engine, Inline(Dictionary()), Segmenter(), told)

    def both() -> None:
        run.update(office.folder)
        run.extract()

    with pytest.raises(Stopped, match="到点了"):
        both()
    assert office.store.document_count() == office.engine.count() == min(stop_at, 4)
    office.run()
    assert office.engine.count() == 4
