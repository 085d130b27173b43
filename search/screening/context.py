"""Whether what a list tells of a person agrees with what a document tells of somebody of that name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer.extract import posts
from indexer.extract.extraction import Span
from indexer.fold import SPACE, fold
from indexer.register.normal import COMMITTEE, AgencyName, read
from indexer.register.reform import same_line
from search.screening.names import Row

_BEFORE = 80  # characters before a name in which its posts stand
_AFTER = 100  # characters after a name in which posts and birth stand
_ENDS = re.compile(r"[。！？；\n]")
_BRACKET = re.compile(
    r"（([^（）]{2,40})）|\(([^()]{2,40})\)|，(?:现任|时任|原任|曾任|系|原系|原?为|是)([^，。；]{3,40})"
)
_BORN = re.compile(
    r"((?:19|20)\d{2})年?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:出生|生(?![产活效])|[-.]\d{1,2}出生)|生于((?:19|20)\d{2})年"
)
_REMARKS = re.compile(r"\([^)]*\)|(?:^|(?<=[省市县区州旗]))原(?![阳州平])")  # 原阳县, 原州区 and 原平市 are places
_COMPANY = re.compile(r"(?:股份)?有限(?:责任)?公司$")
_OF_PLACE = frozenset({(), ("人民政府",), (COMMITTEE,)})
_NOT_WHOLE = frozenset({COMMITTEE, "人民政府"})  # 区委宣传部 is another body than 区委


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a person: posts as (organisation, title), "" where one is not told, and years of birth."""

    posts: frozenset[tuple[str, str]] = frozenset()
    born: frozenset[int] = frozenset()

    def __or__(self, other: Told) -> Told:
        return Told(self.posts | other.posts, self.born | other.born)


@dataclass(frozen=True, slots=True)
class Comparison:
    """In what a row and what is told agree and differ, in Chinese, and whether that makes them one person."""

    agrees: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()
    is_one_person: bool = False


NOTHING = Comparison()


def told_at(text: str, span: Span) -> Told:
    """What a text tells of the person whose name stands at `span`: the posts before and after it, the year of birth."""
    start, end = span
    low = max(start - _BEFORE, 0)
    found = list(posts.read(text, low, start, frozenset()).posts)
    stop = _ENDS.search(text, end, end + _AFTER)
    after = text[end : stop.start() if stop else end + _AFTER]
    for match in _BRACKET.finditer(after):
        inner = next(group for group in match.groups() if group)
        found += posts.read(inner, 0, len(inner), frozenset()).posts
    years = [int(year) for match in _BORN.finditer(fold(after)) for year in match.groups() if year]
    return Told(frozenset((post.org or "", post.title) for post in found), frozenset(years[:1]))


def compare(row: Row, told: Told) -> Comparison:
    """What agrees and what differs.

    They are one person where the unit agrees or the year of birth does, and the years of birth do not differ. A title
    that agrees (局长) is told, and proves nothing by itself.
    """
    units, titles = _claimed(row.unit, row.post)
    agrees: list[str] = []
    differs: list[str] = []
    unit = next((org for org, _ in sorted(told.posts) if any(same_body(org, mine) for mine in units)), None)
    if unit:
        agrees.append(f"单位一致：{unit}")
    title = next((title for _, title in sorted(told.posts) if fold(title) in titles), None)
    if title:
        agrees.append(f"职务一致：{title}")
    if row.birth and row.birth in told.born:
        agrees.append(f"出生年一致：{row.birth}")
    elif row.birth and told.born:
        differs.append(f"出生年不同：文中为 {min(told.born)} 年")
    born = bool(row.birth and row.birth in told.born)
    return Comparison(tuple(agrees), tuple(differs), not differs and (born or unit is not None))


@lru_cache(maxsize=65536)
def _claimed(unit: str, post: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The units and the folded titles that a row gives: 单位 and 职务 may stand in one cell."""
    units, titles = [unit] if unit else [], set()
    for cell in (unit, post):
        for held in posts.read(cell, 0, len(cell), frozenset()).posts:
            units += [held.org] if held.org else []
            titles.add(fold(held.title))
    titles |= {fold(part) for part in re.split("[、，,]", post) if part}
    return tuple(dict.fromkeys(units)), frozenset(titles)


@lru_cache(maxsize=65536)
def same_body(one: str, other: str) -> bool:
    """Whether two names may be those of one body, of a part of it, or of what a reform made of it.

    A place may be told in full or in part; a body whose place is not told (审计局) is no body in particular.
    """
    return any(_is_one(first, second) for first in _read(one) for second in _read(other))


def _is_one(one: AgencyName, other: AgencyName) -> bool:
    if not one.place or not other.place:
        return bool(one.body) and one.normal == other.normal and one.certain
    if not _one_place(one.place, other.place):
        return False
    shorter, longer = sorted((one.bodies, other.bodies), key=len)
    if not shorter:  # who leads these is said to lead the place: 大祥区区长
        return longer in _OF_PLACE
    if shorter[0] not in _NOT_WHOLE and longer[: len(shorter)] == shorter:
        return True
    place = one.place[-1]
    return same_line(place + one.body, place + other.body)


def _one_place(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two chains of divisions end in one: 南京市鼓楼区 and 鼓楼区 do, 南京市鼓楼区 and 徐州市鼓楼区 do not."""
    if one[-1] != other[-1]:
        return False
    return all(
        {place for place in one if place.endswith(level)} & {place for place in other if place.endswith(level)}
        for level in {place[-1] for place in one} & {place[-1] for place in other}
    )


@lru_cache(maxsize=65536)
def _read(name: str) -> tuple[AgencyName, ...]:
    bare = _COMPANY.sub("公司", _REMARKS.sub("", fold(name).replace(SPACE, "")))
    return read(bare) if bare else ()


def all_told(several: Iterable[Told]) -> Told:
    """What several documents tell of one person."""
    told = Told()
    for one in several:
        told |= one
    return told
