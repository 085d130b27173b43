"""What upkeep raises."""

from __future__ import annotations


class UpkeepError(Exception):
    """Base of what upkeep raises and a user can mend. The message says what is wrong, where, and what to do."""
