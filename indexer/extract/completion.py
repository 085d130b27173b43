"""How a name that is printed short is completed from the organisation named before it in the same introduction.

`市财政局` after `安徽省阜阳市委` is `安徽省阜阳市财政局`; `执行局` after `最高人民法院审判委员会` is
`最高人民法院执行局`.
"""

from __future__ import annotations

import re
from functools import cache

from indexer.extract import lexicons, organisations, places

#: A part of a body: what is named without its parent when the parent was just named.
_PART = re.compile(
    r"(?:处|科|股|室|站|所|队|庭|组|分局|执行局|稽查局|机关|工会|团委|团支部|食堂|车间|班|系|分院|院区|党支部|党总支|部)$"
)
_PARTY_COMMITTEE = re.compile(r"(?<=[省市县区州旗盟地])委$|(?<=自治区)党委$")
_PARTY_BODY = re.compile(r"(?:机关)?(?:党委|党组|党总支|党支部|党工委|分党组|总支|支部)$")
#: Parts of the Party committee of a place.
_PARTY_PART = re.compile(
    r"^(?:组织部|宣传部|统战部|政法委|政法委员会|编办|机构编制委员会办公室|网信办|老干部局|党校|巡察办|巡察工作领导小组办公室|"
    r"直属机关工作?委(?:员会)?|直属机关工委|政策研究室|改革办|农办|农村工作领导小组办公室|督查室|机要局|保密局|"
    r"(?:全面)?(?:深化改革|依法治[省市县区])委员会办公室)$"
)
#: A name that begins with the level of its place: 县水利局, 区政府.
_LEVEL = re.compile(
    r"^(自治区|自治州|自治县|开发区|高新区|经开区|管委会|街道|社区|[省市县区州旗盟镇乡村])(?=[\u4e00-\u9fff])"
)
_BELOW_COUNTY = frozenset({"社区", "街道", "村", "镇", "乡"})
#: Bodies that every village, organ or enterprise has.
_OF_ANY_BODY = frozenset(
    {"理事会", "董事会", "监事会", "常委会", "常务委员会", "管委会", "学术委员会", "居委会", "居民委员会",
     "村委会", "村民委员会", "党支部",
     "党总支", "党委", "纪委监委", "纪委", "监委", "纪律检查委员会", "监察委员会"}
)  # fmt: skip
#: Their committees bear their name: 山西省政协提案委员会.
_ASSEMBLIES = ("政协", "人大", "人大常委会", "人民代表大会", "常务委员会", "协商会议")
#: What gives way to the next part: 青禾县自然资源局执法大队、综合调查服务中心.
_GIVES_WAY = ("中心", "委员会", "纪委", "党委")
#: Names that say enough by themselves.
_OWN_NAME = ("公司", "集团", "大学", "银行")


def complete(name: str, before: str | None) -> str:
    """The full name of `name` when the organisation `before` was named just before it in the same introduction."""
    if before is None or name.startswith(before):
        return name
    if name in _OF_ANY_BODY:
        return base(before) + name
    if name.endswith("委员会") and before.endswith(_ASSEMBLIES) and not places.end(name, 0):
        return before + name
    if _stands_alone(name):
        return name
    if _PARTY_PART.match(name):
        return (before if _PARTY_COMMITTEE.search(before) else _committee(before)) + name
    level = _LEVEL.match(name)
    return _complete_level(name, level.group(), before) if level else _complete_body(name, before)


def base(name: str) -> str:
    """The body that a party committee leads: 云岭师范学院党委 -> 云岭师范学院, 清江市委 -> 清江市."""
    shorter = _PARTY_COMMITTEE.sub("", name)
    return shorter if shorter != name else _PARTY_BODY.sub("", name) or name


def _stands_alone(name: str) -> bool:
    """Whether a name says by itself where it is: it begins with a place, or with no field of work and no level."""
    if places.end(name, 0) or name.endswith(_OWN_NAME):
        return True
    return not (_LEVEL.match(name) or _function().match(name) or _PART.search(name))


def _complete_level(name: str, level: str, before: str) -> str:
    """`县水利局` after `青禾县政协` is `青禾县水利局`."""
    at = before.find(level, 1)
    above = before[: at + len(level)] if at > 0 else ""
    if above and (places.prefix(above) == above or level in _BELOW_COUNTY):
        return above + name[len(level) :]
    return name


def _complete_body(name: str, before: str) -> str:
    """A body of the same place, or a part of the same body."""
    place, *bodies = organisations.segments(before)
    for upto in range(len(bodies), 0, -1):
        if bodies[upto - 1].endswith(name):  # the parent's own part, named short
            return place + "".join(bodies[:upto])
    if _PART.search(name) or name.endswith("中心"):
        return _join_part(name, place, bodies)
    if place:
        return place + name
    return "".join(bodies[:-1]) + name if len(bodies) > 1 else name


def _committee(before: str) -> str:
    place = places.prefix(before)
    return place + "委" if place.endswith(("省", "市", "县", "区", "州", "旗")) else place


def _join_part(name: str, place: str, bodies: list[str]) -> str:
    """A part joined to its parent: the last part of the name before, if it had one, gives way to it."""
    parents = list(bodies)
    if len(parents) > 1 and (_PART.search(parents[-1]) or parents[-1].endswith(_GIVES_WAY)):
        if not (parents[-1].endswith("中心") and _PART.search(name)):
            parents.pop()
    elif parents and parents[-1].endswith(("党委", "党组")):
        parents[-1] = base(parents[-1])
    return place + "".join(parents) + name


@cache
def _function() -> re.Pattern[str]:
    return re.compile(rf"^(?:{lexicons.alternation(lexicons.entries('functions'))})")
