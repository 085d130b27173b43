"""How long and how much memory: work is done in a process of its own, and the memory of its whole tree is sampled.

"Held" memory is what cannot be given back without being lost (anonymous and shared pages). "Resident" adds the pages
of files that are mapped, which the system takes away when another program wants the room.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")

_PAUSE = 0.05  # seconds between two samples


@dataclass(frozen=True, slots=True)
class Measured(Generic[Value]):
    """What the work returned, its seconds, and the peaks of memory in bytes (0 where there is no /proc)."""

    value: Value
    seconds: float
    resident: int
    held: int


class Failed(Exception):
    """The work raised, or its process died; the message is its traceback."""


def measured(work: Callable[..., Value], *arguments: Any) -> Measured[Value]:
    """Do the work in a fresh process. `work` must be a function of a module. Raises Failed."""
    ours, theirs = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=_serve, args=(theirs, work, arguments))
    process.start()
    theirs.close()
    resident = held = 0
    while not ours.poll(_PAUSE) and process.is_alive():
        now = memory(process.pid or 0)
        resident, held = max(resident, now[0]), max(held, now[1])
    try:
        value, seconds, error = ours.recv()
    except EOFError:
        process.join()
        raise Failed(f"{work.__name__}: the process ended with status {process.exitcode}") from None
    process.join()
    if error:
        raise Failed(error)
    return Measured(value, seconds, resident, held)


def memory(root: int) -> tuple[int, int]:
    """The (resident, held) bytes of a process and all below it."""
    resident = held = 0
    for pid in _tree(root):
        with suppress(OSError):  # it has just ended
            status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
            kilobytes = {name: int(status[name].split()[0]) for name in ("VmRSS", "RssFile") if name in status}
            resident += kilobytes.get("VmRSS", 0) * 1024
            held += (kilobytes.get("VmRSS", 0) - kilobytes.get("RssFile", 0)) * 1024
    return resident, held


def _tree(root: int) -> list[int]:
    found = [root]
    for pid in found:  # grows while it is walked
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            with suppress(OSError):
                found += map(int, children.read_text().split())
    return found


def _serve(pipe: Connection, work: Callable[..., Any], arguments: Sequence[Any]) -> None:
    began = time.perf_counter()
    try:
        value = work(*arguments)
    except Exception:
        pipe.send((None, 0.0, traceback.format_exc()))
    else:
        pipe.send((value, time.perf_counter() - began, ""))
