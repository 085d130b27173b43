"""Folders that are missing, locked, of another make, damaged or full; and two processes at one index."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.entry import Entry
from search.engine import Ask, Engine, EngineError, EngineUnavailable, IndexLocked, IndexMissing, IndexStale
from search.engines import ENGINES, default_engine, open_engine, storage
from search.engines.storage import guarded
from search.match import All

Make, Fill, Ids = Callable[..., Entry], Callable[..., Engine], Callable[..., list[str]]
EVERYTHING = All(())

#: A program that opens the engine `name` over `path` and does what the test says.
PROGRAM = """
import sys
from pathlib import Path
from indexer.entry import Entry
from search.engine import Ask, EngineError
from search.engines import open_engine
from search.match import All
engine = open_engine(sys.argv[1], Path(sys.argv[2]))
"""


def _start(name: str, path: Path, steps: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM + steps, name, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"},
    )


def test_memory_needs_no_folder(tmp_path: Path) -> None:
    assert open_engine("memory", tmp_path / "none").search(Ask(EVERYTHING)).total == 0
    assert not (tmp_path / "none").exists()


def test_what_cannot_be_opened_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EngineUnavailable, match=r"没有名为 lucene 的检索引擎.*memory、whoosh、tantivy"):
        open_engine("lucene", tmp_path)
    monkeypatch.delitem(sys.modules, "search.engines.tantivy", raising=False)
    monkeypatch.setitem(sys.modules, "tantivy", None)
    with pytest.raises(EngineUnavailable, match="改用 whoosh"):
        open_engine("tantivy", tmp_path)
    assert default_engine() == "whoosh"


def test_tantivy_is_the_default_where_it_is_installed() -> None:
    assert default_engine() == "tantivy"


def test_opening_an_engine_imports_no_other(tmp_path: Path) -> None:
    process = _start("memory", tmp_path, "print({'whoosh', 'tantivy'} & set(sys.modules))")
    assert process.communicate()[0] == "set()\n"


@pytest.mark.parametrize("left", [None, "folder"])
def test_an_index_that_is_not_there(disk_engine: str, tmp_path: Path, left: str | None) -> None:
    if left:
        (tmp_path / "index").mkdir()
    engine = open_engine(disk_engine, tmp_path / "index")
    with pytest.raises(IndexMissing, match="anjian index"):
        engine.search(Ask(EVERYTHING))
    assert engine.count() == 0
    engine.close()


def test_an_index_is_there_again_in_another_process(disk_engine: str, tmp_path: Path, entry: Make, fill: Fill) -> None:
    fill(open_engine(disk_engine, tmp_path / "index"), [entry("一", "甲")])
    process = _start(disk_engine, tmp_path / "index", "print(engine.search(Ask(All(()))).rows[0].id, engine.count())")
    assert process.communicate()[0] == "一 1\n"


def test_one_process_writes_while_another_searches(
    disk_engine: str, tmp_path: Path, entry: Make, fill: Fill, ids: Ids
) -> None:
    engine = fill(open_engine(disk_engine, tmp_path / "index"), [entry("旧", "甲")])
    assert ids(engine, EVERYTHING) == ["旧"]
    writer = _start(
        disk_engine,
        tmp_path / "index",
        "with engine.batch() as batch:\n"
        "    batch.put(Entry('新', {'words': '甲'}))\n"
        "    batch.delete('旧')\n"
        "    print('writing', flush=True)\n"
        "    sys.stdin.readline()\n",
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == "writing\n"
    assert ids(engine, EVERYTHING) == ["旧"]
    with pytest.raises(IndexLocked, match="请等它结束"), engine.batch():
        pass
    _, errors = writer.communicate("go on\n")
    assert (writer.returncode, errors) == (0, "")
    assert ids(engine, EVERYTHING) == ["新"]
    fill(engine, [entry("再", "甲")])
    assert ids(engine, EVERYTHING) == ["再", "新"]


def test_a_writer_that_is_killed_leaves_the_old_state_and_no_lock(
    disk_engine: str, tmp_path: Path, entry: Make, fill: Fill, ids: Ids
) -> None:
    engine = fill(open_engine(disk_engine, tmp_path / "index"), [entry("旧", "甲")])
    writer = _start(
        disk_engine,
        tmp_path / "index",
        "with engine.batch() as batch:\n"
        "    batch.delete('旧')\n"
        "    print('writing', flush=True)\n"
        "    sys.stdin.readline()\n",
    )
    assert writer.stdout is not None
    writer.stdout.readline()
    writer.kill()
    writer.communicate()
    assert ids(engine, EVERYTHING) == ["旧"]
    fill(engine, [entry("新", "甲")])
    assert ids(engine, EVERYTHING) == ["新", "旧"]


FULL = """
import resource
def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
def write(count):
    with engine.batch() as batch:
        for number in range(count):
            batch.put(Entry(f"{number:05}", {"words": " ".join(f"词{number * 31 + n}" for n in range(50))}))
write(2)
limit(20_000)
try:
    write(3000)
except EngineError as error:
    print(type(error).__name__, "请检查磁盘空间" in str(error))
