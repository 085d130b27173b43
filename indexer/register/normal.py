"""From an agency as printed to its normal name: place, body, level.

The normal name is the full name as it is written where the place was not named before (邵阳市大祥区审计局), so that two
documents that mean one agency have one string for it. A normal name is read as itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from indexer.extract import lexicons, marks, organisations
from indexer.register import divisions
from indexer.register.divisions import Chain, Level
from indexer.register.tables import rows

#: The discipline commission of a place and its supervision commission are one office with two names.
DISCIPLINE = "纪委监委"
COMMITTEE = "委"

_PARTY = re.compile(r"^(?:中共|中国共产党)(?!中央)")
_ASSEMBLY = re.compile(r"^中国人民政治协商会议(.+?)委员会")
_TAX = re.compile(r"^国家税务总局(?=[\u4e00-\u9fff]+税务局)")
_TWO_IN_ONE = re.compile(r"^(.*?[省市县区州盟旗]委)([省市县区州盟旗]?(?:人民)?政府)$")
_BOTH = re.compile(r"(纪委|纪律检查委员会)[省市县区州盟旗]?(监委|监察委员会|监察委)")
#: Parts of the police, which are named without it.
_POLICE = ("交通警察", "刑事侦查", "经济犯罪侦查", "治安管理支队", "治安管理大队", "巡警特警")
#: Bodies that are named by their kind alone, and that parts of them may follow.
_HEAD = re.compile(r"纪委监委|纪律检查委员会|监察委员会|纪委|监委|人大常委会|政协")
_COMMISSIONS = frozenset({"纪委", "监委", "纪委监委", "纪律检查委员会", "监察委员会", "纪检委"})
#: 北京航空航天大学 is not 北京市航空航天大学.
_OWN_NAME = re.compile(r"(?:公司|集团|大学|学院|银行|学校|医院|中学|小学|俱乐部|报社|日报|晚报|兵团|交易所|酒店|厂|矿)")
_CENTRAL = re.compile(r"^(?:国家(?!税务局)|中国|中华|中央|中共中央|最高人民|全国|国务院)")
_STEM = re.compile(r"(.+?)(部|厅|分局|总局|局|委员会|委|办公室|办)$")
_OF_PLACES = frozenset({"国有资产监督管理委员会", "卫生和计划生育委员会"})
_ENDINGS = {"委": "委员会", "办": "办公室"}
_BRANCH = re.compile(
    r"^(国家金融监督管理总局|金融监管总局|中国银行保险监督管理委员会|中国银保监会|银保监会|中国银行业监督管理委员会|中国银监会|"
    r"银监会|中国保险监督管理委员会|中国保监会|保监会)?([\u4e00-\u9fff]{2,12}?)"
    r"(监管|金融监管|银保监|银监|保监)(局|分局|支局|组)$"
)
_REGULATORS = {"国家金融": "金融监管", "金融监管": "金融监管", "中国银行保险": "银保监", "中国银保": "银保监",
               "银保监": "银保监", "中国银": "银监", "银监": "银监", "中国保": "保监", "保监": "保监"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AgencyName:
    """An agency: its normal name and the parts it is made of.

    `place` is the chain of divisions from the widest known to the agency's own, () where it is not known or there is
    none; `bodies` leads from the whole to the part (公安局, 交通警察支队).
    """

    normal: str
    place: Chain
    bodies: tuple[str, ...]
    level: Level | None

    @property
    def body(self) -> str:
        """The name without its place."""
        return "".join(self.bodies)

    @property
    def certain(self) -> bool:
        """Whether the name means one agency wherever it stands: 审计局 and 区审计局 alone do not."""
        return bool(self.place) or self.level is Level.NATION or bool(_OWN_NAME.search(self.body))


def read(printed: str, known: tuple[Chain, ...] = ()) -> tuple[AgencyName, ...]:
    """The agencies that a printed name means, in a document about the places of `known`: one, of 公检法 several.

    The chains of `known` come in the order in which they are to be tried (`indexer.register.context`).
    """
    name = marks.even(printed).strip().removeprefix("原")
    if both := _TWO_IN_ONE.match(name):
        first = one(both[1], known)
        return (first, _made(first.place, ("人民政府",), first.level, divisions.level_word(name)))
    whole = one(name, known)
    members = whole.body.split("、")
    if len(members) == 1 or whole.bodies != (whole.body,):
        return (whole,)
    return tuple(_made(whole.place, (member,), whole.level, divisions.level_word(name)) for member in members)


def one(name: str, known: tuple[Chain, ...] = ()) -> AgencyName:
    """The agency that a name means, where it means only one."""
    if branch := _branch(name, known):
        return branch
    name = _TAX.sub("", _ASSEMBLY.sub(r"\1政协", _PARTY.sub("", name)))
    name = _BOTH.sub(DISCIPLINE, name)
    if full_body(name) == name and (word := divisions.level_word(name)):  # 市监局 is 市场监督管理局 of no place
        chain, rest, level = divisions.above(word, known), name[len(word) :], divisions.told_level(word)
        chain = divisions.complete(chain, known)
        return _made(chain, _bodies(rest, chain, level, word), divisions.level(chain) or level, word)
    chain, rest = divisions.cut(name)
    printed = name[: len(name) - len(rest)]
    chain = divisions.complete(chain, known)
    level = divisions.level(chain)
    bodies = _bodies(rest, chain, level)
    if printed and bodies and _OWN_NAME.search(bodies[0]) and not _in_full(printed):
        return AgencyName(printed + "".join(bodies), chain, bodies, level)
    return _made(chain, bodies, level, "")


def _in_full(printed: str) -> bool:
    return printed.endswith(tuple("省市县区州盟旗镇乡")) and len(printed) > 2


def _made(chain: Chain, bodies: tuple[str, ...], level: Level | None, word: str) -> AgencyName:
    """The agency of these parts; `word` stands for its place where that is not known."""
    body = "".join(bodies)
    central = bool(bodies) and (bodies[0] in _centre() or (_CENTRAL.match(body) and not _OWN_NAME.search(body)))
    if central and not chain and not word:
        level = Level.NATION
    return AgencyName((divisions.text(chain) or word) + body, chain, bodies, level)


def _bodies(rest: str, chain: Chain, level: Level | None, word: str = "") -> tuple[str, ...]:
    """What stands after the place, cut into bodies by their full names."""
    if not rest:
        return ()
    if rest.startswith(COMMITTEE) and not rest.startswith("委员"):
        inner = rest[len(COMMITTEE) :]
        return (COMMITTEE, *_segments(inner)) if inner else (COMMITTEE,)
    found = _segments(rest)
    if found[0] in _COMMISSIONS and level is not Level.TOWN:
        return (DISCIPLINE, *(body for body in found[1:] if body not in _COMMISSIONS))
    if level not in {Level.PROVINCE, Level.CITY, Level.COUNTY}:
        return found
    region = chain[-1].endswith("自治区") if chain else word == "自治区"
    return found if region else _of_organ(found, hall=level is Level.PROVINCE and not "".join(chain).endswith("市"))


def _of_organ(found: tuple[str, ...], *, hall: bool) -> tuple[str, ...]:
    """The bodies with the organ that they are named without; the police of a province is a 厅 (`hall`)."""
    if found[0] == "党委":
        return (COMMITTEE, *found[1:])
    if found[0] in _departments():
        return (COMMITTEE, *found)
    if found[0].startswith(_POLICE):
        return ("公安厅" if hall else "公安局", *found)
    return found


def _segments(rest: str) -> tuple[str, ...]:
    """The bodies of a name without its place, by their full names; those that have one name together in one."""
    if (whole := full_body(rest)) != rest or rest in _names():
        return (whole,)
    found = _cut(rest)
    parts = [full_body(segment, first=not number) for number, segment in enumerate(found)]
    joined: list[str] = []
    for part in parts:
        if joined and (joined[-1] + part in _names() or _goes_on(joined[-1], part)):
            joined[-1] += part
        elif not joined or joined[-1] != part:
            joined.append(part)
    return tuple(joined)


def _cut(rest: str) -> list[str]:
    """The bodies as they are printed. Names that are known go before the grammar: 政法委员会 is not 政法委."""
    head = _HEAD.match(rest)
    at = head.end() if head else max((n for n in range(5, len(rest)) if rest[:n] in _names()), default=0)
    if 0 < at < len(rest):
        return [rest[:at], *_cut(rest[at:])]
    place, *found = organisations.segments(rest)
    return [place + found[0], *found[1:]] if found else [place]


def _goes_on(before: str, part: str) -> bool:
    """Whether two bodies are one name, cut: 驻教育部|纪检监察组, 云岭银行|股份有限公司."""
    return before.startswith("驻") or part.startswith(("股份", "有限", "集团"))


def full_body(body: str, *, first: bool = True) -> str:
    """The full name of a body: 发改委 -> 发展和改革委员会; as it is where it is not known to be short.

    A bureau's own 纪委 (not `first`) is no discipline commission of a place, and keeps its name.
    """
    if body in _COMMISSIONS:
        return body if first else "纪委"
    if known := _names().get(body):
        return known
    if (match := _STEM.fullmatch(body)) and (stem := _stems().get(match[1])):
        spelled = stem + _ENDINGS.get(match[2], match[2])
        return _names().get(spelled, spelled)
    return body


def _branch(name: str, known: tuple[Chain, ...]) -> AgencyName | None:
    """A branch of a regulator of the centre, which is named by the bare name of its place: 墨阳银保监分局."""
    match = _BRANCH.match(name)
    if match is None or (match[1] is None and match[3] == "监管"):
        return None
    kind = next((kind for head, kind in _REGULATORS.items() if match[1] and match[1].startswith(head)), match[3])
    bare = match[2].removesuffix("市")
    chain, rest = divisions.cut(match[2])
    if rest:
        chain = next((other[: n + 1] for other in known for n in range(len(other)) if other[n].startswith(bare)), ())
    chain = divisions.complete(chain, known)
    if not chain:
        return AgencyName(bare + kind + match[4], (), (bare + kind + match[4],), None)
    return _made(chain, (kind + match[4],), divisions.level(chain), "")


@cache
def _names() -> dict[str, str]:
    """Bodies by their short names, and each full name by itself."""
    spelled = (row.partition("\t") for row in lexicons.entries("abbreviations"))
    table = {short: full for short, _, full in spelled}
    table |= {row[0]: row[1] for row in rows("bodies")}
    fulls = {full: full for full in table.values()} | {department: department for department in _departments()}
    return fulls | table


@cache
def _stems() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("stems")}


@cache
def _departments() -> frozenset[str]:
    return frozenset(department for (department,) in rows("party"))


@cache
def _centre() -> frozenset[str]:
    """The bodies of the centre, less those that a place may have too: 国资委 alone may be a city's."""
    reformed = (side for row in rows("reforms") if row[4] == "国家" for side in row[2:4])
    listed = (*lexicons.entries("national"), *(name for side in reformed for name in side.split("+")))
    return frozenset(map(full_body, listed)) - _OF_PLACES
