"""What every reader takes and gives. Adding a format is one file that defines READER, and one line in `__init__`.

A reader never sees the library: it gets a name and bytes, and yields what it found. It runs in a child process
(`corpus.sandbox`), so it may be killed at any time, and must not write files or open connections.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from corpus.document import MetaValue, Reason, Skip


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one file. Reaching one is recorded as a Skip, never passed over.

    `members`, `depth`, `expanded_bytes` and `ratio` (expanded to packed) bound what an archive may hold.
    """

    file_bytes: int = 512 * 2**20
    text_characters: int = 50_000_000
    pages: int = 20_000
    seconds: float = 120.0
    memory_bytes: int = 4 * 2**30
    members: int = 10_000
    depth: int = 4
    expanded_bytes: int = 2 * 2**30
    ratio: int = 200


@dataclass(frozen=True, slots=True)
class Blob:
    """A file, or a member of one: its path relative to the indexed folder, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page, slide, sheet or cue as the reader found it, before pages are joined into one text.

    `run_on` is True where the last sentence goes on in the next leaf, so that a phrase across them is found.
    `pictured` is True where the text, if there is any, is not that of the page, which only its picture shows.
    """

    text: str
    time: str | None = None
    source: str = "text"
    quality: float = 1.0
    run_on: bool = False
    pictured: bool = False


#: Pixels of a picture at most, to which a larger page is reduced: A4 at 300 dots an inch.
PICTURE_PIXELS = 9_000_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as an image: rows from top to bottom, three bytes a pixel in the order blue, green, red."""

    width: int
    height: int
    pixels: bytes


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as its reader found it. `skips` tells of pages that could not be read.

    `name` is the blob's name, longer only where one file holds several documents.
    `title` and `meta` hold what the file states outside its text (HTML head, document properties), else None.
    """

    name: str
    leaves: tuple[Leaf, ...]
    title: str | None = None
    meta: Mapping[str, MetaValue] = field(default_factory=dict)
    skips: tuple[Skip, ...] = ()


class Unreadable(Exception):
    """A reader's way to give up on the whole blob: a reason and a detail in Chinese."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail = reason, detail


@dataclass(frozen=True, slots=True)
class Reader:
    """A format. `identify` looks at the content first and the name second; exactly one reader claims a blob.

    `read` yields readings, and blobs for the members of a container; it raises Unreadable to give up.
    `version` goes up with every change of what it finds: files read by an older one are read again.
    `picture` makes the image of a leaf, counted from 1; only a reader that gives one reading a blob can offer it.
    """

    name: str
    version: int
    identify: Callable[[Blob], bool]
    read: Callable[[Blob, Limits], Iterator[Reading | Blob | Skip]]
    picture: Callable[[Blob, int], Picture] | None = None
