"""Whether characters that make a name are one where they stand: not so 张广 in 张广新, 高明 in 高明区.

What extraction found decides first, then the tagger. Only what is plainly something else is not counted as a name: to
list one document too many is a nuisance, to list one too few is a fault.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from indexer.extract import lexicons, people, tagger
from indexer.extract.extraction import Extraction, Span
from indexer.fold import fold

_SENTENCE = re.compile(r"[^。！？!?；;\n\r]+")
_CLAUSE_ENDS = re.compile(r"[。！？!?；;，,：:\n\r]")
_BESIDE = 40  # characters before and after a name that the tagger is shown, within its clause
_JOINED = re.compile(r"[^\W\d_]|[·•・‧]")  # what may belong to a name beside it
_PLACE_AFTER = re.compile(r"[区县市镇乡村]")
#: Tags of words that are no names.
_NO_NAME = frozenset(
    {"LOC", "ORG", "TIME", "n", "nz", "nw", "ns", "nt", "v", "vd", "vn", "a", "ad", "an"}
    | {"d", "p", "c", "m", "q", "r", "t", "f", "s", "u", "xc"}
)
#: What follows a name and is no character of it, though the name may be taken for one that goes on.
_GOES_ON = re.compile(r"[案作说称等率]|[^\u4e00-\u9fff]|$")
_LIST_MARKS = frozenset("、，。；和")


def sentences(text: str, spans: Iterable[Span]) -> list[Span]:
    """The sentences that hold the beginnings of the spans, each once."""
    found: dict[Span, None] = {}
    for start, _ in spans:
        begin = max((text.rfind(mark, 0, start) for mark in "。！？!?；;\n\r"), default=-1) + 1
        match = _SENTENCE.match(text, begin)
        found[match.span() if match else (start, start)] = None
    return list(found)


def clause(text: str, span: Span) -> Span:
    """The clause that holds the span, no further than some characters before and after it."""
    start, end = span
    low = max(start - _BESIDE, 0)
    begin = max((match.end() for match in _CLAUSE_ENDS.finditer(text, low, start)), default=low)
    stop = _CLAUSE_ENDS.search(text, end, end + _BESIDE)
    return begin, stop.start() if stop else min(end + _BESIDE, len(text))


def prepare(held: Iterable[str]) -> None:
    """Let the tagger see the clauses of several documents together, which it remembers: that is faster."""
    tagger.words("\n".join(held))


class Reading:
    """A document read for the names in it. `extraction` is what was extracted from it, where that was done."""

    def __init__(self, text: str, extraction: Extraction | None) -> None:
        self._text = text
        self._named = sorted(set(_named(extraction))) if extraction else []
        self._exact = frozenset(self._named)
        self._known = {text[start:end] for start, end in self._named}

    def told(self, span: Span) -> bool | None:
        """Whether extraction tells that a name stands there: True, False for a part of a longer one, None untold.

        What stands between marks, with no letter beside it, needs nobody to tell.
        """
        if span in self._exact:
            return True
        place = bisect_right(self._named, (span[0], len(self._text) + 1))
        inside = any(start <= span[0] and span[1] <= end for start, end in self._named[max(place - 3, 0) : place])
        if inside:
            return self._is_introduced(span[0]) and _GOES_ON.match(self._text, span[1]) is not None
        return None if self._touches(span) else True

    def _touches(self, span: Span) -> bool:
        start, end = span
        return bool(_JOINED.match(self._text, end) or (start and _JOINED.match(self._text, start - 1)))

    def untold(self, spans: Iterable[Span]) -> list[Span]:
        """The spans of which extraction does not tell."""
        return [span for span in spans if self.told(span) is None]

    def names(self, spans: Sequence[Span]) -> Iterator[bool]:
        """For each span whether it is a name; the tagger is asked about those that extraction does not tell of."""
        asked = [clause(self._text, span) for span in self.untold(spans)]
        words = tagger.words(self._text, asked) if asked else ()
        here = people.read(self._text, words) if asked else None
        for span in spans:
            told = self.told(span)
            if told is None:
                yield here is not None and self._is_name(span, here, words)
            else:
                yield told

    def _is_name(self, span: Span, here: people.People, words: Sequence[tagger.Word]) -> bool:
        start, end = span
        if self._text[start:end] in self._known or self._is_listed(span, words) or self._stands_out(span):
            return True
        named = here.name_at(start)
        longer = named is not None and named[1] > end
        if self._is_introduced(start):
            return not longer or _GOES_ON.match(self._text, end) is not None
        if longer or _PLACE_AFTER.match(self._text, end):
            return False
        if named == span:
            return True
        over = [word for word in words if word.start < end and start < word.end]
        if any(word.start < start or word.end > end for word in over):
            return False  # a word goes on beyond it, or begins before it
        return len(over) != 1 or over[0].tag not in _NO_NAME

    def shows(self, span: Span) -> bool:
        """Whether a name stands there plainly, without asking the tagger: enough for what only resembles a name."""
        told = self.told(span)
        return self._is_introduced(span[0]) if told is None else told

    def _is_introduced(self, start: int) -> bool:
        """Whether a title stands before: 局长高峰."""
        return _title().search(fold(self._text[max(start - 6, 0) : start])) is not None

    def _stands_out(self, span: Span) -> bool:
        """Whether a clause begins with it, and what follows names goes on: 高峰严重违反."""
        begins = span[0] == 0 or not _JOINED.match(self._text, span[0] - 1)
        return begins and _after().match(self._text, span[1]) is not None

    def _is_listed(self, span: Span, words: Sequence[tagger.Word]) -> bool:
        """Whether it stands alone in a list of people: 李某某、高峰、王某某."""
        beside = {word.end: word for word in words if word.tag == "PER"}
        before = beside.get(span[0] - 1)
        alone = self._text[span[0] - 1 : span[0]] == "、" and self._text[span[1] : span[1] + 1] in _LIST_MARKS
        return alone and before is not None


def _named(extraction: Extraction) -> Iterator[Span]:
    for official in extraction.officials:
        yield from official.spans
    for person in extraction.people:
        yield from person.spans
    for case in extraction.cases:
        yield from (subject.span for subject in case.subjects if subject.type == "person")


@cache
def _title() -> re.Pattern[str]:
    return re.compile(rf"(?:{lexicons.alternation(lexicons.entries('title_heads'))})$")


@cache
def _after() -> re.Pattern[str]:
    words = (word for word in lexicons.entries("after_name") if len(word) > 1)
    return re.compile(rf"等|{lexicons.alternation(words)}")
