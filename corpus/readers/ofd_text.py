"""The text of one OFD page: TextObjects with their positions (GB/T 33190, chapter 11) to placed runs.

A page's coordinates are millimetres from its top left corner. An object's matrix applies inside its boundary box, and
TextCode places each character by X, Y and the steps DeltaX and DeltaY, where "g 5 3.2" means five steps of 3.2.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from corpus.readers.layout import Run
from corpus.readers.layout import width as advance
from corpus.readers.package import Element, attribute, children, local

_SLANT = math.radians(10)  # text further than this from level or upright is a watermark
_STEPS = 20_000  # deltas one TextCode may have
_JUMP = 2.2  # a step longer than this many characters leads to another cell

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character at its place on the page: (x, y) is where its baseline begins."""

    character: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters set in one direction: 0 rightwards, 1 downwards, 2 leftwards, 3 upwards."""

    glyphs: tuple[Glyph, ...]
    direction: int


@dataclass(frozen=True, slots=True)
class Found:
    """What the objects of a page are: text that shows, text that does not, whether else is `drawn`, and the images."""

    shown: tuple[Stretch, ...]
    hidden: tuple[Stretch, ...]
    drawn: bool
    images: tuple[Element, ...] = ()


def collect(content: Element, unit: Callable[[str], Element | None]) -> Found:
    """Gather the text of a page's Content. `unit` gives the drawing that a CompositeObject refers to, by its id."""
    shown: list[Stretch] = []
    hidden: list[Stretch] = []
    drawn = False
    images: list[Element] = []
    for node, matrix, visible in _objects(content, IDENTITY, unit, depth=0):
        if local(node) == "TextObject":
            (shown if visible else hidden).extend(_stretches(node, matrix))
        else:
            drawn = True
            images += [node] if local(node) == "ImageObject" and visible else []
    return Found(tuple(shown), tuple(hidden), drawn, tuple(images))


def main_direction(stretches: Sequence[Stretch]) -> int:
    """The direction in which most characters of a page are written."""
    votes = Counter[int]()
    for stretch in stretches:
        votes[stretch.direction] += len(stretch.glyphs)
    return votes.most_common(1)[0][0] if votes else 0


def runs(stretches: Sequence[Stretch], direction: int, width: float, height: float) -> list[Run]:
    """Turn stretches to runs of a page of that size, seen so that its main direction is rightwards."""
    return [_run(stretch, direction, width, height) for stretch in stretches]


def numbers(text: str) -> list[float]:
    """The numbers of an OFD array, with "g COUNT STEP" written out; [] where it is no array of finite numbers."""
    values: list[float] = []
    words = iter(text.split())
    try:
        for word in words:
            if word == "g":
                count = min(int(next(words)), _STEPS)
                values.extend([float(next(words))] * count)
            else:
                values.append(float(word))
    except (ValueError, StopIteration):
        return []
    return values if all(map(math.isfinite, values)) else []


def _objects(
    node: Element, matrix: Matrix, unit: Callable[[str], Element | None], depth: int
) -> Iterator[tuple[Element, Matrix, bool]]:
    for item in node:
        kind = local(item)
        if kind in {"Layer", "PageBlock", "Content"}:
            yield from _objects(item, matrix, unit, depth)
        elif kind in {"TextObject", "ImageObject", "PathObject"}:
            yield item, matrix, _shows(item)
        elif kind == "CompositeObject":
            drawing = unit(attribute(item, "ResourceID")) if depth < 4 else None
            if drawing is not None:
                yield from _objects(drawing, compose(matrix, _placement(item)), unit, depth + 1)


def _shows(item: Element) -> bool:
    """Whether anything of an object can be seen: its boundary box clips it."""
    box = numbers(attribute(item, "Boundary"))
    return attribute(item, "Visible") != "false" and not (len(box) == 4 and 0.0 in box[2:])


