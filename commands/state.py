"""How the library and the machine stand."""

from __future__ import annotations

import csv
import sys
from dataclasses import asdict
from pathlib import Path

import click

from commands.common import json_option, library_option, print_json, print_lines
from library import open_library
from settings import library_folder
from terminal.state import doctor_lines, failure_lines, status_lines


@click.command()
@library_option
@json_option
def status(library_path: Path | None, as_json: bool) -> None:
    """资料库现在的情况。"""
    with open_library(library_folder(library_path)) as library:
        figures = library.status()
    if as_json:
        print_json(asdict(figures))
    else:
        print_lines(status_lines(figures))


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
