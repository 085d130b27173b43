"""Timers as each scheduler will read them: parsed back by its own rules, whatever stands in a path."""

from __future__ import annotations

import configparser
import re
import shlex
from collections.abc import Mapping
from datetime import UTC, datetime, time
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upkeep.timers import crontab, systemd, windows
from upkeep.timers.contract import Place, Timer, TimerError
from upkeep.timers.install import FORMATS, install, installed, remove, usual_format, usual_place

MADE = datetime(2026, 3, 1, 12, tzinfo=UTC)
AWKWARD = [
    "/srv/library",
    "/srv/资料库",
    "/srv/案件 资料",
    "/srv/完成 100%",
    "/srv/%h %%",
    "/srv/费用$HOME ${x}",
    '/srv/"引号"',
    "/srv/it's",
    "/srv/反\\斜\\%n",
    "/srv/末尾\\",
    "/srv/a;b#c&d|e>f`g`",
    "/srv/*?[x]{y}~!",
    "/srv/制表\t符",
]
paths = st.text(st.characters(exclude_characters="\n\r\0", exclude_categories=["Cs"]), min_size=1).map("/srv/".__add__)


def timer(library: str = "/srv/资料库", program: str = "/opt/an jian/anjian") -> Timer:
    command = (program, "schedule", "run", "--once", "--library", library)
    return Timer(Path(library), command, time(2, 5), MADE, cpu_percent=50)


def systemd_words(line: str) -> list[str]:
    """A command line as systemd.service(5) reads it: quotes, escapes, specifiers, variables (not in the program)."""
    words = [re.sub(r"\\(.)", r"\1", word) for word in re.findall(r'"((?:[^"\\]|\\.)*)"', line)]
    assert re.fullmatch(r'("([^"\\]|\\.)*"( |$))+', line)
    for word in words:
        assert not re.search(r"%(?!%)", word.replace("%%", ""))
    words = [word.replace("%%", "%") for word in words]
    for word in words[1:]:
        assert "$" not in word.replace("$$", "")
    return [words[0], *(word.replace("$$", "$") for word in words[1:])]


def cron_command(line: str) -> str:
    """The command as cron hands it to the shell: cut at the first bare %, the backslash before a % taken away."""
    out: list[str] = []
    escaped = False
    for character in line.split(" ", 5)[5]:
        if escaped and character == "%":
            out[-1] = "%"
        elif character == "%":
            break
        else:
            out.append(character)
        escaped = character == "\\" and not escaped
    return "".join(out)


