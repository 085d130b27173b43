"""A systemd timer and its service, for Linux (systemd 219 and later)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time

from upkeep.polite import NICE
from upkeep.timers.contract import Format, Place, Timer, one_line

_CALENDAR = re.compile(r"^OnCalendar=\*-\*-\* (\d\d):(\d\d):00$", re.MULTILINE)


def quoted(argument: str, *, program: bool = False) -> str:
    """An argument of ExecStart: quoted, with % and $ doubled ($ not in the name of the program, see systemd.service).

    Raises TimerError for a line break.
    """
    text = one_line(argument).replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{text}"' if program else f'"{text.replace("$", "$$")}"'


def _files(timer: Timer) -> Mapping[str, bytes]:
    program, *arguments = timer.command
    # The closing mark keeps a path that ends in a backslash from continuing the line.
    described = f"案鉴：更新资料库“{one_line(str(timer.library))}”".replace("%", "%%")
    service = [
        "[Unit]",
        f"Description={described}",
        "",
        "[Service]",
        "Type=oneshot",
        "ExecStart=" + " ".join([quoted(program, program=True), *map(quoted, arguments)]),
        *([f"User={one_line(timer.account)}"] if timer.account else []),
        "# 2：有的文件没有读成，已经记下，不算服务失败",
        "SuccessExitStatus=2",
        "# 停止时先做完手上的一批；读取文件的进程由程序自己结束",
        "KillMode=mixed",
        "TimeoutStopSec=10min",
        f"Nice={NICE}",
        "IOSchedulingClass=idle",
        *([f"CPUQuota={timer.cpu_percent}%"] if timer.cpu_percent else []),
    ]
    clock = [
        "[Unit]",
        f"Description={described}",
        "",
        "[Timer]",
        f"OnCalendar=*-*-* {timer.daily:%H:%M}:00",
        "# 到时没有开机的，开机后补做",
        "Persistent=true",
        "",
        "[Install]",
        "WantedBy=timers.target",
    ]
    return {
        f"{timer.name}.service": "\n".join([*service, ""]).encode(),
        f"{timer.name}.timer": "\n".join([*clock, ""]).encode(),
    }


def _owned(name: str) -> tuple[str, ...]:
    return f"{name}.service", f"{name}.timer", f"timers.target.wants/{name}.timer"  # the last is made by `enable`


def _daily(files: Mapping[str, bytes]) -> time:
    for name, content in files.items():
        if name.endswith(".timer") and (found := _CALENDAR.search(content.decode())):
            return time(int(found[1]), int(found[2]))
    raise ValueError("OnCalendar")


def _to_start(name: str, place: Place) -> tuple[str, ...]:
    call = _call(place)
    lines = (f"{call} daemon-reload", f"{call} enable --now {name}.timer", f"{call} list-timers {name}.timer")
    return lines if place.system else (*lines, "loginctl enable-linger    # 没有登录时也运行")


def _to_end(name: str, place: Place) -> tuple[str, ...]:
    call = _call(place)
    return f"{call} stop {name}.timer", f"{call} daemon-reload"


def _call(place: Place) -> str:
    return "sudo systemctl" if place.system else "systemctl --user"


FORMAT = Format(
    name="systemd",
    files=_files,
    owned=_owned,
    daily=_daily,
    to_start=_to_start,
    to_end=_to_end,
    note="到时没有开机的，开机后自动补做。",
)
