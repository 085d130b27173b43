"""Folders into the library, and the library up to date."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.common import SOME_FAILED, json_option, library_option, print_json, print_lines, progress
from corpus.recognition import Ocr
from library import open_library
from settings import library_folder
from terminal.state import outlook_lines, report_lines
from upkeep import refresh

if TYPE_CHECKING:
    from indexer.report import Report

ocr_option = click.option(
    "--ocr",
    type=click.Choice([choice.value for choice in Ocr]),
    default=Ocr.NOW.value,
    show_default=True,
    help="扫描件和图片的文字识别：now 这次就做，later 先记下以后再做，off 不做。",
)
later_option = click.option(
    "--no-extract", is_flag=True, help="先不提取案件、人员等（较慢），留待下次 reindex；不影响按词语查找。"
)


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="文件夹...")
@ocr_option
@later_option
@library_option
@json_option
def index(folders: tuple[Path, ...], *, ocr: str, no_extract: bool, library_path: Path | None, as_json: bool) -> None:
    """把文件夹收进资料库；已收过的只处理有变化的文件。"""
    for folder in folders:
        refresh.check(folder)  # before a library is made for the sake of a slip of the pen
    with open_library(library_folder(library_path), create=True) as library, progress() as bar:
        report = library.index(folders, bar, ocr=Ocr(ocr), extract=not no_extract)
        library.leave_figures()
    _finish(report, as_json)


@click.command()
@click.option("--dry-run", is_flag=True, help="只列出要做什么、为什么，不作任何改动。")
@click.option("--full", is_flag=True, help="全部重读，不论有无变化。")
@click.option("--rebuild", is_flag=True, help="从资料库重新建立索引；建好之前仍用原来的索引查找。")
@click.option("--retry-failed", is_flag=True, help="再试上次没有读成的文件。")
@click.option("--only", metavar="子文件夹", default="", help="只更新收录的文件夹里的这个子文件夹。")
@click.option("--allow-mass-removal", is_flag=True, help="文件夹里的文件确已大量删除，从资料库中也去掉。")
@ocr_option
@library_option
@json_option
def reindex(
    *,
    dry_run: bool,
    full: bool,
    rebuild: bool,
    retry_failed: bool,
    only: str,
    allow_mass_removal: bool,
    ocr: str,
    library_path: Path | None,
    as_json: bool,
) -> None:
    """按已收录的文件夹更新资料库。"""
    with open_library(library_folder(library_path)) as library, progress() as bar:
        if dry_run:
            outlook = library.outlook(
                retry=retry_failed, full=full, empty=allow_mass_removal, only=only.strip("/"), rebuild=rebuild
            )
            if as_json:
                print_json(outlook.as_json())
            else:
                print_lines(outlook_lines(outlook))
            return
        report = library.index(
            (), bar,
            retry=retry_failed, full=full, empty=allow_mass_removal, only=only.strip("/"), rebuild=rebuild,
            ocr=Ocr(ocr),
        )  # fmt: skip
        library.leave_figures()
    _finish(report, as_json)


def _finish(report: Report, as_json: bool) -> None:
    if as_json:
        print_json(report.as_json())
    else:
        print_lines(report_lines(report))
    if report.failed:
        sys.exit(SOME_FAILED)
