"""Titles: 副, 常务, 党组 and the like before a head such as 书记, 局长, 主任, and the ranks of the civil service."""

from __future__ import annotations

import re
from functools import cache

from indexer.extract import lexicons

#: Longest title that is looked for, in characters.
_LONGEST = 24

#: What may stand between a title and what follows: （兼）, （正厅级）.
BRACKET = r"（[^（）]{1,12}）"
_BRACKET_END = re.compile(rf"(?:{BRACKET})$")

#: Titles of those who lead a place: its own name is their organisation.
_CLEAR = (
    "长",
    "书记",
    "主任",
    "常委",
    "成员",
    "主席",
    "经理",
    "总裁",
    "总监",
    "董事",
    "监事",
    "师",
    "委员",
    "督办",
    "专员",
)
LEADER = re.compile(r"(?:省长|市长|县长|区长|州长|盟长|旗长|镇长|乡长|专员|自治区主席)$")
PARTY = re.compile(r"^(?:机关)?(?:党委|党组|党总支|党支部|党工委|分党组|党总支部|总支|支部)")


@cache
def _title() -> str:
    modifiers = lexicons.alternation(lexicons.entries("title_modifiers"))
    heads = lexicons.alternation(lexicons.entries("title_heads"))
    ranks = lexicons.patterns(lexicons.entries("ranks"))
    helper = r"(?:主任|局长|院长|行长|校长|总经理|处长|县长|市长|区长|董事长|总裁|司长|厅长)助理"
    return rf"(?:(?:{ranks})|(?:{modifiers})*(?:{helper}|{heads}))"


@cache
def _at_end() -> re.Pattern[str]:
    return re.compile(rf"{_title()}$")


@cache
def before_name() -> re.Pattern[str]:
    """A title, a bracket or 是 perhaps, and a place where a name may begin: group 1 is the title."""
    return re.compile(rf"({_title()})(?:{BRACKET})?(?:是|为|系|的|[ \u3000])?(?=[\u3400-\u9fff])")


@cache
def after_name() -> re.Pattern[str]:
    """A title that follows a name, with nothing or a person's particulars between: 某某总书记, 张某，男，时任局长."""
    return re.compile(
        rf"(?:（[^（）]{{1,20}}）)?(?:{_title()}|[ \u3000][^，。；\s]{{4,30}}?{_title()}|"
        rf"，(?:男|女|中共党员|汉族)[^。；]{{0,70}}?{_title()}|"
        rf"，?(?:[^，。；]{{1,12}}，)?(?:原|曾|现)?[系是为][^，。；]{{2,30}}?{_title()}|"
        rf"[^。；、]{{0,40}}?(?:[担历曾现出时辞卸升]任|，任|年任|月任|任命为|辞去)[^。；]{{0,40}}?{_title()})"
    )


@cache
def anywhere() -> re.Pattern[str]:
    """A title of an office that is held, wherever it stands: a cheap test."""
    return re.compile(
        r"书记|主任|[部司厅局处科所站队组省市县区州镇乡院校庭行社台馆会]长|主席|委员|常委|党组|经理|总裁|董事|检察长|同志|干部|公职人员|工作人员|公务员|科员|民警"
    )


@cache
def ends_organisation() -> re.Pattern[str]:
    """A title where it ends the name of an organisation before it (not 干部 in 干部培训中心)."""
    heads = [head for head in lexicons.entries("title_heads") if head.endswith(_CLEAR)]
    modifiers = lexicons.alternation(lexicons.entries("title_modifiers"))
    return re.compile(rf"(?:{modifiers})*(?:{lexicons.alternation(heads)})(?!办公室|会议|会|办|联席)")


def start(text: str, low: int, end: int) -> int | None:
    """Where the title that ends at `end` begins, not before `low`; None if no title ends there."""
    match = _at_end().search(text, max(low, end - _LONGEST), end)
    return match.start() if match else None


def without_bracket(text: str, low: int, end: int) -> int:
    """`end`, or where a bracket that ends there begins."""
    match = _BRACKET_END.search(text, max(low, end - 16), end)
    return match.start() if match else end
