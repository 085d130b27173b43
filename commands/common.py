"""What the commands share: options, exit statuses, and how they print.

Exit status: 0 done or found, 1 nothing found, 2 some inputs failed (and were recorded), 3 usage or environment.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from terminal.style import Style, safe

if TYPE_CHECKING:
    from indexer.run import Progress

FOUND_NOTHING, SOME_FAILED, CANNOT = 1, 2, 3

library_option = click.option(
    "--library",
    "library_path",
    type=click.Path(path_type=Path),
    metavar="文件夹",
    help="资料库文件夹；不写则用环境变量 ANJIAN_LIBRARY，再不然是 ./library。",
)
json_option = click.option("--json", "as_json", is_flag=True, help="输出 JSON，供程序读取。")


@contextmanager
def progress() -> Iterator[Progress]:
    """A bar on the terminal that stderr is; nothing where it is a file."""
    if not sys.stderr.isatty():
        yield lambda _done, _total, _name: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total, name: bar.update(task, completed=done, total=total, description=safe(name)[-40:])


def only(ids: Sequence[str], identifier: str) -> str:
    """The one id found; where there is none or several, that is said and the program ends."""
    if len(ids) != 1:
        found = (
            f"有 {len(ids)} 份文件的编号以“{identifier}”开头，请多写几位" if ids else f"没有编号为“{identifier}”的文件"
        )
        click.echo(f"{found}。", err=True)
        sys.exit(FOUND_NOTHING)
    return ids[0]


def style() -> Style:
    """Colours where a person looks on."""
    return Style(colour=sys.stdout.isatty())


def print_lines(lines: Iterable[str]) -> None:
    """Print lines to stdout."""
    for line in lines:
        click.echo(line)


def print_json(value: Any) -> None:
    """Print one JSON object on a line of stdout."""
    click.echo(json.dumps(value, ensure_ascii=False))
