"""What people judge of who is who, and of which names mean one agency."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click

from commands.common import CANNOT, FOUND_NOTHING, json_option, library_option, print_json, print_lines
from indexer.identity import judging
from indexer.identity import links as records
from indexer.identity.judged import Kind
from indexer.identity.links import Link, LinkRefused
from indexer.register import aliases
from indexer.register.aliases import Alias, AliasRefused
from library import Library, open_library
from settings import library_folder, user
from terminal.links import link_lines

by_option = click.option("--by", metavar="姓名", default=user, help="由谁判断；不写则用登录名。")


@contextmanager
def _judging(library_path: Path | None) -> Iterator[Library]:
    """The library under the writer's lock; what is refused is said, and the program ends."""
    with open_library(library_folder(library_path)) as library, library.writing():
        try:
            yield library
        except (LinkRefused, AliasRefused) as error:
            click.echo(str(error), err=True)
            sys.exit(CANNOT)


@click.command()
@click.argument("one", metavar="甲")
@click.argument("other", metavar="乙")
@by_option
@library_option
@json_option
def same(one: str, other: str, *, by: str, library_path: Path | None, as_json: bool) -> None:
    """判断甲和乙是同一个人。甲、乙写人员编号（见 anjian official），或写 文件编号:姓名。"""
    with _judging(library_path) as library:
        made = judging.judge(library.store, Kind.SAME, one, other, by)
    _print([made], as_json)


@click.command()
@click.argument("one", metavar="甲")
@click.argument("other", metavar="乙")
@by_option
@library_option
@json_option
def different(one: str, other: str, *, by: str, library_path: Path | None, as_json: bool) -> None:
    """判断甲和乙不是同一个人。甲、乙写人员编号（见 anjian official），或写 文件编号:姓名。"""
    with _judging(library_path) as library:
        made = judging.judge(library.store, Kind.DIFFERENT, one, other, by)
    _print([made], as_json)


@click.command()
@click.argument("name", metavar="姓名")
@click.argument("other", metavar="别名")
@click.option("--agency", is_flag=True, help="两个都是机构的名称。")
@by_option
@library_option
@json_option
def alias(name: str, other: str, *, agency: bool, by: str, library_path: Path | None, as_json: bool) -> None:
    """设别名：两个姓名是同一个人（曾用名、化名、误写），或加 --agency，两个名称是同一个机构。

    同名的不止一人时，写人员编号，或写 文件编号:姓名。
    """
    made: Link | Alias
    with _judging(library_path) as library:
        if agency:
            with library.store.begin() as writing:
                made = aliases.record(writing, name, other, by)
        else:
            made = judging.judge(library.store, Kind.ALIAS, name, other, by)
    _print([made], as_json)


@click.command()
@click.option("--undo", type=int, metavar="第几条", help="撤销一条判断，资料库随即复原。")
@library_option
@json_option
def links(*, undo: int | None, library_path: Path | None, as_json: bool) -> None:
    """列出或撤销关于同一人、不同人和别名的判断。"""
    if undo is not None:
        with _judging(library_path) as library:
            if not judging.undo(library.store, undo):
                click.echo(f"没有第 {undo} 条有效的判断。请用 anjian links 查看。", err=True)
                sys.exit(FOUND_NOTHING)
    with open_library(library_folder(library_path)) as library:
        made: list[Link | Alias] = [*records.recorded(library.store), *aliases.recorded(library.store)]
        made.sort(key=lambda one: one.id)
    _print(made, as_json)


def _print(made: Sequence[Link | Alias], as_json: bool) -> None:
    if as_json:
        for one in made:
            print_json(asdict(one))
    else:
        print_lines(link_lines(made) if made else ["还没有判断。"])
