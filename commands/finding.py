"""Documents found by their words, and looked at."""

from __future__ import annotations

import re
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from commands.common import (
    FOUND_NOTHING,
    json_option,
    library_option,
    only,
    print_json,
    print_lines,
    style,
)
from library import open_library
from marking import highlights
from search import duplicates
from search.engine import MAX_WINDOW
from settings import library_folder
from terminal.documents import case_lines, document_lines
from terminal.results import results_lines

#: What the id of a case has after that of its document.
_CASE = re.compile(r"(?<=[0-9a-f]{16})-\d+$")


@click.command(context_settings={"ignore_unknown_options": True})  # -交通局 is a word to leave out, not an option
@click.argument("words", nargs=-1, required=True, metavar="词语...")
@click.option(
    "--limit", metavar="几个", default=10, show_default=True, type=click.IntRange(1, 1000), help="显示多少份。"
)
@click.option(
    "--offset", metavar="几份", default=0, type=click.IntRange(0, MAX_WINDOW - 1000), help="从第几份之后显示起。"
)
@click.option("--all-copies", is_flag=True, help="相同或相近的文件也逐份列出（--json 总是如此）。")
@library_option
@json_option
def search(
    words: tuple[str, ...], *, limit: int, offset: int, all_copies: bool, library_path: Path | None, as_json: bool
) -> None:
    """查找含有这些词语的文件。

    \b
    受贿 招投标          两个词都有          合同 OR 协议       有其中一个
    -交通局             没有这个词          “利用职务便利”      一字不差
    类型:通报            某一类             日期:2022..2023-06  某段时间
    大祥*               以此开头            排序:日期           从新到旧
    """
    for word in words:
        if word.startswith("--"):
            raise click.NoSuchOption(word)
    with open_library(library_folder(library_path)) as library:
        today = datetime.now().astimezone().date()
        results = library.searcher.search(
            " ".join(words),
            limit=limit,
            offset=offset,
            today=today,
            all_copies=all_copies or as_json,
            explain=as_json,
        )
    if as_json:
        print_json(asdict(results))
    else:
        print_lines(results_lines(results, offset, style()))
    if not results.total:
        sys.exit(FOUND_NOTHING)


@click.command()
@click.argument("identifier", metavar="编号")
@click.option("--page", metavar="第几页", type=click.IntRange(1), help="只看这一页。")
@click.option("--extracted", is_flag=True, help="在文中标出人员、机构、处分、金额等，并附图例和各个案件。")
@library_option
@json_option
def show(identifier: str, *, page: int | None, extracted: bool, library_path: Path | None, as_json: bool) -> None:
    """看一份文件的全文。编号见查找结果，可以只写前几位，也可以写文件路径。"""
    from indexer import extractions  # a search is not to wait for what extracts
    from indexer.extract.extraction import as_json as as_json_values

    with open_library(library_folder(library_path)) as library:
        ids = library.store.find_ids(_CASE.sub("", identifier))
        documents = library.store.fetch(ids[:1])
        others = duplicates.copies(library.store, ids[:1])
        extraction = extractions.fetch(library.store, ids[:1]).get(ids[0]) if ids else None
    document = documents[only(ids, identifier)]
    if page and page > len(document.pages):
        raise click.UsageError(f"这份文件只有 {len(document.pages)} 页。")
    values = as_json_values(extraction) if extracted and extraction else {}
    if as_json:
        kind, date = (document.meta[name].value if name in document.meta else None for name in ("kind", "date"))
        copies = [asdict(copy) for copy in others.get(document.id, ())]
        print_json({**values, **asdict(document), "kind": kind, "date": date, "duplicates": copies})
    else:
        marks = highlights(extraction) if extracted and extraction else ()
        print_lines(document_lines(document, page, style(), others.get(document.id, ()), marks))
        print_lines(case_lines(values.get("cases", ())))


@click.command()
@click.argument("beginning", metavar="开头")
@click.option(
    "--limit", metavar="几个", default=5, show_default=True, type=click.IntRange(1, 50), help="每类最多几个。"
)
@library_option
@json_option
def suggest(beginning: str, limit: int, library_path: Path | None, as_json: bool) -> None:
    """列出可能要查的标题和词语。"""
    with open_library(library_folder(library_path)) as library:
        suggestions = library.searcher.suggest(beginning, limit)
    if as_json:
        print_json({"beginning": beginning, "suggestions": suggestions})
    else:
        print_lines(suggestions)
    if not suggestions:
        sys.exit(FOUND_NOTHING)
