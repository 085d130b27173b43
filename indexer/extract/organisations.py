"""What an organisation's name is made of, and how a name that is printed short is completed from the one before it.

`安徽省阜阳市财政局` is a place and a body; `循化县自然资源局执法大队` a place, a body and a part of that body.
"""

from __future__ import annotations

import re
from functools import cache

from indexer.extract import lexicons, places

#: Where a body's name ends and a part of it may begin, with what must not follow.
_BODY_END = (
    r"人大常委会|常委会|委员会|管委会|村委会|居委会|居民委员会|村民委员会|街道办事处|街道办|办事处|人民政府|政府|政协|"
    r"纪委监委|纪委|监委|政法委|党委|党组|党工委|党总支|党支部|工委|人民法院|法院|人民检察院|检察院|办公室|办公厅|"
    r"有限责任公司|股份有限公司|有限公司|分公司|子公司|总公司|公司|集团(?![\u4e00-\u9fff]{0,8}公司)|银行|分行|支行|"
    r"大学|学院|学校|中学|小学|幼儿园|党校|医院|卫生院|服务中心|保障中心|中心(?!小学|医院|卫生院|支行|学校)|研究院|研究所|"
    r"总队|支队|大队|中队|分局|总局|总站|总厂|工会|团委|妇联|残联|联合会|合作社|社区|街道|协会|基金会|"
    r"委(?!员|托|办|派)|厅(?!级)|局(?!级|长)|司(?!法|级)|处(?!理|置|罚|级|分)|科(?!技|学|研|级|教)|"
    r"(?<!干)(?<!内)(?<!全)(?<!外)部(?!门|队|分|署|级|长)|股(?!份)|室(?!内)|所(?!属|有|长)|站(?!长)|队(?!伍|长)|"
    r"庭(?!长)|馆(?!长)|厂(?!长|区)|矿(?!长|业|产|区)|院(?!长|区|士)|粮库|林场|农场|海关|电厂"
)
_SEGMENT = re.compile(rf".+?(?:{_BODY_END})")
_ENDS = re.compile(rf"(?:{_BODY_END}|办|场|社|村|镇|乡|组|园|台|库|师|团|区|县|市|省|州|旗|盟|系|系统|领域|机关|部门|单位)$")

#: A part of a body: what is named without its parent when the parent was just named.
_PART = re.compile(
    r"(?:处|科|股|室|站|所|队|庭|组|分局|执行局|稽查局|机关|工会|团委|团支部|食堂|车间|班|系|分院|院区|党支部|党总支|部)$"
)
_PARTY_COMMITTEE = re.compile(r"(?<=[省市县区州旗盟地])委$|(?<=自治区)党委$")
_PARTY_BODY = re.compile(r"(?:机关)?(?:党委|党组|党总支|党支部|党工委|分党组|总支|支部)$")
_PARTY_PART = re.compile(
    r"^(?:组织部|宣传部|统战部|政法委|政法委员会|编办|机构编制委员会办公室|网信办|老干部局|党校|巡察办|巡察工作领导小组办公室|"
    r"直属机关工作?委(?:员会)?|直属机关工委|政策研究室|改革办|农办|农村工作领导小组办公室|督查室|机要局|保密局|"
    r"(?:全面)?(?:深化改革|依法治[省市县区])委员会办公室)$"
)
_LEVEL = re.compile(r"^(自治区|自治州|自治县|开发区|高新区|经开区|管委会|街道|社区|[省市县区州旗盟镇乡村])(?=[\u4e00-\u9fff])")
_VILLAGE_BODIES = frozenset({"居委会", "居民委员会", "党支部", "党总支", "党委"})
_DISCIPLINE = re.compile(r"^(?:纪委监委|纪委|监委|纪律检查委员会|监察委员会)$")


@cache
def _function() -> re.Pattern[str]:
    return re.compile(rf"^(?:{lexicons.alternation(lexicons.entries('functions'))})")


def is_body(name: str) -> bool:
    """Whether `name` ends as organisations and places end."""
    return _ENDS.search(name) is not None


def segments(name: str) -> list[str]:
    """A name cut into its place ("" where it has none) and its bodies, from the whole to the part."""
    place = name[: places.end(name, 0)]
    rest, parts = name[len(place) :], []
    while rest:
        match = _SEGMENT.match(rest)
        parts.append(match.group() if match else rest)
        rest = rest[len(parts[-1]) :]
    return [place, *parts]


def complete(name: str, before: str | None) -> str:
    """The full name of `name` when the organisation `before` was named just before it in the same introduction."""
    if before is None or name.startswith(before):
        return name
    if name in _VILLAGE_BODIES:
        return base(before) + name
    if _stands_alone(name):
        return name
    if level := _LEVEL.match(name):
        return _complete_level(name, level.group(), before)
    place, *bodies = segments(before)
    if _DISCIPLINE.match(name):
        return base(before) + name
    if _PARTY_PART.match(name):
        return before + name if _PARTY_COMMITTEE.search(before) else _committee(before) + name
    for upto in range(len(bodies), 0, -1):
        if bodies[upto - 1].endswith(name):  # the parent's own part, named short
            return place + "".join(bodies[:upto])
    if _PART.search(name) or name.endswith("中心"):
        return _join_part(name, place, bodies)
    if not place:
        return "".join(bodies[:-1]) + name if len(bodies) > 1 else name
    return place + name


def base(name: str) -> str:
    """The body that a party committee leads: 成都师范学院党委 -> 成都师范学院, 信阳市委 -> 信阳市."""
    shorter = _PARTY_COMMITTEE.sub("", name)
    return shorter if shorter != name else _PARTY_BODY.sub("", name) or name


def _stands_alone(name: str) -> bool:
    """Whether a name says by itself where it is: it begins with a place, or with no field of work and no level."""
    if places.end(name, 0):
        return True
    return not (_LEVEL.match(name) or _function().match(name) or _PART.search(name) or _DISCIPLINE.match(name)) or (
        name.endswith(("公司", "集团", "大学", "银行"))
    )


def _complete_level(name: str, level: str, before: str) -> str:
    """`县水利局` after `东阿县政协` is `东阿县水利局`."""
    if level == "村" and name in {"村委会", "村民委员会", "村党支部", "村"}:
        level = "村"
    at = before.find(level, 1)
    above = before[: at + len(level)] if at > 0 else ""
    short = places.end(before, 0) if not above else 0
    if above and (is_place(above) or level in {"社区", "街道", "村", "镇", "乡"}):
        return above + name[len(level) :]
    return before[:short] + name[len(level) :] if short and before[:short].endswith(level) else name


def is_place(name: str) -> bool:
    """Whether the whole of `name` is an administrative division, or a chain of them."""
    return places.end(name, 0) == len(name)


def _committee(before: str) -> str:
    place = before[: places.end(before, 0)]
    return place + "委" if place.endswith(("省", "市", "县", "区", "州", "旗")) else place


def _join_part(name: str, place: str, bodies: list[str]) -> str:
    """A part joined to its parent: the last part of the name before, if it had one, gives way to it."""
    parents = [body for body in bodies]
    if len(parents) > 1 and (_PART.search(parents[-1]) or parents[-1].endswith(("中心", "委员会", "纪委", "党委"))):
        if not (parents[-1].endswith("中心") and _PART.search(name)):
            parents = parents[:-1]
    elif parents and parents[-1].endswith(("党委", "党组")):
        parents[-1] = base(parents[-1])
    return place + "".join(parents) + name