print(engine.count(), len(engine.search(Ask(All(()))).rows))
limit(resource.RLIM_INFINITY)
write(3000)
print(engine.count())
"""


def test_a_full_disk_is_said_and_nothing_already_indexed_is_lost(disk_engine: str, tmp_path: Path) -> None:
    process = _start(disk_engine, tmp_path / "index", FULL)
    output, errors = process.communicate(timeout=60)
    assert output.splitlines() == ["EngineUnavailable True", "2 2", "3000"], errors


def _another_version(path: Path, name: str, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(f"search.engines.{name}.LAYOUT", f"{path.name} of another version")


def _other_fields(_: Path, __: str, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(storage.fields, "KEYS", (*storage.fields.KEYS, "new"))


def _no_manifest(path: Path, *_: object) -> None:
    (path / "manifest.json").unlink()


def _unreadable_manifest(path: Path, *_: object) -> None:
    (path / "manifest.json").write_bytes(b"\xff{")


def _foreign_files(path: Path, *_: object) -> None:
    for file in path.iterdir():
        file.unlink()
    (path / "notes.txt").write_text("不是索引", encoding="utf-8")


@pytest.mark.parametrize(
    "change", [_another_version, _other_fields, _no_manifest, _unreadable_manifest, _foreign_files]
)
def test_an_index_of_another_make_is_stale_and_is_left_alone(
    disk_engine: str, tmp_path: Path, fill: Fill, monkeypatch: pytest.MonkeyPatch, change: Callable[..., None]
) -> None:
    path = tmp_path / "index"
    fill(open_engine(disk_engine, path), [Entry("一", {"words": "甲"})])
    change(path, disk_engine, monkeypatch)
    before = sorted(path.iterdir())
    engine = open_engine(disk_engine, path)
    with pytest.raises(IndexStale, match="anjian reindex"):
        engine.search(Ask(EVERYTHING))
    with pytest.raises(IndexStale), engine.batch():
        pass
    assert sorted(path.iterdir()) == before


def _cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _overwritten(file: Path) -> None:
    file.write_bytes(b"\x5a" * file.stat().st_size)


@pytest.mark.parametrize("damage", [_cut_short, _overwritten, Path.unlink])
def test_damaged_files_raise_nothing_of_the_engines_own(
    disk_engine: str, tmp_path: Path, entry: Make, fill: Fill, damage: Callable[[Path], None]
) -> None:
    """Each file in turn. Damage that a search does not meet goes unnoticed; what it meets is said."""
    entries = [entry(f"{n:03}", "甲乙丙" * (n % 40), keys={"kind": ["通报"]}, dates=[n]) for n in range(200)]
    fill(open_engine(disk_engine, tmp_path / "whole"), entries)
    said = []
    for file in (tmp_path / "whole").iterdir():
        path = tmp_path / f"without {file.name}"
        _copy(tmp_path / "whole", path)
        damage(path / file.name)
        engine = open_engine(disk_engine, path)
        try:
            engine.search(Ask(EVERYTHING, count=("kind",)))
        except EngineError as error:
            said.append(str(path) in str(error))
        engine.close()
    assert len(said) > 1
    assert all(said)


def _copy(source: Path, target: Path) -> None:
    target.mkdir()
    for file in source.iterdir():
        (target / file.name).write_bytes(file.read_bytes())


class PanicException(BaseException):
    """As Rust code raises it through its Python binding."""


PanicException.__module__ = "pyo3_runtime"


def test_a_panic_becomes_an_error_and_a_wish_to_stop_stays_one(tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailable, match="left != right"), guarded(tmp_path):
        raise PanicException("assertion `left != right` failed\n  left: 0")
    for wish in (KeyboardInterrupt, SystemExit, GeneratorExit):
        with pytest.raises(wish), guarded(tmp_path):
            raise wish
    with pytest.raises(IndexMissing), guarded(tmp_path):
        raise IndexMissing("gone")


def test_every_engine_is_named_once() -> None:
    assert list(ENGINES) == ["memory", "whoosh", "tantivy"]


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("An IO error occurred: 'No space left on device (os error 28)'", "磁盘已满，请清理空间后再运行一次"),
        ("An IO error occurred: 'Permission denied (os error 13)'", "请检查磁盘空间和权限"),
    ],
)
def test_a_full_disk_is_told_from_other_trouble(said: str, advice: str, tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailable, match=advice), guarded(tmp_path):
        raise ValueError(said)


def test_a_commit_that_was_cut_off_does_not_stop_the_next(tmp_path: Path, entry: Make) -> None:
    engine = open_engine("tantivy", tmp_path / "index")
    with engine.batch() as batch:
        for number in range(3):
            batch.put(entry(f"件{number}", "甲乙"))
    meta = json.loads((tmp_path / "index" / "meta.json").read_text(encoding="utf-8"))
    for segment in meta["segments"]:
        for stamp in range(meta["opstamp"] + 1, meta["opstamp"] + 9):
            (tmp_path / "index" / f"{segment['segment_id'].replace('-', '')}.{stamp}.del").write_bytes(b"")
    for gone in ("件0", "件1"):
        with engine.batch() as batch:
            batch.delete(gone)
    assert [row.id for row in engine.search(Ask(All(()), limit=9)).rows] == ["件2"]
    engine.close()
