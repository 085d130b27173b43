"""A text in passages: the pieces a reader cites and a hit shows. They partition the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.document import Page

#: A line that begins with a mark and is no longer than this is a heading: it opens the passage that follows it.
HEADING = 40

_NUMERAL = "[一二三四五六七八九十百零〇]"
_ARTICLE = re.compile(rf"第(?:{_NUMERAL}{{1,7}}|\d{{1,4}})条(?:之{_NUMERAL}{{1,2}})?(?=[\s\u3000：:【]|$)")
_DIVISION = re.compile(
    rf"第(?:{_NUMERAL}{{1,5}}|\d{{1,3}})\s?[编章节](?=[\s\u3000]|$)|附\s?则$|附\s?件(?:\d{{1,2}})?(?=[:：]|$)"
)
_MARKED = re.compile(
    rf"{_NUMERAL}{{1,3}}、|[（(]{_NUMERAL}{{1,3}}[）)]|[（(]\d{{1,2}}[）)]|\d{{1,2}}(?:[.．、](?!\d(?!\d{{3}}年))|\s(?=[\u4e00-\u9fff]))"
    rf"|(?:问题|案例|案件|典型)(?:{_NUMERAL}{{1,3}}|\d{{1,2}})(?=[:：\s　、.]|$)|[①-⑳]|【[^】\n]{{2,12}}】$"
)
# A heading is no sentence, or names a problem as circulars do: 张某违规收受礼金问题。
_HEADING = re.compile(r"[^。；;！？]$|^[^。；！？]*(?:问题|案|案例)。$")
_LEADING = re.compile(r"[\s\u3000#>*_\ufeff]*")
# Inside a paragraph a number marks a problem only where a sentence has ended, or at its very beginning.
_INLINE = re.compile(
    r"(?:(?<=[。！？；：:\s例题”）)])|(?<=^))(?:(\d{1,2})(?:[.．](?!\d(?!\d{3}年))|、)|([一二三四五六七八九十]{1,3})、|[（(]([一二三四五六七八九十]{1,3})[）)])"
)
_ORDER = {numeral: value for value, numeral in enumerate("一二三四五六七八九十", start=1)}


@dataclass(frozen=True, slots=True)
class Passage:
    """text[start:end] with the mark it bears: 第八十五条, 3, （一）, a heading, 00:12:31 for a cue, or "" for none."""

    start: int
    end: int
    label: str = ""


def passages(text: str, pages: Sequence[Page] = ()) -> tuple[Passage, ...]:
    """Return the passages of the text, in order: contiguous, none empty, from its first character to its last.

    Where pages have a time they are cues, and each page is a passage. An article holds all its paragraphs; a numbered
    item or a heading that is a short line takes the paragraph after it along; every other paragraph stands alone.
    """
    if not text:
        return ()
    if any(page.time for page in pages):
        starts = {page.start: page.time or "" for page in pages if page.start < len(text)}
    else:
        starts = dict(_starts(text))
    starts.setdefault(0, "")
    ordered = sorted(starts)
    return tuple(
        Passage(start, end, starts[start]) for start, end in zip(ordered, [*ordered[1:], len(text)], strict=True)
    )


def label_at(found: Sequence[Passage], offset: int) -> str:
    """Return the mark of the passage that holds `offset`; empty where there is none."""
    place = bisect_right(found, offset, key=lambda passage: passage.start)
    return found[place - 1].label if place else ""


def _starts(text: str) -> Iterator[tuple[int, str]]:
    """Yield where passages begin, with their labels. Blanks between belong to the passage before them."""
    in_article = after_heading = False
    for start, begin, end in _paragraphs(text):
        line = text[begin:end]
        label, heading = _label(line)
        if _ARTICLE.match(line):
            in_article, after_heading = True, False
            yield start, label
            continue
        if _DIVISION.match(line):
            in_article = False
        elif in_article and (not label or _MARKED.match(line)):
            continue
        if after_heading and not label:
            after_heading = False
            yield from _items(text, begin, end)
            continue
        yield start, label
        after_heading = heading
        yield from _items(text, begin, end)


def _paragraphs(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield, for each line that holds something, where it starts and the span without blanks and marks of Markdown."""
    begin = 0
    while begin < len(text):
        stop = text.find("\n", begin)
        stop = len(text) if stop < 0 else stop
        lead = _LEADING.match(text, begin, stop)
        inner = lead.end() if lead else begin
        if inner < stop:
            yield begin, inner, begin + len(text[begin:stop].rstrip(" \t\u3000*_"))
        begin = stop + 1


def _label(line: str) -> tuple[str, bool]:
    """The label of a paragraph, and whether the paragraph is only a heading."""
    if match := _ARTICLE.match(line):
        return match.group(), False
    match = _DIVISION.match(line) or _MARKED.match(line)
    if match is None:
        return "", False
    heading = len(line) <= HEADING and _HEADING.search(line) is not None
    return (line.rstrip("。") if heading else match.group().strip("、.．:： \u3000")), heading


def _items(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield the numbered items inside one paragraph: 1.…2.… in order from one, two of a kind or more."""
    numbered = list(_INLINE.finditer(text, start, end))
    for kind in (1, 2, 3):
        found: list[tuple[int, str]] = []
        for match in numbered:
            if match[kind] and _value(match[kind]) == len(found) + 1:
                found.append((match.start(), match.group().strip("、.．")))
        if len(found) >= 2:
            yield from (item for item in found if item[0] > start)
            return


def _value(numeral: str) -> int:
    """Return 3 for 3 and 三, 12 for 十二."""
    if numeral.isdigit():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    return (_ORDER.get(tens, 1) * 10 if ten else 0) + _ORDER.get(ones, 0)
