"""Everyone a text names, official or not: identity needs the reporter and the athlete of an official's name apart.

`officials` are the people a document is about; here are all, with each place where the characters are the name and not
part of a longer name or of two words (`如何安排` does not name 何安), and with every post that is printed at a name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from indexer.extract import introductions, marks, people, tagger, titles
from indexer.extract.extraction import Person, Post, Span
from indexer.extract.gate import may_hold_name
from indexer.extract.introductions import Introduction

_HAN = r"[\u4e00-\u9fff]"
#: What the tagger takes by itself: a sentence, or a part of one that a semicolon ends.
_SENTENCE = re.compile(r"[^。！？；\n\r]+")
#: What stands side by side in a list; in a list of people each is a name, 等 ends it.
_LIST = re.compile(rf"{_HAN}{{2,4}}(?:、{_HAN}{{2,4}}){{2,}}")
_ITEM = re.compile(rf"{_HAN}+")
_NAME = re.compile(rf"{_HAN}{{2,3}}")
_ET_CETERA = re.compile(r"等$|(?<=..)等.*$")
#: 某某等人, 某某等6名党员领导干部; the name before it begins a clause.
_AND_OTHERS = re.compile(r"等(?:\d+|[一二三四五六七八九十几多]+)?(?:名|位)?(?:人|同志|领导干部|党员)")
_CLAUSE = "。，；：“\n"
#: What is said of somebody who has just been named by title: 主任委员某某作的报告, 副局长某某案.
_AFTER_TITLE = re.compile(r"作(?:的|了|关于|说明|报告)|案[，。、]|向(?:大会|会议|[\u4e00-\u9fff]{2,8}(?:发出|致))")
_LONGEST_TITLE = 24


def find(text: str) -> tuple[Person, ...]:
    """Everyone named in `text`, in the order of the first place, with every post printed at the name."""
    even = marks.even(text)
    sentences = [match.span() for match in _SENTENCE.finditer(even)]
    naming = [span for span in sentences if may_hold_name(even, span)]
    # before the introductions are read: the tagger is fastest when it is asked for all at once
    words = tagger.words(even, naming)
    found = introductions.find(even)
    known = people.read(even, words)
    seen = {*known.names(), *(one.at for one in found.introductions)}
    told = {*_told_by_place(even), *_listed(even, seen)}
    shorter = dict(told)
    spans = told | {span for span in seen if shorter.get(span[0], span[1]) >= span[1]}
    names = {even[slice(*span)] for span in spans}
    elsewhere = [span for span in set(sentences).difference(naming) if _names_one(even, span, names)]
    crossing = _crossing(chain(words, tagger.words(even, elsewhere)))
    at = _places(even, sorted(names, key=lambda name: (-len(name), name)), crossing, spans)
    posts = _posts(found.introductions)
    ordered = sorted((where[0], name) for name, where in at.items() if where)
    return tuple(Person(text[slice(*first)], tuple(at[name]), posts.get(name, ())) for first, name in ordered)


def _names_one(even: str, span: Span, names: Iterable[str]) -> bool:
    sentence = even[slice(*span)]
    return any(name in sentence for name in names)


def _told_by_place(even: str) -> Iterator[Span]:
    """The names, cut where they end, that stand where only a name can: after a title, before 等人."""
    for match in _AFTER_TITLE.finditer(even):
        for start in _beginnings(even, match.start()):
            if titles.start(even, max(0, start - _LONGEST_TITLE), start) is not None:
                yield start, match.start()
                break
    for match in _AND_OTHERS.finditer(even):
        for start in _beginnings(even, match.start()):
            if start == 0 or even[start - 1] in _CLAUSE:
                yield start, match.start()


def _beginnings(even: str, end: int) -> Iterator[int]:
    """Where a name of two or three characters that ends at `end` may begin."""
    for start in (end - 2, end - 3):
        if start >= 0 and _begins(even, start) and _NAME.fullmatch(even, start, end):
            yield start


def _listed(even: str, seen: set[Span]) -> Iterator[Span]:
    """What the tagger takes for a word in a list of people: 高远、石林、周文海.

    What stands before the first and after the last belongs to the row as it is found, so one end of a name is enough.
    """
    starts, ends = {start for start, _ in seen}, {end for _, end in seen}
    for row in _LIST.finditer(even):
        items = [match.span() for match in _ITEM.finditer(even, *row.span())]
        items = [(start, start + len(_ET_CETERA.sub("", even[start:end]))) for start, end in items]
        unknown = [(start, end) for start, end in items if start not in starts and end not in ends]
        if 2 * len(unknown) <= len(items) and len(items) - len(unknown) > 1:
            yield from (item for item in unknown if item[1] - item[0] in (2, 3) and _begins(even, item[0]))


def _begins(even: str, at: int) -> bool:
    return even[at] in people.surnames() or even[at : at + 2] in people.surnames()


def _crossing(words: Iterable[tagger.Word]) -> tuple[dict[int, int], dict[int, int]]:
    """The words of several characters that are no names: their ends by their starts, and their starts by their ends."""
    plain = [word for word in words if word.tag != "PER" and word.end - word.start > 1]
    return {word.start: word.end for word in plain}, {word.end: word.start for word in plain}


def _places(
    even: str, names: list[str], crossing: tuple[dict[int, int], dict[int, int]], sure: set[Span]
) -> dict[str, list[Span]]:
    """Where each name stands by itself. `names` come longest first, so that a name inside another is not seen there."""
    taken: set[int] = set()
    at: dict[str, list[Span]] = defaultdict(list)
    for name in names:
        for match in re.finditer(re.escape(name), even):
            start, end = match.span()
            if taken.isdisjoint(range(start, end)) and ((start, end) in sure or not _is_cut(start, end, crossing)):
                at[name].append((start, end))
                taken.update(range(start, end))
    return at


def _is_cut(start: int, end: int, crossing: tuple[dict[int, int], dict[int, int]]) -> bool:
    """Whether a word of the text lies across the beginning or the end: 如|何安|排."""
    ends, starts = crossing
    before = any(ends.get(at, 0) > start for at in range(max(0, start - 6), start))
    after = any(starts.get(at, at) < end for at in range(end + 1, end + 7))
    return before or after


def _posts(found: Iterable[Introduction]) -> dict[str, tuple[Post, ...]]:
    by_name: dict[str, list[tuple[Post, ...]]] = defaultdict(list)
    for one in found:
        by_name[one.name].append(one.posts)
    return {name: tuple(dict.fromkeys(chain.from_iterable(posts))) for name, posts in by_name.items()}
