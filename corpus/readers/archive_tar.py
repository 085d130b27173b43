"""The members of a tar archive, packed or not, and single files packed with gz, bz2 or xz."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from typing import IO, cast

from corpus.document import Reason
from corpus.readers.archive_member import Member, refuse
from corpus.readers.contract import Blob, Limits, Unreadable
from corpus.readers.names import zip_member_name

_ERRORS = (tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, OverflowError)
_PACKED: tuple[tuple[bytes, Callable[[IO[bytes]], IO[bytes]]], ...] = (
    (b"\x1f\x8b\x08", lambda raw: cast("IO[bytes]", gzip.open(raw))),  # noqa: SIM115 - over memory, closed with it
    (b"BZh", lambda raw: cast("IO[bytes]", bz2.open(raw))),  # noqa: SIM115 - over memory, closed with it
    (b"\xfd7zXZ\x00", lambda raw: cast("IO[bytes]", lzma.open(raw))),  # noqa: SIM115 - over memory, closed with it
)
_BLOCK = 512


class _Bounded:
    """A stream to read from that refuses to give more than `room` bytes."""

    def __init__(self, stream: IO[bytes], room: int) -> None:
        self.stream, self.room = stream, room

    def read(self, size: int) -> bytes:
        data = self.stream.read(size)
        self.room -= len(data)
        if self.room < 0:
            raise Unreadable(Reason.UNSAFE, "展开后过大，其余未展开")
        return data


def is_packed(data: bytes) -> bool:
    """Whether the bytes are packed with gz, bz2 or xz."""
    return any(data.startswith(magic) for magic, _ in _PACKED)


def is_tar(head: bytes) -> bool:
    """Whether the bytes begin with the header of a tar archive."""
    return head[257:262] == b"ustar" and len(head) >= _BLOCK


def members(blob: Blob, limits: Limits) -> Iterator[Member]:
    """Yield the members; read each before the next is asked for. Raises Unreadable: BROKEN or UNSAFE."""
    room = min(limits.expanded_bytes, max(len(blob.data) * limits.ratio, limits.expanded_bytes // 16))
    try:
        if is_tar(_unpacked(blob.data).read(_BLOCK)):
            yield from _tar(_Bounded(_unpacked(blob.data), room), limits)
        else:
            yield _single(blob, min(room, limits.file_bytes))
    except _ERRORS as error:
        raise Unreadable(Reason.BROKEN, "压缩结构不完整") from error


def _unpacked(data: bytes) -> IO[bytes]:
    for magic, opener in _PACKED:
        if data.startswith(magic):
            return opener(BytesIO(data))
    return BytesIO(data)


def _tar(stream: _Bounded, limits: Limits) -> Iterator[Member]:
    with tarfile.open(fileobj=stream, mode="r|", encoding="utf-8", errors="surrogateescape") as archive:  # type: ignore[call-overload]
        for info in archive:
            name = _name(info.name)
            if info.isdir():
                continue
            if not info.isfile():
                yield Member(name, refuse(Reason.UNSAFE, "是链接或设备，不是文件"))
            elif info.size > limits.file_bytes:
                yield Member(name, refuse(Reason.TOO_LARGE, f"{info.size:,} 字节"))
            else:
                content = archive.extractfile(info)
                data = content.read() if content else b""
                yield Member(name, partial(bytes, data))


def _name(stated: str) -> str:
    raw = stated.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def _single(blob: Blob, room: int) -> Member:
    """The one file in a gz, bz2 or xz: named like its package, without the ending."""
    name = blob.name.rpartition("/")[2]
    stem, dot, ending = name.rpartition(".")
    inner = stem if dot and ending.lower() in {"gz", "bz2", "xz"} else f"{name}.out"

    def read() -> bytes:
        stream = _Bounded(_unpacked(blob.data), room)
        try:
            return b"".join(iter(lambda: stream.read(1 << 20), b""))
        except _ERRORS as error:
            raise Unreadable(Reason.BROKEN, "压缩结构不完整") from error

    return Member(zip_member_name(inner, is_utf8=True), read)
