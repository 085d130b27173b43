"""A page's way from its file to recognised text, as it runs in a child process: one task a page, wherever it lies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path

from corpus import readers
from corpus.document import Reason, Skip
from corpus.ocr_cache import RecognisedPage
from corpus.readers.contract import Blob, Limits, Reading, Unreadable
from corpus.recognition import Lookup, Recognised


@dataclass(frozen=True, slots=True)
class PageTask:
    """Recognise page `page`, from 1, of what has the path `source`: the file `path` itself, or a member of it.

    Where `given_up` is set nothing is recognised, and the result says that it was given up, and why.
    """

    root: Path
    path: str
    source: str
    page: int
    given_up: Reason | None = None

    @property
    def name(self) -> str:
        """The path of what is recognised, as a Skip names it."""
        return self.source


@dataclass(slots=True)
class Desk:
    """The file at hand: its pages come one after the other, so it is opened once and its members gone through once.

    A page of which `recognised` knows is not recognised again.
    """

    limits: Limits
    recognised: Lookup
    _file: Blob = field(default=Blob("", b""), init=False)
    _place: tuple[Path, int, int] | None = field(default=None, init=False)
    _coming: Iterator[Blob | Reading | Skip] = field(default=iter(()), init=False)
    _sheet: Blob = field(default=Blob("", b""), init=False)
    _sheet_hash: str = field(default="", init=False)

    def recognise(self, task: PageTask) -> RecognisedPage:
        """The page's text, or why there is none. Raises OSError, and Unreadable where the file is another by now."""
        self._take(task)
        page = partial(RecognisedPage, self._sheet_hash, task.page)
        if task.given_up:
            return page(Recognised(quality=0.0, reason=task.given_up))
        known = self.recognised(self._sheet_hash, task.page)
        return page(known or self._read(task))

    def _read(self, task: PageTask) -> Recognised:
        from corpus import ocr  # costly: only children that recognise import it

        reader = readers.claim(self._sheet)
        if reader.picture is None:
            raise Unreadable(Reason.NO_TEXT)
        try:
            picture = reader.picture(self._sheet, task.page)
        except Unreadable as error:
            return Recognised(quality=0.0, reason=error.reason)
        except MemoryError:
            return Recognised(quality=0.0, reason=Reason.OUT_OF_MEMORY)
        except Exception:  # a format library may raise anything at broken bytes
            return Recognised(quality=0.0, reason=Reason.BROKEN)
        return ocr.recognise(picture)

    def _take(self, task: PageTask) -> None:
        """Lay the file, and of it what is to be recognised, on the desk."""
        path = task.root / task.path
        status = path.stat()
        place = (path, status.st_size, status.st_mtime_ns)
        if self._place != place:
            self._file, self._place, self._coming = Blob(task.path, path.read_bytes()), place, iter(())
        elif self._sheet.name == task.source:
            return
        found = self._file if task.source == task.path else self._member(task.source)
        self._sheet, self._sheet_hash = found, sha256(found.data).hexdigest()

    def _member(self, source: str) -> Blob:
        """The member of that path: further on, else from the beginning."""
        found = _find(self._coming, source, self.limits)
        if found is None:
            self._coming = readers.claim(self._file).read(self._file, self.limits)
            found = _find(self._coming, source, self.limits)
        if found is None:
            raise Unreadable(Reason.NO_TEXT)
        return found


def _find(members: Iterator[Blob | Reading | Skip], source: str, limits: Limits) -> Blob | None:
    """The next blob of that path among members, and members of members."""
    for member in members:
        if not isinstance(member, Blob):
            continue
        if member.name == source:
            return member
        if source.startswith(f"{member.name}!/"):
            return _find(readers.claim(member).read(member, limits), source, limits)
    return None
