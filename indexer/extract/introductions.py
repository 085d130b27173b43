"""Where a text introduces people: posts and name together, `息县县委书记管某`, `张某（时任某中心主任）`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from indexer.extract import lexicons, people, posts, tagger, titles
from indexer.extract.extraction import Post, Span
from indexer.extract.people import People

_SENTENCE_END = re.compile(r"[。！？\n\r]")
_JOIN = re.compile(r"[、和及]|以及")
_AFTER_BRACKET = re.compile(r"（([^（）]{2,60})）")
#: Tags of words that no organisation's name goes over.
_OUTSIDE = frozenset({"p", "u", "d", "r", "TIME", "t", "PER", "xc"})
_COUNT = re.compile(r"^\d|[名起个多]$")


@dataclass(frozen=True, slots=True)
class Introduction:
    """A person with the posts that are printed at the name. The span covers posts and name."""

    name: str
    at: Span
    posts: tuple[Post, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Found:
    """The introductions of a text in order, with what is known of its people."""

    people: People
    introductions: tuple[Introduction, ...]


def find(text: str) -> Found:
    """The introductions of `text`, which has its punctuation evened (`marks.even`)."""
    sentences = [span for span in _sentences(text) if titles.before_name().search(text, *span)]
    words = tuple(
        tagger.Word(low + word.start, low + word.end, word.tag)
        for low, high in sentences
        for word in tagger.words(text[low:high])
    )
    known = people.read(text, words)
    outside = _outside(text, words)
    found: list[Introduction] = []
    for low, high in sentences:
        found += _in_sentence(text, low, high, known, outside)
    return Found(known, tuple(found))


def _sentences(text: str) -> list[Span]:
    cuts = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    return [(low, high) for low, high in zip(cuts, cuts[1:], strict=False) if low < high]


def _outside(text: str, words: tuple[tagger.Word, ...]) -> frozenset[int]:
    """The offsets after words that belong to no organisation's name."""
    verbs = _verbs()
    return frozenset(
        word.end
        for word in words
        if (word.tag in _OUTSIDE and text[word.start : word.end] not in {"原", "对外", "与", "同心"})
        or text[word.start : word.end] in verbs
        or (word.tag in {"m", "q"} and _COUNT.search(text[word.start : word.end]))
    )


@cache
def _verbs() -> frozenset[str]:
    return frozenset(lexicons.entries("before_organisation"))


def _in_sentence(text: str, low: int, high: int, known: People, outside: frozenset[int]) -> list[Introduction]:
    found: list[Introduction] = []
    context: posts.Read | None = None
    last = low
    for match in titles.before_name().finditer(text, low, high):
        at = match.end()
        name = known.name_at(at)
        if name is None or at <= last:
            continue
        read = posts.read(text, last, match.end(1), outside, context)
        if not read.posts:
            continue
        group = _names(text, name, high, known)
        after = _bracket_posts(text, group[-1][1], outside, read)
        for person in group:
            found.append(
                Introduction(text[slice(*person)], person, read.posts + after, (read.start, person[1]))
            )
        context, last = read, group[-1][1]
    return found


def _names(text: str, name: Span, high: int, known: People) -> list[Span]:
    """The name, and the names joined to it that share its posts."""
    names = [name]
    while (join := _JOIN.match(text, names[-1][1], high)) and join.end() in known.tagged:
        following = known.name_at(join.end())
        if following is None or titles.before_name().match(text, following[1]):
            break
        names.append(following)
    return names


def _bracket_posts(text: str, at: int, outside: frozenset[int], read: posts.Read) -> tuple[Post, ...]:
    """The posts in brackets after a name: 张某（时任培训中心主任助理兼培训三处处长）."""
    match = _AFTER_BRACKET.match(text, at)
    if match is None or titles.start(text, *match.span(1)) is None:
        return ()
    return posts.read(text, match.start(1), match.end(1), outside, read).posts
