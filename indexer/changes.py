"""What must be done, and why: the difference between folders, store and index as a list of changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from corpus.store import FileRecord
from indexer.scan import Found

VANISHED = (
    "文件夹“{path}”里原有 {count} 个文件，现在一个也没有，可能是共享盘没有连上。资料库未作改动。"
    "请检查后再运行；如果文件确已全部删除，请运行：anjian reindex --allow-mass-removal"
)


class FolderVanished(Exception):
    """A folder that held files is missing or empty: a share that is not mounted, rather than a mass deletion."""


class Why(StrEnum):
    """The reason of a change."""

    NEW = "new"
    CONTENT = "content"
    READER = "reader"
    RETRY = "retry"
    OCR = "ocr"
    GONE = "gone"
    ANALYSIS = "analysis"
    REBUILD = "rebuild"

    @property
    def label(self) -> str:
        """The reason in the user's words."""
        return _LABELS[self]


_LABELS = {
    Why.NEW: "新增",
    Why.CONTENT: "内容有变",
    Why.READER: "读取程序更新",
    Why.RETRY: "重试",
    Why.OCR: "文字识别",
    Why.GONE: "已删除",
    Why.ANALYSIS: "分析方法或词典更新",
    Why.REBUILD: "补建索引",
}


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file to read. `known_hash` is its content's hash when last read, empty to read it whatever it holds.

    GONE is a file to forget; `found` is None.
    """

    path: str
    why: Why
    found: Found | None = None
    known_hash: str = ""


@dataclass(frozen=True, slots=True)
class EntryChange:
    """A document to analyse anew from the store (or, GONE, to take out of the index)."""

    id: str
    why: Why


def plan_files(
    found: Iterable[Found],
    records: Mapping[str, FileRecord],
    *,
    readers: Mapping[str, str],
    retry: AbstractSet[str] = frozenset(),
    full: bool = False,
) -> Iterator[FileChange]:
    """What to do about the files of one folder.

    `records` are the files known, by path; `readers` the present "name/version" of every reader, by name; `retry` the
    paths whose failures are to be tried again; `full` reads everything.
    """
    gone = dict(records)
    for file in found:
        record = gone.pop(file.path, None)
        if record is None:
            yield FileChange(file.path, Why.NEW, file)
        elif (file.size, file.mtime_ns) != (record.size, record.mtime_ns):
            yield FileChange(file.path, Why.CONTENT, file, record.content_hash)
        elif full or not _present(record, readers):
            yield FileChange(file.path, Why.READER, file)
        elif file.path in retry:
            yield FileChange(file.path, Why.RETRY, file)
    for path in gone:
        yield FileChange(path, Why.GONE)


def _present(record: FileRecord, readers: Mapping[str, str]) -> bool:
    return all(readers.get(used.split("/")[0]) == used for used in record.reader.split(","))


def plan_entries(documents: Iterable[str], ledger: Mapping[str, str], fingerprint: str) -> Iterator[EntryChange]:
    """What to do to make the index agree with the store.

    `documents` are the ids in the store, `ledger` the fingerprint under which the index holds each id ("" where it was
    never confirmed).
    """
    gone = dict(ledger)
    for key in documents:
        held = gone.pop(key, "")
        if not held:
            yield EntryChange(key, Why.REBUILD)
        elif held != fingerprint:
            yield EntryChange(key, Why.ANALYSIS)
    for key in gone:
        yield EntryChange(key, Why.GONE)
