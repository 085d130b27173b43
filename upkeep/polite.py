"""Indexing that leaves the machine to the people who work at it: low priority, few cores, certain hours."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

from upkeep.errors import UpkeepError
from upkeep.stop import Stopped

if TYPE_CHECKING:
    from indexer.run import Progress

Clock = Callable[[], datetime]
"""The present moment, with its time zone."""

NICE = 10  # of 19: behind everyone who works at the machine, before what is idle
_BELOW_NORMAL = 0x4000  # BELOW_NORMAL_PRIORITY_CLASS; unlike the background mode, children inherit it
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*[-–—~～至到]\s*(\d{1,2}):(\d{2})")


_WANTED = "时段“{}”看不懂。请写成起止时间，如 22:00-06:00（可以跨过半夜）。"


class WindowInvalid(UpkeepError):
    """A span of hours cannot be understood."""


@dataclass(frozen=True, slots=True)
class Window:
    """Hours of the day, local time, in which work is welcome. `end` may lie on the next day; it is outside."""

    start: time
    end: time

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"

    def holds(self, moment: datetime) -> bool:
        """Whether a moment lies inside, by its own clock."""
        now = moment.time()
        if self.start < self.end:
            return self.start <= now < self.end
        return now >= self.start or now < self.end


def parse_window(text: str) -> Window:
    """Read "22:00-06:00". Raises WindowInvalid."""
    found = _SPAN.fullmatch(text.strip().replace("：", ":"))
    hours = [int(group) for group in found.groups()] if found else []
    try:
        start, end = time(hours[0], hours[1]), time(hours[2] % 24 if hours[2:] == [24, 0] else hours[2], hours[3])
    except (IndexError, ValueError) as error:
        raise WindowInvalid(_WANTED.format(text)) from error
    if start == end:
        raise WindowInvalid(_WANTED.format(text))
    return Window(start, end)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Called where a run can end without loss: raises Stopped where it must.

    `window` are the hours in which work is welcome (None: all), `told` raises Stopped where the program was told to
    end.
    """

    clock: Clock
    told: Callable[[], None]
    window: Window | None = None

    def __call__(self) -> None:
        """Raises Stopped outside the window, or where the program was told to end."""
        self.told()
        if self.window and not self.window.holds(self.clock()):
            raise Stopped(f"现在不在 {self.window} 这段时间里，已停止；完成的部分都保存好了，下次会接着做。")


def checked(progress: Progress, checkpoint: Callable[[], None]) -> Progress:
    """Progress that passes a checkpoint at every step."""

    def step(done: int, total: int, name: str) -> None:
        progress(done, total, name)
        checkpoint()

    return step


def step_back() -> None:
    """Lower the priority of this process, and of the children it starts, for processor and disk.

    There is no way back without privileges: for programs that do nothing else.
    """
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL)
        return
    os.nice(max(0, NICE - os.nice(0)))
    ionice = shutil.which("ionice")  # of every Linux; elsewhere the system has no such thing
    if ionice:
        subprocess.run([ionice, "-c", "3", "-p", str(os.getpid())], check=False, capture_output=True)  # noqa: S603 - a program of the system, our own number


def keep_to_cores(count: int) -> None:
    """Keep this process, its threads and its children to so many cores, where the system can.

    A number of workers alone does not do it: recognition and extraction use threads of their own.
    """
    if sys.platform == "linux":
        allowed = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, allowed[: max(1, count)])
