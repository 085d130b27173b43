"""OLE compound files: the container of doc, wps, xls, et, ppt, dps and msg, and of encrypted docx, xlsx and pptx."""

from __future__ import annotations

from io import BytesIO

import olefile

from corpus.document import MetaValue, Reason
from corpus.readers.contract import Unreadable

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CODECS = {936: "gb18030", 950: "big5hkscs", 1200: "utf-16-le", 65001: "utf-8"}


def is_ole(data: bytes) -> bool:
    """Whether the bytes begin like a compound file."""
    return data.startswith(_MAGIC)


def streams(data: bytes) -> frozenset[str]:
    """The names of the streams at the top of a compound file, in lower case; empty where it cannot be opened."""
    if not is_ole(data):
        return frozenset()
    try:
        with open_ole(data) as compound:
            return frozenset(entry[0].lower() for entry in compound.listdir())
    except Unreadable:
        return frozenset()


def is_locked(names: frozenset[str]) -> bool:
    """Whether a compound file with these streams is an encrypted docx, xlsx or pptx."""
    return "encryptedpackage" in names


def open_ole(data: bytes) -> olefile.OleFileIO:
    """Open a compound file. Raises Unreadable(BROKEN)."""
    try:
        return olefile.OleFileIO(BytesIO(data))
    except Exception as error:  # olefile raises what its struct and index errors happen to be
        raise Unreadable(Reason.BROKEN, "复合文档结构不完整") from error


def stream(compound: olefile.OleFileIO, name: str | list[str]) -> bytes:
    """The bytes of a stream. Raises Unreadable(BROKEN) where it is missing or cut."""
    try:
        data: bytes = compound.openstream(name).read()
    except Exception as error:
        raise Unreadable(Reason.BROKEN, "复合文档的数据流不完整") from error
    return data


def properties(compound: olefile.OleFileIO) -> tuple[str | None, dict[str, MetaValue]]:
    """The title and the metadata of the summary information; nothing where it is missing or damaged."""
    try:
        stated = compound.get_metadata()
    except Exception:  # properties are a bonus, however damaged
        return None, {}
    page = stated.codepage & 0xFFFF if isinstance(stated.codepage, int) else 1252
    codec = _CODECS.get(page, f"cp{page}")
    title, author = (_decoded(value, codec) for value in (stated.title, stated.author))
    return title or None, {"author": MetaValue(author, "file")} if author else {}


def _decoded(value: object, codec: str) -> str:
    if isinstance(value, bytes):
        try:
            value = value.decode(codec)
        except (UnicodeDecodeError, LookupError):
            return ""
    return value.strip("\0 ") if isinstance(value, str) else ""
