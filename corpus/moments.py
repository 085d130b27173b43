"""How a moment is written in the store: in UTC, to the second, so that text sorts as time does."""

from __future__ import annotations

from datetime import UTC, datetime


def written(moment: datetime) -> str:
    """A moment, which must name its zone (or is local time), as the store has it: ISO 8601."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def now() -> str:
    """The present moment as the store has it."""
    return written(datetime.now(UTC))
