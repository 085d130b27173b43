"""What an organisation's name is made of: a place, a body, parts of that body.

`安徽省阜阳市财政局` is a place and a body; `青禾县自然资源局执法大队` a place, a body and a part of that body.
"""

from __future__ import annotations

import re
from functools import cache

from indexer.extract import lexicons, places
from indexer.extract.extraction import Span

_SPACE = " \u3000（）、，"
#: Ends of names of divisions that may stand alone at the head of a problem of a circular.
_LONGEST_PLACE = 20
_NO_PLACE = "全我各该本这那每"
_DIVISION_END = re.compile(r"[省市县区州盟旗镇乡村]$|社区$|街道$")
#: Where a sentence begins, after a number and quotation marks.
_HEAD = r"[\s\u3000“]*(?:\d{1,2}[.、．]|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)?[\s\u3000]*"
_FIRST = re.compile(_HEAD)
_SENTENCE_START = re.compile(rf"(?:(?<=[。！？\n\r：“])|^){_HEAD}")
#: What shows that a stretch has run past a name into what the organisation did.
_NO_NAME = re.compile(r"[，。、：；违对在因不未]")
#: What one organ does to another: 大祥区督促|区审计局.
_TOLD_TO = re.compile(r"(?:督促|要求|责成|会同|联合|配合|协助|指导|推动|组织)(?=[省市县区州镇乡][\u4e00-\u9fff])")
_NO_BODY = re.compile(r"(?:社区|街道|会所|场|干部|内部|全部|外部|人员|成员|委员|书记|领导|部队|党员)$")
_MAY_GO_ON = ("部", "处", "科", "所", "社", "局", "院", "委", "司", "队", "站", "室")
_GOES_ON = frozenset("门队署级长理置罚技学属有会区员托法分伍内")


def is_body(name: str) -> bool:
    """Whether `name` ends as organisations and places end."""
    return _patterns()[1].search(name) is not None


def is_place(name: str) -> bool:
    """Whether the whole of `name` is an administrative division, or a chain of them."""
    return places.end(name, 0) == len(name)


def ends_body(name: str, following: str) -> bool:
    """Whether a body's name can end here, with the character `following` it: not 干部, not 部门."""
    if not _patterns()[2].search(name) or _NO_BODY.search(name):
        return False
    return not (name.endswith(_MAY_GO_ON) and following in _GOES_ON)


def holds_body(text: str, span: Span) -> bool:
    """Whether an agency's name may end in the part of a text at `span`: a cheap test."""
    return _patterns()[4].search(text, *span) is not None


def segments(name: str) -> list[str]:
    """A name cut into its place ("" where it has none) and its bodies, from the whole to the part."""
    place = places.prefix(name)
    rest, parts = name[len(place) :], []
    while rest:
        match = _patterns()[0].match(rest)
        parts.append(match.group() if match else rest)
        rest = rest[len(parts[-1]) :]
    return [place, *parts]


def starts(text: str) -> set[int]:
    """The offsets at which sentences of `text` begin with the name of a division or of something in one."""
    found = set()
    for match in _SENTENCE_START.finditer(text):
        at = match.end()
        name = text[at : places.below(text, at)] or places.prefix(text[at : at + _LONGEST_PLACE])
        if _DIVISION_END.search(name) and name[0] not in _NO_PLACE:
            found.add(at)
    return found


def first(text: str, low: int, high: int) -> Span | None:
    """The organisation whose name the stretch begins with, as long as its name goes; None if it begins with none."""
    match = _FIRST.match(text, low, high)
    start = match.end() if match else low
    end = at = places.below(text, start)
    longest = min(high, at + 24)
    while body := _patterns()[3].match(text, at, longest) or _patterns()[0].match(text, at, longest):
        if _NO_NAME.search(body.group()):
            break
        end = at = body.end()
    return (start, end) if end > start else None


def begins(text: str, start: int, end: int) -> int:
    """Where the name within `start` to `end` begins, without words that were taken along: 转报|国家文物局."""
    while start < end and text[start] in _SPACE:
        start += 1
    if told := _TOLD_TO.search(text, start + 1, end):
        start = told.end()
    if national := _national().search(text, start + 1, end):
        before = text[start : national.start()]
        if not (_patterns()[0].match(before) or places.end(before, 0) or before.endswith(("驻", "中国", "原"))):
            return national.start()
    return start


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """A body; the end of an organisation or place; the end of an agency's name; a body's word; such an end anywhere."""
    bodies = lexicons.patterns(lexicons.entries("bodies"))
    others = r"办|场|社|村|镇|乡|组|园|台|库|师|团|区|县|市|省|州|旗|盟|系|系统|领域|机关|部门|单位"
    agencies = (
        r"(?:党政|政府|编|巡察|外|侨|台|改革|扶贫)办|(?:监察|巡视|巡察|检查)组|兵团|电视台|[市县区]直机关|委机关|专班|"
        r"出版社|煤矿"
    )
    return (
        re.compile(rf".+?(?:{bodies})"),
        re.compile(rf"(?:{bodies}|{others})$"),
        re.compile(rf"(?:{bodies}|{agencies})$"),
        re.compile(bodies),
        re.compile(f"{bodies}|{agencies}"),
    )


@cache
def _national() -> re.Pattern[str]:
    return re.compile(lexicons.alternation(lexicons.entries("national")))
