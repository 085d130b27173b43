"""A backup is whole or not there, is made while others write, and comes back as what it was."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from corpus.store import LibraryMissing, open_store
from tests.upkeep.whole import Whole, make
from upkeep import backup as copying
from upkeep.backup import BackupUnusable, backup, default_place, prune, restore, verify
from upkeep.sealed import LibraryDamaged

MADE = "2026-05-20T02:30:00+08:00"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    return make(tmp_path_factory.mktemp("built"))


@pytest.fixture
def whole(built: Whole, tmp_path: Path) -> Whole:
    return built.copy(tmp_path)


def restored(path: Path, whole: Whole) -> Whole:
    other = Whole(path.parent / "别处")
    other.folder = whole.folder
    restore(path, other.path)
    return other


def test_what_comes_back_is_what_was_there(whole: Whole, tmp_path: Path) -> None:
    path = tmp_path / "甲.anjian"
    contents = backup(whole.path, path, MADE, ["词典.txt", "没有.toml"])
    assert (contents.made, contents.documents) == (MADE, 6)
    assert set(contents.files) == {"library.db", "ocr.db", "human.jsonl", "词典.txt"}
    assert verify(path) == contents
    other = restored(path, whole)
    with closing(open_store(other.path)) as store:
        assert store.document_count() == 6
    other.index(rebuild=True)
    assert other.state() == whole.state()
    assert other.check().findings == ()


def test_a_file_of_the_office_that_lies_elsewhere_is_in_it(whole: Whole, tmp_path: Path) -> None:
    (tmp_path / "同义词.txt").write_text("双开 = 开除党籍", encoding="utf-8")
    path = tmp_path / "甲.anjian"
    contents = backup(whole.path, path, MADE, [str(tmp_path / "同义词.txt"), "../同义词.txt"])
    assert "outside/同义词.txt" in contents.files
    assert (restored(path, whole).path / "outside" / "同义词.txt").read_text("utf-8") == "双开 = 开除党籍"


def test_it_is_the_state_of_one_moment_while_others_write(whole: Whole, tmp_path: Path) -> None:
    with whole.opened() as store:
        with store.begin() as writing:
            writing.begin_run()
            path = tmp_path / "甲.anjian"
            backup(whole.path, path, MADE)
        before = len(store.runs(100))
    other = restored(path, whole)
    with closing(open_store(other.path)) as store:
        assert len(store.runs(100)) == before - 1


def test_nothing_is_written_over(whole: Whole, tmp_path: Path) -> None:
    path = tmp_path / "甲.anjian"
    backup(whole.path, path, MADE)
    was = path.read_bytes()
    with pytest.raises(BackupUnusable, match="已经存在"):
        backup(whole.path, path, MADE)
    with pytest.raises(BackupUnusable, match="不是空文件夹"):
        restore(path, whole.path)
    assert path.read_bytes() == was


@pytest.mark.parametrize("seed", range(30))
def test_a_damaged_backup_is_refused_or_gives_what_was_there(whole: Whole, tmp_path: Path, seed: int) -> None:
    path = tmp_path / "甲.anjian"
    good = backup(whole.path, path, MADE)
    data = bytearray(path.read_bytes())
    random = Random(seed)
    if seed % 3:
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    else:
        del data[random.randrange(len(data)) :]
    path.write_bytes(data)
    try:
        read = verify(path)
    except BackupUnusable:
        with pytest.raises(BackupUnusable, match="请改用另一份备份"):
            restored(path, whole)
        assert not (tmp_path / "别处" / "library").exists()
    else:
        assert read.files == good.files  # a byte that says nothing, as the time of a member


def test_a_damaged_library_is_not_copied(whole: Whole, tmp_path: Path) -> None:
    database = whole.path / "library.db"
    database.write_bytes(database.read_bytes()[:-1] + b"?")
    with pytest.raises(LibraryDamaged, match="check --repair"):
        backup(whole.path, tmp_path / "甲.anjian", MADE)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["library"]


def test_what_cannot_be_written_leaves_nothing(whole: Whole, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(copying, "_write", full)
    with pytest.raises(BackupUnusable, match="磁盘空间"):
        backup(whole.path, tmp_path / "甲.anjian", MADE)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["library"]


def test_only_the_newest_are_kept_and_only_its_own(whole: Whole) -> None:
    places = [default_place(whole.path, datetime(2026, 5, day, 2, tzinfo=UTC)) for day in (1, 2, 3)]
    own = places[0].with_name("换届前.anjian")
    for path in (*places, own):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"")
    assert prune(whole.path, 2) == places[:1]
    assert sorted(path.name for path in own.parent.iterdir()) == [*(path.name for path in places[1:]), own.name]


def test_an_archive_of_something_else_is_no_backup(tmp_path: Path) -> None:
    path = tmp_path / "甲.anjian"
    for names in (["library.db"], ["../逃逸.txt"]):
        with zipfile.ZipFile(path, "w") as archive:
            files = ", ".join(f'"{name}": ""' for name in names)
            archive.writestr("contents.json", f'{{"format": 1, "made": "", "documents": 0, "files": {{{files}}}}}')
        with pytest.raises(BackupUnusable):
            restore(path, tmp_path / "library")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("contents.json", '{"format": 2}')
    with pytest.raises(BackupUnusable, match="升级"):
        verify(path)
    assert not (tmp_path / "library").exists()


def test_a_library_that_is_none_cannot_be_copied(tmp_path: Path) -> None:
    with pytest.raises(LibraryMissing):
        backup(tmp_path / "library", tmp_path / "甲.anjian", MADE)


def test_a_store_damaged_in_itself_is_not_copied(whole: Whole, tmp_path: Path) -> None:
    with closing(open_store(whole.path)) as store, store.begin():
        pass  # without a seal
    with closing(sqlite3.connect(whole.path / "library.db")) as database, database:
        database.execute("PRAGMA writable_schema=ON")
        database.execute("UPDATE sqlite_master SET rootpage = 3 WHERE name = 'texts'")
    with pytest.raises(BackupUnusable):
        backup(whole.path, tmp_path / "甲.anjian", MADE)
