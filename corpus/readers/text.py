"""Plain text and Markdown, in whatever encoding: what remains when no format claims a file."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.document import Reason, Skip
from corpus.encoding import decode, is_text
from corpus.readers.contract import Blob, Leaf, Limits, Reader, Reading, Unreadable


def identify(blob: Blob) -> bool:
    """Whether the bytes are text of any kind, also in an encoding that cannot be told."""
    return is_text(blob.data)


def read(blob: Blob, _limits: Limits) -> Iterator[Reading]:
    """Yield the text, a form feed beginning a new page. Raises Unreadable where the encoding cannot be told."""
    decoded = decode(blob.data)
    if decoded is None:
        raise Unreadable(Reason.ENCODING)
    pages = decoded.text.strip("\f").split("\f")
    skips = (damage(blob, decoded.replaced),) if decoded.replaced else ()
    yield Reading(blob.name, tuple(Leaf(page) for page in pages), skips=skips)


def damage(blob: Blob, replaced: int) -> Skip:
    """Tell of characters that could not be decoded in a text that otherwise could."""
    return Skip(blob.name, Reason.ENCODING, f"{replaced} 处字符已损坏，其余已读")


READER = Reader("text", 1, identify, read)
