"""Runs over a whole library, with its child processes: what is told before, on record after, and done of the rest."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from corpus.schema import runs
from indexer.errors import FolderUnusable, FolderVanished
from indexer.report import Stopped
from library import Library, open_library
from terminal.state import outlook_lines

KEYS = {
    "changes", "skipped", "unchanged", "documents", "characters", "extracted", "seconds", "error", "stopped", "notes"
}  # fmt: skip


def quiet(_done: int, _total: int, _name: str) -> None:
    pass


def write(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{name}的内容：招投标专项整治", encoding="utf-8")
    return folder


def last(library: Library) -> dict[str, Any]:
    (run,) = library.store.runs(1)
    assert run.finished
    assert run.report is not None
    return run.report


def found(library: Library) -> int:
    return library.searcher.search("招投标").total


def test_a_library_through_a_few_nights(tmp_path: Path) -> None:  # noqa: PLR0915 - child processes start slowly
    one, other = write(tmp_path / "一", "甲.txt", "通报/乙.txt"), write(tmp_path / "二", "丙.txt")
    with open_library(tmp_path / "library", create=True) as library:
        assert library.index([one, other], quiet).changes == {"new": 3}
        assert set(last(library)) == KEYS
        assert library.index_path.name == "documents-1-tantivy"

        # What would be done is told, and nothing done.
        write(one, "新.txt")
        (one / "甲.txt").rename(one / "通报" / "甲.txt")
        before = sorted(path.stat().st_mtime_ns for path in (tmp_path / "library").rglob("*.db"))
        outlook = library.outlook()
        assert outlook.as_json()["changes"] == {"moved": 1, "new": 1}
        assert [(file.path, file.was) for file in outlook.files] == [("通报/甲.txt", "甲.txt"), ("新.txt", None)]
        assert "  一/通报/甲.txt（原为 甲.txt）" in list(outlook_lines(outlook))
        assert sorted(path.stat().st_mtime_ns for path in (tmp_path / "library").rglob("*.db")) == before

        # A share that is not there is no reason to leave the rest.
        hidden = one.rename(tmp_path / "别处")
        write(other, "丁.txt")
        with pytest.raises(FolderUnusable, match="共享盘"):
            library.index((), quiet)
        assert "共享盘" in last(library)["error"]
        assert found(library) == 4
        one.mkdir()
        with pytest.raises(FolderVanished, match="allow-mass-removal"):
            library.index((), quiet)
        assert library.outlook().refused
        one.rmdir()
        hidden.rename(one)

        # A run that was killed is marked by the next; another engine takes over at its end, while this one answers.
        with library.store.begin() as writing:
            writing.connection.execute(sa.insert(runs).values(started="2026-01-01T02:00:00+00:00"))
        searcher = library.searcher
        library.settings.values["engine"] = "whoosh"  # type: ignore[index]
        report = library.index((), quiet, only="通报")
        assert report.changes == {"rebuild": 4, "new": 1}  # outside the folder named nothing is looked at
        killed = library.store.runs(2)[1]
        assert killed.finished
        assert (killed.report or {})["error"] == "上次运行中断"
        assert (library.index_path.name, searcher.search("招投标").total) == ("documents-2-whoosh", 4)
        assert library.index((), quiet).changes["new"] == 1
        assert found(library) == 5
        assert not (tmp_path / "library" / "index" / "documents-1-tantivy").exists()

        # An index that was lost is made again without a file being read, and a run that is stopped says why.
        shutil.rmtree(library.index_path)
        shutil.rmtree(one)
        shutil.rmtree(other)
        with pytest.raises(FolderUnusable):
            library.index((), quiet)
        assert found(library) == 5

        def stop(*_: object) -> None:
            raise Stopped("到点了")

        with pytest.raises(Stopped):
            library.index([write(tmp_path / "三", "戊.txt")], stop)
        assert last(library)["stopped"] == "到点了"
        with pytest.raises(FolderUnusable, match="没有的"):
            library.index((), quiet, only="没有的")
