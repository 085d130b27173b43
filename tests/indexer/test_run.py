"""A run: the library follows the folder, and stopping anywhere loses nothing that was confirmed."""

from __future__ import annotations

import os
import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from corpus.document import Reason
from corpus.store import Folder, Store
from indexer import ledger
from indexer.analysis import fingerprint
from indexer.errors import FolderVanished
from indexer.run import Report, Run
from indexer.segment import Dictionary, Segmenter
from indexer.writer import Batch
from search.engine import Ask, EngineUnavailable
from search.engines.memory import MemoryEngine
from search.match import All, Term
from tests.conftest import Inline

NO_WORDS = Dictionary()
Update = Callable[..., Report]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    path = tmp_path / "资料"
    path.mkdir()
    return Folder("资料", path)


@pytest.fixture
def engine() -> MemoryEngine:
    return MemoryEngine()


@pytest.fixture
def update(store: Store, engine: MemoryEngine, folder: Folder) -> Update:
    def updated(dictionary: Dictionary = NO_WORDS, **options: bool) -> Report:
        segmenter = Segmenter(dictionary)
        with store.begin() as writing:
            writing.add_folder(folder)
        run = Run(store, engine, Inline(dictionary), segmenter)
        run.reconcile()
        run.update(folder, **options)
        run.report.documents = store.document_count()
        return run.report

    return updated


def write(folder: Folder, name: str, text: str) -> None:
    path = folder.path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def found(engine: MemoryEngine, word: str) -> int:
    return engine.search(Ask(Term("words", word))).total


def test_new_changed_and_gone(update: Update, folder: Folder, engine: MemoryEngine) -> None:
    write(folder, "甲.txt", "受贿问题")
    write(folder, "乙.txt", "宴请问题")
    assert update().changes == {"new": 2}
    assert update().changes == {}
    write(folder, "甲.txt", "贪污问题与别的")
    (folder.path / "乙.txt").unlink()
    report = update()
    assert report.changes == {"content": 1, "gone": 1}
    assert [found(engine, word) for word in ("受贿", "贪污", "宴请", "问题")] == [0, 1, 0, 1]
    assert report.documents == engine.count() == 1


def test_a_new_time_alone_reads_nothing_anew(update: Update, folder: Folder) -> None:
    write(folder, "甲.txt", "受贿问题")
    update()
    os.utime(folder.path / "甲.txt", (1, 1))
    report = update()
    assert (report.changes, report.unchanged) == ({"content": 1}, 1)
    assert update().changes == {}


def test_what_cannot_be_read_is_on_record_until_it_can(update: Update, folder: Folder, store: Store) -> None:
    write(folder, "空.txt", "")
    write(folder, "好.txt", "受贿问题")
    report = update()
    assert (report.failed, report.documents) == (1, 1)
    (failure,) = store.failures()
    assert (failure.skip.source, failure.skip.reason, failure.tries) == ("空.txt", Reason.EMPTY, 1)
    assert update().changes == {}
    assert update(retry=True).changes == {"retry": 1}
    assert store.failures()[0].tries == 2
    write(folder, "空.txt", "有了内容")
    update()
    assert store.failures() == []


def test_an_emptied_folder_is_taken_for_one_not_mounted(update: Update, folder: Folder, engine: MemoryEngine) -> None:
    write(folder, "甲.txt", "受贿问题")
    update()
    (folder.path / "甲.txt").unlink()
    with pytest.raises(FolderVanished, match="共享盘"):
        update()
    assert found(engine, "受贿") == 1
    assert update(empty=True).documents == 0
    assert found(engine, "受贿") == 0


def test_a_folder_that_cannot_be_opened_loses_nothing(
    update: Update, folder: Folder, engine: MemoryEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, "内/甲.txt", "受贿问题")
    write(folder, "乙.txt", "宴请问题")
    update()
    scandir = os.scandir

    def refuse(path: Path | str) -> object:
        if str(path).endswith("内"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)  # root may open any folder, so permissions cannot show this
    report = update()
    assert report.skipped == {"unreadable": 1}
    assert found(engine, "受贿") == 1
    monkeypatch.undo()
    assert update().skipped == {}


