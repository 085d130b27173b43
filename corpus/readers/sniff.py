"""What a blob looks like from outside: shared by the readers' `identify`, cheap, and never raising."""

from __future__ import annotations

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from corpus.encoding import peek

HEAD = 4096


def extension(name: str) -> str:
    """The ending of a blob's name in lower case, without its dot: "docx"; "" where there is none."""
    stem, dot, ending = name.rsplit("/", 1)[-1].rpartition(".")
    return ending.lower() if dot and stem else ""


def text_head(data: bytes, size: int = HEAD) -> str:
    """The first `size` bytes as text in the likeliest encoding, for looking at only; "" where it is binary."""
    return peek(data[:size])


def is_zip(data: bytes) -> bool:
    """Whether the bytes begin like a zip archive (docx, xlsx, pptx and OFD are zip archives too)."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def zip_names(data: bytes) -> frozenset[str]:
    """The names of the members of a zip archive; empty where it is none or its directory is broken."""
    if not is_zip(data):
        return frozenset()
    try:
        with ZipFile(BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except (BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        return frozenset()
