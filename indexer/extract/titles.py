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
LEADER = re.compile(r"(?:省长|市长|县长|区长|州长|盟长|旗长|镇长|乡长|专员|自治区主席)$")
PARTY = re.compile(r"^(?:机关)?(?:党委|党组|党总支|党支部|党工委|分党组|总支|支部)")


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
    """A title, a bracket perhaps, and a place where a name may begin: group 1 is the title."""
    return re.compile(rf"({_title()})(?:{BRACKET})?[ \u3000]?(?=[\u3400-\u9fff])")


def start(text: str, low: int, end: int) -> int | None:
    """Where the title that ends at `end` begins, not before `low`; None if no title ends there."""
    match = _at_end().search(text, max(low, end - _LONGEST), end)
    return match.start() if match else None


def without_bracket(text: str, low: int, end: int) -> int:
    """`end`, or where a bracket that ends there begins."""
    match = _BRACKET_END.search(text, max(low, end - 16), end)
    return match.start() if match else end
