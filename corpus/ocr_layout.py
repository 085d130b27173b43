"""From the strips that recognition read to lines and paragraphs, by the same rules as for pages that hold text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

import numpy as np

from corpus.ocr_engine import Corners, Strip
from corpus.readers.columns import blocks
from corpus.readers.layout import Line, Run, width
from corpus.readers.page_text import joined
from corpus.readers.running import without_running
from corpus.repair import close_gaps

_ASTRAY = math.radians(12)  # strips that lean further from the page's own lines are the rims of stamps
_LONG = 4.0  # times its height: a strip that shows how the page leans
_SAME_SIZE = 1.15  # sizes closer than this are one: strips are measured, not set
_RAGGED = 2.4  # characters that the lines of justified text may end before its edge
_SPREAD = 1.3  # times its height: characters that are further apart were spread over a line
_USUAL_SHARE = 0.8  # of a strip's height is the size of its characters
_PITCHED = 6  # characters from which the width of a strip tells the size better than its height


def upright(strips: Sequence[Corners]) -> list[Corners]:
    """The strips that run as the page's lines do."""
    lean = _lean(strips)
    return [strip for strip in strips if abs(_angle(strip) - lean) < _ASTRAY]


def text_of(strips: Sequence[Strip], extent: tuple[float, float]) -> tuple[str, bool]:
    """The strips as paragraphs without the page's number, and whether the last goes on.

    `extent` is the width and height of the picture in pixels.
    """
    if not strips:
        return "", False
    lean = _lean([strip.corners for strip in strips])
    turn = np.array([[math.cos(lean), math.sin(lean)], [-math.sin(lean), math.cos(lean)]])
    boxes = [strip.corners @ turn.T for strip in strips]
    sizes = _settled(_sizes(strips, boxes), [len(strip.text) for strip in strips])
    runs = [_run(close_gaps(strip.text), box, size) for strip, box, size in zip(strips, boxes, sizes, strict=True)]
    groups = [_flush(group) for group in blocks(runs)]
    (body,) = without_running([[line for group in groups for line in group]], [extent[1]])
    kept = [[line for line in group if line in body] for group in groups]
    return joined([group for group in kept if group], extent[0])


def _run(text: str, box: Corners, size: float) -> Run:
    middle = float(box[:, 1].mean())
    return Run(text, float(box[:, 0].min()), float(box[:, 0].max()), middle + size / 2, size)


def _sizes(strips: Sequence[Strip], boxes: Sequence[Corners]) -> list[float]:
    """The sizes of the characters: how wide each is, bounded by the height of the strip.

    Strips of few characters are found a little too high: their heights count as those of the others do.
    """
    heights = [float(np.ptp(box[:, 1])) for box in boxes]
    pitches = [float(np.ptp(box[:, 0])) / sum(map(width, strip.text)) for strip, box in zip(strips, boxes, strict=True)]
    many = [len(strip.text) >= _PITCHED for strip in strips]
    shares = [pitch / height for pitch, height, known in zip(pitches, heights, many, strict=True) if known]
    share = min(1.0, median(shares)) if shares else _USUAL_SHARE
    return [
        min(pitch, (_SPREAD if known else share) * height)
        for pitch, height, known in zip(pitches, heights, many, strict=True)
    ]


def _flush(group: Sequence[Line]) -> list[Line]:
    """The lines of a column, those that end near its edge ending at it.

    A strip ends where its ink does: before the blank that belongs to a comma, and before a character that had to go
    to the next line along with the mark behind it.
    """
    edge = max(line.end for line in group)
    return [replace(line, end=edge) if edge - line.end < _RAGGED * line.size else line for line in group]


def _settled(sizes: Sequence[float], letters: Sequence[int]) -> list[float]:
    """The sizes with those that differ by no more than measuring errs made one: first those like most letters'."""
    usual = median(size for size, count in zip(sizes, letters, strict=True) for _ in range(count))
    groups = [[size for size in sizes if usual / _SAME_SIZE < size < usual * _SAME_SIZE]]
    for size in sorted(set(sizes) - set(groups[0])):
        if len(groups) > 1 and size <= groups[-1][0] * _SAME_SIZE:
            groups[-1].append(size)
        else:
            groups.append([size])
    settled = {size: median(group) for group in groups for size in group}
    return [settled[size] for size in sizes]


def _lean(strips: Sequence[Corners]) -> float:
    """The angle of the page's lines, from its longer strips."""
    long = [_angle(strip) for strip in strips if _aspect(strip) > _LONG]
    return median(long) if long else 0.0


def _aspect(strip: Corners) -> float:
    return float(np.linalg.norm(strip[1] - strip[0])) / max(1.0, float(np.linalg.norm(strip[3] - strip[0])))


def _angle(strip: Corners) -> float:
    across = strip[1] - strip[0]
    return math.atan2(float(across[1]), float(across[0]))
