"""Outlook messages (msg, [MS-OXMSG]): a compound file whose streams are the properties of a mail."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import olefile

from corpus.document import MetaValue, Reason, Skip
from corpus.readers import html, ole
from corpus.readers.contract import Blob, Leaf, Limits, Reader, Reading, Unreadable
from corpus.readers.names import member_name

_PROPERTIES = "__properties_version1.0"
_SUBJECT, _SENDER, _SENDER_ADDRESS, _TO, _CC = "0037", "0C1A", "0C1F", "0E04", "0E03"
_BODY, _HTML, _DATA, _LONG_NAME, _NAME = "1000", "1013", "3701", "3707", "3704"
_SUBMITTED = 0x0039_0040  # in the fixed properties, which follow a header of this many bytes
_HEADER = 32
_LATEST = 2_650_467_744_000_000_000  # the year 9999, in units of 100 nanoseconds since 1601
_CHINA = timezone(timedelta(hours=8))
_UNICODE, _BYTES_OF_TEXT, _BINARY = "001F", "001E", "0102"


def identify(blob: Blob) -> bool:
    """Whether the bytes are a compound file with the properties of a mail."""
    return _PROPERTIES in ole.streams(blob.data)


def read(blob: Blob, limits: Limits) -> Iterator[Reading | Blob | Skip]:
    """Yield the mail with its headers and text as one leaf, then its attachments. Raises Unreadable(BROKEN)."""
    with ole.open_ole(blob.data) as compound:
        sender = _text(compound, "", _SENDER) or _text(compound, "", _SENDER_ADDRESS)
        subject = _text(compound, "", _SUBJECT)
        stated = (
            ("主题", subject),
            ("发件人", sender),
            ("收件人", _text(compound, "", _TO)),
            ("抄送", _text(compound, "", _CC)),
        )
        lines = [f"{label}：{value}" for label, value in stated if value]
        text = _text(compound, "", _BODY) or _page(compound, blob, limits)
        sent = _sent(compound)
        lines += [f"日期：{sent:%Y-%m-%d %H:%M}"] if sent else []
        meta = {"author": MetaValue(sender, "markup")} if sender else {}
        if sent:
            meta["date"] = MetaValue(sent.date().isoformat(), "markup")
        yield Reading(blob.name, (Leaf("\n".join([*lines, "", text])),), subject or None, meta)
        taken: set[str] = set()
        for folder in sorted({entry[0] for entry in compound.listdir() if entry[0].startswith("__attach_version1.0_")}):
            name = _text(compound, folder, _LONG_NAME) or _text(compound, folder, _NAME) or folder.rpartition("#")[2]
            data = _binary(compound, folder, _DATA)
            member = f"{blob.name}!/{member_name(name, taken)}"
            yield Blob(member, data) if data else Skip(member, Reason.UNKNOWN_TYPE, "嵌在邮件里的邮件或对象")


def _sent(compound: olefile.OleFileIO) -> datetime | None:
    """When the mail was sent, in Chinese time; None where it is not said."""
    data = ole.stream(compound, _PROPERTIES)
    for at in range(_HEADER, len(data) - 15, 16):
        tag, ticks = struct.unpack_from("<I4xQ", data, at)
        if tag == _SUBMITTED and 0 < ticks < _LATEST:
            return datetime(1601, 1, 1, tzinfo=UTC).astimezone(_CHINA) + timedelta(microseconds=ticks // 10)
    return None


def _page(compound: olefile.OleFileIO, blob: Blob, limits: Limits) -> str:
    data = _binary(compound, "", _HTML)
    try:
        readings = list(html.read(Blob(blob.name, data), limits)) if data else []
    except Unreadable:
        return ""
    return "\n".join(leaf.text for reading in readings for leaf in reading.leaves)


def _text(compound: olefile.OleFileIO, folder: str, tag: str) -> str:
    raw = _stream(compound, folder, tag + _UNICODE)
    if raw is not None:
        return raw.decode("utf-16-le", "replace").strip("\0")
    raw = _stream(compound, folder, tag + _BYTES_OF_TEXT)
    return raw.decode("gb18030", "replace").strip("\0") if raw else ""


def _binary(compound: olefile.OleFileIO, folder: str, tag: str) -> bytes:
    return _stream(compound, folder, tag + _BINARY) or b""


def _stream(compound: olefile.OleFileIO, folder: str, tag: str) -> bytes | None:
    path = [*([folder] if folder else []), f"__substg1.0_{tag}"]
    return ole.stream(compound, path) if compound.exists("/".join(path)) else None


READER = Reader("outlook", 1, identify, read)
