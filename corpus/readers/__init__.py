"""The readers, and the one door to them: a blob goes in, readings and skips come out.

Adding a format is one file that defines READER, and its name in FORMATS.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from importlib import import_module

from corpus.document import Reason, Skip
from corpus.readers.contract import Blob, Leaf, Limits, Reader, Reading, Unreadable
from corpus.readers.pictured import complete
from corpus.recognition import Lookup, nothing
from corpus.repair import clean

#: Modules of this package, each with a READER. No two may claim the same blob.
FORMATS: tuple[str, ...] = (
    "archive",
    "docx",
    "html",
    "image",
    "mail",
    "mhtml",
    "ofd",
    "outlook",
    "pdf",
    "sheet",
    "slides",
    "subtitles",
    "word",
)

#: Asked when no format claims a blob: many formats are written in plain text, so plain text is what remains.
LAST_RESORT = "text"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a reading came from: hex SHA-256 of the bytes that were read, and the reader as "name/version"."""

    content_hash: str
    reader: str


@cache
def readers() -> tuple[Reader, ...]:
    """Every reader of FORMATS. The format libraries are imported here, on the first call."""
    return tuple(_load(name) for name in FORMATS)


@cache
def versions() -> dict[str, int]:
    """The version of every reader by name, the last resort included."""
    return {reader.name: reader.version for reader in (*readers(), _load(LAST_RESORT))}


def read(blob: Blob, limits: Limits) -> Iterator[Reading | Skip]:
    """Yield what the blob and its members hold. Never raises for what a file contains: that is a Skip."""
    for found in trace(blob, limits):
        yield found if isinstance(found, Skip) else found[0]


def trace(blob: Blob, limits: Limits, recognised: Lookup = nothing) -> Iterator[tuple[Reading, Origin] | Skip]:
    """Like `read`, each reading with its origin, and the text that was recognised in the place of its pictures."""
    for found in _walk(blob, limits, _Budget(limits.members, limits.expanded_bytes), depth=0):
        if isinstance(found, Skip):
            yield found
        else:
            reading, origin = found
            yield from _finish(complete(reading, origin.content_hash, recognised), origin, limits)


def claim(blob: Blob) -> Reader:
    """Return the one reader that claims the blob. Raises Unreadable where there is none, or more than one."""
    claims = [reader for reader in readers() if reader.identify(blob)]
    if len(claims) > 1:
        names = "、".join(reader.name for reader in claims)
        raise Unreadable(Reason.UNKNOWN_TYPE, f"有多个读取器认领：{names}")
    if claims:
        return claims[0]
    text = _load(LAST_RESORT)
    if text.identify(blob):
        return text
    raise Unreadable(Reason.UNKNOWN_TYPE)


@dataclass(slots=True)
class _Budget:
    """What the members of one file may still take, at all depths together."""

    members: int
    member_bytes: int

    @property
    def is_spent(self) -> bool:
        return self.members < 0 or self.member_bytes < 0

    def spend(self, blob: Blob) -> None:
        self.members -= 1
        self.member_bytes -= len(blob.data)


def _load(name: str) -> Reader:
    reader: Reader = import_module(f"{__name__}.{name}").READER
    return reader


def _walk(blob: Blob, limits: Limits, budget: _Budget, depth: int) -> Iterator[tuple[Reading, Origin] | Skip]:
    who = "识别"
    try:
        _admit(blob, limits)
        reader = claim(blob)
        who = reader.name
        origin = Origin(sha256(blob.data).hexdigest(), f"{reader.name}/{reader.version}")
        for found in reader.read(blob, limits):
            match found:
                case Skip():
                    yield found
                case Reading():
                    yield found, origin
                case Blob():
                    yield from _descend(found, limits, budget, depth + 1)
                    if budget.is_spent:
                        return
    except Unreadable as error:
        yield Skip(blob.name, error.reason, error.detail)
    except MemoryError:
        yield Skip(blob.name, Reason.OUT_OF_MEMORY)
    except Exception as error:  # a format library may raise anything at broken bytes
        yield Skip(blob.name, Reason.BROKEN, f"{who}：{type(error).__name__}")


def _descend(member: Blob, limits: Limits, budget: _Budget, depth: int) -> Iterator[tuple[Reading, Origin] | Skip]:
    budget.spend(member)
    if budget.is_spent:
        yield Skip(member.name, Reason.UNSAFE, "所在文件展开后过多或过大，从这里起未读")
    elif depth > limits.depth:
        yield Skip(member.name, Reason.UNSAFE, f"嵌套超过 {limits.depth} 层")
    else:
        yield from _walk(member, limits, budget, depth)


def _admit(blob: Blob, limits: Limits) -> None:
    if not blob.data:
        raise Unreadable(Reason.EMPTY)
    if len(blob.data) > limits.file_bytes:
        raise Unreadable(Reason.TOO_LARGE, f"{len(blob.data):,} 字节，上限 {limits.file_bytes:,}")


def _finish(reading: Reading, origin: Origin, limits: Limits) -> Iterator[tuple[Reading, Origin] | Skip]:
    """Clean the characters of a reading and hold it to the limits; without text it is a Skip."""
    leaves, skips = _bounded(tuple(replace(leaf, text=clean(leaf.text)) for leaf in reading.leaves), reading, limits)
    if any(leaf.text.strip() for leaf in leaves):
        title = clean(reading.title).strip() if reading.title else ""
        yield replace(reading, leaves=leaves, title=title or None, skips=reading.skips + skips), origin
    else:
        pending = [skip for skip in reading.skips if skip.reason is Reason.OCR_PENDING]
        if not pending:
            yield Skip(reading.name, Reason.NO_TEXT)
        yield from pending
        # Of the other reasons one page each: a file may claim 20,000 broken ones, and none of them was read.
        others = {skip.reason: skip for skip in reversed(reading.skips)}
        yield from (skip for reason, skip in others.items() if reason not in {Reason.NO_TEXT, Reason.OCR_PENDING})


def _bounded(leaves: tuple[Leaf, ...], reading: Reading, limits: Limits) -> tuple[tuple[Leaf, ...], tuple[Skip, ...]]:
    kept: list[Leaf] = []
    room = limits.text_characters
    for number, leaf in enumerate(leaves, start=1):
        if number > limits.pages:
            detail = f"只读取了前 {limits.pages} 页"
        elif len(leaf.text) > room:
            kept.append(replace(leaf, text=leaf.text[:room]))
            detail = f"只读取了前 {limits.text_characters:,} 个字符"
        else:
            kept.append(leaf)
            room -= len(leaf.text)
            continue
        return tuple(kept), (Skip(reading.name, Reason.TOO_LARGE, detail, page=number),)
    return tuple(kept), ()
