"""The members of a 7z archive."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

from corpus.document import Reason
from corpus.readers.archive_member import Member, refuse
from corpus.readers.contract import Blob, Limits, Unreadable

if TYPE_CHECKING:
    from py7zr import FileInfo, SevenZipFile

MAGIC = b"7z\xbc\xaf\x27\x1c"
_TOGETHER = 128 * 2**20  # members are unpacked in groups of about this many bytes


def members(blob: Blob, limits: Limits) -> Iterator[Member]:
    """Yield the members. Raises Unreadable: ENCRYPTED, BROKEN, or PROGRAM_MISSING where py7zr is not installed."""
    try:
        import py7zr  # compiled, and not to be had for every processor
    except ImportError as error:
        raise Unreadable(Reason.PROGRAM_MISSING, "缺少 Python 组件 py7zr") from error
    try:
        with py7zr.SevenZipFile(BytesIO(blob.data)) as archive:
            if archive.needs_password():
                raise Unreadable(Reason.ENCRYPTED)
            files = [info for info in archive.list() if not info.is_directory]
            yield from _unpacked(archive, files, limits)
    except Unreadable:
        raise
    except py7zr.PasswordRequired as error:
        raise Unreadable(Reason.ENCRYPTED) from error
    except Exception as error:  # py7zr and its decoders raise what they happen to
        raise Unreadable(Reason.BROKEN, "压缩结构不完整") from error


def _unpacked(archive: SevenZipFile, files: list[FileInfo], limits: Limits) -> Iterator[Member]:
    for group in _groups(files, limits):
        archive.reset()
        contents = _extract(
            archive, [info.filename for info in group if info.uncompressed <= limits.file_bytes], limits
        )
        for info in group:
            if info.uncompressed > limits.file_bytes:
                yield Member(info.filename, refuse(Reason.TOO_LARGE, f"{info.uncompressed:,} 字节"))
            elif info.is_symlink or info.filename not in contents:
                yield Member(info.filename, refuse(Reason.UNSAFE, "是指向别处的链接"))
            else:
                yield Member(info.filename, partial(contents.pop, info.filename))


def _groups(files: list[FileInfo], limits: Limits) -> Iterator[list[FileInfo]]:
    """Files in groups that fit in memory together. Raises Unreadable(UNSAFE) at more than the limits allow."""
    group: list[FileInfo] = []
    total = size = 0
    for info in files[: limits.members + 1]:
        total += info.uncompressed
        if total > limits.expanded_bytes:
            yield group
            raise Unreadable(Reason.UNSAFE, "展开后过大，其余未展开")
        if group and size + info.uncompressed > _TOGETHER:
            yield group
            group, size = [], 0
        group.append(info)
        size += info.uncompressed
    yield group


def _extract(archive: SevenZipFile, names: list[str], limits: Limits) -> dict[str, bytes]:
    from py7zr.io import BytesIOFactory

    if not names:
        return {}
    factory = BytesIOFactory(limits.file_bytes)
    archive.extract(targets=names, factory=factory)
    return {name: product.read() for name, product in factory.products.items()}
