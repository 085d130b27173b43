"""Pages set in columns: where the gutter is, and the order in which their parts are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.readers.layout import Line, Run, lines

_CROSSING = 0.1  # of the lines may cross the gutter: headings over both columns
_SIDE = 0.25  # of the characters stand on either side
_FILLED = 0.6  # of a column's width is filled by its usual line; the cells of a table leave more free
_FEWEST = 5  # lines on either side


def blocks(placed: Sequence[Run]) -> list[list[Line]]:
    """The lines of a page in groups that are read one after the other: a column, or a stretch over both columns."""
    gutter = _gutter(placed)
    if gutter is None:
        return [lines(placed)] if placed else []
    return [lines(group) for group in _bands(placed, gutter) if group]


def _bands(placed: Sequence[Run], gutter: float) -> Iterator[list[Run]]:
    """Go down the page: whatever crosses the gutter ends the columns above it."""
    left: list[Run] = []
    right: list[Run] = []
    across: list[Run] = []
    for run in sorted(placed, key=lambda run: run.v):
        if run.u < gutter < run.end:
            yield from (left, right)
            left, right = [], []
            across.append(run)
            continue
        if across:
            yield across
            across = []
        (left if run.end <= gutter else right).append(run)
    yield from (across, left, right) if across else (left, right)


def _gutter(placed: Sequence[Run]) -> float | None:
    """The middle of the widest gap that hardly a line crosses and that has running text on both sides."""
    if len(placed) < 2 * _FEWEST:
        return None
    low, high = min(run.u for run in placed), max(run.end for run in placed)
    starts = {run.u - 0.5 for run in placed if low + 0.3 * (high - low) < run.u < low + 0.7 * (high - low)}
    gaps = sorted(filter(None, (_gap(placed, start) for start in starts)), key=lambda gap: gap[0] - gap[1])
    for end, start in gaps:
        left = [run for run in placed if run.end <= end]
        right = [run for run in placed if run.u >= start]
        if _is_text(left, len(placed)) and _is_text(right, len(placed)):
            return (end + start) / 2
    return None


def _gap(placed: Sequence[Run], start: float) -> tuple[float, float] | None:
    """Where the gap before `start` begins and ends; None where too many lines cross it, or none stands left of it."""
    crossing = sum(run.u < start < run.end for run in placed)
    ends = [run.end for run in placed if run.end <= start]
    return (max(ends), start) if ends and crossing <= _CROSSING * len(placed) else None


def _is_text(side: Sequence[Run], count: int) -> bool:
    """Whether the runs on one side of a gutter are lines of running text and not the cells of a table."""
    if len(side) < max(_FEWEST, _SIDE * count):
        return False
    width = max(run.end for run in side) - min(run.u for run in side)
    size = sorted(run.size for run in side)[len(side) // 2]
    usual = sorted(run.end - run.u for run in side)[len(side) // 2]
    steps = sorted(below.v - above.v for above, below in pairwise(sorted(side, key=lambda run: run.v)))
    one_a_line = steps[len(steps) // 2] > 0.5 * size
    return one_a_line and usual > _FILLED * width and width > 8 * size
