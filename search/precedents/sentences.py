"""Prison terms that a text tells of, in the ranges by which the Criminal Law grades bribery (第三百八十三条)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.numerals import CHINESE, number

#: From light to heavy.
RANGES = (
    "拘役或管制",
    "有期徒刑不满三年",
    "有期徒刑三年以上不满十年",
    "有期徒刑十年以上",
    "无期徒刑",
    "死刑缓期执行",
    "死刑",
)
_NUMERAL = rf"[{CHINESE}\d]{{1,4}}"
_GIVEN = r"(?:判处|决定执行|合并执行|获刑|被判)[^，。；]{0,8}?"
#: What is only demanded or possible, or was given for something earlier, is no sentence of this matter.
_NOT_GIVEN = re.compile("(?:建议|可能|应当|可以|曾)[^，。；]{0,8}$")
_BEFORE = 12  # characters
_TERM = re.compile(rf"{_GIVEN}有期徒刑(?:{_NUMERAL}个月|(?P<years>{_NUMERAL})年)(?!以[上下])")
_OTHER = {
    "拘役或管制": re.compile(rf"{_GIVEN}(?:拘役|管制)"),
    "无期徒刑": re.compile(rf"{_GIVEN}无期徒刑"),
    "死刑缓期执行": re.compile(rf"{_GIVEN}死刑，?缓期"),
    "死刑": re.compile(rf"{_GIVEN}死刑(?!，?缓期)"),
}


def prison(text: str) -> str:
    """The heaviest of RANGES that somebody was given by the `text`; "" where none is told.

    Of several subjects it is that of the one who got most; of several offences the whole is no less than the longest.
    """
    found = {name for name, pattern in _OTHER.items() if any(_given(text, pattern))}
    found.update(_range(match["years"]) for match in _given(text, _TERM))
    return max(found, key=RANGES.index, default="")


def _given(text: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    for match in pattern.finditer(text):
        if not _NOT_GIVEN.search(text, max(match.start() - _BEFORE, 0), match.start()):
            yield match


def _range(years: str | None) -> str:
    value = number(years) if years else 0
    if value is None or value < 3:
        return RANGES[1]
    return RANGES[2] if value < 10 else RANGES[3]
