"""What tells one person from another of the same name, as one document says it or as several say it together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import IntEnum
from functools import lru_cache
from typing import Any

from indexer.extract import places

#: How much of one kind is remembered of a person whom many documents name.
_MOST = 128
#: Organisations that every place has: without its place such a name says nothing about who leads it.
_COMMON_BODY = re.compile(
    r"^(?:[省市县区州镇乡村]|自治区)?(?:党?委|政府|人大|人大常委会|政协|纪委|监委|纪委监委|党组|检察院|法院|公安局|常委会|[\u4e00-\u9fff]{1,2}[局厅处科]|"
    r"[一二三四五六七八九十]+大?[队组室处]|[\u4e00-\u9fff]?(?:公司|集团|医院|学校|大学|银行|中心|协会|部门|单位|机关))$"
)


@dataclass(frozen=True, slots=True, order=True)
class Held:
    """A post as it is compared: the organisation's name and the title without 原; "" where none is printed."""

    org: str
    title: str

    @property
    def telling(self) -> bool:
        """Whether few hold this post at a time: its organisation is named so that one knows which."""
        return bool(divisions(self.org)) or (len(self.org) > 3 and _COMMON_BODY.match(self.org) is None)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a person. Every field is a set, so that what several documents say is their union.

    `called` is what stands right before a name and is no public post (某局高级统计师, 某网站记者); `notes` are what a
    list prints in brackets to tell two of a name apart (解放军); `born` are years, `origins` places (籍贯); `seats`
    places of posts held when the document was written ("2023 云岭省"); `bodies` agencies named in the same sentences;
    `beside` those named beside the person; `matters` numbers that name a case; `passages` hashes of sentences that name
    the person, equal in reprints; `dealt` is {True} in what tells of discipline.
    """

    posts: frozenset[Held] = frozenset()
    called: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()
    born: frozenset[int] = frozenset()
    origins: frozenset[str] = frozenset()
    seats: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    matters: frozenset[str] = frozenset()
    passages: frozenset[str] = frozenset()
    dealt: frozenset[bool] = frozenset()

    @property
    def telling(self) -> bool:
        """Whether something says who this is, and not only what is near."""
        known = self.called or self.notes or (self.born and self.origins)
        return bool(known) or any(post.telling for post in self.posts)


def together(several: Iterable[Facts]) -> Facts:
    """What several documents say of one person; of each kind the first 128 in order of size or spelling."""
    gathered = list(several)
    if len(gathered) == 1:
        return gathered[0]
    united = {name: frozenset().union(*(getattr(one, name) for one in gathered)) for name in _NAMES}
    return Facts(**{name: frozenset(sorted(values)[:_MOST]) for name, values in united.items()})


def as_json(facts: Facts) -> dict[str, Any]:
    """The facts as plain JSON values, always in the same order, without what is empty."""
    return {
        name: [[value.org, value.title] if isinstance(value, Held) else value for value in sorted(values)]
        for name in _NAMES
        if (values := getattr(facts, name))
    }


def from_json(plain: dict[str, Any]) -> Facts:
    """The facts that `as_json` gave."""
    others = {name: frozenset(values) for name, values in plain.items() if name != "posts"}
    return Facts(posts=frozenset(Held(*post) for post in plain.get("posts", ())), **others)


_NAMES = tuple(field.name for field in fields(Facts))


class Level(IntEnum):
    """How high a post stands: the higher, the fewer hold one at a time."""

    OTHER = 0
    PROVINCIAL = 1
    NATIONAL = 2


#: Offices of state and Party leaders (党和国家领导人), of whom there are some seventy.
_NATIONAL = re.compile(
    r"^(?:国务委员|国务院副?总理|副?总理|总书记|国家副?主席|(?:全国人大常委会|全国人民代表大会常务委员会)副?委员长|副?委员长"
    r"|全国政协(?:副主席|主席|[\u4e00-\u9fff]{0,10}主席团常务主席)|中央政治局(?:常委|委员)|中央书记处书记|中央军委(?:副主席|委员))"
)
_PROVINCIAL = re.compile(
    r"(?:省|自治区|北京市|天津市|上海市|重庆市)(?:(?:党?委)(?:副?书记|常委)|(?:人民)?政府(?:副?省长|副?主席|副?市长)|副?省长|(?:人大常委会|政协)副?主[任席])$"
    r"|^(?:国家|中国)?[\u4e00-\u9fff]{2,8}部(?:副?部长|党组书记)$"
)


@lru_cache(maxsize=65536)
def level(post: Held) -> Level:
    """How high a post stands, told by what it is called."""
    called = post.org + post.title
    if _NATIONAL.search(called):
        return Level.NATIONAL
    return Level.PROVINCIAL if _PROVINCIAL.search(called) else Level.OTHER


@lru_cache(maxsize=65536)
def divisions(org: str) -> tuple[str, ...]:
    """The divisions an organisation lies in, the smallest first, as far up as is certain: 三亚市, 海南省."""
    found = [division for name in places.chain(org, 0) if (division := places.full(name))]
    return tuple(dict.fromkeys([*places.upward(found[-1]), *reversed(found)])) if found else ()
