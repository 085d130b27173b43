"""Dates in queries: written forms to ISO prefixes (2022, 2022-06, 2022-06-01), their neighbours, and 近一年."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from corpus.numerals import number

_YEARS = range(1000, 3000)

_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)?")
_PARTS = re.compile(r"(\d{4})(?:(?:年|[-./])(?:(\d{1,2})(?:(?:月|[-./])(?:(\d{1,2})[日号]?)?)?)?)?")
_RECENT = re.compile(r"最?近(?:半年|(?P<count>[0-9]{1,3}|[一二两三四五六七八九十])个?(?P<unit>[年月周天日]|星期))")

#: Calendar words: (unit, how many units back from today).
_CALENDAR = {
    "今年": ("年", 0),
    "本年": ("年", 0),
    "去年": ("年", 1),
    "前年": ("年", 2),
    "本月": ("月", 0),
    "这个月": ("月", 0),
    "上月": ("月", 1),
    "上个月": ("月", 1),
    "今天": ("日", 0),
    "昨天": ("日", 1),
    "前天": ("日", 2),
}


def iso_prefix(written: str) -> str:
    """Return the ISO prefix of a date with its year: 2022年6月 gives 2022-06. Raises ValueError, in Chinese."""
    found = _COMPACT.fullmatch(written) or _PARTS.fullmatch(written)
    parts = [int(part) for part in found.groups() if part] if found else []
    match parts:
        case [year] if year in _YEARS:
            return f"{year}"
        case [year, month] if year in _YEARS and 1 <= month <= 12:
            return f"{year}-{month:02}"
        case [year, month, day] if year in _YEARS and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
            return f"{year}-{month:02}-{day:02}"
    raise ValueError(f"“{written}”不是日期，应写作 2022、2022-06 或 2022-06-01")


def neighbour(prefix: str, step: int) -> str:
    """Return the year, month or day before (step -1) or after (step 1) the one that `prefix` names."""
    parts = [int(part) for part in prefix.split("-")]
    match parts:
        case [year]:
            return iso_prefix(f"{year + step}")
        case [year, month]:
            return _month(year, month, step)
        case _:
            return iso_prefix((date(*parts) + timedelta(days=step)).isoformat())


def first_day(prefix: str) -> str:
    """Return the first day that `prefix` covers."""
    return f"{prefix}-01-01"[:10] if len(prefix) == 4 else f"{prefix}-01"[:10]


def relative(written: str, today: date) -> tuple[str, str] | None:
    """Return the first and the last date that 近三个月, 去年, 昨天 … mean on the day `today`; None for other words."""
    if written in _CALENDAR:
        unit, back = _CALENDAR[written]
        then = _back(today, unit, back).isoformat()[: {"年": 4, "月": 7, "日": 10}[unit]]
        return then, then
    match = _RECENT.fullmatch(written)
    if not match:
        return None
    if written.endswith("半年"):
        return _back(today, "月", 6).isoformat(), today.isoformat()
    count = int(number(match["count"]) or 0)
    return (_back(today, match["unit"], count).isoformat(), today.isoformat()) if count else None


def _back(today: date, unit: str, count: int) -> date:
    """Return the day `count` units before `today`; the last of the month where that month is shorter."""
    if unit in "年月":
        prefix = _month(today.year, today.month, -count * (12 if unit == "年" else 1))
        year, month = (int(part) for part in prefix.split("-"))
        return date(year, month, min(today.day, monthrange(year, month)[1]))
    return today - timedelta(days=count * (1 if unit in "天日" else 7))


def _month(year: int, month: int, step: int) -> str:
    year, month = divmod(year * 12 + month - 1 + step, 12)
    return iso_prefix(f"{year}-{month + 1:02}")
