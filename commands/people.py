"""Who is who across documents: dossiers of people, and who is named with whom."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from commands.common import FOUND_NOTHING, json_option, library_option, print_json, print_lines, style
from library import open_library
from settings import library_folder

#: Of a name that many bear, so many people stand in a graph, each by himself.
MOST_OF_A_NAME = 10
#: What a graph can be written as (`reports.graph.FORMATS`).
FORMATS = ("json", "graphml", "html")
all_option = click.option("--all", "everything", is_flag=True, help="长的清单也全部列出。")


@click.command()
@click.argument("name", metavar="姓名")
@all_option
@library_option
@json_option
def official(name: str, *, everything: bool, library_path: Path | None, as_json: bool) -> None:
    """一个人的全部记录：任职、案件各阶段、处分、金额、同案人员，逐项附出处。同名的人分开列。

    也可以写人员编号，只看这一人。
    """
    from search.crossref.contract import official_json
    from search.crossref.official import officials
    from terminal.dossiers import officials_lines

    with open_library(library_folder(library_path)) as library:
        found = officials(library.store, name)
    if as_json:
        print_json([official_json(dossier) for dossier in found])
    elif found:
        print_lines(officials_lines(found, style(), everything=everything))
    else:
        print_lines([f"资料库里没有提到“{name}”这个人。可以用 anjian search {name} 查有没有这几个字。"])
    if not found:
        sys.exit(FOUND_NOTHING)


@click.command()
@click.argument("names", metavar="[姓名 [姓名2]]", nargs=-1)
@click.option("--depth", metavar="几层", type=click.IntRange(1, 4), default=1, help="从此人向外几层；不写为 1 层。")
@click.option("--format", "form", type=click.Choice(FORMATS), help="不写则在屏幕上列出。")
@click.option("--out", metavar="文件", type=click.Path(path_type=Path), help="写到文件；后缀可以代替 --format。")
@library_option
@json_option
def graph(
    names: tuple[str, ...], *, depth: int, form: str | None, out: Path | None, library_path: Path | None, as_json: bool
) -> None:
    """谁与谁一同被提到：一个人周围的关系，两个人之间的关系，或（不写姓名）整个资料库，逐条附原句。

    \b
    anjian graph 梁伯川 --out 关系图.html      可以拖动查看的网页，不用联网
    anjian graph 梁伯川 罗敬尧                 两个人之间最短、最紧密的联系
    """
    from reports import graph as reports
    from search.crossref.choosing import bearers
    from search.crossref.graph import around, whole
    from search.crossref.paths import between
    from terminal.graph import graph_lines

    if len(names) > 2:
        raise click.BadParameter("最多写两个姓名。")
    form = form or _ending(out) or ("json" if as_json else None)
    with open_library(library_folder(library_path)) as library:
        people = [bearers(library.store, name)[:MOST_OF_A_NAME] for name in names]
        for name, found_of_name in zip(names, people, strict=True):
            if not found_of_name:
                click.echo(f"资料库里没有提到“{name}”这个人。可以用 anjian search {name} 查有没有这几个字。", err=True)
                sys.exit(FOUND_NOTHING)
        match people:
            case [ones, others]:
                found = between(library.store, ones, others)
            case [ones]:
                found = around(library.store, ones, depth)
            case _:
                found = whole(library.store)
    if out:
        reports.write(found, form or "json", out)
        click.echo(f"已写入“{out}”：{len(found.nodes):,} 人，{len(found.edges):,} 条关系。{found.cut}", err=True)
    elif form:
        click.echo(reports.FORMATS[form](found), nl=False)
    else:
        print_lines(graph_lines(found, style()))
    if not found.edges:
        sys.exit(FOUND_NOTHING)


def _ending(out: Path | None) -> str | None:
    """The format that a file's ending names."""
    ending = out.suffix.lower().removeprefix(".") if out else ""
    return ending if ending in FORMATS else None
