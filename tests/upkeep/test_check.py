"""A check sees what is wrong, and a repair makes a library that equals one built anew."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from corpus.seal import FILE_NAME
from corpus.store import LibraryMissing, open_store
from indexer import indexes
from search.engines import open_engine
from tests.upkeep.whole import ENGINE, MOMENT, Whole, make
from upkeep import manifest
from upkeep.backup import backup, default_place
from upkeep.findings import Finding, Wrong


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    return make(tmp_path_factory.mktemp("built"), extract=True)


@pytest.fixture(scope="module")
def anew(built: Whole) -> dict[str, Any]:
    """What a library that was never damaged holds."""
    return built.state()


@pytest.fixture
def whole(built: Whole, tmp_path: Path) -> Whole:
    return built.copy(tmp_path)


def flip(path: Path, place: int = -1) -> None:
    """Change one bit, as a disk would: the time of the file stays."""
    stamp = path.stat()
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))


def cut(path: Path, left: int = 100) -> None:
    path.write_bytes(path.read_bytes()[:left])


def wrongs(whole: Whole) -> set[Wrong]:
    return {finding.wrong for finding in whole.check().findings}


def index_file(whole: Whole, name: str, ending: str) -> Path:
    """One such file: how many there are is up to the threads that wrote the index."""
    return min((whole.path / "index").glob(f"{name}-*/*{ending}"))


def in_text(whole: Whole) -> None:
    """A bit within a text: to the database all is well."""
    data = (whole.path / "library.db").read_bytes()
    flip(whole.path / "library.db", data.rindex("惠农补贴".encode()) + 2)


DAMAGES: dict[str, tuple[Callable[[Whole], object], Wrong]] = {
    "a bit of a text": (in_text, Wrong.STORE),
    "the head of the store": (lambda whole: flip(whole.path / "library.db", 20), Wrong.STORE),
    "half the store": (lambda whole: cut(whole.path / "library.db", 40_000), Wrong.STORE),
    "no store": (lambda whole: (whole.path / "library.db").unlink(), Wrong.STORE),
    "recognitions": (lambda whole: flip(whole.path / "ocr.db"), Wrong.RECOGNITIONS),
    "a file of an index": (lambda whole: flip(index_file(whole, "documents", ".term"), 50), Wrong.INDEX),
    "a file of an index cut off": (lambda whole: cut(index_file(whole, "documents", ".idx")), Wrong.INDEX),
    "a file of the cases": (lambda whole: flip(index_file(whole, "cases", ".fast"), 50), Wrong.INDEX),
    "no index": (lambda whole: shutil.rmtree(whole.path / "index"), Wrong.INDEX),
    "what people made": (lambda whole: flip(whole.path / "human.jsonl", 9), Wrong.HUMAN),
    "the seal": (lambda whole: flip(whole.path / FILE_NAME, 90), Wrong.SEAL),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_found_and_mended(whole: Whole, anew: dict[str, Any], name: str) -> None:
    damage, wrong = DAMAGES[name]
    damage(whole)
    checked = whole.check()
    assert {finding.wrong for finding in checked.findings if not finding.harmless} == {wrong}
    assert all(finding.repairable for finding in checked.findings)
    repaired = whole.repair()
    assert repaired.after.findings == ()
    assert repaired.after.sealed
    assert repaired.notes
    assert whole.state() == anew
    assert whole.check().findings == ()


def test_what_was_damaged_is_set_aside(whole: Whole) -> None:
    in_text(whole)
    damaged = (whole.path / "library.db").read_bytes()
    whole.repair()
    assert (whole.path / f"damaged-{MOMENT}.db").read_bytes() == damaged
    assert whole.check().findings == ()


class Killed(BaseException):
    """The end of a program between two steps."""


@pytest.mark.parametrize("step", range(6))
def test_a_repair_that_is_killed_is_begun_again(
    whole: Whole, anew: dict[str, Any], monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    in_text(whole)
    left, replace = [None] * step, Path.replace

    def killed(self: Path, target: Path) -> Path:
        if not left:
            raise Killed
        left.pop()
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", killed)
    with suppress(Killed):
        whole.repair()
    monkeypatch.undo()
    whole.repair()
    whole.index()
    assert whole.check().findings == ()
    assert whole.state() == anew


def test_a_sound_library_has_no_findings(whole: Whole) -> None:
    checked = whole.check()
    assert (checked.findings, checked.sound, checked.documents, checked.sources) == ((), True, 6, 6)
    assert whole.check(2).sources == 2
    assert whole.repair().notes == ()


def test_a_folder_without_a_library_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(LibraryMissing):
        Whole(tmp_path).check()


def test_a_library_without_seal_is_looked_at_and_sealed(whole: Whole) -> None:
    with closing(open_store(whole.path)) as store, store.begin():
        pass
    checked = whole.check()
    assert [finding.wrong for finding in checked.findings] == [Wrong.UNSEALED]
    assert checked.sound
    assert checked.sealed
    assert manifest.verify(whole.path) == []


@pytest.mark.parametrize("name", [indexes.DOCUMENTS, indexes.CASES])
def test_an_index_that_says_otherwise_is_found(whole: Whole, anew: dict[str, Any], name: str) -> None:
    with whole.opened() as store:
        folder = whole.path / "index" / str(indexes.in_force(store, name))
        with closing(open_engine(ENGINE, folder)) as engine, engine.batch() as batch:
            batch.delete(anew[f"ids of {name}"][0])
    assert wrongs(whole) == {Wrong.DISAGREEMENT}
    assert whole.repair().after.findings == ()
    assert whole.state() == anew


def test_a_change_that_was_not_confirmed_is_found(whole: Whole) -> None:
    with whole.opened() as store, store.begin() as writing:
        writing.connection.exec_driver_sql("UPDATE ledger SET fingerprint = '' WHERE id = (SELECT min(id) FROM ledger)")
    assert wrongs(whole) == {Wrong.DISAGREEMENT}
    whole.index()
    assert whole.check().findings == ()


def test_rows_without_parents_are_found_and_dropped(whole: Whole, anew: dict[str, Any]) -> None:
    with whole.opened(), closing(sqlite3.connect(whole.path / "library.db")) as database, database:
        database.execute("INSERT INTO texts VALUES ('无主', '文')")
    assert whole.check().findings == (Finding(Wrong.PARENTLESS, "texts", "1 条"),)
    assert whole.repair().after.findings == ()
    assert whole.state() == anew


@pytest.fixture
def own(whole: Whole, tmp_path: Path) -> Whole:
    """The library with a folder of its own, to be changed; its files are as old as they were."""
    shutil.copytree(whole.folder, tmp_path / "资料")
    whole.folder = tmp_path / "资料"
    whole.index()
    return whole


def test_sources_that_rot_are_found_and_read_again(own: Whole) -> None:
    name = next(path for path in own.folder.rglob("*.txt"))
    flip(name)
    (finding,) = own.check().findings
    assert (finding.wrong, finding.where) == (Wrong.ROTTEN, f"资料/{name.relative_to(own.folder).as_posix()}")
    repaired = own.repair()
    assert "重读" in "".join(repaired.notes)
    flip(name)  # found again in another place
    own.index()
    assert own.check().findings == ()


def test_a_source_that_was_changed_or_is_gone_is_no_damage(own: Whole) -> None:
    changed, gone = sorted(own.folder.rglob("*.txt"))[:2]
    changed.write_text("改了", encoding="utf-8")
    gone.unlink()
    checked = own.check()
    assert [finding.wrong for finding in checked.findings] == [Wrong.GONE]
    assert checked.sound
    own.folder.rename(own.folder.with_name("别处"))
    assert wrongs(own) == {Wrong.UNREACHED}


def test_what_was_left_behind_is_cleared_away(whole: Whole) -> None:
    names = ["index/documents-7-tantivy", "backups/.anjian-old", "backups/2026-05-01-020000.anjian.part"]
    for name in (*names, "index/documents-8-tantivy", "backups/.anjian-new"):
        (whole.path / name).mkdir(parents=True)
    for name in names:
        os.utime(whole.path / name, (1, 1))
    checked = whole.check()
    assert [finding.where for finding in checked.findings] == names
    assert checked.sound
    assert whole.repair().after.findings == ()
    assert not any((whole.path / name).exists() for name in names)
    assert (whole.path / "backups/.anjian-new").exists()  # somebody may be writing it


def test_without_the_sealed_copy_the_rows_of_the_damaged_store_are_taken(whole: Whole, anew: dict[str, Any]) -> None:
    in_text(whole)
    (whole.path / "human.jsonl").unlink()
    notes = "".join(whole.repair().notes)
    assert "逐行读出" in notes
    assert whole.state() == anew


def test_where_nothing_else_is_left_a_backup_gives_what_people_made(whole: Whole, anew: dict[str, Any]) -> None:
    old = default_place(whole.path, _moment(1))
    backup(whole.path, old, "2026-05-01T02:00:00+08:00")
    newer = default_place(whole.path, _moment(2))
    newer.write_bytes(old.read_bytes()[:5_000])
    cut(whole.path / "library.db")
    (whole.path / "human.jsonl").unlink()
    notes = "".join(whole.repair().notes)
    assert old.name in notes
    assert whole.state() == anew


def test_documents_without_their_sources_come_from_a_backup(own: Whole) -> None:
    before = own.state()
    backup(own.path, default_place(own.path, _moment(1)), "2026-05-01T02:00:00+08:00")
    shutil.rmtree(own.folder)
    cut(own.path / "library.db")
    checked = own.check()
    assert Wrong.STORE in {finding.wrong for finding in checked.findings}
    notes = "".join(own.repair().notes)
    assert "取回 6 份" in notes
    after = own.state()
    assert [after[name] for name in ("documents", "texts", "human", "ids of documents", "totals of documents")] == [
        before[name] for name in ("documents", "texts", "human", "ids of documents", "totals of documents")
    ]


@pytest.mark.parametrize("seed", range(24))
def test_what_a_killed_writer_left_unsealed_still_tells_of_its_old_files(whole: Whole, seed: int) -> None:
    with closing(open_store(whole.path)) as store, store.begin():
        pass
    random = Random(seed)
    files = [path for path in (whole.path / "index").rglob("*") if path.is_file() and path.stat().st_size]
    path = random.choice(sorted(files))
    flip(path, random.randrange(path.stat().st_size))
    assert Wrong.INDEX in wrongs(whole)


def _moment(day: int) -> datetime:
    return datetime(2026, 5, day, 2, 0, tzinfo=UTC)
