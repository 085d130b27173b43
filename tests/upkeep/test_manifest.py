"""The seal: taken when a writer has ended well, broken with the first change, and no byte can change unseen."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from corpus import lock
from corpus.seal import BROKEN, FILE_NAME
from corpus.store import open_store
from indexer.report import Stopped
from tests.upkeep.whole import Whole, make
from upkeep import manifest
from upkeep.sealed import LibraryDamaged


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    return make(tmp_path_factory.mktemp("built"))


@pytest.fixture
def whole(built: Whole, tmp_path: Path) -> Whole:
    return built.copy(tmp_path)


def sealed_files(library: Path) -> list[Path]:
    listed = json.loads((library / FILE_NAME).read_text("utf-8"))["files"]
    return [library / name for name in listed]


def spoil(path: Path, random: Random) -> None:
    """Flip one bit of a file, or cut it off somewhere."""
    data = bytearray(path.read_bytes())
    place = random.randrange(len(data))
    if random.random() < 0.3:
        del data[place:]
    else:
        data[place] ^= 1 << random.randrange(8)
    path.write_bytes(data)


def test_every_kind_of_file_is_sealed(whole: Whole) -> None:
    names = {path.relative_to(whole.path).as_posix() for path in sealed_files(whole.path)}
    assert {"library.db", "ocr.db", "human.jsonl", "index/documents-1-tantivy/meta.json"} <= names
    assert not any(name.endswith((".lock", "-shm", "-wal")) for name in names)
    assert manifest.verify(whole.path) == []


@pytest.mark.parametrize("seed", range(40))
def test_a_spoilt_byte_or_end_is_seen(whole: Whole, seed: int) -> None:
    random = Random(seed)
    files = [path for path in [*sealed_files(whole.path), whole.path / FILE_NAME] if path.stat().st_size]
    path = random.choice(files)
    spoil(path, random)
    (damage,) = manifest.verify(whole.path)
    assert damage.path == path.relative_to(whole.path).as_posix()


def test_files_that_come_and_go_are_seen(whole: Whole) -> None:
    gone = whole.path / "ocr.db"
    gone.unlink()
    (whole.path / "index" / "documents-1-tantivy" / "外来.bin").write_bytes(b"?")
    damages = {damage.path: damage.unknown for damage in manifest.verify(whole.path)}
    assert damages == {"ocr.db": False, "index/documents-1-tantivy/外来.bin": True}


def test_any_change_of_the_store_breaks_the_seal(whole: Whole) -> None:
    with closing(open_store(whole.path)) as store:
        store.document_count()
        assert manifest.sealed(whole.path)
        with store.begin():
            assert not manifest.sealed(whole.path)
    assert not manifest.sealed(whole.path)


def test_a_writer_seals_in_the_end_unless_something_failed(whole: Whole) -> None:
    with pytest.raises(Stopped), whole.opened():
        raise Stopped("时间到了")
    assert manifest.sealed(whole.path)
    with pytest.raises(ZeroDivisionError), whole.opened():
        raise ZeroDivisionError
    assert not manifest.sealed(whole.path)
    with whole.opened():
        pass
    assert manifest.verify(whole.path) == []
    assert manifest.sealed(whole.path)


def test_what_takes_a_moment_is_sealed_by_who_can(whole: Whole) -> None:
    whole.save("违规吃喝")
    assert manifest.sealed(whole.path)
    with whole.opened():
        whole.save("审批")
        assert not manifest.sealed(whole.path)
    assert manifest.sealed(whole.path)
    assert manifest.verify(whole.path) == []
    assert "审批" in (whole.path / "human.jsonl").read_text("utf-8")


def test_what_is_written_while_a_check_looks_is_no_damage(whole: Whole, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def digest(path: Path) -> str:
        if not looked:
            with closing(open_store(whole.path)) as store, store.begin() as writing:
                writing.begin_run()
        looked.append(path.name)
        return "不同"

    monkeypatch.setattr(manifest, "_digest", digest)
    damaged = {damage.path for damage in manifest.verify(whole.path)}
    assert "library.db" in looked
    assert "library.db" not in damaged


def test_a_reader_in_the_way_leaves_no_seal_rather_than_a_wrong_one(whole: Whole) -> None:
    with closing(sqlite3.connect(whole.path / "library.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM documents").fetchone()
        with whole.opened() as store, store.begin() as writing:
            writing.begin_run()
        assert not manifest.sealed(whole.path)
    with whole.opened():
        pass
    assert manifest.verify(whole.path) == []
    assert manifest.sealed(whole.path)


def test_nothing_is_written_over_damage(whole: Whole) -> None:
    data = bytearray((whole.path / "library.db").read_bytes())
    data[-1] ^= 1
    (whole.path / "library.db").write_bytes(data)
    for write in (whole.index, lambda: whole.save("审批")):
        with pytest.raises(LibraryDamaged, match="check --repair"):
            write()
    assert (whole.path / "library.db").read_bytes() == data
    assert manifest.sealed(whole.path)


def test_index_files_are_read_once_and_their_damage_outlives_a_broken_seal(whole: Whole) -> None:
    path = next(path for path in sealed_files(whole.path) if path.suffix == ".term")
    stamp = path.stat()
    spoil_one = bytearray(path.read_bytes())
    spoil_one[100] ^= 1
    path.write_bytes(spoil_one)
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    with closing(open_store(whole.path)) as store, store.begin():
        pass
    assert [damage.path for damage in manifest.verify(whole.path)] == [path.relative_to(whole.path).as_posix()]
    with whole.opened():
        assert (whole.path / BROKEN).is_file()
    assert manifest.sealed(whole.path)
    assert not (whole.path / BROKEN).is_file()
    assert [damage.path for damage in manifest.verify(whole.path)] == [path.relative_to(whole.path).as_posix()]


def test_a_seal_that_cannot_be_written_costs_nothing_else(whole: Whole) -> None:
    (whole.path / f"{FILE_NAME}.tmp").mkdir()
    with whole.opened() as store, store.begin() as writing:
        number = writing.begin_run()
    assert not manifest.sealed(whole.path)
    with closing(open_store(whole.path)) as store:
        assert store.runs(1)[0].id == number


def test_one_writer_at_a_time(whole: Whole) -> None:
    with whole.opened(), pytest.raises(lock.LibraryLocked, match=f"进程 {os.getpid()}"), whole.opened():
        pass
