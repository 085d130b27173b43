"""Whatever a file does to the process that reads it, the others are read and the file is on record."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import pytest

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


ACTS: dict[str, Callable[[], object]] = {
    "hang": wait_for_ever,
    "spin": spin,
    "exit": partial(os._exit, 3),
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "segfault": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "allocate": lambda: len(bytearray(2**34)),
    "raise": fail,
    "connect": partial(socket.create_connection, ("127.0.0.1", 9)),
    "huge": partial(bytes, 2**21),
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
        ("raise", Reason.CRASHED),
        ("connect", Reason.CRASHED),
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
