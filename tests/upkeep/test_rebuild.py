"""An index made anew comes into force whole or not at all, and whoever searches goes on with the old one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from corpus.store import Folder, Store
from indexer import indexes, ledger
from indexer.analysis import fingerprint
from indexer.changes import Why
from indexer.rebuilding import rebuild
from indexer.report import Stopped
from indexer.run import Run
from indexer.segment import Dictionary, Segmenter
from indexer.writer import Batch
from search.engine import Ask, Engine, EngineUnavailable
from search.engines import open_engine
from search.engines.memory import MemoryEngine
from search.match import Term
from tests.conftest import Inline
from upkeep.refresh import fault

WORD = "清廉指挥部"


@pytest.fixture
def run(store: Store, tmp_path: Path) -> Run:
    """A run over three documents, that are indexed."""
    folder = Folder("资料", tmp_path / "资料")
    folder.path.mkdir()
    for name in ("甲", "乙", "丙"):
        (folder.path / f"{name}.txt").write_text(f"{WORD}在云岭市的工作{name}", encoding="utf-8")
    with store.begin() as writing:
        writing.add_folder(folder)
    made = over(store, open_engine("whoosh", tmp_path / "index" / "documents-1-whoosh"))
    made.update(folder)
    with store.begin() as writing:
        indexes.put_in_force(writing, indexes.DOCUMENTS, "documents-1-whoosh")
    return made


def over(store: Store, index: Engine, *words: str) -> Run:
    dictionary = Dictionary(words)
    return Run(store, index, Inline(dictionary), Segmenter(dictionary))


def found(engine: Engine, word: str = "工作") -> int:
    return engine.search(Ask(Term("words", word))).total


@pytest.mark.usefixtures("run")
def test_the_new_index_takes_the_place_of_the_old(store: Store, tmp_path: Path) -> None:
    old = open_engine("whoosh", tmp_path / "index" / "documents-1-whoosh")
    again = over(store, MemoryEngine(), WORD)
    new = open_engine("tantivy", tmp_path / "index" / "documents-2-tantivy")
    rebuild(again, new, "documents-2-tantivy", Why.ANALYSIS)
    assert indexes.in_force(store, indexes.DOCUMENTS) == "documents-2-tantivy"
    assert (found(new), found(new, WORD), found(old), found(old, WORD)) == (3, 3, 3, 0)
    assert ledger.standing(store, fingerprint(again.segmenter)) == ledger.Standing(3, 3, 3, 0)
    again.reconcile()
    assert again.report.changes == {"analysis": 3}
    # What was replaced may be read until the next run; then it goes.
    assert indexes.tidy(store, tmp_path / "index") == ["documents-1-whoosh"]
    assert indexes.next_folder(tmp_path / "index", "documents", "whoosh") == "documents-3-whoosh"


def _stops(run: Run, _: pytest.MonkeyPatch) -> type[BaseException]:
    def told(*_: object) -> None:
        raise Stopped("到点了")

    run.progress = told
    return Stopped


def _fails(_: Run, monkeypatch: pytest.MonkeyPatch) -> type[BaseException]:
    whole = MemoryEngine.batch

    @contextmanager
    def failing(self: MemoryEngine) -> Iterator[Batch]:
        with whole(self) as batch:
            yield batch
            raise EngineUnavailable("磁盘已满")

    monkeypatch.setattr(MemoryEngine, "batch", failing)
    return EngineUnavailable


def _fails_in_the_end(_: Run, monkeypatch: pytest.MonkeyPatch) -> type[BaseException]:
    def failing(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(indexes, "put_in_force", failing)
    return ZeroDivisionError


@pytest.mark.parametrize("ends", [_stops, _fails, _fails_in_the_end])
def test_what_does_not_come_to_an_end_changes_nothing(
    run: Run, store: Store, monkeypatch: pytest.MonkeyPatch, ends: Callable[[Run, pytest.MonkeyPatch], type[Exception]]
) -> None:
    again = over(store, run.index, WORD)  # type: ignore[arg-type]
    before = ledger.standing(store, fingerprint(run.segmenter))
    error = ends(again, monkeypatch)
    with pytest.raises(error):
        rebuild(again, MemoryEngine(), "documents-2-memory", Why.ANALYSIS)
    assert indexes.in_force(store, indexes.DOCUMENTS) == "documents-1-whoosh"
    assert ledger.standing(store, fingerprint(run.segmenter)) == before == ledger.Standing(3, 3, 3, 0)
    assert again.index is run.index


def _nothing(_: Path) -> None:
    pass


def _lose(home: Path) -> None:
    for file in (home / "documents-1-whoosh").iterdir():
        file.unlink()


def _damage(home: Path) -> None:
    for file in (home / "documents-1-whoosh").glob("*.seg"):
        file.write_bytes(b"\0" * file.stat().st_size)


def _restamp(home: Path) -> None:
    (home / "documents-1-whoosh" / "manifest.json").write_text("{}", encoding="utf-8")


@pytest.mark.parametrize(
    ("happens", "engine", "words", "wanted"),
    [
        (_nothing, "whoosh", (), None),
        (_nothing, "tantivy", (), Why.REBUILD),
        (_nothing, "whoosh", (WORD,), Why.ANALYSIS),
        (_lose, "whoosh", (), Why.REBUILD),
        (_damage, "whoosh", (), Why.REBUILD),
        (_restamp, "whoosh", (), Why.REBUILD),
    ],
)
@pytest.mark.usefixtures("run")
def test_when_an_index_is_made_anew(  # noqa: PLR0917 - a table and fixtures
    store: Store,
    tmp_path: Path,
    happens: Callable[[Path], None],
    engine: str,
    words: tuple[str, ...],
    wanted: Why | None,
) -> None:
    happens(tmp_path / "index")
    present = fingerprint(Segmenter(Dictionary(words)))
    assert fault(store, tmp_path / "index", engine, present) == wanted


def test_folders_of_other_things_are_left_alone(store: Store, tmp_path: Path) -> None:
    home = tmp_path / "index"
    for name in ("documents-1-tantivy", "documents-2-whoosh", "tantivy", "cases-1-tantivy", "别的", "tantivy-old"):
        (home / name).mkdir(parents=True)
    assert indexes.tidy(store, home) == []  # nothing is known to be in force: a library of 0.1.0
    assert indexes.folder_in_force(store, home, "whoosh") == "tantivy"
    with store.begin() as writing:
        indexes.put_in_force(writing, indexes.DOCUMENTS, "documents-2-whoosh")
    assert sorted(indexes.tidy(store, home)) == ["documents-1-tantivy", "tantivy"]
    assert sorted(path.name for path in home.iterdir()) == [
        "cases-1-tantivy",
        "documents-2-whoosh",
        "tantivy-old",
        "别的",
    ]
    assert indexes.tidy(store, tmp_path / "none") == []
