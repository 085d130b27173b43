"""The divisions in an agency's name: cut one from the other, completed upward, and printed as a name begins.

A chain of divisions is a tuple from the widest to the narrowest: ("湖南省", "邵阳市", "大祥区"). `extract.places` knows
the divisions of the national table; others are told by their form.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache

from indexer.extract import lexicons, places

Chain = tuple[str, ...]


class Level(StrEnum):
    """The levels of government."""

    NATION = "国家"
    PROVINCE = "省"
    CITY = "市"
    COUNTY = "县"
    TOWN = "乡"


_HAN = r"[\u4e00-\u9fff]"
_STEP = re.compile(rf"{_HAN}+?(?:自治区|自治州|自治县|自治旗|特别行政区|地区|[省市县区州盟旗])")
#: 墨阳市政协, where the look at what follows 市 must not take 市政 for a word.
_BEFORE_ASSEMBLY = re.compile(rf"(?!中国|国家|全国){_HAN}{{2,9}}?市(?=政协|政府|民政|民族|级机关)")
#: A town or street, where an organ of it follows.
_TOWN = re.compile(
    rf"(?![各本该县市区]){_HAN}{{2,6}}?(?:族乡|镇|乡|街道|苏木)"
    r"(?=人民政府|政府|办事处|党委|党工委|委员会|纪委|纪工委|人大|武装部|财政所|综合|社区|便民)"
)
#: Of divisions that the table does not list.
_LONGEST_NEW = 4
_OF_A_BODY = re.compile(r"[委局厅驻院府部]|开发区")
_MUNICIPALITIES = frozenset({"北京市", "天津市", "上海市", "重庆市"})
_OF_A_CITY = ("市", "州", "盟", "地区")
#: Its short name ends with that of a people, which the table of short names takes away.
_INNER_MONGOLIA = "内蒙古"
_LEVEL_WORDS = {"省": Level.PROVINCE, "自治区": Level.PROVINCE, "市": Level.CITY, "自治州": Level.CITY,
                "州": Level.CITY, "盟": Level.CITY, "县": Level.COUNTY, "区": Level.COUNTY, "旗": Level.COUNTY,
                "镇": Level.TOWN, "乡": Level.TOWN, "街道": Level.TOWN}  # fmt: skip
_LEVEL_WORD = re.compile(r"自治区|自治州|街道(?=办)|[省州县]|市(?!政(?!府|协)|场)|区(?!域)|旗(?!舰|下)|[镇乡](?!村)")


def cut(name: str) -> tuple[Chain, str]:
    """The divisions that an organisation's name begins with, by their full names where known, and the rest of it."""
    if name.startswith(_INNER_MONGOLIA) and not name.startswith(f"{_INNER_MONGOLIA}自治区"):
        chain, rest = cut(name.removeprefix(_INNER_MONGOLIA))
        return (f"{_INNER_MONGOLIA}自治区", *chain), rest
    known = _descending(tuple(places.chain(name, 0)))
    rest = name[sum(map(len, known)) :]
    chain = tuple(_full(step) for step in known)
    formed = places.prefix(rest) if not places.end(rest, 0) else ""
    if not formed and not known and (match := _BEFORE_ASSEMBLY.match(rest)):
        formed = match.group()
    steps = tuple(_STEP.findall(formed))
    if "".join(steps) == formed and _below(chain, steps):
        chain, rest = chain + tuple(map(_full, steps)), rest[len(formed) :]
    if town := _TOWN.match(rest):
        chain, rest = (*chain, town.group()), rest[town.end() :]
    return chain, rest


def _descending(steps: Chain) -> Chain:
    """The steps as far as each may lie in the one before: 顺德区|城区建设中心 is no chain of two districts."""
    for number in range(1, len(steps)):
        if level((_full(steps[number - 1]),)) is Level.COUNTY:
            return steps[:number]
    return steps


