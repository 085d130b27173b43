"""Earlier cases like a matter, what followed in them, and the report for the file."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.common import FOUND_NOTHING, json_option, library_option, print_json, print_lines, style
from library import Library, open_library
from search.precedents.weights import LIKE
from settings import library_folder, user

if TYPE_CHECKING:
    from reports.precedents import Particulars
    from search.precedents.asking import Asked


@click.command(context_settings={"ignore_unknown_options": True})  # -交通局 is a word to leave out, not an option
@click.argument("words", nargs=-1, metavar="[案件编号] [条件...]")
@click.option("--text", metavar="文字", help="要比对的事实，直接粘贴；写 - 则从标准输入读。")
@click.option(
    "--file", "path", metavar="文件", type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="要比对的材料：PDF、Word、网页、文本等。",
)  # fmt: skip
@click.option(
    "--like", type=click.Choice(list(LIKE)),
    help="以什么为主比对：conduct 问题和罪名，means 手段，post 职务层级，sector 领域，articles 条文。",
)  # fmt: skip
@click.option("--since", metavar="年份", type=click.IntRange(1949, 2999), help="只找这一年以来的文件。")
@click.option(
    "--limit", metavar="几个", default=10, show_default=True, type=click.IntRange(1, 100), help="列出多少起。"
)
@click.option("--report", metavar="报告", type=click.Path(path_type=Path), help="写成类案检索报告（.docx）。")
@click.option("--desensitise", is_flag=True, help="报告里的人名一律换成王某甲、王某乙；查出遗漏就不写报告。")
@click.option("--by", metavar="姓名", default=user, help="检索人，印在报告上；不写则用登录名。")
@library_option
@json_option
def precedents(
    words: tuple[str, ...], *, text: str | None, path: Path | None, like: str | None, since: int | None, limit: int,
    report: Path | None, desensitise: bool, by: str, library_path: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """查找类案：与一段事实或一起案件最相近的案件，说明像在哪里、不同在哪里、后来怎样处理。

    \b
    anjian precedents 0f3a52c1-2                     资料库里的一起案件
    anjian precedents --text "违规收受服务对象礼金"    一段事实
    anjian precedents --file 初核报告.docx 处分:开除党籍  一份材料，另加条件
    """
    from search.precedents.asking import CaseUnknown
    from search.precedents.found import as_json as plain
    from search.precedents.sameness import identities
    from terminal.precedents import precedents_lines

    for word in words:
        if word.startswith("--"):
            raise click.NoSuchOption(word)
    if desensitise and not report:
        raise click.UsageError("--desensitise 用于报告，请同时写 --report 报告.docx。")
    if report:
        from reports import precedents as paper

        paper.check(report)
    today = datetime.now().astimezone()
    with open_library(library_folder(library_path)) as library:
        try:
            asked, conditions = _asked(library, words, text, path)
        except CaseUnknown as error:
            click.echo(str(error), err=True)
            sys.exit(FOUND_NOTHING)
        found = library.precedents.find(
            asked, filters=" ".join(conditions), since=since, like=like, limit=limit, today=today.date()
        )
        if report:
            about = _particulars(library, today, by)
            ids = [hit.document_id for hit in found.hits]
            people = identities(library.store, [*ids, asked.document_id]) if desensitise else None
    if report:
        paper.write(found, about, report, people)
        click.echo(f"报告已写好：{report}", err=True)
    if as_json:
        print_json(plain(found))
    else:
        print_lines(precedents_lines(found, style()))
    if not found.hits:
        sys.exit(FOUND_NOTHING)


def _asked(
    library: Library, words: tuple[str, ...], text: str | None, path: Path | None
) -> tuple[Asked, Sequence[str]]:
    """What precedents are sought of, and the words that are conditions. Raises CaseUnknown and UsageError."""
    from search.precedents.asking import of_case, of_text

    if (text is not None) + (path is not None) > 1:
        raise click.UsageError("--text 和 --file 只能写一个。")
    if path is not None:
        return of_text(_read(library, path), library.segmenter), words
    if text is not None:
        facts = sys.stdin.read() if text == "-" else text
        if not facts.strip():
            raise click.UsageError("--text 后面没有文字。")
        return of_text(facts, library.segmenter), words
    if not words:
        raise click.UsageError("请写明查什么：案件编号，或 --text 一段文字，或 --file 一份材料。")
    return of_case(library.store, words[0]), words[1:]


def _read(library: Library, path: Path) -> str:
    """The text of a file of any format that is read. Raises UsageError where it has none."""
    from examining import examine_files

    objects = list(examine_files([path], library.settings, with_text=True))
    texts = [one["text"] for one in objects if one.get("text", "").strip()]
    if not texts:
        problems = "".join(problem for one in objects for problem in one["problems"])
        raise click.UsageError(f"“{path.name}”里没有可用的文字。{problems}")
    return "\n\n".join(texts)


def _particulars(library: Library, made: datetime, by: str) -> Particulars:
    from reports.precedents import Particulars

    runs = library.store.runs(1)
    return Particulars(
        library=library.path.resolve().name,
        documents=library.store.document_count(),
        cases=library.cases.count(),
        unread=len(library.store.failures()),
        last_run=runs[0].finished if runs else None,
        made=made,
        who=by,
    )
