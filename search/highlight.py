"""Where a document answers the query: the best passages, and in them the marks, all as offsets into its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.document import Document
from corpus.passages import Passage, label_at, passages
from indexer.fold import fold

FRAGMENTS = 3
LENGTH = 120  # characters of a fragment, about two lines of a terminal
_MOST_MARKS = 5_000  # a one-character query against a book: the rest of the book is not looked at
_SENTENCE_ENDS = re.compile(r"[。！？!?；;\n]")


@dataclass(frozen=True, slots=True)
class Needle:
    """A folded string to look for. A `part` of a word is marked only in documents that lack the whole of it."""

    text: str
    weight: float = 1.0
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fragment:
    """A passage: `text` is the document's text from `start` to `end`; `marks` are (start, end) in the same text.

    `page` counts from 1; `time` is that of the cue it begins in, where the document is a transcript; `passage` is the
    mark of the passage it lies in (第八十五条, 三), empty where that has none.
    """

    text: str
    page: int
    start: int
    end: int
    marks: tuple[tuple[int, int], ...] = ()
    time: str | None = None
    passage: str = ""


def highlight(document: Document, needles: Sequence[Needle], most: int = FRAGMENTS) -> tuple[Fragment, ...]:
    """The `most` best passages in order of their place; the beginning of the document where nothing is found."""
    folded = fold(document.text)
    marks = find_marks(folded, needles)
    found = passages(document.text)
    if not marks:
        return (_fragment(document, found, 0, _cut_after(document.text, 0, LENGTH), ()),)
    chosen = sorted(_best(marks, {needle.text: needle.weight for needle in needles}, folded, most))
    return tuple(
        _fragment(document, found, start, end, tuple((a, b) for a, b in marks if start <= a and b <= end))
        for start, end in _spans(document.text, chosen)
    )


def find_marks(folded: str, needles: Iterable[Needle]) -> tuple[tuple[int, int], ...]:
    """The places, in order and without overlap, where the needles stand in a folded text."""
    wanted: set[str] = set()
    for needle in needles:
        wanted.update([needle.text] if needle.text in folded else needle.parts)
    wanted.discard("")
    if not wanted:
        return ()
    marks = []
    for found in _pattern(frozenset(wanted)).finditer(folded):
        marks.append(found.span())
        if len(marks) == _MOST_MARKS:
            break
    return tuple(marks)


@lru_cache(maxsize=16)
def _pattern(wanted: frozenset[str]) -> re.Pattern[str]:
    longest_first = sorted(wanted, key=lambda text: (-len(text), text))
    return re.compile("|".join(map(re.escape, longest_first)))


def _best(marks: Sequence[tuple[int, int]], weights: dict[str, float], folded: str, most: int) -> list[tuple[int, int]]:
    """The windows (first mark's start, last mark's end) worth most.

    A window is worth the weight of the different strings in it, and a little for each repetition; a string shown in
    one fragment is worth little in the next.
    """
    windows = []
    for first, (start, _) in enumerate(marks):
        last = first
        while last + 1 < len(marks) and marks[last + 1][1] - start <= LENGTH * 3 // 4:
            last += 1
        windows.append((first, last))
        if len(windows) == 500:
            break
    chosen: list[tuple[int, int]] = []
    shown: set[str] = set()
    used: set[int] = set()
    while windows and len(chosen) < most:
        scored = [
            (_worth({folded[a:b] for a, b in marks[first : last + 1]}, last - first, weights, shown), -first, last)
            for first, last in windows
            if not used.intersection(range(first, last + 1))
        ]
        if not scored:
            break
        _, negative, last = max(scored)
        first = -negative
        chosen.append((marks[first][0], marks[last][1]))
        shown.update(folded[a:b] for a, b in marks[first : last + 1])
        used.update(range(first, last + 1))
    return chosen


def _worth(strings: set[str], repeats: int, weights: dict[str, float], shown: set[str]) -> float:
    return sum(weights.get(text, 0.3) * (0.2 if text in shown else 1.0) for text in strings) + 0.05 * min(repeats, 5)


def _spans(text: str, windows: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The windows widened to whole sentences where that fits; those that then touch become one."""
    spans: list[tuple[int, int]] = []
    for start, end in windows:
        room = max(LENGTH - (end - start), 0)
        begin = _cut_before(text, start, room // 2)
        stop = _cut_after(text, end, max(LENGTH - (end - begin), 0))
        if spans and begin <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(stop, spans[-1][1]))
        else:
            spans.append((begin, stop))
    return spans


def _cut_before(text: str, start: int, room: int) -> int:
    """Where to begin a fragment that must hold `start`: after a sentence's end within `room`, else as early as fits."""
    earliest = max(start - room, 0)
    ends = [match.end() for match in _SENTENCE_ENDS.finditer(text, earliest, start)]
    return _skip_space(text, ends[0] if ends else earliest, start)


def _cut_after(text: str, end: int, room: int) -> int:
    latest = min(end + room, len(text))
    ends = [match.end() for match in _SENTENCE_ENDS.finditer(text, end, latest)]
    stop = ends[-1] if ends else latest
    while stop > end and text[stop - 1].isspace():
        stop -= 1
    return stop


def _skip_space(text: str, start: int, limit: int) -> int:
    while start < limit and text[start].isspace():
        start += 1
    return start


def _fragment(
    document: Document, found: Sequence[Passage], start: int, end: int, marks: tuple[tuple[int, int], ...]
) -> Fragment:
    at = marks[0][0] if marks else start
    page = document.page_number(at)
    time = document.pages[page - 1].time
    label = "" if time else label_at(found, at)
    return Fragment(document.text[start:end], page, start, end, marks, time, label)
