"""Where a text introduces people: posts and name together, `青禾县委书记管某`, `张某（时任某中心主任）`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise, zip_longest

from indexer.extract import lexicons, people, places, posts, tagger, titles
from indexer.extract.extraction import Post, Span
from indexer.extract.people import People

_SENTENCE_END = re.compile(r"[。！？\n\r]")
#: Sentences that tell of someone's fate: who is named in them matters, introduced or not.
_TELLS = re.compile(r"处分|开除|双开|留置|逮捕|判处|公诉|被查|审查调查|诫勉|处理")
_JOIN = re.compile(r"[、和及]|以及")
_SAYS = re.compile(r"，?(?:原|曾)?(?:系|为|是|时为|时任|现任|在?担任)([^，。；：（）“”\n]{3,36}?)(?=期间|[，。；（])")
#: 许某，男，汉族，1970年3月出生，青禾县财政局原局长。
_PARTICULARS = re.compile(r"，([^。；！？\n]{4,120})(?=[。；])")
_AFTER_BRACKET = re.compile(r"（([^（）]{2,60})）")
#: Tags of words that no organisation's name goes over.
_OUTSIDE = frozenset({"p", "u", "d", "r", "TIME", "t", "PER", "xc"})
_PROPER = frozenset({"LOC", "ORG"})
#: Words of these kinds that names of organisations hold all the same.
_INSIDE = frozenset(
    {"原", "现", "对外", "与", "同心", "驻", "所属", "直属", "派驻", "管理", "监督", "建设", "发展", "投资"}
)
_COUNT = re.compile(r"^\d|[名起个多]$")


@dataclass(frozen=True, slots=True)
class Introduction:
    """A person with the posts that are printed at the name. The span covers posts and name.

    `direct` is false where more than a name follows the posts (市委书记为某某, 某某系局长).
    """

    name: str
    at: Span
    posts: tuple[Post, ...]
    span: Span
    direct: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """The introductions of a text in order, with what is known of its people; some are names without posts."""

    people: People
    introductions: tuple[Introduction, ...]


@lru_cache(maxsize=4)
def find(text: str) -> Found:
    """The introductions of `text`, which has its punctuation evened (`marks.even`)."""
    sentences = _sentences(text)
    introducing = [span for span in sentences if titles.before_name().search(text, *span)]
    telling = [span for span in sentences if _TELLS.search(text, *span) or titles.anywhere().search(text, *span)]
    words = tagger.words(text, {*introducing, *telling})
    known = people.read(text, words)
    outside = _outside(text, words)
    found: list[Introduction] = []
    for low, high in introducing:
        found += _in_sentence(text, low, high, known, outside)
    met = {introduction.at[0] for introduction in found}
    whole = {introduction.name for introduction in found}
    found += [
        _unintroduced(text, name, outside)
        for name in known.names()
        if name[0] not in met and not _is_part(text[slice(*name)], whole)
    ]
    return Found(known, tuple(sorted(found, key=lambda one: one.at)))


def _sentences(text: str) -> list[Span]:
    cuts = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    return [(low, high) for low, high in pairwise(cuts) if low < high]


def _outside(text: str, words: tuple[tagger.Word, ...]) -> frozenset[int]:
    """The offsets after words that belong to no organisation's name."""
    verbs = _verbs()
    ends = set()
    for word, following in zip_longest(words, words[1:]):
        printed = text[word.start : word.end]
        if (
            (word.tag in _OUTSIDE and printed not in _INSIDE)
            or (printed in verbs and not text.startswith("有组织", word.start))
            or (word.tag in {"m", "q"} and _COUNT.search(printed))
            or (
                word.tag == "v"
                and len(printed) > 1
                and following is not None
                and following.tag in _PROPER
                and printed not in _INSIDE
            )
        ):
            ends.add(word.end)
    return frozenset(end for end in ends if not _within_place(text, end))


def _within_place(text: str, at: int) -> bool:
    """Whether `at` lies inside the name of a division: 卡若区 is one name, whatever the tagger says."""
    return any(places.end(text, start) > at for start in range(max(0, at - 3), at))


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
            start = read.start if person == name else person[0]
            direct = text[name[0] - 1] not in "是为系的"
            found.append(Introduction(text[slice(*person)], person, read.posts + after, (start, person[1]), direct))
        context, last = read, group[-1][1]
    return found


def _is_part(name: str, whole: set[str]) -> bool:
    """Whether `name` is a longer name without its surname, which the tagger cut off."""
    return any(other != name and other.endswith(name) for other in whole)


def _unintroduced(text: str, name: Span, outside: frozenset[int]) -> Introduction:
    """A person named without posts before the name; posts may follow it: 张某为青禾县正科级公职人员."""
    for pattern in (_SAYS, _PARTICULARS):
        says = pattern.match(text, name[1])
        if says is not None and titles.start(text, *says.span(1)) is not None:
            read = posts.read(text, says.start(1), says.end(1), outside)
            return Introduction(text[slice(*name)], name, read.posts, (name[0], says.end()), direct=False)
    return Introduction(text[slice(*name)], name, (), name)


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
