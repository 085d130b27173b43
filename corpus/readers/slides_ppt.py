"""The text of a ppt or WPS dps presentation ([MS-PPT]): records in a stream, the newest edit of each slide.

Notes are not read.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

import olefile

from corpus.document import Reason
from corpus.readers.contract import Unreadable
from corpus.readers.ole import stream

_SLIDE_LIST, _SLIDE_PERSIST = 4080, 1011
_CHARS, _BYTES = 4000, 4008
_USER_EDIT, _PERSIST_DIRECTORY = 4085, 6002
_CRYPT_TOKEN = 0xF3D1C4DF
_SLIDES = 0  # instance of the list of slides; 1 are masters, 2 notes
_DEPTH = 40


def slides(compound: olefile.OleFileIO) -> Iterator[str]:
    """Yield the text of each slide in the order shown. Raises Unreadable: ENCRYPTED or BROKEN."""
    data = stream(compound, "PowerPoint Document")
    user = stream(compound, "Current User")
    try:
        if struct.unpack_from("<I", user, 12)[0] == _CRYPT_TOKEN:
            raise Unreadable(Reason.ENCRYPTED)
        yield from _slides(data, struct.unpack_from("<I", user, 16)[0])
    except (struct.error, IndexError, KeyError) as error:
        raise Unreadable(Reason.BROKEN, "演示文稿结构不完整") from error


def _slides(data: bytes, edit: int) -> Iterator[str]:
    offsets, document = _persistent(data, edit)
    root = _record(data, offsets[document])
    for kind, instance, start, end in _records(data, *root):
        if kind != _SLIDE_LIST or instance != _SLIDES:
            continue
        text: list[str] = []
        place: tuple[int, int] | None = None
        for inner, _, begin, stop in _records(data, start, end):
            if inner == _SLIDE_PERSIST:
                if place:
                    yield _joined(data, text, place)
                text, place = [], _record(data, offsets[struct.unpack_from("<I", data, begin)[0]])
            elif inner in {_CHARS, _BYTES}:
                text.append(_decoded(data, inner, begin, stop))
        if place:
            yield _joined(data, text, place)


def _joined(data: bytes, outline: list[str], place: tuple[int, int]) -> str:
    """The outline's text of a slide, and what its own shapes hold beside it."""
    parts = outline + [text for text in _texts(data, *place, depth=0) if text not in outline]
    return "\n".join(part.strip() for part in parts if part.strip())


def _texts(data: bytes, start: int, end: int, depth: int) -> Iterator[str]:
    for kind, _, begin, stop in _records(data, start, end):
        if kind in {_CHARS, _BYTES}:
            yield _decoded(data, kind, begin, stop)
        elif depth < _DEPTH and data[begin - 8] & 0xF == 0xF:  # a container
            yield from _texts(data, begin, stop, depth + 1)


def _persistent(data: bytes, edit: int) -> tuple[dict[int, int], int]:
    """Where each persistent object's newest version is, and which one is the document."""
    offsets: dict[int, int] = {}
    document = struct.unpack_from("<I", data, edit + 8 + 16)[0]
    seen: set[int] = set()
    while edit and edit not in seen:
        seen.add(edit)
        previous, directory = struct.unpack_from("<2I", data, edit + 8 + 8)
        start, end = _record(data, directory)
        while start + 4 <= end:
            packed = struct.unpack_from("<I", data, start)[0]
            first, count = packed & 0xFFFFF, packed >> 20
            for index, offset in enumerate(struct.unpack_from(f"<{count}I", data, start + 4)):
                offsets.setdefault(first + index, offset)
            start += 4 + 4 * count
        edit = previous
    return offsets, document


def _record(data: bytes, at: int) -> tuple[int, int]:
    """Where the content of the record at an offset begins and ends."""
    size = struct.unpack_from("<I", data, at + 4)[0]
    return at + 8, min(at + 8 + size, len(data))


def _records(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """The records between two offsets: type, instance, begin and end of the content."""
    while start + 8 <= end:
        head, kind = struct.unpack_from("<2H", data, start)
        begin, stop = _record(data, start)
        yield kind, head >> 4, begin, min(stop, end)
        start = stop


def _decoded(data: bytes, kind: int, start: int, end: int) -> str:
    raw = data[start:end]
    text = raw.decode("utf-16-le", "replace") if kind == _CHARS else raw.decode("latin-1")
    return text.replace("\r", "\n").replace("\x0b", "\n")
