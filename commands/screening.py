"""A list of names checked against the library."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from commands.common import (
    FOUND_NOTHING,
    SOME_FAILED,
    json_option,
    library_option,
    print_json,
    print_lines,
    progress,
    style,
)
from corpus.tables import read_tables
from library import limits_of, open_library
from reports import screening as reports
from search.screening.known import Known
from search.screening.names import names_in
from search.screening.results import Verdict
from search.screening.screen import screen as check
from settings import library_folder, user
from terminal.screening import screening_lines


@click.command()
@click.argument("path", metavar="名单", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--out", metavar="报告", type=click.Path(path_type=Path), help="写成报告：以 .xlsx、.docx 或 .json 结尾。"
)
@click.option("--by", metavar="姓名", default=user, help="核对人；不写则用登录名。")
@library_option
@json_option
def screen(path: Path, *, out: Path | None, by: str, library_path: Path | None, as_json: bool) -> None:
    """核对名单：逐人查资料库里有没有此人或同名者的记录。

    \b
    名单可以是 xlsx、xls、csv 或 txt，有“姓名”一列即可；另有“单位”“职务”“出生年月”的，据以分清同名的人。
    """
    if out:
        reports.maker(out)
    with open_library(library_folder(library_path)) as library, progress() as told:
        names = names_in(read_tables(path, limits_of(library.settings)))
        screening = check(names, library.store, Known(library.store), told)
        runs = library.store.runs(1)
        about = reports.Particulars(
            source=path.name,
            library=str(library.path),
            documents=screening.documents,
            unread=len(library.store.failures()),
            last_run=runs[0].finished if runs else None,
            made=datetime.now().astimezone(),
            who=by,
        )
    if out:
        reports.write(screening, about, out)
    if as_json:
        print_json(reports.as_json(screening, about))
    else:
        print_lines(screening_lines(screening, style()))
    if names.lost or not names.rows:
        sys.exit(SOME_FAILED)
    if all(one.verdict is Verdict.NO_RECORD for one in screening.rows):
        sys.exit(FOUND_NOTHING)