def test_another_dictionary_analyses_all_anew(update: Update, folder: Folder, engine: MemoryEngine) -> None:
    write(folder, "甲.txt", "清廉指挥部在云岭市")
    update()
    assert found(engine, "清廉指挥部") == 0
    report = update(Dictionary(("清廉指挥部",)))
    assert report.changes == {"analysis": 1}
    assert found(engine, "清廉指挥部") == 1


def test_a_lost_index_is_filled_from_the_store(update: Update, folder: Folder, engine: MemoryEngine) -> None:
    write(folder, "甲.txt", "受贿问题")
    update()
    with engine.batch() as batch:
        for row in engine.search(Ask(All(()))).rows:
            batch.delete(row.id)
    assert update().changes == {"rebuild": 1}
    assert found(engine, "受贿") == 1


@pytest.mark.parametrize("fail_at", range(1, 4))
def test_a_failing_index_loses_nothing_and_the_next_run_goes_on(  # noqa: PLR0917 - fixtures
    update: Update, folder: Folder, engine: MemoryEngine, store: Store, monkeypatch: pytest.MonkeyPatch, fail_at: int
) -> None:
    """First two files, then one changed and one gone, with the index failing at one batch on the way."""
    batches = 0
    whole = MemoryEngine.batch

    @contextmanager
    def failing(self: MemoryEngine) -> Iterator[Batch]:
        nonlocal batches
        batches += 1
        with whole(self) as batch:
            yield batch
            if batches == fail_at:
                raise EngineUnavailable("磁盘已满")

    monkeypatch.setattr(MemoryEngine, "batch", failing)
    failures = 0
    for text in ("受贿问题", "贪污问题与别的"):
        write(folder, "甲.txt", text)
        if text == "受贿问题":
            write(folder, "乙.txt", "宴请问题")
        else:
            (folder.path / "乙.txt").unlink()
        for _ in range(2):
            try:
                update()
                break
            except EngineUnavailable:
                failures += 1
    assert failures == 1
    assert [found(engine, word) for word in ("受贿", "贪污", "宴请")] == [0, 1, 0]
    standing = ledger.standing(store, fingerprint(Segmenter()))
    assert standing == ledger.Standing(documents=1, confirmed=1, held=1, stale=0)
    assert update().changes == {}


def test_what_is_written_beside_a_file_wins_and_is_followed(update: Update, folder: Folder, store: Store) -> None:
    write(folder, "通报/甲.txt", "关于三起典型问题的通报\n云岭市纪委监委通报如下。")
    write(folder, "_meta.yml", "来源: 云岭市纪委监委\n")
    update()

    def said(name: str) -> str:
        (document,) = store.documents_of("资料", ["通报/甲.txt"])
        return document.meta[name].value if name in document.meta else ""

    assert said("source") == "云岭市纪委监委"
    write(folder, "通报/甲.meta.yml", "来源: 县纪委\n日期: 2021年5月6日\n")
    assert update().changes == {"metadata": 1}
    assert (said("source"), said("date")) == ("县纪委", "2021-05-06")
    (folder.path / "通报" / "甲.meta.yml").write_text("来源 县纪委", encoding="utf-8")
    assert update().skipped == {"broken": 1}
    assert said("source") == "云岭市纪委监委"
    (folder.path / "通报" / "甲.meta.yml").unlink()
    (folder.path / "_meta.yml").unlink()
    assert update().skipped == {}
    assert said("source") == ""
    assert store.document_count() == 1


def test_members_of_one_name_are_all_kept(update: Update, folder: Folder) -> None:
    with zipfile.ZipFile(folder.path / "包.zip", "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for text in ("第一份受贿问题", "第二份贪污问题"):
            archive.writestr("同名.txt", text)
    report = update()
    assert (report.documents, report.skipped) == (2, {})
