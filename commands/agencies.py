"""What the documents tell of an agency, and of an article of a law."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from commands.common import CANNOT, FOUND_NOTHING, json_option, library_option, print_json, print_lines, style
from commands.people import all_option
from library import open_library
from settings import library_folder


@click.command()
@click.argument("name", metavar="机构")
@all_option
@library_option
@json_option
def agency(name: str, *, everything: bool, library_path: Path | None, as_json: bool) -> None:
    """一个机构的全部记录：名称沿革、历任人员、各年案件、发出的通报、有关文件，改名前后的一并列出。

    简称可能指几个机构的，分开列；JSON 一行一个机构。
    """
    from search.crossref.agency import agencies
    from search.crossref.contract import agency_json
    from terminal.agencies import agencies_lines

    with open_library(library_folder(library_path)) as library:
        found = agencies(library.store, name)
    if as_json:
        for dossier in found:
            print_json(agency_json(dossier))
    elif found:
        print_lines(agencies_lines(found, name, style(), everything=everything))
    else:
        print_lines([f"资料库里没有提到“{name}”这个机构。可以写全称，或用 anjian search {name} 查有没有这几个字。"])
    if not found:
        sys.exit(FOUND_NOTHING)


@click.command()
@click.argument("words", metavar="法规第几条", nargs=-1, required=True)
@all_option
@library_option
@json_option
def article(words: tuple[str, ...], *, everything: bool, library_path: Path | None, as_json: bool) -> None:
    """哪些文件、哪些案件引用了一条规定，分版本列出，并按处分统计。

    \b
    anjian article '处分条例 第八十五条'
    anjian article '《中国共产党纪律处分条例》（2018年修订）第85条第1款'      只看这一版
    """
    from search.crossref.article import NoArticle
    from search.crossref.article import article as cited
    from search.crossref.contract import article_json
    from terminal.agencies import article_lines

    with open_library(library_folder(library_path)) as library:
        try:
            found = cited(library.store, library.engine, " ".join(words))
        except NoArticle as error:
            click.echo(str(error), err=True)
            sys.exit(CANNOT)
    if as_json:
        print_json(article_json(found))
    else:
        print_lines(article_lines(found, style(), everything=everything))
    if not found.documents:
        sys.exit(FOUND_NOTHING)
