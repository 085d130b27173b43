"""A spreadsheet's number and its format code to what the cell shows: 0.35 with 0% is "35%", 45000 a date."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

#: The formats that files name by number only, as a Chinese office program shows them.
BUILT_IN: Mapping[int, str] = MappingProxyType(
    {
        0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
        14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
        21: "h:mm:ss", 22: "yyyy/m/d h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss",
        46: "[h]:mm:ss", 47: "mm:ss", 49: "@", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy",
        31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: "h:mm AM/PM", 35: "h:mm:ss AM/PM",
        36: 'yyyy"年"m"月"', 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
        54: 'm"月"d"日"', 55: "h:mm AM/PM", 56: "h:mm:ss AM/PM", 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
    }
)  # fmt: skip

_SECTIONS = re.compile(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])*)(?:;|$)')
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DATE_WORD = re.compile(r"\[(?:h+|m+|s+)\]|y+|m+|d+|h+|s+(?:\.0+)?|a{3,4}|am/pm|a/p|上午/下午", re.IGNORECASE)
_DATE_TOKENS = re.compile(rf"{_DATE_WORD.pattern}|.", re.IGNORECASE | re.DOTALL)
_IS_DATE = re.compile(r"[ymdhs]|a{3,4}", re.IGNORECASE)
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.[#0?]*)?,*|\.[#0?]+,*")
_HALF_DAY = frozenset({"am/pm", "a/p", "上午/下午"})
_STAND_IN = 0xF0000  # a private character stands for each literal while the rest of the format is worked out
_STOOD_IN = re.compile("[\U000f0000-\U000f03e7]")
_WEEK = "一二三四五六日"
_LARGEST_SERIAL = 2_958_466  # 9999-12-31


def show(value: float, code: str, *, from_1904: bool = False) -> str:
    """Return what a cell with this number and format code shows. A format that is not understood shows the number."""
    sections = _SECTIONS.findall(code)[:4]
    negative = value < 0 and len(sections) > 1 and sections[1] != ""
    section = (
        sections[1] if negative else sections[2] if value == 0 and len(sections) > 2 and sections[2] else sections[0]
    )
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literals.append(next((group for group in match.groups() if group), ""))
        return chr(_STAND_IN + min(len(literals) - 1, 999))

    body = _LITERAL.sub(keep, section)
    shown = _shown(abs(value) if negative else value, body, from_1904=from_1904)
    return _STOOD_IN.sub(lambda match: literals[ord(match[0]) - _STAND_IN], shown).strip()


def plain(value: float) -> str:
    """A number without a format: whole numbers without a point, others with all the digits they have."""
    if math.isfinite(value) and value == int(value) and abs(value) < 1e17:
        return str(int(value))
    return format(value, ".15g")


def _shown(value: float, body: str, *, from_1904: bool) -> str:
    bare = _STOOD_IN.sub("", body)
    if bare.strip().lower() == "general" or bare.strip() == "@" or not bare:
        return body.replace(bare, plain(value)) if bare else body
    if _IS_DATE.search(bare.replace("General", "")) and not _DIGITS.search(
        re.sub(r"s\.0+", "s", bare, flags=re.IGNORECASE)
    ):
        return _date(value, body, from_1904=from_1904) if 0 <= value < _LARGEST_SERIAL else plain(value)
    digits = _DIGITS.search(body)
    if digits is None or "/" in bare or "e+" in bare.lower():
        return plain(value)
    number = _number(value * 100 ** bare.count("%"), digits[0])
    return body[: digits.start()] + number + _DIGITS.sub("", body[digits.end() :])


def _number(value: float, digits: str) -> str:
    whole, _, fraction = digits.rstrip(",").partition(".")
    value /= 1000 ** (len(digits) - len(digits.rstrip(",")))
    text = format(value, f"{',' if ',' in whole else ''}.{len(fraction)}f")
    for optional in reversed(fraction):
        if optional == "0" or not text.endswith("0"):
            break
        text = text[:-1]
    text = text.removesuffix(".")
    least = whole.count("0")
    sign, unsigned = ("-", text[1:]) if text.startswith("-") else ("", text)
    head, point, tail = unsigned.partition(".")
    return sign + head.rjust(least, "0") + point + tail


def _date(value: float, body: str, *, from_1904: bool) -> str:
    days = value + 1462 if from_1904 else value
    # Serial 60 is a 29 February 1900 that never was: the days before it are counted from a day later.
    moment = datetime(1899, 12, 31 if days < 60 else 30) + timedelta(days=days, microseconds=500)  # noqa: DTZ001 - a cell has no zone
    tokens: list[str] = _DATE_TOKENS.findall(body)
    lower = [token.lower() for token in tokens]
    half_day = not _HALF_DAY.isdisjoint(lower)
    shown = []
    for index, token in enumerate(tokens):
        if lower[index].startswith("m") and _is_minute(lower, index):
            shown.append(f"{moment.minute:0{min(len(token), 2)}}")
        elif _DATE_WORD.fullmatch(token):
            shown.append(_date_word(lower[index], moment, days, half_day=half_day))
        else:
            shown.append(token)
    return "".join(shown)


def _is_minute(tokens: list[str], index: int) -> bool:
    before = next((token for token in reversed(tokens[:index]) if token[0] in "ymdhs["), "")
    after = next((token for token in tokens[index + 1 :] if token[0] in "ymdhs["), "")
    return before.startswith(("h", "[h")) or after.startswith("s")


def _date_word(word: str, moment: datetime, days: float, *, half_day: bool) -> str:
    if word[0] == "[":  # time gone by
        return str(int(days * {"h": 24, "m": 1440, "s": 86400}[word[1]] + 1e-6))
    if word in _HALF_DAY:
        return "上午" if moment.hour < 12 else "下午"
    hour = (moment.hour % 12 or 12) if half_day else moment.hour
    weekday = _WEEK[moment.weekday()]
    month = str(moment.month) if len(word) == 1 else f"{moment.month:02}" if len(word) == 2 else f"{moment.month}月"
    day = str(moment.day) if len(word) == 1 else f"{moment.day:02}" if len(word) == 2 else f"星期{weekday}"
    return {
        "y": f"{moment.year % 100:02}" if len(word) < 3 else f"{moment.year}",
        "m": month,
        "d": day,
        "h": f"{hour:0{min(len(word), 2)}}",
        "s": f"{moment.second:0{min(len(word), 2)}}",
        "a": weekday if word == "aaa" else f"星期{weekday}",
    }[word[0]]
