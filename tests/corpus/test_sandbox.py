"""Whatever a file does to the process that reads it, the others are read and the file is on record."""

from __future__ import annotations

import gc
import os
import signal
import socket
import struct
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from corpus.confinement import OPEN_FILES
from corpus.document import Reason, Skip
from corpus.readers.contract import Limits
from corpus.sandbox import WINDOW, Sandbox, SandboxError

LIMITS = Limits(seconds=0.6, memory_bytes=2**30, file_bytes=2**20)


@dataclass(frozen=True)
class Order:
    """A task with a name, to do what it says."""

    name: str
    act: str


def name_of(order: Order) -> str:
    return order.name


def wait_for_ever() -> None:
    threading.Event().wait()


def spin() -> None:
    while True:
        pass


def fail() -> None:
    raise ValueError("bad")


def answer_by_half() -> None:
    """Begin an answer on every pipe to the parent, and die."""
    for pipe in gc.get_objects():
        if isinstance(pipe, Connection) and not pipe.closed and pipe.writable:
            os.write(pipe.fileno(), struct.pack("!i", 1000) + b"half")
    os._exit(0)


ACTS: dict[str, Callable[[], object]] = {
    "hang": wait_for_ever,
    "spin": spin,
    "exit": partial(os._exit, 3),
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "segfault": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "half": answer_by_half,
    "allocate": lambda: len(bytearray(2**34)),
    "raise": fail,
    "connect": partial(socket.create_connection, ("127.0.0.1", 9)),
    "look up": partial(socket.gethostbyname, "localhost"),
    "send": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendmsg([b"a"], [], 0, ("127.0.0.1", 9)),
    "huge": partial(bytes, 2**21),
    "open": lambda: [tempfile.TemporaryFile() for _ in range(2 * OPEN_FILES)],  # noqa: SIM115 - too many is the point
    "write": lambda: tempfile.mkstemp()[1],
    "unpicklable": lambda: spin.__code__,
    "pid": os.getpid,
}


def obey(order: Order) -> object:
    return ACTS[order.act]() if order.act in ACTS else order.act.upper()


def no_dictionary() -> None:
    raise FileNotFoundError("dictionary")


def die() -> None:
    os._exit(7)


def run(*acts: str, workers: int = 2) -> list[object]:
    orders = [Order(f"{number}.txt", act) for number, act in enumerate(acts)]
    with Sandbox(obey, source_of=name_of, workers=workers, limits=LIMITS) as sandbox:
        answers = list(sandbox.run(orders))
    assert [order for order, _ in answers] == orders
    return [answer for _, answer in answers]


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        ("hang", Reason.TIMED_OUT),
        ("spin", Reason.TIMED_OUT),
        ("exit", Reason.CRASHED),
        ("kill", Reason.CRASHED),
        ("segfault", Reason.CRASHED),
        ("half", Reason.CRASHED),
        ("raise", Reason.CRASHED),
        ("connect", Reason.CRASHED),
        ("look up", Reason.CRASHED),
        ("send", Reason.CRASHED),
        ("unpicklable", Reason.CRASHED),
        ("allocate", Reason.OUT_OF_MEMORY),
        ("huge", Reason.TOO_LARGE),
    ],
)
def test_a_bad_file_costs_itself_alone(act: str, reason: Reason) -> None:
    before, skip, *after = run("a", act, "b", "c", workers=1)
    assert (before, after) == ("A", ["B", "C"])
    assert isinstance(skip, Skip)
    assert (skip.source, skip.reason) == ("1.txt", reason)
    assert skip.detail or reason is Reason.OUT_OF_MEMORY


def test_many_bad_files_among_many_good() -> None:
    acts = [("exit", "kill", "raise", "ok", "ok")[number % 5] for number in range(30)]
    answers = run(*acts)
    assert [isinstance(answer, Skip) for answer in answers] == [act != "ok" for act in acts]


def test_children_serve_many_tasks_and_are_not_this_process() -> None:
    answers = run(*["pid"] * 100)
    assert os.getpid() not in answers
    assert len(set(answers)) <= 2


def test_tasks_are_taken_only_as_answers_are_read() -> None:
    taken = 0

    def orders() -> Iterator[Order]:
        nonlocal taken
        for number in range(10_000):
            taken += 1
            yield Order(f"{number}.txt", "ok")

    with Sandbox(obey, source_of=name_of, workers=2, limits=LIMITS) as sandbox:
        answers = sandbox.run(orders())
        for _ in range(10):
            next(answers)
        assert taken <= 10 + 2 * WINDOW
        answers.close()  # type: ignore[attr-defined]  # a generator
        assert list(sandbox.run([Order("a.txt", "again")])) == [(Order("a.txt", "again"), "AGAIN")]


def test_a_sandbox_runs_again_after_a_crash() -> None:
    with Sandbox(obey, source_of=name_of, workers=1, limits=LIMITS) as sandbox:
        assert [type(answer) for _, answer in sandbox.run([Order("a", "exit")])] == [Skip]
        assert [answer for _, answer in sandbox.run([Order("b", "ok")])] == ["OK"]
        assert list(sandbox.run([])) == []


@pytest.mark.parametrize("initializer", [no_dictionary, die])
def test_children_that_cannot_start_are_an_error(initializer: object) -> None:
    with (
        Sandbox(obey, source_of=name_of, initializer=initializer, workers=1, limits=LIMITS) as sandbox,  # type: ignore[arg-type]
        pytest.raises(SandboxError, match="无法启动"),
    ):
        list(sandbox.run([Order("a", "ok")]))


def test_open_files_are_bounded() -> None:
    (skip,) = run("open")
    assert isinstance(skip, Skip)
    assert "Too many open files" in skip.detail


def test_what_a_child_wrote_is_removed_with_it() -> None:
    with Sandbox(obey, source_of=name_of, workers=1, limits=LIMITS) as sandbox:
        ((_, path),) = sandbox.run([Order("a.txt", "write")])
        assert isinstance(path, str)
        assert Path(path).exists()
    assert not Path(path).exists()