def complete(chain: Chain, known: tuple[Chain, ...] = ()) -> Chain:
    """The chain with what its first division lies in: by the table, or by a chain of `known` that names it.

    A division whose name several bear (鼓楼区) is completed only from `known`.
    """
    if not chain:
        return chain
    chain = _without_gaps(chain)
    if above := tuple(places.upward(chain[0]))[:0:-1]:
        return above + chain
    for other in known:
        if chain[0] in other[1:]:
            return complete(other[: other.index(chain[0])]) + chain
    holders = _holders().get(chain[0], frozenset())
    for other in known:
        if other and other[-1] in holders:
            return complete(other) + chain
    return chain


def _without_gaps(chain: Chain) -> Chain:
    """The chain with the city between a province and its county, where the table lists it."""
    found: list[str] = []
    for division in chain:
        if found:
            between = [holder for holder in _holders().get(division, ()) if places.parent(holder) == found[-1]]
            found += between[:1]
        found.append(division)
    return tuple(found)


def text(chain: Chain) -> str:
    """How an agency's full name begins: 湖南省, 邵阳市, 邵阳市大祥区, 昆山市 (no province before a city)."""
    if not chain:
        return ""
    number = len(chain) - 1
    while number and level(chain[: number + 1]) is Level.TOWN:
        number -= 1
    if number and not chain[number].endswith(_OF_A_CITY):
        number -= 1
    return "".join(chain[number:])


def level(chain: Chain) -> Level | None:
    """The level of government of the last division; None for an empty chain."""
    if not chain:
        return None
    last = chain[-1]
    if last.endswith(("镇", "乡", "街道", "苏木")):
        return Level.TOWN
    if last in _MUNICIPALITIES or last.endswith(("省", "自治区", "特别行政区")):
        return Level.PROVINCE
    if last.endswith(_OF_A_CITY):
        inside_city = len(chain) > 1 and chain[-2].endswith(_OF_A_CITY) and chain[-2] not in _MUNICIPALITIES
        return Level.COUNTY if inside_city else Level.CITY
    return Level.COUNTY


def level_word(name: str) -> str:
    """The word by which a name only tells its level (省发改委, 区审计局); "" where it begins with none."""
    match = _LEVEL_WORD.match(name)
    return match.group() if match and match.end() < len(name) else ""


def told_level(word: str) -> Level | None:
    """The level that a level word tells."""
    return _LEVEL_WORDS.get(word)


def above(word: str, known: tuple[Chain, ...]) -> Chain:
    """The first chain of `known`, as far as the division that the level word means; () if none has one."""
    for chain in known:
        for number in range(len(chain), 0, -1):
            division = chain[number - 1]
            if division.endswith(word) and not (word == "区" and division.endswith(("自治区", "地区"))):
                return chain[:number]
    return ()


def _full(step: str) -> str:
    """海南 -> 海南省; 湘西州, 关岭自治县 -> their full names; 长沙, which a city shares with a county, is the city."""
    if known := places.full(step):
        return known
    if step[-1] in "州县旗":
        bare, kind = step[:-1].removesuffix("自治"), f"自治{step[-1]}"
        autonomous = [name for name in _autonomous(kind) if name.startswith(bare)]
        return autonomous[0] if len(autonomous) == 1 else step
    return f"{step}市" if f"{step}市" in _holders() else step


@cache
def _autonomous(kind: str) -> tuple[str, ...]:
    """The autonomous divisions of a kind, 自治县: few of all there are."""
    return tuple(name for name in _holders() if name.endswith(kind))


def _below(chain: Chain, steps: Chain) -> bool:
    """Whether divisions told by their form may follow the known: a new district of a city, nothing below a county."""
    if not chain:
        return bool(steps) and len(steps[0]) > 2
    may = level(chain) is not Level.COUNTY and all(2 < len(step) <= _LONGEST_NEW for step in steps)
    return bool(steps) and may and not _OF_A_BODY.search("".join(steps))


@cache
def _holders() -> dict[str, frozenset[str]]:
    """What bears a division of this name, for all that the table lists."""
    found: dict[str, set[str]] = {}
    for name, _, holder in (row.partition("\t") for row in lexicons.entries("places")):
        found.setdefault(name, set()).add(holder)
    return {name: frozenset(holders) for name, holders in found.items()}
