"""Whom a sanction or a stage belongs to: the people named before it, or a clause that names nobody since."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from indexer.extract.extraction import Span
from indexer.extract.introductions import Found, Introduction

_JOIN = re.compile(r"^(?:[、和及与，]|以及|（[^）]{0,60}）)*$")
_SENTENCE_END = "。！？\n\r"
#: A notice of a matter of one's own: 对某某严重违纪违法问题进行了立案审查调查, 某某涉嫌严重违纪违法.
_OWN_MATTER = re.compile(
    r"(?:（[^）]{0,20}）)?(?:因)?(?:涉嫌)?[^。；，]{0,14}(?:违纪|违法|职务犯罪|受贿|贪污)[^。；]{0,24}(?:问题|调查|一案|案)|(?:（[^）]{0,20}）)?涉嫌"
)
#: 部长某某介绍，：what follows is told by the person, not of the person.
_SPEAKS = re.compile(
    r"(?:同志)?(?:介绍|表示|说|指出|强调|称|透露|认为|告诉|解释|坦言|写道|回应|通报称|做客|撰文|作(?:了)?(?:说明|报告|讲话))"
)
#: 获刑20年的周某, 公开宣判县委书记郭某受贿案: what is told comes before the name.
_OF_THE_NEXT = re.compile(r"^(?:[^，。；：]{0,10}的|了)?$")
_SAME_CLAUSE = re.compile(r"^[^。；：！？\n]{0,40}$")


@dataclass(frozen=True, slots=True)
class Roll:
    """The people introduced in a stretch of text, each once, and every place where one of them is named.

    `groups` are the stretches where several are named side by side; one person alone is a group of one.
    """

    people: tuple[Introduction, ...]
    groups: tuple[tuple[Span, frozenset[str]], ...]

    def count(self, name: str) -> int:
        """How often the text names `name`."""
        return sum(name in names for _, names in self.groups)

    def together(self, one: str, other: str) -> bool:
        """Whether the text ever names the two side by side."""
        return any(one in names and other in names for _, names in self.groups)

    def first_sentence(self, text: str, name: str) -> int:
        """Where the first sentence that names `name` begins."""
        at = min((span[0] for span, names in self.groups if name in names), default=0)
        return max(text.rfind(mark, 0, at) for mark in _SENTENCE_END) + 1

    def named_in_sentence(self, text: str, name: str, at: int) -> set[str]:
        """`name` if the sentence around `at` names it, else nothing."""
        start = max(text.rfind(mark, 0, at) for mark in _SENTENCE_END) + 1
        stop = min((end for mark in _SENTENCE_END if (end := text.find(mark, at)) >= 0), default=len(text))
        return {name} if text.find(name, start, stop) >= 0 else set()

    def has_own_matter(self, text: str, name: str) -> bool:
        """Whether a notice of this person's own matter stands in the text."""
        return any(
            name in names and len(names) == 1 and _OWN_MATTER.match(text, span[1]) is not None
            for span, names in self.groups
        )


def roll(text: str, span: Span, found: Found, after: int = 0) -> Roll:
    """The people of a stretch of text. Of several introductions of one person the first from `after` on counts."""
    low, high = span
    first: dict[str, Introduction] = {}
    inside = [one for one in found.introductions if low <= one.at[0] < high]
    for one in sorted(inside, key=lambda one: (one.at[0] < after, not one.direct, one.at[0])):
        known = first.setdefault(one.name, one)
        if not known.posts and one.posts:
            first[one.name] = one
    elsewhere = {one.name: one.posts for one in found.introductions if one.posts}
    for name, one in first.items():
        if not one.posts and name in elsewhere:
            first[name] = replace(one, posts=elsewhere[name])
    named = sorted(_mentions(text, span, first, inside))
    return Roll(tuple(sorted(first.values(), key=lambda one: one.at[0])), tuple(_grouped(text, named)))


def _mentions(
    text: str, span: Span, people: dict[str, Introduction], inside: list[Introduction]
) -> list[tuple[int, int, str]]:
    """Start (of the posts where they are printed), end and name of each place where one of the people is named."""
    starts = {one.at[0]: one.span[0] for one in inside}
    ends: dict[int, tuple[int, int, str]] = {}
    for name in sorted(people, key=len):
        at = text.find(name, *span)
        while at >= 0:
            end = at + len(name)
            ends[at] = (starts.get(at, at), end, name)
            at = text.find(name, end, span[1])
    return list(ends.values())


def _grouped(text: str, named: list[tuple[int, int, str]]) -> list[tuple[Span, frozenset[str]]]:
    groups: list[tuple[Span, frozenset[str]]] = []
    for start, end, name in named:
        if groups and groups[-1][0][1] <= start and _JOIN.match(text[groups[-1][0][1] : start]):
            (begin, _), names = groups[-1]
            groups[-1] = ((begin, end), names | {name})
        else:
            groups.append(((start, end), frozenset({name})))
    return groups


def to_whom(text: str, here: Roll, span: Span) -> frozenset[str]:
    """The people that what stands at `span` belongs to: those named last before it, or right after it."""
    starts = [group[0][0] for group in here.groups]
    number = bisect_right(starts, span[0]) - 1
    if number + 1 < len(here.groups):
        (start, _), names = here.groups[number + 1]
        between = text[span[1] : start]
        if _OF_THE_NEXT.match(between) or (number < 0 and _SAME_CLAUSE.match(between)):
            return names
    if number < 0 or _SPEAKS.match(text, here.groups[number][0][1]):
        return frozenset()
    return here.groups[number][1]
