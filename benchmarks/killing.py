"""One trial: a program that writes to a library is killed at a random instant, and the library is looked at.

`Ground` has small libraries to begin with; a `Deed` is what is done to a copy of one, as a user does it.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.left_behind import NAMED, NAMES, committed, different, equal, is_prefix, searchable, unsound
from benchmarks.wholeness import state
from corpus.store import FILE_NAME, Folder
from indexer.errors import FolderUnusable
from library import open_library
from upkeep.backup import BackupUnusable, verify

ROOT = Path(__file__).parent.parent
#: What a run is told by whoever measures it: nothing to wait for, one child.
SURROUNDINGS = {"ANJIAN_SETTLE_SECONDS": "0", "ANJIAN_WORKERS": "1"}
_LONGEST = 120.0  # seconds that a program may take


@dataclass(frozen=True, slots=True)
class Ground:
    """The folders to index, one batch each, and the libraries that trials begin with, by name."""

    folders: Sequence[Path]
    libraries: Mapping[str, Path]


def _silent(_done: int, _total: int, _name: str) -> None:
    pass


def prepare(home: Path, size: int = 6, *, mined: bool = False) -> Ground:
    """Write six folders of `size` documents, and make the libraries; `home` is empty.

    With `mined`, also one with what was extracted, whose folders have changed since; that takes some seconds.
    """
    os.environ.update(SURROUNDINGS)
    folders = _write(home / "资料", range(size))
    libraries = {name: home / name for name in ("none", "half", "whole", "other words", "old")}
    _index(libraries["half"], folders[:2])
    _index(libraries["whole"], folders)
    shutil.copytree(libraries["whole"], libraries["other words"])
    (libraries["other words"] / "词典.txt").write_text("招投标中\n", encoding="utf-8")
    (libraries["other words"] / "anjian.toml").write_text('dictionary = "词典.txt"\n', encoding="utf-8")
    with tarfile.open(ROOT / "tests" / "libraries" / "0.1.0.tar.xz") as archive:
        archive.extractall(libraries["old"], filter="data")
    if mined:
        libraries["mined"] = home / "mined"
        _index(libraries["mined"], folders, extract=True)
        later = _write(home / "后来", range(2, size + 2))
        (later[0] / "2.txt").write_text("经查，苏眉收受礼金9万元，受到开除党籍处分。", encoding="utf-8")
        with open_library(libraries["mined"]) as opened, opened.writing(), opened.store.begin() as writing:
            for folder in later:
                writing.add_folder(Folder(folder.name, folder))
    return Ground(folders, libraries)


def _write(home: Path, numbers: range) -> list[Path]:
    """Six folders with a document for each of these numbers."""
    folders = [home / f"第{number}批" for number in range(1, 7)]
    for folder in folders:
        folder.mkdir(parents=True)
        for number in numbers:
            name = NAMES[number % len(NAMES)]
            text = f"关于{name}严重违纪问题的通报\n经查，{name}在{folder.name}项目招投标中收受礼金{number + 1}万元。"
            (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return folders


def _index(library: Path, folders: Sequence[Path], *, extract: bool = False) -> None:
    with open_library(library, create=True) as opened:
        opened.index(folders, _silent, extract=extract)


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done to a copy of the library `base`: the command, and when it has begun to write.

    `judge` looks at what is left, given the state that a run to the end gives, and puts it right as a user would: it
    yields what is wrong.
    """

    name: str
    base: str
    words: Callable[[Ground, Path], Sequence[str]]
    begun: Callable[[Path], bool]
    judge: Callable[[Ground, Path, Mapping[str, Any]], Iterator[str]]


def _index_words(ground: Ground, _library: Path) -> Sequence[str]:
    return ["index", *map(str, ground.folders), "--no-extract"]


def _backup_words(_ground: Ground, library: Path) -> Sequence[str]:
    return ["backup", str(_copy_of(library))]


def _copy_of(library: Path) -> Path:
    return library.parent / "copies" / "copy.anjian"


def _is_written(library: Path) -> bool:
    return (library / "writer.lease").exists()


def _is_open(library: Path) -> bool:
    return (library / f"{FILE_NAME}-shm").exists()


def _is_copied(library: Path) -> bool:
    return _copy_of(library).parent.exists()


def _judge_index(ground: Ground, library: Path, clean: Mapping[str, Any]) -> Iterator[str]:
    yield from is_prefix(ground.folders, library, clean)
    yield from searchable(library)
    _index(library, ground.folders)
    yield from equal(library, clean)


def _judge_changes(_ground: Ground, library: Path, clean: Mapping[str, Any]) -> Iterator[str]:
    yield from searchable(library)
    _index(library, (), extract=True)
    yield from equal(library, clean)


