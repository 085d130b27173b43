"""The child's side of the sandbox: bound this process, then do tasks as they come and send each result at once."""

from __future__ import annotations

import math
import os
import pickle
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from corpus.document import Reason
from corpus.readers.contract import Limits

try:
    import resource
except ImportError:  # Windows has no such limits; the parent's clock still holds there
    resource = None  # type: ignore[assignment]

OPEN_FILES = 256
WRITTEN_FACTOR = 4  # the largest file a child may write, as a multiple of Limits.file_bytes
_NETWORK = frozenset(
    f"socket.{call}"
    for call in ("bind", "connect", "getaddrinfo", "gethostbyaddr", "gethostbyname", "getnameinfo", "sendmsg", "sendto")
)


@dataclass(frozen=True, slots=True)
class Failure:
    """What the child sends in place of a result that it could not make."""

    reason: Reason
    detail: str = ""


def serve(
    pipe: Connection,
    work: Callable[[Any], Any],
    initializer: Callable[[], None] | None,
    limits: Limits,
    scratch: str,
) -> None:
    """Confine the process, say "ready" (None) or what is wrong (a str), then answer lists of tasks until it ends.

    Temporary files of the process, and of the programs that it starts, go to the folder `scratch`.
    """
    with suppress(OSError):
        os.setpgid(0, 0)  # so that programs started by a reader are killed along with it
    tempfile.tempdir = os.environ["TMPDIR"] = scratch
    try:
        if initializer:
            initializer()
        confine(limits)
    except Exception as error:  # whatever it is, the parent must tell
        pipe.send(f"{type(error).__name__}: {error}")
        return
    pipe.send(None)
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            for task in pipe.recv():
                pipe.send_bytes(_answer(work, task, limits))


def confine(limits: Limits) -> None:
    """Bound memory, open files and written files of this process, and forbid it the network."""
    if resource is not None:
        _bound("RLIMIT_AS", limits.memory_bytes)
        _bound("RLIMIT_NOFILE", OPEN_FILES)
        _bound("RLIMIT_FSIZE", limits.file_bytes * WRITTEN_FACTOR)
        _bound("RLIMIT_CORE", 0)
    sys.addaudithook(_forbid_network)


def _answer(work: Callable[[Any], Any], task: Any, limits: Limits) -> bytes:
    try:
        _bound_cpu(limits.seconds)
        answer = pickle.dumps(work(task), protocol=5)
        if len(answer) <= limits.file_bytes:
            return answer
        failure = Failure(Reason.TOO_LARGE, "读出的内容超过上限")
    except MemoryError:
        failure = Failure(Reason.OUT_OF_MEMORY)
    except Exception as error:  # one task's error must not end the others
        failure = Failure(Reason.CRASHED, f"{type(error).__name__}: {error}"[:200])
    return pickle.dumps(failure, protocol=5)


def _bound(name: str, most: int) -> None:
    kind = getattr(resource, name, None)
    if kind is None:
        return
    hard = resource.getrlimit(kind)[1]
    soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with suppress(ValueError, OSError):  # macOS refuses some; the parent's clock still holds
        resource.setrlimit(kind, (soft, hard))


def _bound_cpu(seconds: float) -> None:
    """Allow the task the processor time that all cores could give it in `seconds`, on top of what was used before."""
    if resource is not None:
        usage = resource.getrusage(resource.RUSAGE_SELF)
        allowed = usage.ru_utime + usage.ru_stime + seconds * (os.cpu_count() or 1)
        _bound("RLIMIT_CPU", math.ceil(allowed) + 1)


def _forbid_network(event: str, arguments: tuple[object, ...]) -> None:
    if event in _NETWORK:
        raise PermissionError(f"no network while reading files: {event} {arguments[1:]}")
