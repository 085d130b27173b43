"""A small library on disk for tests to damage and mend, and what two libraries must have in common."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.wholeness import state
from corpus.ocr_cache import RecognisedPage, Recognitions
from corpus.recognition import Recognised
from corpus.store import Folder, Store, open_store
from indexer import indexes
from indexer.run import Run
from indexer.segment import Dictionary, Segmenter
from search.engines import open_engine
from tests.conftest import Inline
from tests.upkeep.desk import TODAY, notice
from upkeep import watches
from upkeep.check import Checked, Scope, check
from upkeep.refresh import Wish, refresh
from upkeep.remaking import make_indexes
from upkeep.repair import Means, Repaired, repair
from upkeep.sealed import noting, writing

ENGINE = "tantivy"
SEGMENTER, WORKERS = Segmenter(), Inline(Dictionary())
NAMED: Mapping[str, str] = {"dictionary": "词典.txt"}
MOMENT = "2026-05-20-023000"
PEOPLE = ("孟广河", "苏眉", "方正明", "纪晓棠", "段沛然", "柳闻笛")


class Whole:
    """The library `home/library` of the folder `home/资料`, written to as programs write to it."""

    def __init__(self, home: Path, *, extract: bool = False) -> None:
        self.folder, self.path, self.extract = home / "资料", home / "library", extract

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    @contextmanager
    def opened(self) -> Iterator[Store]:
        with closing(open_store(self.path, create=True)) as store, writing(store, self.path, NAMED):
            yield store

    def index(self, **wish: Any) -> None:
        with self.opened() as store:
            with store.begin() as transaction:
                transaction.add_folder(Folder("资料", self.folder))
            wished = Wish(store.folders(), extract=self.extract, **wish)
            refresh(_run(store, self.path), self.path / "index", ENGINE, _recognitions(self.path), wished)

    def save(self, query: str) -> None:
        with closing(open_store(self.path)) as store, noting(store, self.path, NAMED):
            watches.save(store, query, query, "周维岱", TODAY)

    def check(self, sample: int | None = None) -> Checked:
        return check(self.path, Scope(NAMED, sample, Random(7)))

    def repair(self) -> Repaired:
        def remake() -> None:
            with self.opened() as store:
                make_indexes(_run(store, self.path), self.path / "index", ENGINE, _recognitions(self.path))

        means = Means(remake, lambda: self.index(rebuild=True))
        return repair(self.path, self.check(), Scope(NAMED, None, Random(7)), means, MOMENT)

    def copy(self, home: Path) -> Whole:
        """The same library, of the same folder, in another place."""
        other = Whole(home, extract=self.extract)
        other.folder = self.folder
        shutil.copytree(self.path, other.path)
        return other

    def state(self) -> dict[str, Any]:
        """All that must be the same in a library that was repaired and one built anew."""
        return state(self.path, PEOPLE, NAMED)


def _run(store: Store, path: Path) -> Run:
    home = path / "index"
    return Run(store, open_engine(ENGINE, home / indexes.folder_in_force(store, home, ENGINE)), WORKERS, SEGMENTER)


def _recognitions(path: Path) -> Recognitions:
    return Recognitions(path / "ocr.db", "engine 1")


def make(home: Path, *, extract: bool = False) -> Whole:
    """A library with something of everything: documents, pages recognised, what people made; with `extract`, cases."""
    whole = Whole(home, extract=extract)
    for number, name in enumerate(PEOPLE):
        whole.write(f"{number}/{name}.txt", notice(name, f"{name[0]}家村"))
    whole.index()
    (whole.path / "词典.txt").write_text("上坪村\n", encoding="utf-8")
    with whole.opened():
        page = RecognisedPage("ab" * 32, 1, Recognised("宴请", 0.9))
        _recognitions(whole.path).keep([page])
    whole.save("招投标 受贿")
    return whole
