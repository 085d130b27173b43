"""The command line: parse, call, print. Data goes to stdout, progress and notes to stderr.

Exit status: 0 done or found, 1 nothing found, 2 some inputs failed (and were recorded), 3 usage or environment.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from indexer.run import Progress, Report

from corpus.recognition import Ocr
from corpus.store import StoreError
from indexer import corrections as records
from indexer import extractions
from indexer.changes import FolderVanished
from indexer.corrections import Correction
from indexer.extract.extraction import as_json as as_json_values
from indexer.goldens import golden
from indexer.judging import CorrectionRefused
from indexer.segment import DictionaryError
from library import open_library
from marking import highlights
from search import duplicates
from search.engine import MAX_WINDOW, EngineError
from search.expansion import ExpansionError
from settings import SettingsError, library_folder, read_settings, user
from terminal import (
    Style,
    case_lines,
    correction_lines,
    doctor_lines,
    document_lines,
    examined_lines,
    failure_lines,
    report_lines,
    results_lines,
    safe,
    status_lines,
)

FOUND_NOTHING, SOME_FAILED, CANNOT = 1, 2, 3

#: What can go wrong that the user can mend; each message says how.
EXPECTED = (
    StoreError, EngineError, FolderVanished, SettingsError, DictionaryError, ExpansionError, CorrectionRefused
)  # fmt: skip

library_option = click.option(
    "--library",
    "library_path",
    type=click.Path(path_type=Path),
    help="资料库文件夹；不写则用环境变量 ANJIAN_LIBRARY，再不然是 ./library。",
)
ocr_option = click.option(
    "--ocr",
    type=click.Choice([choice.value for choice in Ocr]),
    default=Ocr.NOW.value,
    show_default=True,
    help="扫描件和图片的文字识别：now 这次就做，later 先记下以后再做，off 不做。",
)
later_option = click.option(
    "--no-extract", is_flag=True, help="先不提取案件、人员等（较慢），留待下次 reindex；不影响按词语查找。"
)
json_option = click.option("--json", "as_json", is_flag=True, help="输出 JSON，供程序读取。")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("anjian"), prog_name="anjian", message="案鉴 %(version)s")
def cli() -> None:
    """案鉴：把一个文件夹的通报、案件通告、警示教育材料和简报变成可以查找的资料库。"""


@cli.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="文件夹...")
@ocr_option
@later_option
@library_option
@json_option
def index(folders: tuple[Path, ...], *, ocr: str, no_extract: bool, library_path: Path | None, as_json: bool) -> None:
    """把文件夹收进资料库；已收过的只处理有变化的文件。"""
    with open_library(library_folder(library_path), create=True) as library, _progress() as progress:
        report = library.index(folders, progress, ocr=Ocr(ocr), extract=not no_extract)
    _finish(report, as_json)


@cli.command()
@click.option("--full", is_flag=True, help="全部重读，不论有无变化。")
@click.option("--retry-failed", is_flag=True, help="再试上次没有读成的文件。")
@click.option("--allow-mass-removal", is_flag=True, help="文件夹里的文件确已全部删除，从资料库中也去掉。")
@ocr_option
@library_option
@json_option
def reindex(
    *, full: bool, retry_failed: bool, allow_mass_removal: bool, ocr: str, library_path: Path | None, as_json: bool
) -> None:
    """按已收录的文件夹更新资料库。"""
    with open_library(library_folder(library_path)) as library, _progress() as progress:
        report = library.index((), progress, retry=retry_failed, full=full, empty=allow_mass_removal, ocr=Ocr(ocr))
    _finish(report, as_json)


@cli.command(context_settings={"ignore_unknown_options": True})  # -交通局 is a word to leave out, not an option
@click.argument("words", nargs=-1, required=True, metavar="词语...")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 1000), help="显示多少份。")
@click.option("--offset", default=0, type=click.IntRange(0, MAX_WINDOW - 1000), help="从第几份之后显示起。")
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
            " ".join(words), limit=limit, offset=offset, today=today, all_copies=all_copies or as_json
        )
    if as_json:
        _print_json(asdict(results))
    else:
        _print(results_lines(results, offset, _style()))
    if not results.total:
        sys.exit(FOUND_NOTHING)


@cli.command()
@click.argument("identifier", metavar="编号")
@click.option("--page", type=click.IntRange(1), help="只看这一页。")
@click.option("--extracted", is_flag=True, help="在文中标出人员、机构、处分、金额等，并附图例和各个案件。")
@library_option
@json_option
def show(identifier: str, *, page: int | None, extracted: bool, library_path: Path | None, as_json: bool) -> None:
    """看一份文件的全文。编号见查找结果，可以只写前几位，也可以写文件路径。"""
    with open_library(library_folder(library_path)) as library:
        ids = library.store.find_ids(identifier)
        documents = library.store.fetch(ids[:1])
        others = duplicates.copies(library.store, ids[:1])
        extraction = extractions.fetch(library.store, ids[:1]).get(ids[0]) if ids else None
    document = documents[_only(ids, identifier)]
    if page and page > len(document.pages):
        raise click.UsageError(f"这份文件只有 {len(document.pages)} 页。")
    values = as_json_values(extraction) if extracted and extraction else {}
    if as_json:
        kind, date = (document.meta[name].value if name in document.meta else None for name in ("kind", "date"))
        copies = [asdict(copy) for copy in others.get(document.id, ())]
        _print_json({**values, **asdict(document), "kind": kind, "date": date, "duplicates": copies})
    else:
        marks = highlights(extraction) if extracted and extraction else ()
        _print(document_lines(document, page, _style(), others.get(document.id, ()), marks))
        _print(case_lines(values.get("cases", ())))


@cli.command()
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
            _print_json(examined)
        else:
            _print(examined_lines(examined, _style()))
    if failed or not found:
        sys.exit(SOME_FAILED if failed else FOUND_NOTHING)


@cli.command()
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
        key = _only(library.store.find_ids(identifier), identifier)
        made = library.correct(library.store.fetch([key])[key], words, by)
    _print_corrections(made, as_json)


@cli.command()
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


@cli.command()
@click.argument("beginning", metavar="开头")
@click.option("--limit", default=5, show_default=True, type=click.IntRange(1, 50), help="每类最多几个。")
@library_option
@json_option
def suggest(beginning: str, limit: int, library_path: Path | None, as_json: bool) -> None:
    """列出可能要查的标题和词语。"""
    with open_library(library_folder(library_path)) as library:
        suggestions = library.searcher.suggest(beginning, limit)
    if as_json:
        _print_json({"beginning": beginning, "suggestions": suggestions})
    else:
        _print(suggestions)
    if not suggestions:
        sys.exit(FOUND_NOTHING)


@cli.command()
@library_option
@json_option
def status(library_path: Path | None, as_json: bool) -> None:
    """资料库现在的情况。"""
    with open_library(library_folder(library_path)) as library:
        figures = library.status()
    if as_json:
        _print_json(asdict(figures))
    else:
        _print(status_lines(figures))


@cli.command()
@click.option("--csv", "as_csv", is_flag=True, help="输出 CSV，可用表格软件打开。")
@library_option
@json_option
def failures(as_csv: bool, library_path: Path | None, as_json: bool) -> None:
    """没有读成的文件：原因、时间和办法。"""
    with open_library(library_folder(library_path)) as library:
        failed = library.store.failures()
    if as_json:
        for failure in failed:
            _print_json({**asdict(failure), "label": failure.skip.reason.label, "remedy": failure.skip.reason.remedy})
    elif as_csv:
        writer = csv.writer(sys.stdout)
        writer.writerow(["文件", "页", "原因", "说明", "办法", "首次", "最近", "次数"])
        for failure in failed:
            skip = failure.skip
            writer.writerow([skip.source, skip.page or "", skip.reason.label, skip.detail, skip.reason.remedy,
                             failure.first_seen, failure.last_tried, failure.tries])  # fmt: skip
    elif failed:
        _print(failure_lines(failed))
    else:
        _print(["全部文件都读成了。"])


@cli.command()
@library_option
@json_option
def doctor(library_path: Path | None, as_json: bool) -> None:
    """检查运行环境：各部件是否齐全，用的是哪一个，设置是什么。"""
    from doctor import examine  # looks at every reader, which takes a while

    findings = examine(library_folder(library_path))
    if as_json:
        _print_json([asdict(finding) for finding in findings])
    else:
        _print(doctor_lines(findings))


@contextmanager
def _progress() -> Iterator[Progress]:
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


def _finish(report: Report, as_json: bool) -> None:
    if as_json:
        _print_json(report.as_json())
    else:
        _print(report_lines(report))
    if report.failed:
        sys.exit(SOME_FAILED)


def _only(ids: Sequence[str], identifier: str) -> str:
    """The one id found; where there is none or several, that is said and the program ends."""
    if len(ids) != 1:
        found = (
            f"有 {len(ids)} 份文件的编号以“{identifier}”开头，请多写几位" if ids else f"没有编号为“{identifier}”的文件"
        )
        click.echo(f"{found}。", err=True)
        sys.exit(FOUND_NOTHING)
    return ids[0]


def _print_corrections(made: Sequence[Correction], as_json: bool) -> None:
    if as_json:
        for correction in made:
            _print_json(asdict(correction))
    else:
        _print(correction_lines(made) if made else ["还没有更正。"])


def _style() -> Style:
    return Style(colour=sys.stdout.isatty())


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False))


def main() -> None:
    """Run the command line; what is expected to go wrong ends in one sentence and status CANNOT."""
    try:
        status = cli.main(standalone_mode=False)
    except EXPECTED as error:
        click.echo(str(error), err=True)
        status = CANNOT
    except click.ClickException as error:
        error.show()
        status = CANNOT
    except (click.Abort, KeyboardInterrupt):
        click.echo("已停止；已经完成的部分都保存好了，再运行一次会接着做。", err=True)
        status = CANNOT
    except BrokenPipeError:  # the reader of a pipe has seen enough
        sys.stderr.close()
        status = 0
    sys.exit(status)


if __name__ == "__main__":
    main()
