"""Killed at any instant, out of space, not allowed, not alone: a library stays whole, and the next run goes on."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

import pytest

from benchmarks.killing import DEEDS, ROOT, Clean, Ground, prepare, trial
from benchmarks.left_behind import NAMED, NAMES, committed
from benchmarks.wholeness import state
from corpus import lock
from corpus.store import StoreFailed
from library import open_library
from upkeep.check import Scope, check

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return prepare(tmp_path_factory.mktemp("ground"), size=2)


@pytest.fixture
def library(ground: Ground, tmp_path: Path) -> Path:
    """A library that knows two folders of six."""
    shutil.copytree(ground.libraries["half"], tmp_path / "library")
    return tmp_path / "library"


@pytest.fixture
def start(ground: Ground, library: Path) -> Iterator[Start]:
    """Start `anjian index` over all six folders."""
    started: list[subprocess.Popen[str]] = []

    def begun(**options: object) -> subprocess.Popen[str]:
        words = [sys.executable, "-m", "cli", "index", *map(str, ground.folders), "--no-extract"]
        program = subprocess.Popen(
            [*words, "--library", str(library)], cwd=ROOT, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, **options,  # type: ignore[call-overload]
        )  # fmt: skip
        started.append(program)
        return program

    yield begun
    for program in started:
        with suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)
        program.communicate()


def until(program: subprocess.Popen[str], found: Callable[[], object]) -> None:
    """Wait for something that a program does while it runs."""
    while not found():
        assert program.poll() is None, program.communicate()[1]


def index(ground: Ground, library: Path, **wish: bool) -> None:
    with open_library(library) as opened:
        opened.index(ground.folders, lambda *_: None, extract=False, **wish)


def goes_on(ground: Ground, library: Path, **wish: bool) -> None:
    """The next run makes the library what it would have been."""
    index(ground, library, **wish)
    assert check(library, Scope(NAMED, None, Random(0))).sound
    assert state(library, NAMES, NAMED) == state(ground.libraries["whole"], NAMES, NAMED)


@pytest.mark.parametrize(
    ("name", "like", "seconds"),
    [
        ("index", "whole", 1.0),
        ("index more", "whole", 1.0),
        ("rebuild", "other words", 1.0),
        ("migration", "old", 0.3),
        ("backup", "whole", 0.05),
    ],
)
def test_a_kill_at_any_instant_loses_nothing(
    ground: Ground, tmp_path: Path, name: str, like: str, seconds: float
) -> None:
    shutil.copytree(ground.libraries[like], tmp_path / "like")  # to look at an old one changes it
    clean = Clean(seconds, state(tmp_path / "like", NAMES, NAMED))
    assert trial(DEEDS[name], ground, clean, tmp_path / "trial", Random(name)).wrong == []


def test_one_run_at_a_time(ground: Ground, library: Path, start: Start) -> None:
    program = start()
    until(program, (library / lock.LEASE_NAME).exists)
    program.send_signal(signal.SIGSTOP)
    with pytest.raises(lock.LibraryLocked, match=f"进程 {program.pid}"), lock.writing(library):
        pass
    program.send_signal(signal.SIGCONT)
    assert program.wait() == 0
    goes_on(ground, library)


def test_a_worker_that_is_killed_costs_one_file(ground: Ground, library: Path, start: Start) -> None:
    program = start()
    until(program, lambda: committed(library) > 4)  # its worker is at work
    for worker in [worker for server in children(program.pid) for worker in children(server)]:
        with suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)
    _, said = program.communicate()
    assert program.returncode in (0, 2), said
    with open_library(library) as opened:
        assert len(opened.store.failures()) <= 1
        assert opened.store.document_count() >= 11
    goes_on(ground, library, retry=True)


def children(process: int) -> Sequence[int]:
    """The child processes of a process, as Linux lists them."""
    listed = Path(f"/proc/{process}/task/{process}/children")
    with suppress(OSError):
        return [int(word) for word in listed.read_text("ascii").split()]
    return []


@pytest.mark.parametrize("room", [50_000, 300_000])
def test_no_space_is_said_and_costs_nothing(ground: Ground, library: Path, start: Start, room: int) -> None:
    program = start(preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)))
    _, said = program.communicate()
    assert program.returncode == 3
    assert "Traceback" not in said
    assert "磁盘" in said
    with open_library(library) as opened:
        assert opened.store.document_count() >= 4
    goes_on(ground, library)


@contextmanager
def anybody(home: Path) -> Iterator[None]:
    """Be a user whom file modes keep from writing."""
    if os.geteuid() != 0:
        yield
        return
    for path in home.parents[:-2]:
        path.chmod(path.stat().st_mode | 0o055)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_that_may_not_be_written_is_said(ground: Ground, library: Path) -> None:
    before = {path: path.read_bytes() for path in library.rglob("*") if path.is_file()}
    for path in (library, *library.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    with anybody(library), pytest.raises(StoreFailed, match="权限"):
        index(ground, library)
    assert {path: path.read_bytes() for path in library.rglob("*") if path.is_file()} == before
    for path in (library, *library.rglob("*")):
        path.chmod(0o755)
    goes_on(ground, library)
