"""Numerals as documents write them, to numbers: 385, 三百八十五, 1,234.5, 1亿2000万, 壹拾贰万."""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {
    character: value
    for value, characters in enumerate(
        ("零〇", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for character in characters
}
UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
SCALES = {"万": 10**4, "亿": 10**8}

#: The characters that a Chinese numeral is made of, for a character class.
CHINESE = "".join((*DIGITS, *UNITS))

_TOKEN = re.compile(rf"\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|[{CHINESE}万亿]")


def number(written: str) -> Decimal | None:
    """Return the value of a numeral, in half-width digits or Chinese or both; None where it has no single value.

    两三万 has none: two digits that no unit separates are a guess. 零 after a unit joins (一千零五).
    """
    total, scaled, section, digit = Decimal(0), Decimal(0), Decimal(0), None
    end = 0
    for match in _TOKEN.finditer(written):
        if match.start() != end:
            return None
        end, sign = match.end(), match.group()
        if sign in UNITS:
            section += (1 if digit is None else digit) * UNITS[sign]
            digit = None
        elif sign in SCALES:
            section += digit or 0
            if sign == "亿":
                total, scaled = (total + scaled + section) * SCALES[sign], Decimal(0)
            else:
                scaled = (scaled + section) * SCALES[sign]
            section, digit = Decimal(0), None
        elif sign in "零〇" and digit is None:
            continue
        elif digit is not None:
            return None
        else:
            digit = Decimal(DIGITS[sign]) if sign in DIGITS else Decimal(sign.replace(",", ""))
    return total + scaled + section + (digit or 0) if end == len(written) and end else None


def ordinal(written: str) -> int | None:
    """Return the number of an article, paragraph, item or year: 385, 三百八十五, 一〇二, 八五; None for no number."""
    if written.isdecimal():
        return int(written)
    if all(character in DIGITS for character in written):
        return int("".join(str(DIGITS[character]) for character in written))
    value = number(written)
    return None if value is None else int(value)
