"""Lists that a user hands in are read as warily as any file: in a child process, within limits."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.cause import cause
from corpus.document import Reason, Skip
from corpus.readers.contract import Blob, Limits, Unreadable

if TYPE_CHECKING:
    from corpus.readers.cells import Table


class TableUnreadable(Exception):
    """A list cannot be read; the message says which, why, and what to do."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """The work of the child process."""

    limits: Limits

    def __call__(self, path: Path) -> tuple[Table, ...] | Skip:
        """The tables of a file, or why there are none. What a format library raises is the file's fault."""
        from corpus.readers.cells import tables  # brings the libraries of the formats: for the child alone

        try:
            return tables(Blob(path.name, path.read_bytes()), self.limits)
        except Unreadable as error:
            return Skip(str(path), error.reason, error.detail)
        except MemoryError:
            return Skip(str(path), Reason.OUT_OF_MEMORY)
        except OSError as error:
            return Skip(str(path), Reason.UNREADABLE, cause(error))
        except Exception as error:  # a format library may raise anything at broken bytes
            return Skip(str(path), Reason.BROKEN, type(error).__name__)


def read_tables(path: Path, limits: Limits) -> tuple[Table, ...]:
    """The tables of an xlsx, xls, csv or text file. Raises TableUnreadable."""
    from corpus.sandbox import Sandbox  # starting processes is no part of knowing the error above

    with Sandbox(_Reading(limits), workers=1, limits=limits) as sandbox:
        _, found = next(sandbox.run([path]))
    if isinstance(found, Skip):
        raise TableUnreadable(str(found))
    return found
