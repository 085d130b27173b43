"""What a run tells: its progress while it goes on, and its report."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

Progress = Callable[[int, int, str], None]
"""Called as work goes on: (done, of how many, the file's name or the document's id). It may raise Stopped."""


class Stopped(Exception):
    """Somebody wants the run to end; the message says why. The batch under way is kept, and the next run goes on."""


@dataclass(slots=True)
class Report:
    """What a run did. `changes` counts files and entries by reason of change, `skipped` by reason of skip.

    `seconds` are those of each phase: "reconcile", "read", "recognise", "extract". `error` says what ended the run
    before its time, `stopped` why somebody ended it; empty where nothing and nobody did. `notes` are sentences for
    people: what was repaired, what was left for the next run.
    """

    changes: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    unchanged: int = 0
    documents: int = 0
    characters: int = 0
    extracted: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    error: str = ""
    stopped: str = ""
    notes: list[str] = field(default_factory=list)

    @property
    def failed(self) -> int:
        """How many files, members or pages could not be read."""
        return sum(self.skipped.values())

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Add the time that the work inside takes to a phase."""
        began = time.monotonic()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.monotonic() - began

    def as_json(self) -> dict[str, Any]:
        """The report as plain values, to be kept and printed."""
        return {
            "changes": dict(self.changes),
            "skipped": dict(self.skipped),
            "unchanged": self.unchanged,
            "documents": self.documents,
            "characters": self.characters,
            "extracted": self.extracted,
            "seconds": {phase: round(seconds, 3) for phase, seconds in self.seconds.items()},
            "error": self.error,
            "stopped": self.stopped,
            "notes": self.notes,
        }


def silent(_done: int, _total: int, _name: str) -> None:
    """Progress that nobody watches."""
