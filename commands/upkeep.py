"""A library looked over and mended, copied and put back."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import click

from commands.common import SOME_FAILED, json_option, library_option, print_json, print_lines, progress
from library import Library, limits_of, open_library
from settings import FILE_NAME, NAMING, library_folder, read_settings
from terminal.style import safe
from terminal.upkeep import backup_line, checked_lines
from upkeep import backup as copying

if TYPE_CHECKING:
    from indexer.report import Progress
    from upkeep.backup import Contents
    from upkeep.repair import Means

#: How many sources `anjian check` reads and compares where it is not told.
SAMPLE = 200


class Number(click.ParamType[int | None]):
    """A whole number, or "all"."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int | None:
        """The number; None for all."""
        if isinstance(value, int) or value is None:
            return value
        if value == "all":
            return None
        if not str(value).isdecimal():
            self.fail("请写一个数，或 all。", param, ctx)
        return int(value)


@click.command()
@click.option("--repair", "mend", is_flag=True, help="修复能修复的：从完好的重建损坏的，不删除任何人工记录。")
@click.option(
    "--sources", "sample", type=Number(), default=SAMPLE, show_default=True, metavar="几个|all",
    help="抽多少个原文件逐字节核对；all 为全部。",
)  # fmt: skip
@library_option
@json_option
def check(*, mend: bool, sample: int | None, library_path: Path | None, as_json: bool) -> None:
    """核对资料库：文件有没有损坏，索引与资料库、资料库与原文件是否一致。"""
    from upkeep.check import Scope
    from upkeep.check import check as look  # with all it looks at

    path = library_folder(library_path)
    scope = Scope(_named(path), sample, Random())
    checked = look(path, scope)
    notes: Sequence[str] = ()
    if mend and any(finding.repairable for finding in checked.findings):
        from upkeep.repair import repair

        with progress() as bar:
            moment = datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S")
            repaired = repair(path, checked, scope, _means(path, bar), moment)
        notes, after = repaired.notes, repaired.after
    else:
        after = checked
    if as_json:
        found = [finding.as_json() for finding in checked.findings]
        left = [finding.as_json() for finding in after.findings] if mend else found
        print_json(
            {"sound": after.sound, "documents": after.documents, "sources": after.sources, "sealed": after.sealed,
             "findings": found, "notes": notes, "left": left}
        )  # fmt: skip
    else:
        if after is not checked:
            print_lines(checked_lines(checked))
            print_lines(f"已做：{safe(note)}" for note in notes)
            print_lines(["修复后："])
        print_lines(checked_lines(after))
    if not after.sound:
        sys.exit(SOME_FAILED)


@click.command()
@click.argument("path", required=False, type=click.Path(path_type=Path, dir_okay=False), metavar="[文件]")
@click.option("--keep", type=click.IntRange(1), metavar="几份", help="备份成功后，自动命名的旧备份只留最近几份。")
@library_option
@json_option
def backup(path: Path | None, *, keep: int | None, library_path: Path | None, as_json: bool) -> None:
    """备份资料库到一个文件；备份时照常查找和更新。不写文件名则放在资料库的 backups 文件夹里，以时间命名。"""
    now = datetime.now().astimezone()
    with open_library(library_folder(library_path)) as library:
        target = path or copying.default_place(library.path, now)
        own = [FILE_NAME, *filter(None, library.named.values())]
        contents = copying.backup(library.path, target, now.isoformat(timespec="seconds"), own)
        removed = copying.prune(library.path, keep) if keep else []
    _tell(target, contents, as_json, removed=[str(old) for old in removed])
    if removed and not as_json:
        click.echo(f"去掉旧备份 {len(removed):,} 份。")


@click.command()
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False), metavar="文件")
@click.option("--verify", "only_verify", is_flag=True, help="只核对备份是否完好，不恢复。")
@library_option
@json_option
def restore(path: Path, *, only_verify: bool, library_path: Path | None, as_json: bool) -> None:
    """把备份恢复成一个新的资料库（--library 指定空文件夹），并建立索引。"""
    if only_verify:
        _tell(path, copying.verify(path), as_json)
        return
    folder = library_folder(library_path).resolve()
    contents = copying.restore(path, folder)
    with progress() as bar:
        _means(folder, bar).remake()
    _tell(path, contents, as_json, library=str(folder))
    if not as_json:
        click.echo(
            f"已恢复到 {safe(str(folder))}，可以查找了。收录的文件夹没有变：更新前请先看 anjian reindex --dry-run。"
        )
        for name in contents.files:
            if name.startswith(f"{copying.OUTSIDE}/"):
                click.echo(f"注意：{safe(name)} 原来不在资料库里，请放回设置里写的位置，或改设置。", err=True)


def _named(path: Path) -> dict[str, str]:
    """The settings that name a file of the office, with the paths they give."""
    settings = read_settings(path)
    return {name: settings.text(name) for name in NAMING}


def _means(path: Path, bar: Progress) -> Means:
    """How a library is written to in a repair."""
    from upkeep.remaking import remake
    from upkeep.repair import Means

    def make_indexes() -> None:
        with open_library(path) as library, library.writing():
            remake(library.store, path, library.chosen_engine, library.segmenter, bar, **_bounds(library))

    def read_folders() -> None:
        with open_library(path) as library:
            library.index((), bar, rebuild=True)

    return Means(make_indexes, read_folders)


def _bounds(library: Library) -> dict[str, Any]:
    return {"workers": library.settings.number("workers") or None, "limits": limits_of(library.settings)}


def _tell(path: Path, contents: Contents, as_json: bool, **more: object) -> None:
    if as_json:
        print_json({"path": str(path), **asdict(contents), **more})
    else:
        click.echo(backup_line(str(path), contents))
