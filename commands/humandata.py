"""All that people made of a library, in a file of an open format."""

from __future__ import annotations

from pathlib import Path

import click

from commands.common import json_option, library_option, print_json
from library import open_library
from settings import library_folder
from terminal.alerts import made_told
from terminal.style import safe
from upkeep.human import records, take, write_records
from upkeep.records import read_records

file_argument = click.argument("path", type=click.Path(path_type=Path, dir_okay=False), metavar="文件.jsonl")


@click.command()
@file_argument
@library_option
@json_option
def export(path: Path, *, library_path: Path | None, as_json: bool) -> None:
    """把人工做的都写进一个文件：更正、人员关系、保存的查询和关注、设置、词典。资料库重建后可以用 import 收回。"""
    with open_library(library_folder(library_path)) as library:
        counts = write_records(records(library.store, library.path, library.named), path)
    if as_json:
        print_json(counts)
    else:
        click.echo(f"写进 {safe(str(path))}：{made_told(counts)}。")


@click.command("import")
@file_argument
@library_option
@json_option
def import_(path: Path, *, library_path: Path | None, as_json: bool) -> None:
    """收进 anjian export 写的文件；已经有的不会重复，文件有问题则一项也不收。"""
    lines = read_records(path)
    with open_library(library_folder(library_path), create=True) as library, library.writing():
        review = library.review
        taken = take(review, library.path, lines)
    for note in taken.notes:
        click.echo(f"注意：{safe(note)}", err=True)
    if as_json:
        print_json({"added": taken.added, "notes": taken.notes})
    else:
        click.echo(f"收进：{made_told(taken.added)}。")
