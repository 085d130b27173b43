"""A line of a crontab, for Unix without systemd.

Cron forgets what falls into a time when the machine is off, and its @reboot is not run after sleep. So the line calls
the program every hour, at the minute of the daily time, with that time as its schedule; the program looks at the last
run on record and ends at once when none is due. Every line ends in, or begins with, the timer's name, by which it is
found again.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from datetime import time

from upkeep.timers.contract import Format, Place, Timer, one_line

_DAILY = re.compile(r"--cron '(\d+) (\d+) \* \* \*'")


def quoted(argument: str) -> str:
    r"""An argument of a command in a crontab: quoted for the shell, with % escaped for cron. Raises TimerError.

    Cron cuts a command at a bare %, inside quotes too, and takes the backslash away from a "\%". The quotes closed and
    opened before it keep a backslash of the argument itself from standing there.
    """
    return shlex.quote(one_line(argument)).replace("%", "''\\%")


def _files(timer: Timer) -> Mapping[str, bytes]:
    due = f"{timer.daily.minute} {timer.daily.hour} * * *"
    command = " ".join([*map(quoted, timer.command), "--polite", "--cron", f"'{due}'"])
    lines = [
        f"# {timer.name} 案鉴：更新资料库 {one_line(str(timer.library))}，每天 {timer.daily:%H:%M}",
        f"# {timer.name} 每小时看一次；到了时间、或上次该做而没有做（没有开机），才更新。",
        f"{timer.daily.minute} * * * * {command} # {timer.name}",
    ]
    return {f"{timer.name}.cron": "\n".join([*lines, ""]).encode()}


def _owned(name: str) -> tuple[str, ...]:
    return (f"{name}.cron",)


def _daily(files: Mapping[str, bytes]) -> time:
    for content in files.values():
        if found := _DAILY.search(content.decode()):
            return time(int(found[2]), int(found[1]))
    raise ValueError("--cron")


def _to_start(name: str, place: Place) -> tuple[str, ...]:
    path = shlex.quote(str(place.folder / f"{name}.cron"))
    return (f"(crontab -l 2>/dev/null | grep -v {name}; cat {path}) | crontab -",)


def _to_end(name: str, place: Place) -> tuple[str, ...]:  # noqa: ARG001 - a crontab has no place of its own
    return (f"crontab -l | grep -v {name} | crontab -",)


FORMAT = Format(
    name="cron",
    files=_files,
    owned=_owned,
    daily=_daily,
    to_start=_to_start,
    to_end=_to_end,
    note="到时没有开机的，开机后一小时内自动补做：每小时看一次上次更新的时间，没有到时间就立即结束。",
)