def windows_words(line: str) -> list[str]:
    """A command line as the C runtime of Windows reads it."""
    words, word, quoted, begun = [], "", False, False
    for slashes, other in re.findall(r"(\\*)([^\\]|$)", line):
        if other == '"':
            word, begun = word + "\\" * (len(slashes) // 2), True
            if len(slashes) % 2:
                word += '"'
            else:
                quoted = not quoted
            continue
        word += slashes
        begun |= bool(slashes)
        if other in (" ", "\t", "") and not quoted:
            words += [word] if begun else []
            word, begun = "", False
        else:
            word, begun = word + other, True
    return words


def units(files: Mapping[str, bytes]) -> dict[str, configparser.ConfigParser]:
    read = {}
    for name, content in files.items():
        parser = configparser.ConfigParser(interpolation=None, delimiters=("=",), comment_prefixes=("#",))
        parser.optionxform = str  # type: ignore[assignment,method-assign] # names keep their capitals
        parser.read_string(content.decode())
        read[Path(name).suffix] = parser
    return read


def crontab_line(one: Timer) -> str:
    (content,) = crontab.FORMAT.files(one).values()
    (line,) = [line for line in content.decode().split("\n")[:-1] if not line.startswith("#")]
    return line


def test_a_unit_runs_daily_makes_up_what_it_missed_and_gives_way() -> None:
    read = units(systemd.FORMAT.files(timer()))
    clock, service = read[".timer"], read[".service"]
    assert (clock["Timer"]["OnCalendar"], clock["Timer"]["Persistent"]) == ("*-*-* 02:05:00", "true")
    assert clock["Install"]["WantedBy"] == "timers.target"
    wanted = {"Type": "oneshot", "Nice": "10", "IOSchedulingClass": "idle", "CPUQuota": "50%", "KillMode": "mixed"}
    assert wanted.items() <= dict(service["Service"]).items()
    assert "User" not in service["Service"]


def test_a_system_unit_names_its_user() -> None:
    one = Timer(Path("/srv/l"), ("/opt/anjian",), time(2), MADE, account="anjian")
    assert units(systemd.FORMAT.files(one))[".service"]["Service"]["User"] == "anjian"
    assert all("sudo" in line for line in systemd.FORMAT.to_start(one.name, Place(Path("/etc"), system=True)))


@pytest.mark.parametrize("path", AWKWARD)
def test_every_scheduler_gets_the_path_as_it_is(path: str) -> None:
    check_systemd(path)
    check_cron(path)


@given(paths)
def test_a_unit_holds_any_path(path: str) -> None:
    check_systemd(path)


@given(paths)
def test_a_crontab_holds_any_path(path: str) -> None:
    check_cron(path)


@given(st.lists(paths.filter(lambda path: not re.search(r"%[^%]+%|\$\(", path)), min_size=1))
def test_a_windows_command_line_holds_any_words(words: list[str]) -> None:
    assert windows_words(windows.arguments(tuple(words))) == words


def check_systemd(path: str) -> None:
    one = timer(path, path + "/anjian")
    (line,) = re.findall(r"^ExecStart=(.*)$", systemd.FORMAT.files(one)[f"{one.name}.service"].decode(), re.MULTILINE)
    assert systemd_words(line) == list(one.command)


def check_cron(path: str) -> None:
    line = crontab_line(timer(path, path + "/anjian"))
    words = shlex.split(cron_command(line), comments=True)
    assert words == [*timer(path, path + "/anjian").command, "--polite", "--cron", "5 2 * * *"]


def test_a_crontab_line_looks_hourly_since_cron_forgets() -> None:
    assert crontab_line(timer()).startswith("5 * * * * ")


def test_every_line_of_a_crontab_is_found_by_its_name() -> None:
    (content,) = crontab.FORMAT.files(timer()).values()
    assert all(timer().name in line for line in content.decode().splitlines())
    assert timer().name in crontab.FORMAT.to_end(timer().name, Place(Path("/x")))[0]


def test_a_windows_task_is_made_up_never_doubled_and_in_utf_16() -> None:
    (content,) = windows.FORMAT.files(timer("/srv/案件 & <资料>")).values()
    assert content.startswith((b"\xff\xfe", b"\xfe\xff"))
    task = ET.fromstring(content)  # noqa: S314 - our own
    said = {element.tag.removeprefix(f"{{{windows.NAMESPACE}}}"): element.text for element in task.iter()}
    assert said["StartBoundary"] == "2026-03-01T02:05:00"
    assert (said["StartWhenAvailable"], said["MultipleInstancesPolicy"]) == ("true", "IgnoreNew")
    assert (said["Command"], said["DaysInterval"]) == ("/opt/an jian/anjian", "1")
    assert windows_words(said["Arguments"] or "")[-1] == "/srv/案件 & <资料>"


@pytest.mark.parametrize("path", ["C:\\%TEMP%\\资料", "C:\\$(Arg0)"])
def test_what_windows_would_replace_is_refused(path: str) -> None:
    with pytest.raises(TimerError, match="改名"):
        windows.FORMAT.files(timer(path))


@pytest.mark.parametrize("name", FORMATS)
def test_a_line_break_is_refused(name: str) -> None:
    with pytest.raises(TimerError, match="换行"):
        FORMATS[name].files(timer("/srv/两\n行"))


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_installed_is_found_and_removed_whole(name: str, tmp_path: Path) -> None:
    one, place = timer(), Place(tmp_path / "定时 任务")
    files = install(one, FORMATS[name], place)
    install(one, FORMATS[name], place)  # again, in place of the former
    found = installed(one.library, FORMATS[name], place)
    assert found
    assert (set(found.files), found.daily) == (set(files), time(2, 5))
    assert installed(Path("/srv/别的"), FORMATS[name], place) is None
    assert all(str(one.name) in line for line in FORMATS[name].to_start(one.name, place)[1:2])
    remove(found)
    assert list(place.folder.iterdir()) == []
    assert installed(one.library, FORMATS[name], place) is None


def test_the_link_that_enabling_makes_is_removed_too(tmp_path: Path) -> None:
    place = Place(tmp_path)
    _, clock = install(timer(), systemd.FORMAT, place)
    link = tmp_path / "timers.target.wants" / clock.name
    link.parent.mkdir()
    link.symlink_to(clock)
    found = installed(timer().library, systemd.FORMAT, place)
    assert found
    remove(found)
    assert not link.is_symlink()


def test_an_edited_timer_is_still_found(tmp_path: Path) -> None:
    (path,) = install(timer(), crontab.FORMAT, Place(tmp_path))
    path.write_text("# 改动过", encoding="utf-8")
    found = installed(timer().library, crontab.FORMAT, Place(tmp_path))
    assert found
    assert found.daily is None


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(TimerError, match="--to"):
        install(timer(), systemd.FORMAT, Place(tmp_path / "file"))


@pytest.mark.parametrize(("platform", "name"), [("linux", "systemd"), ("darwin", "cron"), ("win32", "windows")])
def test_the_format_goes_by_the_platform(platform: str, name: str) -> None:
    assert usual_format(platform) == name
    assert usual_place(name, Path("/home/a/.config")).folder.is_relative_to("/home/a/.config")


def test_a_system_unit_belongs_to_the_system() -> None:
    assert usual_place("systemd", Path("/x"), system=True) == Place(Path("/etc/systemd/system"), system=True)
