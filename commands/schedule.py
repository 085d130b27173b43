"""The library brought up to date at a time of day: by the machine's scheduler, or by a program in the foreground."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from commands.common import FOUND_NOTHING, SOME_FAILED, json_option, library_option, print_json, print_lines
from commands.unattended import Unattended, be_polite, between_option, cores_option, polite_option, unattended
from corpus.records import Run
from library import open_library
from settings import library_folder
from terminal.style import safe
from upkeep.attempt import PAUSES
from upkeep.cron import TRIES, Times, local_zone, missed, serve, times
from upkeep.polite import parse_window
from upkeep.stop import Stop, Stopped, told_by_signals
from upkeep.timers import install as timers
from upkeep.timers.contract import Place, Timer, timer_name

to_option = click.option("--to", type=click.Path(path_type=Path, file_okay=False), help="定时任务文件所在的文件夹。")


@click.group(subcommand_metavar="命令 ...")
def schedule() -> None:
    """定时更新资料库。"""


@schedule.command()
@click.option("--daily", type=click.DateTime(["%H:%M"]), required=True, metavar="时:分", help="每天几点，如 02:00。")
@click.option(
    "--as", "kind", type=click.Choice(list(timers.FORMATS)), default=timers.usual_format,
    help="哪一种定时任务；不写则按这台机器选。",
)  # fmt: skip
@to_option
@between_option
@cores_option
@click.option("--cpu", type=click.IntRange(1), metavar="百分之几", help="处理器上限，100 为一个核（仅 systemd）。")
@click.option("--run-as", default="", metavar="用户", help="装成系统服务，以这个用户的身份运行（仅 systemd）。")
@library_option
def install(
    *,
    daily: datetime,
    kind: str,
    to: Path | None,
    between: str | None,
    cores: int | None,
    cpu: int | None,
    run_as: str,
    library_path: Path | None,
) -> None:
    """写好每天更新资料库的定时任务，并说明接着要输入什么；不会自己启用。"""
    if kind != "systemd" and (cpu or run_as):
        raise click.UsageError("--cpu 和 --run-as 只用于 --as systemd。")
    path = library_folder(library_path).resolve()
    _latest(path)  # a timer for a library that cannot be opened would fail every night
    window = parse_window(between) if between else None
    if window and not window.holds(daily):
        raise click.UsageError(f"{daily:%H:%M} 不在 {window} 这段时间里，到时做不了。请改 --daily 或 --between。")
    options = ["--between", str(window)] if window else []
    options += ["--cores", str(cores)] if cores else []
    command = (*_program(), "schedule", "run", "--once", "--library", str(path), *options)
    timer = Timer(path, command, daily.time(), datetime.now().astimezone(), cpu, run_as)
    one, usual = timers.FORMATS[kind], timers.usual_place(kind, _config(), system=bool(run_as))
    place = Place(to.resolve(), usual.system) if to else usual
    print_lines(f"已写好：{safe(str(file))}" for file in timers.install(timer, one, place))
    print_lines([f"每天 {timer.daily:%H:%M} 更新资料库“{safe(str(path))}”。{one.note}"])
    if to and kind == "systemd":
        print_lines([f"请先把写好的文件复制到“{usual.folder}”。"])
    print_lines(["要启用，请输入：", *(f"  {line}" for line in one.to_start(timer.name, place))])


@schedule.command()
@to_option
@library_option
@json_option
def show(*, to: Path | None, library_path: Path | None, as_json: bool) -> None:
    """列出这个资料库的定时任务。"""
    for found in _installed(library_folder(library_path).resolve(), to):
        daily = f"{found.daily:%H:%M}" if found.daily else None
        files = [str(file) for file in found.files]
        if as_json:
            print_json({"as": found.format.name, "daily": daily, "files": files})
        else:
            when = f"每天 {daily}" if daily else "时间看不懂，文件可能改动过"
            print_lines([f"{found.format.name}：{when}", *(f"  {safe(file)}" for file in files)])


@schedule.command()
@to_option
@library_option
def remove(*, to: Path | None, library_path: Path | None) -> None:
    """删去这个资料库的定时任务文件，并说明接着要输入什么。"""
    path = library_folder(library_path).resolve()
    for found in _installed(path, to):
        timers.remove(found)
        print_lines(f"已删除：{safe(str(file))}" for file in found.files)
        lines = found.format.to_end(timer_name(path), found.place)
        print_lines(["要停用，请输入：", *(f"  {line}" for line in lines)])


@schedule.command()
@click.option("--cron", metavar="时间", help="一直运行，到时更新：分 时 日 月 星期，如 '0 2 * * *'（每天两点）。")
@click.option("--once", is_flag=True, help="更新一次就结束；加上 --cron，则只在到了时间而还没有更新时才做。")
@between_option
@polite_option
@cores_option
@library_option
def run(
    *, cron: str | None, once: bool, between: str | None, polite: bool, cores: int | None, library_path: Path | None
) -> None:
    """在前台按时更新资料库，供容器和定时任务使用；没有成功的会再试。"""
    if not cron and not once:
        raise click.UsageError("请写明时间，如 --cron '0 2 * * *'；只更新一次，请写 --once。")
    zone, path, stop = local_zone(), library_folder(library_path), Stop()
    after = times(cron, zone) if cron else None
    runs = unattended(path, stop, zone, between)
    latest = _latest(path)
    be_polite(polite=polite, cores=cores)
    with told_by_signals(stop):
        if after and not once:
            _serve(runs, after, latest)
        elif not after or missed(after, latest, datetime.now(zone)):
            _once(runs)


def _serve(runs: Unattended, after: Times, latest: list[Run]) -> None:
    def run() -> None:
        runs.run(pauses=PAUSES)

    serve(
        after,
        run=run,
        runs=latest,
        clock=runs.checkpoint.clock,
        wait=runs.stop.wait,
        tell=runs.tell,
        window=runs.checkpoint.window,
    )


def _once(runs: Unattended) -> None:
    try:
        report = runs.run(pauses=PAUSES)
    except Stopped as stopped:  # on purpose: no failure
        runs.tell(str(stopped))
        return
    if report.failed:
        sys.exit(SOME_FAILED)


def _latest(path: Path) -> list[Run]:
    with open_library(path) as library:
        return library.store.runs(TRIES)


def _installed(library: Path, to: Path | None) -> Iterator[timers.Installed]:
    """The library's timers; where there is none, that is said and the program ends."""
    places = [(one, Place(to.resolve())) for one in timers.FORMATS.values()] if to else timers.usual_places(_config())
    found = [one for one in (timers.installed(library, *place) for place in places) if one]
    if not found:
        click.echo(f"资料库“{safe(str(library))}”没有定时任务。要加，请运行：anjian schedule install", err=True)
        sys.exit(FOUND_NOTHING)
    yield from found


def _config() -> Path:
    """The folder of the user's settings: ~/.config, or what the system has instead."""
    return Path(click.get_app_dir("anjian")).parent


def _program() -> tuple[str, ...]:
    """The program at hand, as another program calls it."""
    called = shutil.which(sys.argv[0]) if Path(sys.argv[0]).stem == "anjian" else None
    return (str(Path(called).absolute()),) if called else (sys.executable, "-m", "cli")
