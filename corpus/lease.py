"""A claim to a folder that holds between machines: a file that names its holder, and that the holder keeps renewing.

An operating system's lock dies with its process, but not every network share carries it to other machines. A lease is
made where there is none (which every file system does for one claimant only), renewed every RENEWAL seconds, and given
up by others once it has not been renewed for EXPIRY seconds. Only times that the share itself wrote are compared: the
clocks of two machines may differ, and may be set back.
"""

from __future__ import annotations

import json
import os
import platform
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Event, Thread
from typing import Self
from uuid import uuid4

RENEWAL = 15.0
EXPIRY = 120.0


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lease: a process of a machine, since when (ISO 8601), and a token that no other claim has."""

    host: str
    pid: int
    since: str
    token: str

    def __str__(self) -> str:
        """The holder in the user's words."""
        return f"另一个程序（{self.host} 上的进程 {self.pid}，开始于 {self.since}）"

    @property
    def is_here(self) -> bool:
        """Whether it is, or was, a process of this machine."""
        return self.host == platform.node()

    @property
    def is_dead(self) -> bool:
        """Whether it was a process of this machine that has ended."""
        return self.is_here and not _runs(self.pid)


@dataclass(slots=True)
class Lease:
    """The lease in the file `path`; use it as a context manager once it is taken.

    It is `lost` where somebody else has taken it over, as happens to a machine that slept for longer than EXPIRY.
    """

    path: Path
    lost: bool = field(default=False, init=False)
    holder: Holder = field(init=False)
    _end: Event = field(default_factory=Event, init=False)
    _renewing: Thread | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        self.holder = Holder(platform.node(), os.getpid(), now, uuid4().hex)

    def take(self, *, alone: bool) -> Holder | None:
        """Take the lease; return who has it where it is in force, else None. Raises OSError.

        `alone` says that no other process of this machine can hold it: one named there is dead, whatever its number.
        """
        for _ in range(3):  # a lease that has just been given up, or taken over by a third, is looked at again
            if self._make():
                self._tidy()
                return None
            found = read(self.path)
            if found is not None and not (found.is_dead or (alone and found.is_here)) and not self._expired():
                return found
            self._discard(found)
        return read(self.path)

    def _make(self) -> bool:
        draft = self.path.with_name(f"{self.path.name}.{self.holder.token}")
        try:
            draft.write_text(json.dumps(asdict(self.holder)), encoding="utf-8")
            return _appear(draft, self.path)
        finally:
            draft.unlink(missing_ok=True)

    def _tidy(self) -> None:
        """Take away what claimants left that were killed at it."""
        for left in self.path.parent.glob(f"{self.path.name}.*"):
            with suppress(OSError):
                if left.stat().st_mtime < self.path.stat().st_mtime - EXPIRY:
                    left.unlink()

    def _expired(self) -> bool:
        """Whether the lease was renewed too long ago, by the clock that stamps the files of its folder."""
        probe = self.path.with_name(f"{self.path.name}.{self.holder.token}")
        try:
            probe.touch()
            now, renewed = probe.stat().st_mtime, self.path.stat().st_mtime
        except FileNotFoundError:
            return False  # given up a moment ago
        finally:
            probe.unlink(missing_ok=True)
        if renewed <= now + RENEWAL:
            return now - renewed > EXPIRY
        # That clock was set back. A holder that lives renews, and so sets the time right.
        began = time.monotonic()
        while time.monotonic() - began < 2 * RENEWAL:
            time.sleep(RENEWAL / 10)
            with suppress(FileNotFoundError):
                if self.path.stat().st_mtime == renewed:
                    continue
            return False
        return True

    def _discard(self, judged: Holder | None) -> None:
        """Take away the lease of a holder judged dead, unless another claimant has been quicker."""
        aside = self.path.with_name(f"{self.path.name}.{uuid4().hex}")
        with suppress(FileNotFoundError):
            self.path.rename(aside)
            if read(aside) != judged:
                _appear(aside, self.path)
            aside.unlink()

    def __enter__(self) -> Self:
        self._renewing = Thread(target=self._renew, name="lease", daemon=True)
        self._renewing.start()
        return self

    def _renew(self) -> None:
        while not self._end.wait(RENEWAL):
            with suppress(OSError):
                if read(self.path) != self.holder:
                    self.lost = True
                    return
                os.utime(self.path)

    def __exit__(self, *_: object) -> None:
        self._end.set()
        if self._renewing:
            self._renewing.join()
        with suppress(OSError):
            if read(self.path) == self.holder:
                self.path.unlink()


def read(path: Path) -> Holder | None:
    """Who holds the lease in a file; None where there is no file, or none that can be understood."""
    try:
        return Holder(**json.loads(path.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def _appear(whole: Path, place: Path) -> bool:
    """Put a file at a place where there is none, whole; tell whether there was none. The file may keep its old name."""
    try:
        place.hardlink_to(whole)
    except FileExistsError:
        return False
    except OSError:  # a share without links
        data = whole.read_bytes()
        try:
            with place.open("xb") as file:
                file.write(data)
        except FileExistsError:
            return False
    return True


def _runs(pid: int) -> bool:
    if os.name == "nt":
        return True  # there the system's lock tells
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
