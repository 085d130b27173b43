"""Pages that wait for recognition: recognised in this run or a later one, once, wherever they lie."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from corpus.document import Reason, Skip
from corpus.ocr_cache import Recognitions
from corpus.readers.contract import Limits, Picture
from corpus.recognition import OFF, Ocr, Recognised
from corpus.store import Folder, Store
from indexer.ingest import Ingest
from indexer.pages import count_waiting, recognise
from indexer.recognise import PageTask
from indexer.run import Report, Run
from indexer.segment import Dictionary, Segmenter
from search.engine import Ask
from search.engines.memory import MemoryEngine
from search.match import Key

WRITTEN = {10: "关于周维岱案的通报", 20: "给予周维岱开除党籍处分", 30: ""}  # by the height of the picture
DEADLY = 99


class Workers:
    """Ingest in this process; a page of DEADLY height costs its child, as a crash would."""

    def __init__(self, recognitions: Recognitions) -> None:
        self.work = Ingest(Limits(), Dictionary(), recognitions)

    def run(self, tasks: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
        for task in tasks:
            try:
                yield task, self.work(task)
            except MemoryError:
                yield task, Skip(task.name, Reason.CRASHED)


def tiff(*heights: int) -> bytes:
    out = BytesIO()
    first, *others = (Image.new("L", (40, height), 255) for height in heights)
    first.save(out, "TIFF", save_all=True, append_images=others)
    return out.getvalue()


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The heights of the pictures that recognition was asked for."""
    heights: list[int] = []

    def read(picture: Picture) -> Recognised:
        heights.append(picture.height)
        if picture.height == DEADLY:
            raise MemoryError
        return Recognised(WRITTEN[picture.height], 0.9)

    monkeypatch.setattr("corpus.ocr.recognise", read)
    return heights


Update = Callable[..., Report]


@pytest.fixture
def engine() -> MemoryEngine:
    return MemoryEngine()


@pytest.fixture
def update(tmp_path: Path, store: Store, engine: MemoryEngine) -> Update:
    folder = Folder("资料", tmp_path / "资料")
    folder.path.mkdir()
    with store.begin() as writing:
        writing.add_folder(folder)

    def updated(ocr: Ocr = Ocr.NOW, *, retry: bool = False) -> Report:
        kept = Recognitions(tmp_path / "ocr.db", "engine 1", OFF if ocr is Ocr.OFF else None)
        if retry:
            kept.forget_failures()
        run = Run(store, engine, Workers(kept), Segmenter())
        run.update(folder, retry=retry)
        if ocr is Ocr.NOW:
            recognise(run, folder, kept)
        count_waiting(run, [folder])
        return run.report

    return updated


def texts(store: Store) -> list[tuple[str, str]]:
    return sorted((document.source, document.text) for document in store.all_documents())


def failures(store: Store) -> list[tuple[Reason, int | None]]:
    return [(failure.skip.reason, failure.skip.page) for failure in store.failures()]


def test_recognised_in_the_run_that_finds_it(
    tmp_path: Path, store: Store, engine: MemoryEngine, asked: list[int], update: Update
) -> None:
    (tmp_path / "资料/扫描.tif").write_bytes(tiff(10, 30, 20))
    report = update()
    assert texts(store) == [("扫描.tif", "关于周维岱案的通报\n给予周维岱开除党籍处分")]
    assert [(page.source, page.quality) for page in next(store.all_documents()).pages] == [("ocr", 0.9)] * 3
    assert failures(store) == []
    assert report.failed == 0
    assert engine.search(Ask(Key("text_source", frozenset({"ocr"})))).total == 1
    update()
    assert asked == [10, 30, 20]


def test_put_off_and_done_later(tmp_path: Path, store: Store, asked: list[int], update: Update) -> None:
    (tmp_path / "资料/扫描.tif").write_bytes(tiff(10, 20))
    assert update(Ocr.LATER).skipped == {"ocr_pending": 2}
    assert (texts(store), asked) == ([], [])
    assert failures(store) == [(Reason.OCR_PENDING, 1), (Reason.OCR_PENDING, 2)]
    assert update().changes == {"ocr": 1}
    assert len(texts(store)) == 1
    assert failures(store) == []


def test_what_was_recognised_is_known_wherever_the_file_comes_up_again(
    tmp_path: Path, store: Store, asked: list[int], update: Update
) -> None:
    (tmp_path / "资料/扫描.tif").write_bytes(tiff(10))
    update()
    (tmp_path / "资料/副本.tif").write_bytes(tiff(10))
    update(Ocr.OFF)
    assert [text for _, text in texts(store)] == [WRITTEN[10]] * 2
    assert asked == [10]


def test_members_of_archives(tmp_path: Path, store: Store, update: Update) -> None:
    inner = BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("丙.tif", tiff(20))
    with zipfile.ZipFile(tmp_path / "资料/档案.zip", "w") as archive:
        archive.writestr("甲.tif", tiff(10, 20))
        archive.writestr("内.zip", inner.getvalue())
        archive.writestr("乙.txt", "说明")
        archive.writestr("丁.tif", tiff(10))
    update()
    assert texts(store) == [
        ("档案.zip!/丁.tif", WRITTEN[10]),
        ("档案.zip!/乙.txt", "说明"),
        ("档案.zip!/内.zip!/丙.tif", WRITTEN[20]),
        ("档案.zip!/甲.tif", f"{WRITTEN[10]}\n{WRITTEN[20]}"),
    ]
    assert failures(store) == []


def test_a_page_that_costs_its_child_costs_no_other(
    tmp_path: Path, store: Store, asked: list[int], update: Update
) -> None:
    (tmp_path / "资料/扫描.tif").write_bytes(tiff(10, DEADLY, 20))
    update()
    assert failures(store) == [(Reason.CRASHED, 2)]
    assert texts(store) == [("扫描.tif", "关于周维岱案的通报\n给予周维岱开除党籍处分")]
    update()
    assert asked == [10, DEADLY, 20]  # it is not tried again by itself
    update(retry=True)
    assert asked == [10, DEADLY, 20, DEADLY]


def test_a_picture_that_is_broken_is_on_record(tmp_path: Path, store: Store, update: Update) -> None:
    out = BytesIO()
    Image.new("L", (40, 10)).save(out, "BMP")
    (tmp_path / "资料/断.bmp").write_bytes(out.getvalue()[:-100])
    update()
    assert (Reason.BROKEN, 1) in failures(store)


def test_without_recognition_the_pages_are_on_record(
    tmp_path: Path, store: Store, asked: list[int], update: Update
) -> None:
    (tmp_path / "资料/扫描.tif").write_bytes(tiff(10))
    update(Ocr.OFF)
    assert (failures(store), asked) == ([(Reason.NO_TEXT, None)], [])
    update(retry=True)
    assert texts(store) == [("扫描.tif", WRITTEN[10])]


def test_a_file_that_has_gone_is_no_page(tmp_path: Path) -> None:
    task = PageTask(tmp_path, "没有.tif", "没有.tif", 1)
    work = Ingest(Limits(), Dictionary())
    for lost in (task, replace(task, given_up=Reason.CRASHED)):
        with pytest.raises(FileNotFoundError):
            work(lost)
