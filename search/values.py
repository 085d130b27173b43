"""The values of fields: which types there are, and ranges of dates, amounts and numbers, read and printed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from math import ceil, floor

from corpus.metadata import KINDS
from search.dates import first_day, iso_prefix, neighbour, relative
from search.numerals import plain_integer, show_yuan, yuan
from search.syntax import shorten


class ValueType(StrEnum):
    """What kind of value a field has: running text, whole strings, or a range of one of three scales."""

    TEXT = "text"
    KEY = "key"
    DATE = "date"
    AMOUNT = "amount"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Days from the first of `low` to the last of `high`, ISO prefixes (2022, 2022-06, 2022-06-01); None is open."""

    low: str | None
    high: str | None


@dataclass(frozen=True, slots=True)
class NumberSpan:
    """Whole numbers (of yuan, for an amount) from `low` to `high`, both included; None is open."""

    low: int | None
    high: int | None


Span = DateSpan | NumberSpan


@dataclass(frozen=True, slots=True)
class _Bound:
    """One end of a range as written; `outside` when the end itself does not belong to it (> and <)."""

    written: str
    outside: bool = False


_Bounds = tuple[_Bound | None, _Bound | None]

_COMPARISON = re.compile(r"(?P<sign>>=|=>|≥|<=|=<|≤|>|<|=)\s*(?P<value>.+)")
_SIGNS = {"=>": ">=", "≥": ">=", "=<": "<=", "≤": "<="}
_SUFFIX = re.compile(r"(?P<value>.+?)(?P<sign>及?以上|以来|[之以]后|及?以下|以内|[之以]前)")
_SUFFIX_SIGNS = {"上": ">=", "来": ">=", "后": ">", "下": "<=", "内": "<=", "前": "<"}
#: A hyphen is a range between amounts, and before the four digits of another year.
_TO = r"至今|至|到|\.{2,}|~|[—–]+"
_DATE_TO = re.compile(rf"{_TO}|(?<=.)-(?=\d{{4}})")
_NUMBER_TO = re.compile(rf"{_TO}|(?<=.)-")
_LONGEST = 40

_KIND_ALIASES = {
    "典型通报": "circular",
    "案件": "case_notice",
    "审查调查": "case_notice",
    "警示教育材料": "warning_education",
    "警示教育片": "warning_education",
    "简报": "bulletin",
    "动态": "bulletin",
    "工作简报": "bulletin",
    "法规": "regulation",
    "其它": "other",
}
_KIND_NAMES = {**_KIND_ALIASES, **{name: name for name in KINDS}, **{label: name for name, label in KINDS.items()}}


def kind_named(written: str) -> str:
    """Return the name of the document kind that people write as 通报 or circular. Raises ValueError, in Chinese."""
    try:
        return _KIND_NAMES[written.strip().lower()]
    except KeyError:
        raise ValueError(f"没有“{shorten(written)}”这种类型，可选{'、'.join(KINDS.values())}") from None


def read(scale: ValueType, written: str, today: date | None = None) -> tuple[Span, bool]:
    """Return the range that was written, and whether its ends stood the wrong way round (they are exchanged).

    `scale` is DATE, AMOUNT or NUMBER. Without `today`, words like 近一年 are not understood. Raises ValueError, in
    Chinese, with what a right value looks like.
    """
    text = unicodedata.normalize("NFKC", written).strip()
    if scale is ValueType.DATE and today and (days := relative(text, today)):
        return DateSpan(*days), False
    if len(text) > _LONGEST:
        raise ValueError(f"“{shorten(text)}”不是日期或数字")
    if scale is ValueType.DATE:
        return _dates(*_bounds(text, _DATE_TO))
    return _numbers(scale, *_bounds(text, _NUMBER_TO))


def show(scale: ValueType, span: Span) -> str:
    """Return the short writing of the range that `read` gives back."""
    low, high = ("" if end is None else _show_end(scale, end) for end in (span.low, span.high))
    if low == high:
        return low
    if scale is ValueType.AMOUNT and isinstance(span, NumberSpan):
        # More and less than a round figure are kept as the next whole yuan; print the round figure.
        if span.high is None and span.low is not None and span.low % 10 == 1:
            return f">{show_yuan(span.low - 1)}"
        if span.low is None and span.high is not None and span.high % 10 == 9:
            return f"<{show_yuan(span.high + 1)}"
    return f"{low}..{high}"


def _show_end(scale: ValueType, end: str | int) -> str:
    return show_yuan(end) if scale is ValueType.AMOUNT and isinstance(end, int) else str(end)


def _bounds(text: str, to: re.Pattern[str]) -> tuple[_Bound | None, _Bound | None]:
    """Return the two ends of the range as written; the same twice for a single value."""
    if match := _COMPARISON.fullmatch(text) or _SUFFIX.fullmatch(text):
        sign = _SUFFIX_SIGNS.get(match["sign"][-1]) or _SIGNS.get(match["sign"], match["sign"])
        bound = _Bound(match["value"], outside=sign in "<>")
        return (None if sign[0] == "<" else bound), (None if sign[0] == ">" else bound)
    low, *rest = to.split(text, maxsplit=1)
    high = rest[0] if rest else low
    if rest and not low and not high:
        raise ValueError(f"范围“{text}”两头都是空的")
    return (_Bound(low) if low or not rest else None), (_Bound(high) if high or not rest else None)


def _dates(low: _Bound | None, high: _Bound | None) -> tuple[DateSpan, bool]:
    first = None if low is None else neighbour(iso_prefix(low.written), int(low.outside))
    last = None if high is None else neighbour(iso_prefix(high.written), -int(high.outside))
    if first and last and first_day(first) > f"{last}-99-99"[:10]:
        return DateSpan(last, first), True
    return DateSpan(first, last), False


def _numbers(scale: ValueType, low: _Bound | None, high: _Bound | None) -> tuple[NumberSpan, bool]:
    value = yuan if scale is ValueType.AMOUNT else plain_integer
    if low and low == high:
        exact = int(value(low.written).to_integral_value(ROUND_HALF_UP))
        return NumberSpan(exact, exact), False
    first = None if low is None else _whole_at_least(value(low.written), low.outside)
    last = None if high is None else _whole_at_most(value(high.written), high.outside)
    if last is not None and last < 0:
        raise ValueError("没有比零更小的数")
    if first is not None and last is not None and first > last:
        return NumberSpan(last, first), True
    return NumberSpan(first, last), False


def _whole_at_least(value: Decimal, outside: bool) -> int:
    return floor(value) + 1 if outside else ceil(value)


def _whole_at_most(value: Decimal, outside: bool) -> int:
    return ceil(value) - 1 if outside else floor(value)
