"""The format of what people made, one JSON object a line: what a line may be, and reading a file of them.

Described for people in docs/human-data.md. A line of any version of the format stays readable; a change of what a
line holds makes the next VERSION.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from corpus.cause import cause
from corpus.schema import judgements, links, watches
from indexer.judgements import Kind
from upkeep.errors import UpkeepError
from upkeep.watches import KINDS

#: History: 1 first.
VERSION = 1

#: The kinds of line that are rows of a table, and what the column `kind` of the table may say; a line calls it `what`.
TABLES: Mapping[str, tuple[sa.Table, frozenset[str]]] = {
    "correction": (judgements, frozenset(Kind)),
    "link": (links, frozenset({"same", "different", "alias", "agency"})),
    "watch": (watches, frozenset(KINDS)),
}
#: Columns that mean nothing in another library.
_OWN = frozenset({"id", "since"})

#: A line as it is written: `kind`, `version`, and what the kind asks for.
Record = dict[str, Any]
_Check = Callable[[object], bool]


class RecordsRefused(UpkeepError):
    """A file of what people made cannot be used; the message names the line."""


def columns(kind: str) -> dict[str, sa.Column[Any]]:
    """The columns of a table that a line holds, by their names in the line."""
    table, _ = TABLES[kind]
    return {"what" if c.name == "kind" else c.name: c for c in table.c if c.name not in _OWN}


def read_records(path: Path) -> list[Record]:
    """The lines of a file, each found good. Raises RecordsRefused for the first that is not."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RecordsRefused(
            f"文件 {path} 读不出来（{cause(error)}）。请检查路径；应当是 anjian export 导出的文件。"
        ) from error
    return [_record(line, f"文件 {path} 第 {number} 行") for number, line in _lines(text)]


def _lines(text: str) -> Iterator[tuple[int, str]]:
    return ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())


def _record(line: str, where: str) -> Record:
    broken = f"{where}不是 anjian export 写的一条记录{{why}}。没有导入任何内容，请换用完好的文件。"
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise RecordsRefused(broken.format(why="")) from error
    if not isinstance(record, dict) or not _is_text(record.get("kind")):
        raise RecordsRefused(broken.format(why=""))
    version = record.get("version")
    if type(version) is not int:
        raise RecordsRefused(broken.format(why="（“version”不对）"))
    if version > VERSION:
        raise RecordsRefused(f"{where}由更新版本的案鉴写成（格式 {version}，本程序 {VERSION}）。请升级程序后再导入。")
    checks = _checks(record["kind"])
    if not checks or version != VERSION:
        raise RecordsRefused(broken.format(why="" if checks else "（没有这种记录）"))
    for name, check in checks.items():
        if name not in record or not check(record[name]):
            raise RecordsRefused(broken.format(why=f"（“{name}”不对）"))
    if record.keys() - checks.keys() - {"kind", "version"}:
        raise RecordsRefused(broken.format(why="（有不认识的内容）"))
    return record


def _checks(kind: str) -> Mapping[str, _Check]:
    """What each field of a line of this kind must be; nothing where there is no such kind."""
    if kind in TABLES:
        _, what = TABLES[kind]
        checks = {name: _column_check(column) for name, column in columns(kind).items()}
        return {**checks, "what": lambda value: isinstance(value, str) and value in what}
    return _OTHERS.get(kind, {})


def _column_check(column: sa.Column[Any]) -> _Check:
    if isinstance(column.type, sa.Integer):
        return lambda value: (column.nullable and value is None) or (type(value) is int and 0 <= value < 2**53)
    check = _is_time if column.name in {"made", "undone"} else _is_text
    return lambda value: (bool(column.nullable) and value is None) or check(value)


def _is_text(value: object) -> bool:
    """Whether a value is text that can be stored: JSON may hold half a character, written as an escape."""
    return isinstance(value, str) and not any("\ud800" <= character <= "\udfff" for character in value)


def _is_path(value: object) -> bool:
    return _is_text(value) and str(value).isprintable() and str(value) != ""


def _is_time(value: object) -> bool:
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _is_toml(value: object) -> bool:
    try:
        tomllib.loads(str(value))
    except tomllib.TOMLDecodeError:
        return False
    return _is_text(value)


_OTHERS: Mapping[str, Mapping[str, _Check]] = {
    "folder": {"name": _is_path, "path": _is_path},
    "settings": {"text": _is_toml},
    "file": {"setting": _is_text, "path": _is_path, "text": _is_text},
}
