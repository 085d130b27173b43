"""What lies in an index folder beside the engine's files, and what is said when the folder cannot be used."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from indexer import fields
from search.engine import EngineError, EngineUnavailable, IndexLocked, IndexMissing, IndexStale

_MANIFEST = "manifest.json"
# An engine in Rust tells of a full disk in words alone.
_NO_ROOM = re.compile(r"No space left|os error 28\b|os error 112\b")


def fingerprint(layout: str) -> str:
    """Digest of all that decides whether an index can be read: the fields, and the engine's own `layout`."""
    table = [layout, fields.TOKENS, fields.KEYS, fields.NUMBERS]
    return sha256(json.dumps(table).encode()).hexdigest()


def prepare(path: Path, layout: str) -> None:
    """Make the folder ready for a first batch: created, and stamped with the fingerprint.

    Raises IndexStale where it holds anything of another make, EngineUnavailable where it cannot be written.
    """
    with guarded(path):
        if _manifest(path).exists() or (path.is_dir() and any(path.iterdir())):
            check(path, layout)
            return
        path.mkdir(parents=True, exist_ok=True)
        draft = path / f"{_MANIFEST}.tmp"
        draft.write_text(json.dumps({"layout": layout, "fingerprint": fingerprint(layout)}), encoding="utf-8")
        draft.replace(_manifest(path))


def check(path: Path, layout: str) -> None:
    """Raise IndexMissing where the folder holds no index, IndexStale where it holds one of another make."""
    if not path.is_dir() or not any(path.iterdir()):
        raise missing(path)
    try:
        stamped = json.loads(_manifest(path).read_text(encoding="utf-8"))["fingerprint"]
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        stamped = None
    if stamped != fingerprint(layout):
        raise IndexStale(f"索引由其他版本或按其他字段建立：{path}。请运行 anjian reindex 重建。")


def dead(path: Path) -> tuple[int, int]:
    """How many entries the files of an index hold in all, and how many of them were replaced or deleted since.

    tantivy lets go of those only where it merges, which it seldom does to its largest files, and tells of them in its
    meta.json; of an engine that does not tell, (0, 0).
    """
    try:
        segments = json.loads((path / "meta.json").read_text(encoding="utf-8"))["segments"]
        gone = sum((segment["deletes"] or {}).get("num_deleted_docs", 0) for segment in segments)
        return sum(segment["max_doc"] for segment in segments), gone
    except (OSError, ValueError, KeyError, TypeError):
        return 0, 0


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """Turn whatever the engine or the disk raises inside into EngineUnavailable; EngineErrors pass as they are.

    A Rust panic arrives as a BaseException that is neither an Exception nor a wish to stop the program.
    """
    try:
        yield
    except EngineError:
        raise
    except Exception as error:
        raise _unavailable(path, error) from error
    except BaseException as error:
        if type(error).__module__ != "pyo3_runtime":
            raise
        raise _unavailable(path, error) from error


def missing(path: Path) -> IndexMissing:
    """The error to raise where there is no index."""
    return IndexMissing(f"索引不存在：{path}。请先运行 anjian index 建立。")


def locked(path: Path) -> IndexLocked:
    """The error to raise where someone else is writing."""
    return IndexLocked(f"索引正被另一个程序写入：{path}。请等它结束后再试。")


def _unavailable(path: Path, error: BaseException) -> EngineUnavailable:
    reason = str(error).partition("\n")[0] or type(error).__name__
    if _NO_ROOM.search(reason):
        return EngineUnavailable(f"索引文件无法写入：{path}。磁盘已满，请清理空间后再运行一次，索引会自动补齐。")
    return EngineUnavailable(
        f"索引文件无法读写：{path}（{reason}）。请检查磁盘空间和权限；如文件已损坏，请运行 anjian reindex 重建。"
    )


def _manifest(path: Path) -> Path:
    return path / _MANIFEST
