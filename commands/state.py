"""How the library and the machine stand."""

from __future__ import annotations

import csv
import sys
from dataclasses import asdict
from pathlib import Path

import click

from commands.common import json_option, library_option, print_json, print_lines
from corpus import lease, lock
from library import Library, open_library
from settings import library_folder
from terminal.state import doctor_lines, failure_lines, status_lines

_RUNS = 10  # told of where nobody says how many


@click.command()
@click.option(
    "--runs",
    type=click.IntRange(1),
    is_flag=False,
    flag_value=_RUNS,
    metavar="[几次]",
    help=f"列出最近几次更新：何时、多久、变了什么。不写几次则为 {_RUNS} 次。",
)
@library_option
@json_option
def status(*, runs: int | None, library_path: Path | None, as_json: bool) -> None:
    """资料库现在的情况。"""
    with open_library(library_folder(library_path)) as library:
        if runs is not None:
            _print_runs(library, runs, as_json)
            return
        figures = library.status()
    if as_json:
        print_json(asdict(figures))
    else:
        print_lines(status_lines(figures))


def _print_runs(library: Library, count: int, as_json: bool) -> None:
    from upkeep.cron import local_zone
    from upkeep.report import run_lines, summary

    found, zone = library.store.runs(count), local_zone()
    if as_json:
        for run in found:
            print_json(summary(run, zone).as_json())
    else:
        print_lines(
            run_lines(found, writing=bool(lease.read(library.path / lock.LEASE_NAME)), zone=zone)
            if found
            else ["还没有更新过。"]
        )


@click.command()
@click.option("--csv", "as_csv", is_flag=True, help="输出 CSV，可用表格软件打开。")
@library_option
@json_option
def failures(as_csv: bool, library_path: Path | None, as_json: bool) -> None:
    """没有读成的文件：原因、时间和办法。"""
    with open_library(library_folder(library_path)) as library:
        failed = library.store.failures()
    if as_json:
        for failure in failed:
            print_json({**asdict(failure), "label": failure.skip.reason.label, "remedy": failure.skip.reason.remedy})
    elif as_csv:
        writer = csv.writer(sys.stdout)
        writer.writerow(["文件", "页", "原因", "说明", "办法", "首次", "最近", "次数"])
        for failure in failed:
            skip = failure.skip
            writer.writerow([skip.source, skip.page or "", skip.reason.label, skip.detail, skip.reason.remedy,
                             failure.first_seen, failure.last_tried, failure.tries])  # fmt: skip
    elif failed:
        print_lines(failure_lines(failed))
    else:
        print_lines(["全部文件都读成了。"])


@click.command()
@library_option
@json_option
def doctor(library_path: Path | None, as_json: bool) -> None:
    """检查运行环境：各部件是否齐全，用的是哪一个，设置是什么。"""
    from doctor import examine  # looks at every reader, which takes a while

    findings = examine(library_folder(library_path))
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        print_lines(doctor_lines(findings))
