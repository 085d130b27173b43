"""Files are read in child processes. A crash, a hang or a memory blow-up costs the file that caused it, and no other.

A child takes tasks in order and sends each result as soon as it has it. So the parent always knows which task a dead
or silent child was at: that one becomes a Skip, the others it held go to another child.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from tempfile import TemporaryDirectory
from typing import Any, Generic, Self, TypeVar

from corpus.confinement import Failure, serve
from corpus.document import Reason, Skip
from corpus.readers.contract import Limits

Task = TypeVar("Task")
Result = TypeVar("Result")

WINDOW = 64  # tasks a worker may be ahead of the caller, done or not
AHEAD = 32  # tasks sent to a child at most
AHEAD_SECONDS = 0.05  # work a child may hold beyond its current task
TASKS_A_CHILD = 5_000  # then it is replaced, so that leaks of format libraries stay small
FALSE_STARTS = 1  # in a row, that a child may die before it is ready
START_SECONDS = 60.0


def _context(preload: tuple[str, ...]) -> SpawnContext | ForkServerContext:
    """Children never inherit the parent's memory, threads or open files.

    They are copies of a server that has imported `preload`: those that the first pool of this process named.
    """
    if sys.platform == "win32":
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(list(preload))
    return context


class SandboxError(Exception):
    """The child processes themselves cannot be started: nothing can be read at all."""


@dataclass(slots=True)
class _Job(Generic[Task]):
    number: int
    task: Task
    again: bool = False  # it was at hand when a child died that had done other tasks before


@dataclass(slots=True)
class _Child(Generic[Task]):
    process: BaseProcess
    pipe: Connection
    scratch: TemporaryDirectory[str]  # where it may write; removed with it, however it ends
    jobs: deque[_Job[Task]] = field(default_factory=deque)
    since: float = 0.0  # when the first of `jobs` was begun
    pace: float = AHEAD_SECONDS  # seconds a task, smoothed
    done: int = 0
    ready: bool = False


class Sandbox(Generic[Task, Result]):
    """A pool of confined child processes that do `work` on tasks.

    `work` and `initializer` (run once in each child, for costly imports and dictionaries) are functions of a module.
    `source_of` gives the path that a Skip names. New children find the module of `work`, and those named in `preload`,
    already imported: by a server of which they are copies, and which sets to that as soon as the pool is entered.
    Use it as a context manager; the children start with the first `run`.
    """

    def __init__(
        self,
        work: Callable[[Task], Result],
        *,
        source_of: Callable[[Task], str] = str,
        initializer: Callable[[], None] | None = None,
        workers: int | None = None,
        limits: Limits | None = None,
        preload: Sequence[str] = (),
    ) -> None:
        self._work, self._source_of, self._initializer = work, source_of, initializer
        self._workers = workers or _cores()
        self._limits = limits or Limits()
        self._context = _context(("corpus.confinement", work.__module__, *preload))
        self._children: list[_Child[Task]] = []
        self._false_starts = 0

    def __enter__(self) -> Self:
        if self._context.get_start_method() == "forkserver":
            from multiprocessing import forkserver

            forkserver.ensure_running()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all children at once."""
        while self._children:
            self._end(self._children[-1])

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Result | Skip]]:
        """Yield every task with its result, or the Skip that says why there is none, in the order of the tasks.

        `tasks` is read as room allows, never far ahead. Raises SandboxError where children cannot start.
        """
        coming = (_Job(number, task) for number, task in enumerate(tasks))
        todo: deque[_Job[Task]] = deque()
        done: dict[int, tuple[Task, Result | Skip]] = {}
        read = given = 0
        try:
            while True:
                while read - given < self._workers * WINDOW and (job := next(coming, None)):
                    todo.append(job)
                    read += 1
                if read == given:
                    return
                self._deal(todo)
                for job, result in self._collect(todo):
                    done[job.number] = (job.task, result)
                while given in done:
                    yield done.pop(given)
                    given += 1
        finally:
            for child in [child for child in self._children if child.jobs]:
                self._end(child)  # the caller left early: what is under way is nobody's any more

    def _deal(self, todo: deque[_Job[Task]]) -> None:
        """Send the tasks to do to the children that have least, as many as keep them busy for a moment."""
        while len(self._children) < min(self._workers, len(todo) + sum(bool(c.jobs) for c in self._children)):
            self._children.append(self._start())
        for child in sorted(self._children, key=lambda child: len(child.jobs)):
            room = max(1, min(AHEAD, int(AHEAD_SECONDS / child.pace))) if child.ready else 1
            if not todo or len(child.jobs) > room // 2 or (child.jobs and child.jobs[0].again):
                continue
            alone = todo[0].again
            if alone and child.jobs:
                continue
            batch = [todo.popleft() for _ in range(1 if alone else min(room, len(todo)))]
            if not child.jobs:
                child.since = time.monotonic()
            child.jobs.extend(batch)
            with suppress(BrokenPipeError, ConnectionResetError):  # it has died; `_collect` sees to that
                child.pipe.send([job.task for job in batch])

    def _collect(self, todo: deque[_Job[Task]]) -> Iterator[tuple[_Job[Task], Result | Skip]]:
        """Wait until some child answers, dies or runs out of time; yield the jobs that are thereby done."""
        busy = {child.pipe: child for child in self._children if child.jobs}
        deadline = min(child.since + self._allowed(child) for child in busy.values())
        answered = wait(list(busy), max(0.0, deadline - time.monotonic()))
        for pipe in answered:
            child = busy[pipe]  # type: ignore[index]  # `wait` returns what it was given
            try:
                yield from self._receive(child)
            except (EOFError, OSError):  # OSError: it died in the middle of an answer
                yield from self._bury(child, todo)
        for child in [] if answered else list(busy.values()):
            if time.monotonic() >= child.since + self._allowed(child):
                yield from self._stop(child, todo)

    def _receive(self, child: _Child[Task]) -> Iterator[tuple[_Job[Task], Result | Skip]]:
        """Take what the child has sent, without waiting for more."""
        while child.jobs:
            message = pickle.loads(child.pipe.recv_bytes())  # noqa: S301 - sent by our own child
            now = time.monotonic()
            if not child.ready:
                if message is not None:
                    raise SandboxError(f"读取进程无法启动：{message}")
                child.ready = True
                self._false_starts = 0
            else:
                child.pace = max(1e-4, 0.7 * child.pace + 0.3 * (now - child.since))
                child.done += 1
                yield (job := child.jobs.popleft()), self._result(job, message)
            child.since = now
            if not child.pipe.poll():
                break
        if child.done >= TASKS_A_CHILD and not child.jobs:
            self._end(child)

    def _result(self, job: _Job[Task], message: Any) -> Result | Skip:
        if isinstance(message, Failure):
            return self._skip(job, message.reason, message.detail)
        result: Result = message
        return result

    def _bury(self, child: _Child[Task], todo: deque[_Job[Task]]) -> Iterator[tuple[_Job[Task], Result | Skip]]:
        """A child has died: its current task is to blame, or gets one more try alone where others went before it."""
        child.process.join(START_SECONDS)
        code = child.process.exitcode or 0
        if not child.ready:
            self._false_starts += 1
            if self._false_starts > FALSE_STARTS:
                raise SandboxError(f"读取进程无法启动：退出状态 {code}")
            todo.extendleft(reversed(child.jobs))  # killed by others perhaps, for want of memory: another is started
            self._end(child)
            return
        job, rest = child.jobs[0], list(child.jobs)[1:]
        todo.extendleft(reversed(rest))
        if -code == getattr(signal, "SIGXCPU", None):
            yield job, self._skip(job, Reason.TIMED_OUT, f"处理器时间超过 {self._limits.seconds:g} 秒")
        elif child.done and not job.again:
            todo.appendleft(_Job(job.number, job.task, again=True))
        else:
            how = f"信号 {signal.Signals(-code).name}" if code < 0 else f"退出状态 {code}"
            yield job, self._skip(job, Reason.CRASHED, how)
        self._end(child)

    def _stop(self, child: _Child[Task], todo: deque[_Job[Task]]) -> Iterator[tuple[_Job[Task], Result | Skip]]:
        """A child is silent for too long: its current task is given up, the others it holds go back."""
        if not child.ready:
            raise SandboxError(f"读取进程在 {START_SECONDS:g} 秒内没有启动")
        job, rest = child.jobs[0], list(child.jobs)[1:]
        todo.extendleft(reversed(rest))
        yield job, self._skip(job, Reason.TIMED_OUT, f"超过 {self._limits.seconds:g} 秒")
        self._end(child)

    def _allowed(self, child: _Child[Task]) -> float:
        return self._limits.seconds if child.ready else START_SECONDS

    def _skip(self, job: _Job[Task], reason: Reason, detail: str) -> Skip:
        return Skip(self._source_of(job.task), reason, detail)

    def _start(self) -> _Child[Task]:
        ours, theirs = self._context.Pipe()
        scratch = TemporaryDirectory(prefix="anjian-", ignore_cleanup_errors=True)
        process = self._context.Process(
            target=serve, args=(theirs, self._work, self._initializer, self._limits, scratch.name), daemon=True
        )
        process.start()
        theirs.close()
        return _Child(process, ours, scratch, since=time.monotonic())

    def _end(self, child: _Child[Task]) -> None:
        self._children.remove(child)
        with suppress(OSError):
            if child.process.pid is not None and hasattr(os, "killpg"):
                os.killpg(child.process.pid, signal.SIGKILL)
        child.process.kill()
        child.process.join()
        child.pipe.close()
        child.process.close()
        child.scratch.cleanup()


def _cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
