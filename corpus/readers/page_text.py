"""The text of a page from the groups of lines that are read one after the other: columns, and what stands over both."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.readers.layout import Line, paragraphs
from corpus.repair import clean, join

_SAME_SIZE = 0.15  # of a line's size: lines that differ by more are not of one paragraph
_INDENT = 1.0  # of a line's size


def joined(groups: Sequence[list[Line]], extent: float) -> tuple[str, bool]:
    """The paragraphs of all groups, one a line, and whether the last goes on; `extent` is where the paper ends.

    A sentence may run on from one column to the next as from page to page.
    """
    text, runs_on = "", False
    above: list[Line] = []
    for group in groups:
        more, goes_on = paragraphs(group, extent)
        if not text:
            text = clean(more)
        elif runs_on and _is_continued(above, group):
            text = join(text, clean(more))
        else:
            text = f"{text}\n{clean(more)}"
        above, runs_on = group, goes_on
    return text, runs_on


def _is_continued(above: Sequence[Line], group: Sequence[Line]) -> bool:
    """Whether a column begins as the column before it ended: in type of one size, and not with an indent."""
    last, first = above[-1], group[0]
    indent = first.u - min(line.u for line in group)
    return len(above) > 1 and abs(last.size - first.size) < _SAME_SIZE * first.size and indent < _INDENT * first.size
