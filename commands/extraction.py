"""What is extracted from files, and what people correct of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import IO

import click

from commands.common import (
    FOUND_NOTHING,
    SOME_FAILED,
    json_option,
    library_option,
    only,
    print_json,
    print_lines,
    style,
)
from indexer import corrections as records
from indexer.corrections import Correction
from indexer.goldens import golden
from library import open_library
from settings import library_folder, read_settings, user
from terminal.documents import correction_lines, examined_lines


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="文件或文件夹...")
@click.option("--with-text", is_flag=True, help="同时输出全文，各处位置都指向它。")
@library_option
@json_option
def extract(paths: tuple[Path, ...], *, with_text: bool, library_path: Path | None, as_json: bool) -> None:
    """不用资料库，直接列出文件里的案件、人员、机构、处分、金额和引用的条文。"""
    for path in paths:
        if not path.exists():
            raise click.BadParameter(f"找不到“{path}”。")
    from examining import examine_files  # reading files takes far more of the program than the other commands do

    failed = found = False
    for examined in examine_files(paths, read_settings(library_folder(library_path)), with_text=with_text):
        failed |= bool(examined["problems"])
        found |= examined["kind"] is not None
        if as_json:
            print_json(examined)
        else:
            print_lines(examined_lines(examined, style()))
    if failed or not found:
        sys.exit(SOME_FAILED if failed else FOUND_NOTHING)


@click.command()
@click.argument("identifier", metavar="编号")
@click.option("--not-official", metavar="姓名", help="这不是人员。")
@click.option("--not-agency", metavar="名称", help="这不是机构。")
@click.option("--at", metavar="位置", type=click.IntRange(0), help="只改全文中这个位置的一处。")
@click.option("--agency", metavar="简称", help="这个机构是 --is 所写的机构。")
@click.option("--is", metavar="全称", help="机构的全称。")
@click.option("--sanction", metavar="处分", help="--of 所写的人（或单位）受了这项处分。")
@click.option("--no-sanction", metavar="处分", help="--of 所写的人（或单位）没有受这项处分。")
@click.option("--of", metavar="姓名", help="处分是谁的。")
@click.option("--from", metavar="姓名", help="处分原来错记在谁名下，从他名下去掉。")
@click.option("--violation", metavar="问题", help="案件中有这个问题。")
@click.option("--no-violation", metavar="问题", help="案件中没有这个问题。")
@click.option("--case", metavar="第几个", type=click.IntRange(1), help="文件中的第几个案件；只有一个时不必写。")
@click.option("--by", metavar="姓名", default=user, help="更正人；不写则用登录名。")
@library_option
@json_option
def correct(identifier: str, *, by: str, library_path: Path | None, as_json: bool, **said: str | int | None) -> None:
    """更正从一份文件里提取的内容；一次改一处，查找的结果随即跟着改。

    \b
    --not-official 高明                              --agency 省发改委 --is 湖南省发展和改革委员会
    --sanction 党内警告 --of 李某 --from 王某          --no-violation 受贿或权钱交易 --case 2
    """
    words = {option: str(value) for option, value in said.items() if value is not None}
    with open_library(library_folder(library_path)) as library:
        key = only(library.store.find_ids(identifier), identifier)
        made = library.correct(library.store.fetch([key])[key], words, by)
    _print_corrections(made, as_json)


@click.command()
@click.option("--export", type=click.File("w", encoding="utf-8"), metavar="文件", help="导出为测试用例，一条一行。")
@click.option("--undo", type=int, metavar="第几条", help="撤销一条更正。")
@library_option
@json_option
def corrections(*, export: IO[str] | None, undo: int | None, library_path: Path | None, as_json: bool) -> None:
    """列出、导出或撤销人工更正。"""
    with open_library(library_folder(library_path)) as library:
        if undo is not None:
            library.undo(undo)
        made = records.recorded(library.store)
        cases = [golden(library.store, one) for one in made if not one.undone] if export else []
    if export:
        kept = [case for case in cases if case]
        export.writelines(json.dumps(case, ensure_ascii=False) + "\n" for case in kept)
        click.echo(f"有效的更正 {len(cases)} 条，导出 {len(kept)} 条（文件已不在资料库里的不导出）。", err=True)
    else:
        _print_corrections(made, as_json)


def _print_corrections(made: Sequence[Correction], as_json: bool) -> None:
    if as_json:
        for correction in made:
            print_json(asdict(correction))
    else:
        print_lines(correction_lines(made) if made else ["还没有更正。"])