def _judge_migration(_ground: Ground, library: Path, clean: Mapping[str, Any]) -> Iterator[str]:
    yield from different(library, clean)
    with suppress(FolderUnusable):  # its documents are long gone; its index, of an older version, is made again
        _index(library, ())
    yield from unsound(library)


def _judge_opened(_ground: Ground, library: Path, clean: Mapping[str, Any]) -> Iterator[str]:
    yield from equal(library, clean)


def _judge_backup(ground: Ground, library: Path, clean: Mapping[str, Any]) -> Iterator[str]:
    copy = _copy_of(library)
    if copy.exists():
        try:
            verify(copy)
        except BackupUnusable as error:
            yield f"a bad backup under its name: {error}"
    yield from _judge_opened(ground, library, clean)


DEEDS: Mapping[str, Deed] = {
    deed.name: deed
    for deed in (
        Deed("index", "none", _index_words, _is_written, _judge_index),
        Deed("index more", "half", _index_words, _is_written, _judge_index),
        Deed("rebuild", "other words", _index_words, _is_written, _judge_index),
        Deed("changes", "mined", lambda _ground, _library: ["reindex"], _is_written, _judge_changes),
        Deed("migration", "old", lambda _ground, _library: ["failures"], _is_open, _judge_migration),
        Deed("backup", "whole", _backup_words, _is_copied, _judge_backup),
    )
}


@dataclass(frozen=True, slots=True)
class Clean:
    """A deed that was let be: how long it wrote, in seconds, and what it made."""

    seconds: float
    state: Mapping[str, Any]


def run_clean(deed: Deed, ground: Ground, home: Path) -> Clean:
    """Do a deed to its end in the folder `home`. Raises AssertionError where it fails."""
    library = begin(deed, ground, home)
    program, began = _start(deed, ground, library), None
    while program.poll() is None:
        if began is None and deed.begun(library):
            began = time.monotonic()
    seconds = time.monotonic() - (began or time.monotonic())
    assert program.returncode == 0, (home / "said").read_text("utf-8")
    assert list(unsound(library)) == []
    return Clean(seconds, state(library, NAMES, NAMED))


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a program was killed before its end, the seconds it wrote, and what was wrong with what it left."""

    killed: bool
    seconds: float
    wrong: Sequence[str]


def trial(deed: Deed, ground: Ground, clean: Clean, home: Path, random: Random) -> Outcome:
    """Kill a deed somewhere on its way, and look at what it leaves. `home` is a folder for it alone."""
    library = begin(deed, ground, home)
    program = _start(deed, ground, library)
    _wait(program, lambda: deed.begun(library))
    began = time.monotonic()
    instant = began + random.random() * clean.seconds
    _wait(program, lambda: time.monotonic() >= instant)
    seconds, before = time.monotonic() - began, committed(library)
    with suppress(ProcessLookupError):
        if random.random() < 0.5:
            os.killpg(program.pid, signal.SIGKILL)  # as when power fails: its children too
        else:
            program.kill()
    killed = program.wait(_LONGEST) < 0
    try:
        left = committed(library)
        lost = [f"of {before} documents {left} are left"] if left < before else []
        return Outcome(killed, seconds, [*lost, *deed.judge(ground, library, clean.state)])
    except Exception as error:  # whatever it is, it is what a user would meet
        return Outcome(killed, seconds, [f"{type(error).__name__}: {error}"])


def begin(deed: Deed, ground: Ground, home: Path) -> Path:
    """Put the library that a deed begins with, if there is one, into the folder `home`; where it is, or will be."""
    library = home / "library"
    base = ground.libraries[deed.base]
    if base.exists():
        shutil.copytree(base, library)
    else:
        home.mkdir(parents=True, exist_ok=True)
    return library


def command(deed: Deed, ground: Ground, library: Path) -> Sequence[str]:
    """The command line that does a deed to a library, to be called in ROOT."""
    return [sys.executable, "-m", "cli", *deed.words(ground, library), "--library", str(library)]


def _start(deed: Deed, ground: Ground, library: Path) -> subprocess.Popen[bytes]:
    with (library.parent / "said").open("wb") as said:
        return subprocess.Popen(
            command(deed, ground, library),
            cwd=ROOT,
            env={**os.environ, **SURROUNDINGS},
            stdout=said,
            stderr=said,
            start_new_session=True,
        )


def _wait(program: subprocess.Popen[bytes], until: Callable[[], bool]) -> None:
    """Wait until something is so, or the program has ended."""
    while not until():
        with suppress(subprocess.TimeoutExpired):
            program.wait(0.001)
            return
