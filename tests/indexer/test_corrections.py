"""Corrections: they outlive whatever is read, extracted and indexed anew, and search follows them at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.schema import vocabulary
from corpus.store import Folder, Store
from indexer import corrections, extractions
from indexer.extract.pipeline import extract
from indexer.goldens import golden, told
from indexer.judgements import Kind
from indexer.judging import CorrectionRefused
from indexer.review import Review
from indexer.run import Run
from indexer.segment import Segmenter
from search.engine import Ask
from search.engines.memory import MemoryEngine
from search.match import Key
from tests.conftest import Inline

TEXT = (
    "云岭市审计局原局长方正明违规接受宴请问题。2021年3月，方正明接受管理服务对象宴请。"
    "2022年5月，方正明受到党内警告处分。\n"
)


class Desk:
    """A library in memory over a folder, and somebody who reviews it."""

    def __init__(self, store: Store, folder: Folder) -> None:
        self.store, self.folder, self.engine = store, folder, MemoryEngine()
        with store.begin() as writing:
            writing.add_folder(folder)

    def update(self, *, full: bool = False) -> None:
        segmenter = Segmenter()
        run = Run(self.store, self.engine, Inline(segmenter.dictionary), segmenter)
        run.reconcile()
        run.update(self.folder, full=full)
        run.extract()

    def write(self, name: str, text: str) -> None:
        self.folder.path.mkdir(exist_ok=True)
        (self.folder.path / name).write_text(text, encoding="utf-8")

    @property
    def review(self) -> Review:
        return Review(self.store, self.engine, MemoryEngine(), Segmenter())

    def document(self, name: str) -> Document:
        (key,) = self.store.find_ids(name)
        return self.store.fetch([key])[key]

    def found(self, field: str, value: str) -> list[str]:
        """The sources of the documents that have this key in the index."""
        rows = self.engine.search(Ask(Key(field, frozenset({value})), limit=10)).rows
        return sorted(document.source for document in self.store.fetch([row.id for row in rows]).values())

    def knows(self, word: str) -> bool:
        """Whether the vocabulary has the word."""
        with self.store.reading() as connection:
            return connection.execute(vocabulary.select().where(vocabulary.c.word == word)).first() is not None


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    made = Desk(store, Folder("资料", tmp_path / "资料"))
    made.write("甲.txt", TEXT)
    made.update()
    return made


def read_again(desk: Desk) -> None:
    desk.update(full=True)


def lose_the_index(desk: Desk) -> None:
    desk.engine = MemoryEngine()
    desk.update()


def extract_again(desk: Desk) -> None:
    """As after a change of what extracts: nothing that was extracted is present any more."""
    with desk.store.begin() as writing:
        writing.connection.execute(extractions.extractions.delete())
    desk.update()


def rename(desk: Desk) -> None:
    (desk.folder.path / "甲.txt").rename(desk.folder.path / "丙.txt")
    desk.update()


def take_away_and_bring_back(desk: Desk) -> None:
    (desk.folder.path / "甲.txt").rename(desk.folder.path.parent / "甲.txt")
    desk.write("乙.txt", "无关的文字")
    desk.update()
    assert not desk.found("kind", "circular")
    (desk.folder.path.parent / "甲.txt").rename(desk.folder.path / "甲.txt")
    desk.update()


@pytest.mark.parametrize("happens", [read_again, lose_the_index, extract_again, rename, take_away_and_bring_back])
def test_a_correction_survives(desk: Desk, happens: Callable[[Desk], None]) -> None:
    desk.review.correct(desk.document("甲.txt"), {"sanction": "政务记过", "of": "方正明"}, "周维岱")
    assert desk.found("sanction", "政务记过") == ["甲.txt"]
    happens(desk)
    (source,) = desk.found("sanction", "政务记过")
    assert desk.found("official", "方正明") == [source]
    (known,) = extractions.fetch(desk.store, [desk.document(source).id]).values()
    assert known.cases[0].subjects[0].sanctions == ("党内警告", "政务记过")


def test_search_follows_at_once_and_goes_back_when_it_is_undone(desk: Desk) -> None:
    (made,) = desk.review.correct(desk.document("甲.txt"), {"not_official": "方正明"}, "周维岱")
    assert (made.source, made.who, made.undone) == ("甲.txt", "周维岱", None)
    assert desk.found("official", "方正明") == desk.found("sanction", "党内警告") == []
    assert not desk.knows("方正明")
    desk.review.undo(made.id)
    assert desk.found("official", "方正明") == desk.found("sanction", "党内警告") == ["甲.txt"]
    assert desk.knows("方正明")
    (kept,) = corrections.recorded(desk.store)
    assert kept.undone
    for number, told_so in ((made.id, "撤销过"), (99, "没有第 99 条")):
        with pytest.raises(CorrectionRefused, match=told_so):
            desk.review.undo(number)


def test_copies_are_corrected_too_and_changed_content_only_by_name(desk: Desk) -> None:
    desk.write("副本.txt", TEXT)
    desk.update()
    document = desk.document("甲.txt")
    desk.review.correct(document, {"sanction": "政务记过", "of": "方正明"}, "周维岱")
    desk.review.correct(document, {"agency": "云岭市审计局", "is": "云岭市审计局机关"}, "周维岱")
    assert desk.found("sanction", "政务记过") == ["副本.txt", "甲.txt"]
    desk.write("甲.txt", TEXT + "通报要求引以为戒。")
    desk.update()
    assert desk.found("sanction", "政务记过") == ["副本.txt"]
    assert desk.found("agency", "云岭市审计局机关") == ["副本.txt", "甲.txt"]


def test_a_stop_between_the_store_and_the_index_is_made_good_by_the_next_run(desk: Desk) -> None:
    broken = MemoryEngine()
    broken.batch = lambda: 1 / 0  # type: ignore[assignment, return-value]
    review = Review(desk.store, broken, MemoryEngine(), Segmenter())
    with pytest.raises(ZeroDivisionError):
        review.correct(desk.document("甲.txt"), {"not_official": "方正明"}, "周维岱")
    assert desk.found("official", "方正明") == ["甲.txt"]
    desk.update()
    assert desk.found("official", "方正明") == []


def test_what_is_not_extracted_yet_cannot_be_corrected(desk: Desk) -> None:
    with desk.store.begin() as writing:
        writing.connection.execute(extractions.extractions.delete())
    with pytest.raises(CorrectionRefused, match="anjian reindex"):
        desk.review.correct(desk.document("甲.txt"), {"not_official": "方正明"}, "周维岱")


def test_a_correction_is_a_test_of_extraction(desk: Desk) -> None:
    (made,) = desk.review.correct(desk.document("甲.txt"), {"sanction": "政务记过", "of": "方正明"}, "周维岱")
    case = golden(desk.store, made)
    assert case is not None
    assert told(extract(case["text"], case["title"]), Kind.SANCTION) == case["before"]
    assert case["before"]["cases"][0]["subjects"] == [{"name": "方正明", "sanctions": ("党内警告",)}]
    assert case["expected"]["cases"][0]["subjects"] == [{"name": "方正明", "sanctions": ("党内警告", "政务记过")}]
    (desk.folder.path / "甲.txt").unlink()
    desk.write("乙.txt", "无关的文字")
    desk.update()
    assert golden(desk.store, made) is None
