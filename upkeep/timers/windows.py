"""A task of the Windows Task Scheduler, as the XML that `schtasks /Create /XML` takes."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from datetime import datetime, time
from xml.etree import ElementTree as ET

from upkeep.timers.contract import Format, Place, Timer, TimerError, one_line

NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
#: What the scheduler replaces in a command, and offers no way to write plainly: %NAME% and $(Arg0).
_REPLACED = re.compile(r"%[^%]+%|\$\(")
_START = re.compile(r"<StartBoundary>([^<]+)</StartBoundary>")


def arguments(words: tuple[str, ...]) -> str:
    """Words as one command line, by the rules of the C runtime. Raises TimerError for what Windows would replace."""
    for word in words:
        if _REPLACED.search(one_line(word)):
            raise TimerError(f"路径“{word}”里有成对的百分号或“$(”，Windows 任务计划会把它当作变量。请先把文件夹改名。")
    return subprocess.list2cmdline(words)


def _files(timer: Timer) -> Mapping[str, bytes]:
    ET.register_namespace("", NAMESPACE)
    task = ET.Element(f"{{{NAMESPACE}}}Task", version="1.2")
    _add(task, "RegistrationInfo", Description=f"案鉴：更新资料库 {timer.library}")
    trigger = ET.SubElement(_add(task, "Triggers"), f"{{{NAMESPACE}}}CalendarTrigger")
    start = datetime.combine(timer.made.date(), timer.daily)
    for name, value in (("StartBoundary", start.isoformat(timespec="seconds")), ("Enabled", "true")):
        _add(trigger, name).text = value
    _add(trigger, "ScheduleByDay", DaysInterval="1")
    principal = _add(_add(task, "Principals"), "Principal", LogonType="InteractiveToken", RunLevel="LeastPrivilege")
    principal.set("id", "Author")
    _add(
        task,
        "Settings",
        MultipleInstancesPolicy="IgnoreNew",
        DisallowStartIfOnBatteries="false",
        StopIfGoingOnBatteries="false",
        StartWhenAvailable="true",  # a missed run is made up
        ExecutionTimeLimit="PT0S",  # none
        Priority="7",  # below normal, for processor and disk
    )
    actions = _add(task, "Actions")
    actions.set("Context", "Author")
    program, *rest = timer.command
    arguments((program,))
    _add(actions, "Exec", Command=program, Arguments=arguments(tuple(rest)))
    ET.indent(task)
    # The scheduler wants UTF-16 with its mark, and a declaration that says so.
    text = '<?xml version="1.0" encoding="UTF-16"?>\n' + ET.tostring(task, encoding="unicode") + "\n"
    return {f"{timer.name}.xml": text.replace("\n", "\r\n").encode("utf-16")}


def _add(parent: ET.Element, name: str, **children: str) -> ET.Element:
    """A new element with children that hold text."""
    element = ET.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    for child, text in children.items():
        ET.SubElement(element, f"{{{NAMESPACE}}}{child}").text = text
    return element


def _owned(name: str) -> tuple[str, ...]:
    return (f"{name}.xml",)


def _daily(files: Mapping[str, bytes]) -> time:
    for content in files.values():
        if found := _START.search(content.decode("utf-16")):
            return datetime.fromisoformat(found[1]).time()
    raise ValueError("StartBoundary")


def _to_start(name: str, place: Place) -> tuple[str, ...]:
    create = f'schtasks /Create /TN {name} /XML "{place.folder / (name + ".xml")}"'
    return create, f"schtasks /Query /TN {name}"


def _to_end(name: str, place: Place) -> tuple[str, ...]:  # noqa: ARG001 - the scheduler keeps a copy of its own
    return (f"schtasks /Delete /TN {name} /F",)


FORMAT = Format(
    name="windows",
    files=_files,
    owned=_owned,
    daily=_daily,
    to_start=_to_start,
    to_end=_to_end,
    note="到时没有开机的，开机后自动补做。没有登录时也要运行的，请管理员在第一条命令后面加上 /F /RU SYSTEM。",
)
