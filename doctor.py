"""Is this machine ready, and with what? Each part with what was found, and what to do where it is wanting."""

from __future__ import annotations

import platform
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from corpus import readers
from corpus.recognition import lacking
from corpus.store import FILE_NAME, StoreError, open_store
from indexer import segment
from search.engines import default_engine
from settings import TABLE, SettingsError, read_settings


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing examined: what it is, what was found, and whether it is as it should be."""

    part: str
    found: str
    good: bool = True


def examine(library: Path) -> list[Finding]:
    """Look at the program, its parts, and the library if there is one. Changes nothing."""
    return [*_program(), *_library(library)]


def _program() -> Iterator[Finding]:
    yield Finding(
        "案鉴", f"{version('anjian')}，Python {platform.python_version()}，{platform.system()} {platform.machine()}"
    )
    yield Finding("资料库引擎", f"SQLite {sqlite3.sqlite_version}")
    if find_spec("tantivy"):
        yield Finding("检索引擎", f"tantivy {_version('tantivy')}（默认）")
    else:
        yield Finding(
            "检索引擎", f"没有 tantivy，改用 Whoosh {_version('Whoosh-Reloaded')}：结果相同，速度较慢", good=False
        )
    if segment.kernel() == "rjieba":
        yield Finding("分词", f"rjieba {_version('rjieba')}（与 jieba 结果相同，更快）")
    else:
        yield Finding("分词", f"没有 rjieba，改用 jieba {_version('jieba')}：结果相同，索引较慢", good=False)
    if missing := lacking():
        yield Finding("文字识别", f"{missing}：扫描件和图片要等安装后再识别", good=False)
    else:
        yield Finding("文字识别", f"rapidocr {_version('rapidocr')}，onnxruntime {_version('onnxruntime')}")
    yield Finding("可读格式", "、".join(sorted(readers.versions())))


def _library(library: Path) -> Iterator[Finding]:
    try:
        settings = read_settings(library)
    except SettingsError as error:
        yield Finding("设置", str(error), good=False)
        return
    if (library / FILE_NAME).is_file():
        try:
            store = open_store(library)
            yield Finding("资料库", f"{library}，{store.document_count():,} 份文件")
            store.close()
        except StoreError as error:
            yield Finding("资料库", str(error), good=False)
    else:
        yield Finding("资料库", f"{library} 还没有建立；运行 anjian index 文件夹 即可建立")
    yield Finding("引擎", settings.text("engine") or f"{default_engine()}（自动选择）")
    for setting in TABLE:
        value = settings.values[setting.name]
        shown = " ".join(value) if isinstance(value, tuple) else value
        yield Finding(f"设置 {setting.name}", f"{shown}（{settings.origins[setting.name]}）：{setting.help}")


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "（未安装）"
