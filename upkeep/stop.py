"""Ending a run from outside: a signal is noted, and the run ends itself where nothing is lost."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from indexer.report import Stopped

__all__ = ["Stop", "Stopped", "Tell", "Wait", "told_by_signals"]

NAP_SECONDS = 1.0  # how long a signal may go unnoticed by one who waits

Wait = Callable[[float], bool]
"""Wait for so many seconds, or until told to end. True: told to end."""

Tell = Callable[[str], None]
"""Called with a sentence for whoever looks after the library."""


@dataclass(slots=True)
class Stop:
    """Whether the program was told to end.

    A flag and short naps, not a `threading.Event`: setting an event in a signal handler can deadlock with the wait
    that the signal interrupts.
    """

    asked: bool = False
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep

    def is_set(self) -> bool:
        """Whether the program was told to end (under the name that watchers of files ask by)."""
        return self.asked

    def wait(self, seconds: float) -> bool:
        """Wait for so many seconds, or until told to end; True where told to end."""
        end = self.clock() + seconds
        while not self.asked and (left := end - self.clock()) > 0:
            self.sleep(min(left, NAP_SECONDS))
        return self.asked

    def check(self) -> None:
        """Raise Stopped where told to end."""
        if self.asked:
            raise Stopped("收到停止的要求，已停止；完成的部分都保存好了，下次会接着做。")


@contextmanager
def told_by_signals(stop: Stop) -> Iterator[None]:
    """Let SIGTERM and Ctrl-C set `stop`; a second Ctrl-C ends the program at once, as always."""

    def note(number: int, _frame: FrameType | None) -> None:
        stop.asked = True
        if number == signal.SIGINT:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    before = {number: signal.signal(number, note) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
