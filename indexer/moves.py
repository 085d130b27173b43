"""Which new file is one that was known under another name: told by what the file system says, else by the bytes.

Two files must never be taken for one another: what the file system says counts only where it can mean one file alone,
and where the time is finer than a second, since archives and some shares give many files the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TypeVar

from corpus.records import FileRecord
from indexer.scan import Found

_SECOND = 1_000_000_000

_File = TypeVar("_File", Found, FileRecord)


def pair(
    new: Iterable[Found], gone: Iterable[FileRecord], content_hash: Callable[[Found], str], *, by_inode: bool
) -> dict[str, FileRecord]:
    """The path of each new file that is a moved one, with the record it had. Each record is given once.

    `by_inode` says that inodes stay what they are on this file system.
    """
    left = [record for record in gone if record.content_hash]
    sizes = {record.size for record in left}
    unknown = [file for file in new if file.size in sizes]
    was: dict[str, FileRecord] = {}
    for key in (_inode, _name) if by_inode else (_name,):
        ours, theirs = _alone(unknown, key), _alone(left, key)
        was.update((ours[told].path, theirs[told]) for told in ours.keys() & theirs.keys())
        taken = {record.path for record in was.values()}
        left = [record for record in left if record.path not in taken]
        unknown = [file for file in unknown if file.path not in was]
    return was | _by_content(unknown, left, content_hash)


def _inode(file: Found | FileRecord) -> Hashable:
    return (file.inode, file.size, file.mtime_ns) if file.inode and file.mtime_ns % _SECOND else None


def _name(file: Found | FileRecord) -> Hashable:
    """Where there are no inodes: with them, a file of this name and time is a copy, and copies may have been edited."""
    name = file.path.rpartition("/")[2]
    return (name, file.size, file.mtime_ns) if not file.inode and file.mtime_ns % _SECOND else None


def _alone(files: Iterable[_File], key: Callable[[Found | FileRecord], Hashable]) -> Mapping[Hashable, _File]:
    """The files by their keys, without those that have none, and without keys that several have."""
    found: defaultdict[Hashable, list[_File]] = defaultdict(list)
    for file in files:
        found[key(file)].append(file)
    found.pop(None, None)
    return {told: several[0] for told, several in found.items() if len(several) == 1}


def _by_content(
    unknown: Iterable[Found], left: Iterable[FileRecord], content_hash: Callable[[Found], str]
) -> dict[str, FileRecord]:
    known: defaultdict[tuple[int, str], list[FileRecord]] = defaultdict(list)
    for record in left:
        known[record.size, record.content_hash].append(record)
    sizes = {size for size, _ in known}
    was = {}
    for file in unknown:
        same = known.get((file.size, content_hash(file))) if file.size in sizes else None
        if same:
            # Of several with the same bytes, the one of the same name.
            name = file.path.rpartition("/")[2]
            old = next((record for record in same if record.path.rpartition("/")[2] == name), same[0])
            same.remove(old)
            was[file.path] = old
    return was
