"""The members of a zip archive."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from zipfile import ZipFile, ZipInfo

from corpus.document import Reason
from corpus.readers.archive_member import Member, refuse
from corpus.readers.contract import Blob, Limits, Unreadable
from corpus.readers.names import zip_member_name
from corpus.readers.package import ZIP_ERRORS


def members(blob: Blob, limits: Limits) -> Iterator[Member]:
    """Yield the members in the order of the directory. Raises Unreadable(BROKEN)."""
    try:
        archive = ZipFile(BytesIO(blob.data))
    except ZIP_ERRORS as error:
        raise Unreadable(Reason.BROKEN, "压缩结构不完整") from error
    for info in archive.filelist:
        if info.is_dir():
            continue
        name = zip_member_name(info.filename, is_utf8=bool(info.flag_bits & 0x800))
        if info.flag_bits & 1:
            yield Member(name, refuse(Reason.ENCRYPTED))
        elif stat.S_ISLNK(info.external_attr >> 16):
            yield Member(name, refuse(Reason.UNSAFE, "是指向别处的链接"))
        elif info.file_size > limits.file_bytes:
            yield Member(name, refuse(Reason.TOO_LARGE, f"{info.file_size:,} 字节"))
        else:
            yield Member(name, partial(_read, archive, info))


def _read(archive: ZipFile, info: ZipInfo) -> bytes:
    try:
        return archive.read(info)
    except NotImplementedError as error:
        raise Unreadable(Reason.UNKNOWN_TYPE, "少见的压缩方法，请重新压缩") from error
    except ZIP_ERRORS as error:
        raise Unreadable(Reason.BROKEN, "无法解压") from error
