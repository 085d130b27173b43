"""What the kinds of archives have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from corpus.document import Reason
from corpus.readers.contract import Unreadable


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its name as stated, and how to get its bytes. `read` raises Unreadable."""

    name: str
    read: Callable[[], bytes]


def refuse(reason: Reason, detail: str = "") -> Callable[[], bytes]:
    """A `read` for a member that cannot be read."""

    def read() -> NoReturn:
        raise Unreadable(reason, detail)

    return read
