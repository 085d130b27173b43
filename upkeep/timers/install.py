"""Timers on this machine: written, looked up, removed."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from pathlib import Path

from corpus.cause import cause
from upkeep.timers import crontab, systemd, windows
from upkeep.timers.contract import Format, Place, Timer, TimerError, timer_name

FORMATS: Mapping[str, Format] = {one.name: one for one in (systemd.FORMAT, crontab.FORMAT, windows.FORMAT)}
SYSTEM_UNITS = Path("/etc/systemd/system")


@dataclass(frozen=True, slots=True)
class Installed:
    """A timer found: its format, its files (the first is what `daily` was read from), its time of day if it has one."""

    format: Format
    place: Place
    files: tuple[Path, ...]
    daily: time | None


def usual_format(platform: str = sys.platform) -> str:
    """The format of this machine's scheduler."""
    if platform == "win32":
        return windows.FORMAT.name
    return systemd.FORMAT.name if platform == "linux" else crontab.FORMAT.name


def usual_place(format_name: str, config: Path, *, system: bool = False) -> Place:
    """Where a format's files belong. `config` is the folder of the user's settings (~/.config, %APPDATA%)."""
    if format_name == systemd.FORMAT.name:
        return Place(SYSTEM_UNITS, system=True) if system else Place(config / "systemd" / "user")
    return Place(config / "anjian")


def usual_places(config: Path) -> Iterator[tuple[Format, Place]]:
    """Everywhere that timers may have been written without being told where."""
    yield systemd.FORMAT, usual_place(systemd.FORMAT.name, config, system=True)
    for one in FORMATS.values():
        yield one, usual_place(one.name, config)


def install(timer: Timer, one: Format, place: Place) -> list[Path]:
    """Write the files of a timer, in place of older ones. Raises TimerError."""
    files = {place.folder / name: content for name, content in one.files(timer).items()}
    try:
        place.folder.mkdir(parents=True, exist_ok=True)
        for path, content in files.items():
            path.write_bytes(content)
    except OSError as error:
        raise TimerError(
            f"不能写入“{place.folder}”（{cause(error)}）。请加 --to 文件夹 写到别处，再请管理员复制过去。"
        ) from error
    return list(files)


def installed(library: Path, one: Format, place: Place) -> Installed | None:
    """A library's timer of this format in this place, or None. Raises TimerError where it cannot be read."""
    name = timer_name(library)
    files = tuple(path for path in (place.folder / owned for owned in one.owned(name)) if _is_there(path))
    if not files:
        return None
    try:
        contents = {path.name: path.read_bytes() for path in files if path.is_file()}
        return Installed(one, place, files, one.daily(contents))
    except ValueError:  # written by another version, or edited
        return Installed(one, place, files, None)
    except OSError as error:
        raise TimerError(f"“{place.folder}”里的定时任务读不出来（{cause(error)}）。请检查权限。") from error


def remove(found: Installed) -> None:
    """Delete the files of a timer. Raises TimerError."""
    for path in found.files:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise TimerError(f"不能删除“{path}”（{cause(error)}）。请检查权限，或请管理员删除。") from error


def _is_there(path: Path) -> bool:
    return path.is_symlink() or path.is_file()  # a link that `enable` made may lead nowhere
