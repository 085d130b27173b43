"""What can go wrong with a report that the user can mend."""

from __future__ import annotations


class ReportRefused(Exception):
    """A report cannot be written; the message says why and what to do."""
