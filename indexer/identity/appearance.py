"""One person as one document names them: where, with which posts, and what else tells who it is."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from corpus.document import Document
from indexer.extract.extraction import Case, Extraction, Person, Post, Span
from indexer.fold import fold
from indexer.identity import facts as told
from indexer.identity.facts import Facts, Held, divisions
from indexer.identity.reading import Reading

#: A name in a list of people of whom two bear it: 方明（云岭）, 方明（解放军）.
_NOTE = re.compile(r"（([\u4e00-\u9fff]{2,8})）")
_NO_NOTE = re.compile(r"族$|级|兼|时任|现任|以下|另案|在逃|化名|音译|已|曾|原|简称|左|右|中$|摄$")


@dataclass(frozen=True, slots=True)
class Appearance:
    """A person named in a document. `name` is folded; `number` counts the bearers of one name in the document, from 0.

    `posts` stand as they are printed, with offsets into the text; `facts` are what the person is compared by.
    """

    document: str
    name: str
    number: int
    spans: tuple[Span, ...]
    posts: tuple[Post, ...]
    facts: Facts

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from other appearances of the name."""
        return self.document, self.number


def as_json(appearance: Appearance) -> dict[str, Any]:
    """What `from_json` makes the appearance of again, as plain JSON values, without document, name and number."""
    return {
        "spans": [list(span) for span in appearance.spans],
        "posts": [[post.org, post.title, post.former, *post.span] for post in appearance.posts],
        "facts": told.as_json(appearance.facts),
    }


def from_json(document: str, name: str, number: int, plain: Mapping[str, Any]) -> Appearance:
    """The appearance that `as_json` wrote down."""
    spans = tuple((start, end) for start, end in plain["spans"])
    posts = tuple(Post(org, title, former, (start, end)) for org, title, former, start, end in plain["posts"])
    return Appearance(document, name, number, spans, posts, told.from_json(plain["facts"]))


def appearances(document: Document, extraction: Extraction) -> tuple[Appearance, ...]:
    """Everyone a document names, as what was extracted of it tells, in the order of name and place."""
    reading = Reading(document, extraction)
    found: list[Appearance] = []
    for name, person in sorted(_everyone(extraction).items()):
        bearers = list(_bearers(reading.even, person, extraction.cases))
        for number, (spans, posts, note) in enumerate(bearers):
            held = frozenset(Held(fold(post.org or ""), fold(post.title)) for post in posts)
            facts = reading.facts(name, spans, held, note, shared=len(bearers) > 1)
            found.append(Appearance(document.id, name, number, spans, posts, facts))
    return tuple(found)


def _everyone(extraction: Extraction) -> dict[str, Person]:
    """All who are named, by folded name: also those who came by a correction, with the posts of both."""
    spans: defaultdict[str, set[Span]] = defaultdict(set)
    posts: defaultdict[str, set[Post]] = defaultdict(set)
    for official in extraction.officials:
        spans[fold(official.name)].update(official.spans)
    for person in extraction.people:
        spans[fold(person.name)].update(person.spans)
        posts[fold(person.name)].update(person.posts)
    for case in extraction.cases:
        for subject in case.subjects:
            if subject.type == "person":
                spans[fold(subject.name)].add(subject.span)
                posts[fold(subject.name)].update(subject.posts)
    return {
        name: Person(name, tuple(sorted(spans[name])), tuple(sorted(posts[name], key=lambda post: post.span)))
        for name in spans
        if spans[name]
    }


_Bearer = tuple[tuple[Span, ...], tuple[Post, ...], str]


def _bearers(even: str, person: Person, cases: tuple[Case, ...]) -> Iterator[_Bearer]:
    """The places and posts of each bearer of a name in one document, with the note that tells him from another."""
    notes = {span: note for span in person.spans if (note := _note(even, span))}
    if len(set(notes.values())) > 1:
        for note in dict.fromkeys(notes.values()):
            spans = tuple(span for span in person.spans if notes.get(span) == note)
            yield spans, (), note
        return
    note = next(iter(notes.values()), "")
    matters = _matters(person, cases)
    if not matters:
        yield person.spans, person.posts, note
        return
    for low, high in matters:
        spans = tuple(span for span in person.spans if low <= span[0] < high)
        yield spans, tuple(post for post in person.posts if low <= post.span[0] < high), note


def _note(even: str, span: Span) -> str:
    match = _NOTE.match(even, span[1])
    return "" if match is None or _NO_NOTE.search(match.group(1)) else match.group(1)


def _matters(person: Person, cases: tuple[Case, ...]) -> list[Span]:
    """The parts of a text that deal with different people of the name: cases whose subjects serve at different places.

    Together they cover the text; none where all may be one person.
    """
    placed: list[tuple[int, frozenset[str]]] = []
    for case in cases:
        for subject in case.subjects:
            where = frozenset(place for post in subject.posts for place in divisions(post.org or ""))
            if fold(subject.name) == person.name and where:
                placed.append((case.span[0], where))
    placed.sort(key=lambda one: one[0])
    starts = [start for number, (start, where) in enumerate(placed) if number == 0 or not where & placed[number - 1][1]]
    if len(starts) < 2:
        return []
    parts = pairwise([0, *starts[1:], sys.maxsize])
    return [(low, high) for low, high in parts if any(low <= start < high for start, _ in person.spans)]
