"""What must be done about files, and why: the difference between what lies in a folder and what was read of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, partial

from corpus.document import Skip
from corpus.records import FileRecord
from indexer.errors import FolderVanished
from indexer.moves import pair
from indexer.scan import Found
from indexer.spool import Spool

#: Fewer files than this may always go.
MANY = 20


class Why(StrEnum):
    """The reason of a change."""

    NEW = "new"
    CONTENT = "content"
    METADATA = "metadata"
    MOVED = "moved"
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
    Why.METADATA: "附带说明有变",
    Why.MOVED: "移动或改名",
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

    GONE is a file to forget; `found` is None. MOVED is a file that was read as `was`; with a `known_hash`, what was
    read then is what would be read now, unless the reader looks at the name.
    """

    path: str
    why: Why
    found: Found | None = None
    known_hash: str = ""
    was: FileRecord | None = None


@dataclass(slots=True)
class Plan:
    """What must be done about the files of one folder. `known` is how many of them were known and could be looked for.

    `restamped` are files in their place under another inode, which says nothing of their content.
    """

    read: Spool[FileChange] = field(default_factory=Spool)
    moved: list[FileChange] = field(default_factory=list)
    gone: list[FileChange] = field(default_factory=list)
    restamped: Spool[Found] = field(default_factory=Spool)
    unseen: list[Skip] = field(default_factory=list)
    found: int = 0
    known: int = 0

    def __iter__(self) -> Iterator[FileChange]:
        """Every change: what is moved, what must be read, what is gone."""
        yield from self.moved
        yield from self.read
        yield from self.gone

    def guard(self, path: object, limit: int) -> None:
        """Raise FolderVanished where nothing is left, or where `limit` percent of the files or more are gone."""
        gone = len(self.gone)
        if self.known and not self.found:
            what = f"原有 {self.known:,} 个文件，现在一个也没有"
        elif gone >= MANY and gone * 100 >= limit * self.known:
            what = f"原有 {self.known:,} 个文件，现在少了 {gone:,} 个"
        else:
            return
        raise FolderVanished(
            f"文件夹“{path}”里{what}，可能是共享盘没有连上或没有连全。这个文件夹在资料库里的内容未作改动。"
            "请检查后再运行；如果文件确已删除，请运行：anjian reindex --allow-mass-removal"
        )


def plan_files(
    found: Iterable[Found | Skip],
    records: Iterable[FileRecord],
    *,
    readers: Mapping[str, str],
    content_hash: Callable[[Found], str],
    retry: AbstractSet[str] = frozenset(),
    full: bool = False,
) -> Plan:
    """What to do about the files of one folder. Both `found` and `records` come in order of path.

    `readers` are the present "name/version" of every reader, by name; `content_hash` hashes a file (it is asked only of
    new files of the size of one that is gone); `retry` are the paths whose failures are to be tried again; `full` reads
    everything.
    """
    plan = Plan()
    present = cache(partial(_present, readers=readers))  # of a few sets of readers, over and over
    new: Spool[Found] = Spool()
    gone: list[FileRecord] = []
    renumbered: list[tuple[Found, FileRecord]] = []
    for file, record in _paired(found, records, plan.unseen):
        if file and record:
            plan.known += 1
            if change := _change(file, record, present, retry, full=full):
                plan.read.append(change)
            elif file.inode and record.inode and file.inode != record.inode:
                renumbered.append((file, record))
            elif file.inode != record.inode:
                plan.restamped.append(file)
        elif record:
            gone.append(record)
        elif file:
            new.append(file)
        plan.found += file is not None
    hidden = {skip.source for skip in plan.unseen}
    gone = [record for record in gone if not hidden or not _is_below(record.path, hidden)]
    plan.known += len(gone)
    _compare(plan, renumbered, gone)
    was = pair(new, gone, content_hash, by_inode=len(renumbered) * 2 <= plan.known) if gone else {}
    for file in new:
        if old := was.get(file.path):
            same = old.beside == file.beside and present(old.reader) and not (full or old.path in retry)
            plan.moved.append(FileChange(file.path, Why.MOVED, file, old.content_hash if same else "", old))
        else:
            plan.read.append(FileChange(file.path, Why.NEW, file))
    moved = {old.path for old in was.values()}
    plan.gone = [FileChange(record.path, Why.GONE) for record in gone if record.path not in moved]
    return plan


def _paired(
    found: Iterable[Found | Skip], records: Iterable[FileRecord], unseen: list[Skip]
) -> Iterator[tuple[Found | None, FileRecord | None]]:
    """Each file with its record; one of the two is None where there is only the other. What was not seen goes aside."""
    known = iter(records)
    record = next(known, None)
    for file in found:
        if isinstance(file, Skip):
            unseen.append(file)
            continue
        while record and record.path < file.path:
            yield None, record
            record = next(known, None)
        if record and record.path == file.path:
            yield file, record
            record = next(known, None)
        else:
            yield file, None
    while record:
        yield None, record
        record = next(known, None)


def _change(
    file: Found, record: FileRecord, present: Callable[[str], bool], retry: AbstractSet[str], *, full: bool
) -> FileChange | None:
    """What to do about a file in its place, by its stamps."""
    if (file.size, file.mtime_ns) != (record.size, record.mtime_ns):
        known_hash = record.content_hash if file.beside == record.beside else ""
        return FileChange(file.path, Why.CONTENT, file, known_hash)
    if file.beside != record.beside:
        return FileChange(file.path, Why.METADATA, file)
    if full or not present(record.reader):
        return FileChange(file.path, Why.READER, file)
    if file.path in retry:
        return FileChange(file.path, Why.RETRY, file)
    return None


def _compare(plan: Plan, renumbered: Sequence[tuple[Found, FileRecord]], gone: Sequence[FileRecord]) -> None:
    """Compare the content of files under another inode: another file may have been put there with the same stamps.

    Where most inodes are others, the share has been mounted anew; then only stamps that two files have are suspicious.
    """
    stamps = Counter((record.size, record.mtime_ns) for record in gone)
    stamps.update((file.size, file.mtime_ns) for file, _ in renumbered)
    few = len(renumbered) < MANY or len(renumbered) * 2 <= plan.known
    for file, record in renumbered:
        if few or stamps[file.size, file.mtime_ns] > 1:
            plan.read.append(FileChange(file.path, Why.CONTENT, file, record.content_hash))
        else:
            plan.restamped.append(file)


def _present(used: str, readers: Mapping[str, str]) -> bool:
    """Whether the readers that a file was read with, joined by commas, are those of the present."""
    return all(readers.get(reader.split("/")[0]) == reader for reader in used.split(","))


def _is_below(path: str, hidden: AbstractSet[str]) -> bool:
    """Whether a path is one of those hidden, or lies below one."""
    return "." in hidden or path in hidden or any(path[:at] in hidden for at in _slashes(path))


def _slashes(path: str) -> Iterator[int]:
    at = path.find("/")
    while at >= 0:
        yield at
        at = path.find("/", at + 1)
