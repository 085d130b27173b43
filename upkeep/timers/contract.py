"""What is to be run when, and what every format of it must tell."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from upkeep.errors import UpkeepError


class TimerError(UpkeepError):
    """A timer cannot be written or read; the message says where and what to do."""


@dataclass(frozen=True, slots=True)
class Timer:
    """A library's daily run.

    `command` is the program (an absolute path) and its arguments. `cpu_percent` limits the processor, 100 being one
    core (None: no limit), `account` is the user as whom a system service runs ("": a service of one's own); a format
    that knows neither ignores them. `made` is the present, local.
    """

    library: Path
    command: tuple[str, ...]
    daily: time
    made: datetime
    cpu_percent: int | None = None
    account: str = ""

    @property
    def name(self) -> str:
        """The name of the library's timer."""
        return timer_name(self.library)


def timer_name(library: Path) -> str:
    """The name of a library's timer on this machine: letters and digits, since no scheduler takes every path."""
    return f"anjian-{hashlib.sha256(str(library).encode(errors='surrogateescape')).hexdigest()[:8]}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where timers are: the folder, and whether it is that of the system rather than of a user."""

    folder: Path
    system: bool = False


@dataclass(frozen=True, slots=True)
class Format:
    """A scheduler. Each function speaks of one timer by its name.

    `files` gives the content of each file by name. `to_start` and `to_end` are the lines to type when the files stand
    in, or are gone from, a place. `owned` are the names of all that is to be removed, `daily` reads the time of day
    back from the files (ValueError where they hold none). `note` says what a user should know of a missed run.
    """

    name: str
    files: Callable[[Timer], Mapping[str, bytes]]
    owned: Callable[[str], tuple[str, ...]]
    daily: Callable[[Mapping[str, bytes]], time]
    to_start: Callable[[str, Place], tuple[str, ...]]
    to_end: Callable[[str, Place], tuple[str, ...]]
    note: str


def one_line(text: str) -> str:
    """The text, if a line-based file can hold it. Raises TimerError."""
    if any(character in text for character in "\n\r\0"):
        raise TimerError(f"路径“{text!r}”里有换行符，写不进定时任务。请先改名。")
    return text
