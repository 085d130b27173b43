"""From placed runs of characters to lines and paragraphs, as a person reads a page.

Coordinates are millimetres or points, it does not matter which: every threshold is a share of the character size.
`u` grows along the line, `v` from line to line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.repair import join

_SAME_BASELINE = 0.5  # of the smaller size: runs closer than this are one line
_WORD_GAP = 0.22  # Latin words further apart than this have a space between them
_CELL_GAP = 1.2  # Chinese further apart than this stands in another cell or column
_MEASURE = 12  # characters that fit in the narrowest column whose lines are joined
_FULL = 1.6  # a line that ends within this of the right edge goes on in the next
_INDENT = 1.0  # a line that begins further in than this begins a paragraph
_LEADING = 1.45  # lines further apart than this times the usual distance are not one paragraph
_NARROW = frozenset("iljtfrI.,;:'|!()[]-/ ")
_WIDE = frozenset("mwMW@%&—")
_ENDS = "。！？!?；;：:"


@dataclass(frozen=True, slots=True)
class Run:
    """Characters set in one go: `u` their start, `end` their estimated end, `v` their baseline, `size` of the font."""

    text: str
    u: float
    end: float
    v: float
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """Runs on one baseline, joined. `cells` counts the stretches that a wide gap sets apart."""

    text: str
    u: float
    end: float
    v: float
    size: float
    cells: int


def width(character: str) -> float:
    """The width of a character as a share of its size, roughly: enough to tell a gap from none."""
    if ord(character) >= 0x2E80 or character in _WIDE:
        return 1.0 if ord(character) >= 0x2E80 else 0.85
    if character in _NARROW:
        return 0.3
    return 0.68 if character.isupper() else 0.53


def lines(runs: Sequence[Run]) -> list[Line]:
    """Group runs by baseline from top to bottom, and join each group from left to right."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.v, run.u)):
        if rows and run.v - rows[-1][0].v <= _SAME_BASELINE * min(run.size, rows[-1][0].size):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [_line(sorted(row, key=lambda run: run.u)) for row in rows]


def paragraphs(page: Sequence[Line], extent: float) -> tuple[str, bool]:
    """Join the lines of a page to paragraphs, one per line of the result. `extent` is where the paper ends along `u`.

    The second value tells whether the last paragraph goes on, by its look, on the next page.
    """
    if not page:
        return "", False
    frame = _frame(page, extent)
    built = [page[0].text]
    for above, line in pairwise(page):
        if frame.goes_on(above, line):
            built[-1] = join(built[-1], line.text)
        else:
            built.append(line.text)
    broken_off = frame.is_full(page[-1]) and not page[-1].text.endswith(tuple(_ENDS))
    return "\n".join(built), broken_off


@dataclass(frozen=True, slots=True)
class _Frame:
    """The type area of a page: its edges, the usual distance of its lines, and whether text is set to full lines."""

    left: float
    right: float
    distance: float
    flush: bool

    def is_full(self, line: Line) -> bool:
        wide_enough = self.right - self.left > _MEASURE * line.size
        return self.flush and wide_enough and line.cells == 1 and line.end > self.right - _FULL * line.size

    def goes_on(self, above: Line, line: Line) -> bool:
        return (
            self.is_full(above)
            and line.cells == 1
            and line.u - self.left < _INDENT * line.size
            and abs(above.size - line.size) < 0.15 * line.size
            and line.v - above.v < _LEADING * self.distance
        )


def _frame(page: Sequence[Line], extent: float) -> _Frame:
    letters = Counter[float]()
    for line in page:
        letters[line.size] += len(line.text) if line.cells == 1 else 0
    size = letters.most_common(1)[0][0]
    body = [line for line in page if line.size == size and line.cells == 1] or list(page)
    distances = sorted(below.v - above.v for above, below in pairwise(body))
    usual = distances[len(distances) // 2] if distances else 2 * size
    left, right = min(line.u for line in body), max(line.end for line in body)
    reached = sum(line.end > right - size for line in body)
    return _Frame(left, right, usual, reached > 1 or right > extent - 1.3 * left - size)


def _line(row: list[Run]) -> Line:
    text, cells, end = "", 1, row[0].u
    for run in _once(row):
        if text:
            gap = (run.u - end) / run.size
            latin = text[-1].isascii() and run.text[0].isascii()
            cells += gap > _CELL_GAP
            if gap > (_WORD_GAP if latin else _CELL_GAP):
                text += " "
        text += run.text
        end = max(end, run.end)
    return Line(text, row[0].u, end, row[0].v, max(run.size for run in row), cells)


def _once(row: list[Run]) -> Iterator[Run]:
    """The runs without those printed again a hair further, as shadows and false bold type are."""
    last: Run | None = None
    for run in row:
        if last is None or run.text != last.text or abs(run.u - last.u) > 0.3 * run.size:
            yield run
            last = run
