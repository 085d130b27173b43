"""The library brought up to date shortly after files change."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import click

from commands.common import library_option
from commands.unattended import be_polite, between_option, cores_option, polite_option, unattended
from library import open_library
from settings import library_folder
from upkeep.cron import local_zone
from upkeep.stop import Stop, told_by_signals
from upkeep.watch import QUIET_SECONDS, Watch, WatchUnavailable, told_by_system

#: Only what passes by itself is waited for: the next change comes soon enough.
PAUSES = (60.0, 300.0)


@click.command()
@click.option(
    "--quiet", type=click.FloatRange(0), default=QUIET_SECONDS, show_default=True, metavar="秒",
    help="文件安静这么久以后才更新，免得收进正在复制的文件。",
)  # fmt: skip
@click.option(
    "--poll",
    type=click.FloatRange(1),
    metavar="秒",
    help="每隔这么久自己查看一遍：共享盘上别人的改动，系统常常不通知。",
)
@between_option
@polite_option
@cores_option
@library_option
def watch(
    *, quiet: float, poll: float | None, between: str | None, polite: bool, cores: int | None, library_path: Path | None
) -> None:
    """一直运行，收录的文件夹有变化时随即更新资料库；按 Ctrl-C 结束。"""
    be_polite(polite=polite, cores=cores)
    path = library_folder(library_path)
    with open_library(path) as library:
        folders = [folder.path for folder in library.store.folders()]
        ignored = library.settings.names("ignore")
    if not folders:
        raise WatchUnavailable(f"资料库“{path}”还没有收录文件夹。请运行：anjian index 文件夹")
    stop = Stop()
    runs = unattended(path, stop, local_zone(), between)

    def run(there: Sequence[Path]) -> None:
        runs.run(there, pauses=PAUSES)

    with told_by_signals(stop):
        source = told_by_system(stop, poll)
        Watch(folders, run, source, time.monotonic, stop.wait, runs.tell, ignored, quiet=quiet).keep()
