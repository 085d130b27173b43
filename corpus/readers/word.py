"""Word and WPS in their binary form (doc, wps) and RTF. No program is needed, but for files older than Word 97."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.document import Reason
from corpus.readers import ole, programs, rtf, word97
from corpus.readers.contract import Blob, Leaf, Limits, Reader, Reading, Unreadable
from corpus.readers.sniff import extension
from corpus.title import printed

_RTF = b"{\\rtf"
_WORKS = frozenset({"contents", "matost"})  # Microsoft Works, whose files end in .wps too
_OTHERS = frozenset(
    {"docx", "potx", "ppsx", "pptm", "pptx", "xlsm", "xlsx", "xltm", "xltx"}
)  # their readers tell of a password
_ENDINGS = frozenset({"doc", "dot", "wps", "wpt"})


def identify(blob: Blob) -> bool:
    """Whether the bytes are RTF, or a compound file with a Word document; broken ones go by their name."""
    if _is_rtf(blob.data):
        return True
    if not ole.is_ole(blob.data):
        return False
    names = ole.streams(blob.data)
    if ole.is_locked(names):
        return extension(blob.name) not in _OTHERS
    named = extension(blob.name) in _ENDINGS
    return "worddocument" in names or (named and (not names or bool(names & _WORKS)))


def read(blob: Blob, limits: Limits) -> Iterator[Reading]:
    """Yield the document as one leaf. Raises Unreadable: ENCRYPTED, BROKEN, PROGRAM_MISSING."""
    if _is_rtf(blob.data):
        rich = rtf.parse(blob.data)
        yield Reading(blob.name, (Leaf(rich.text),), printed(rich.title, rich.text), rich.meta)
        return
    with ole.open_ole(blob.data) as compound:
        title, meta = ole.properties(compound)
        names = ole.streams(blob.data)
        if ole.is_locked(names):
            raise Unreadable(Reason.ENCRYPTED)
        try:
            if names & _WORKS:
                raise Unreadable(Reason.UNKNOWN_TYPE)
            text = word97.text(compound)
        except Unreadable as error:
            if error.reason is not Reason.UNKNOWN_TYPE:
                raise
            text = programs.to_text(blob.data, extension(blob.name) or "doc", limits.seconds)
    yield Reading(blob.name, (Leaf(text),), printed(title, text), meta)


def _is_rtf(data: bytes) -> bool:
    return data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_RTF)


READER = Reader("word", 1, identify, read)
