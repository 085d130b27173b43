"""Searches that are kept, officials and agencies that are followed, and what is new to them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

import click

from commands.common import (
    FOUND_NOTHING,
    SOME_FAILED,
    json_option,
    library_option,
    print_json,
    print_lines,
    style,
)
from library import open_library
from reports.digest import Digest, atom, html
from settings import library_folder, mail_password, user
from terminal.alerts import digest_lines, watch_lines
from terminal.style import safe
from upkeep import alerts as listing
from upkeep import mail, watches
from upkeep.replacing import write_whole

#: How many days back `anjian alerts` looks where it is not told.
DAYS = 30

by_option = click.option("--by", metavar="姓名", default=user, help="由谁保存；不写则用登录名。")


@click.command(context_settings={"ignore_unknown_options": True})  # -交通局 is a word to leave out, not an option
@click.argument("name", metavar="名称")
@click.argument("words", nargs=-1, required=True, metavar="词语...")
@by_option
@library_option
@json_option
def save(name: str, words: tuple[str, ...], *, by: str, library_path: Path | None, as_json: bool) -> None:
    """保存一个查询，以后有新文件符合就提醒。写法同 anjian search。

    \b
    anjian save 招投标受贿 受贿 招投标            anjian save 吃喝通报 问题:违规吃喝 类型:通报
    """
    for word in (name, *words):
        if word.startswith("--"):
            raise click.NoSuchOption(word)
    today = datetime.now().astimezone().date()
    with open_library(library_folder(library_path)) as library, library.noting():
        watch, problems = watches.save(library.store, name, " ".join(words), by, today)
    for problem in problems:
        click.echo(f"注意：{safe(problem.message)}", err=True)
    _print_watches([watch], as_json)


@click.command()
@click.option("--official", metavar="姓名", help="关注这个人员。")
@click.option("--agency", metavar="机构", help="关注这个机构。")
@by_option
@library_option
@json_option
def follow(*, official: str | None, agency: str | None, by: str, library_path: Path | None, as_json: bool) -> None:
    """关注一个人员或机构，以后有新文件提到就提醒。"""
    if (official is None) == (agency is None):
        raise click.UsageError("请写 --official 姓名，或 --agency 机构，两样写一样。")
    kind, name = ("official", official) if official is not None else ("agency", agency or "")
    with open_library(library_folder(library_path)) as library, library.noting():
        watch = watches.follow(library.store, kind, name, by)
    _print_watches([watch], as_json)


@click.command()
@click.option("--remove", type=int, metavar="第几项", help="取消一项，不再提醒。")
@click.option("--restore", type=int, metavar="第几项", help="恢复取消了的一项，从现在起再提醒。")
@library_option
@json_option
def saved(*, remove: int | None, restore: int | None, library_path: Path | None, as_json: bool) -> None:
    """列出、取消或恢复保存的查询和关注的人员、机构。"""
    with open_library(library_folder(library_path)) as library:
        if remove is not None:
            with library.noting():
                watches.remove(library.store, remove)
        if restore is not None:
            with library.noting():
                watches.restore(library.store, restore)
        made = watches.listed(library.store)
    _print_watches(made, as_json)


@click.command()
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), metavar="日期",
    help=f"从这一天起发现的，如 2026-05-01；不写则为最近 {DAYS} 天。",
)  # fmt: skip
@click.option("--watch", type=int, metavar="第几项", help="只看 anjian saved 列出的这一项。")
@click.option("--html", "html_path", type=click.Path(path_type=Path, dir_okay=False), help="另写成一个网页文件。")
@click.option(
    "--feed", "feed_path", type=click.Path(path_type=Path, dir_okay=False), help="另写成 Atom 文件，供阅读器订阅。"
)
@click.option("--mail", "by_mail", is_flag=True, help="把其中还没有发过的用邮件发出去；要先设好邮件服务器。")
@library_option
@json_option
def alerts(
    *,
    since: datetime | None,
    watch: int | None,
    html_path: Path | None,
    feed_path: Path | None,
    by_mail: bool,
    library_path: Path | None,
    as_json: bool,
) -> None:
    """列出保存的查询和关注的人员、机构有了哪些新文件；同一份文件只提醒一次，转载的不再提醒。"""
    now = datetime.now().astimezone()
    begin = since.date() if since else now.date() - timedelta(days=DAYS)
    refused: Sequence[str] = ()
    with open_library(library_folder(library_path)) as library:
        name = library.path.resolve().name
        digest = listing.digest(library.store, name, now.date(), since=begin, watch=watch)
        for path, written in ((html_path, html), (feed_path, atom)):
            if path:
                write_whole(path, written(digest))
        if by_mail:
            server = mail.configured(library.settings.values)
            unsent = listing.digest(library.store, name, now.date(), since=begin, watch=watch, unsent=True)
            with library.noting():
                refused = mail.post(library.store, unsent, server, password=mail_password(), now=now)
            click.echo(f"发出邮件，新文件 {unsent.total} 份。" if unsent.total else "没有还没发过的提醒。", err=True)
    _print_digest(digest, as_json)
    for address in refused:
        click.echo(f"邮件服务器不收这个地址：{safe(address)}。请改正设置 mail_to。", err=True)
    if refused or not digest.total:
        sys.exit(SOME_FAILED if refused else FOUND_NOTHING)


def _print_digest(digest: Digest, as_json: bool) -> None:
    if not as_json:
        print_lines(digest_lines(digest, style()))
        return
    for section in digest.sections:
        of = {"watch": section.watch, "watched": section.kind, "label": section.label, "query": section.query}
        for item in section.items:
            print_json({**of, **asdict(item)})


def _print_watches(made: list[watches.Watch], as_json: bool) -> None:
    if as_json:
        for watch in made:
            print_json(asdict(watch))
    else:
        print_lines(watch_lines(made) if made else ["还没有保存查询，也没有关注人员或机构。"])