def _stretches(node: Element, outer: Matrix) -> Iterator[Stretch]:
    matrix = compose(outer, _placement(node))
    size = next(iter(numbers(attribute(node, "Size"))), 0.0) or 3.0
    scale = next(iter(numbers(attribute(node, "HScale"))), 0.0) or 1.0
    level = math.atan2(matrix[1], matrix[0])
    if abs(level - round(level / (math.pi / 2)) * math.pi / 2) > _SLANT:
        return
    seen = size * (math.hypot(matrix[2], matrix[3]) or 1.0)
    x = y = 0.0
    for code in children(node, "TextCode"):
        x = next(iter(numbers(attribute(code, "X"))), x)
        y = next(iter(numbers(attribute(code, "Y"))), y)
        text = (code.text or "").strip("\r\n\t")
        steps = _steps(code, text, size * scale)
        points = [(x, y)]
        for dx, dy in steps:
            points.append((points[-1][0] + dx, points[-1][1] + dy))
        if 2 * sum(abs(dx) > 0.3 * size and abs(dy) > 0.3 * size for dx, dy in steps) > len(steps):
            continue  # slanted by its steps
        upright = sum(abs(dx) < 0.3 * size and abs(dy) > 0.3 * size for dx, dy in steps) * 2 > len(steps)
        placed = [Glyph(c, *apply(matrix, p), seen) for c, p in zip(text, points, strict=False)]
        direction = (round(level / (math.pi / 2)) + upright) % 4
        yield from (Stretch(part, direction) for part in _split(placed, direction))


def _steps(code: Element, text: str, em: float) -> list[tuple[float, float]]:
    """The steps between the characters: the last delta repeats; without any, characters stand side by side."""
    count = max(len(text) - 1, 0)
    dx, dy = numbers(attribute(code, "DeltaX")), numbers(attribute(code, "DeltaY"))
    if not dx and not dy:
        return [(em * advance(character), 0.0) for character in text[:count]]
    padded = [
        (values + values[-1:] * (count - len(values)))[:count] if values else [0.0] * count for values in (dx, dy)
    ]
    return list(zip(*padded, strict=True))


def _split(glyphs: list[Glyph], direction: int) -> Iterator[tuple[Glyph, ...]]:
    """Cut where the text leaves its line, leaps, or leaves room with several blanks; no part begins or ends blank."""
    part: list[Glyph] = []
    blanks: list[Glyph] = []
    for glyph in glyphs:
        if glyph.character.isspace():
            blanks.append(glyph)
            continue
        if part and (len(blanks) > 1 or _leaves((*part, *blanks)[-1], glyph, direction)):
            yield tuple(part)
            part = []
        part += blanks if part else []
        part.append(glyph)
        blanks = []
    if part:
        yield tuple(part)


def _leaves(last: Glyph, glyph: Glyph, direction: int) -> bool:
    (u0, v0), (u1, v1) = turn(last, direction), turn(glyph, direction)
    return abs(v1 - v0) > 0.4 * glyph.size or not -0.5 <= (u1 - u0) / glyph.size <= _JUMP


def _run(stretch: Stretch, direction: int, width: float, height: float) -> Run:
    first, last = stretch.glyphs[0], stretch.glyphs[-1]
    (u, v), (end, _) = turn(first, direction, width, height), turn(last, direction, width, height)
    text = "".join(glyph.character for glyph in stretch.glyphs)
    return Run(text, u, max(end, u) + last.size * advance(last.character), v, first.size)


def turn(glyph: Glyph, direction: int, width: float = 0.0, height: float = 0.0) -> tuple[float, float]:
    """The place of a glyph on a page of that size, turned so that the direction of writing is rightwards."""
    match direction:
        case 0:
            return glyph.x, glyph.y
        case 1:
            return glyph.y, width - glyph.x
        case 2:
            return width - glyph.x, height - glyph.y
        case _:
            return height - glyph.y, glyph.x


def _placement(node: Element) -> Matrix:
    box, own = numbers(attribute(node, "Boundary")), numbers(attribute(node, "CTM"))
    inner: Matrix = (own[0], own[1], own[2], own[3], own[4], own[5]) if len(own) == 6 else IDENTITY
    return compose((1.0, 0.0, 0.0, 1.0, box[0], box[1]), inner) if len(box) == 4 else inner


def compose(outer: Matrix, inner: Matrix) -> Matrix:
    """The matrix that applies `inner` first, then `outer`."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def apply(matrix: Matrix, point: tuple[float, float]) -> tuple[float, float]:
    """The place of a point under a matrix."""
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f
