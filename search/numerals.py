"""Numbers and amounts of money in queries: 100万, 1.5亿元, 三千, 1,000元 in; whole yuan out, and back."""

from __future__ import annotations

import re
from decimal import Decimal

#: Above this (a thousand 万亿) nothing is believed.
LARGEST = 10**15

_LONGEST = 40
_MYRIADS = {"亿": 10**8, "万": 10**4}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_DIGITS = {
    digit: value
    for value, digits in enumerate(("零〇", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for digit in digits
}
_TOKEN = re.compile(rf"[0-9]+(?:\.[0-9]+)?|[{''.join((*_DIGITS, *_TENS, *_MYRIADS))}]")
_CURRENCY = re.compile(r"^(?:人民币|[¥￥])|(?:元整?|圆整?|块钱?)$")


def number(written: str) -> Decimal:
    """Return the number that Arabic digits, Chinese numerals or both (1亿2000万) write. ValueError: they write none."""
    tokens = _TOKEN.findall(written) if len(written) <= _LONGEST else []
    if not tokens or "".join(tokens) != written:
        raise ValueError(written)
    total, section, digit = Decimal(0), Decimal(0), None
    for token in tokens:
        if token in _TENS:
            section += (1 if digit is None else digit) * _TENS[token]
            digit = None
        elif token in _MYRIADS:
            total, section = _multiplied(total, section + (digit or 0), _MYRIADS[token]), Decimal(0)
            digit = None
        elif digit:  # two digits in a row write no number; 零 may stand before one
            raise ValueError(written)
        else:
            digit = Decimal(_DIGITS[token]) if token in _DIGITS else Decimal(token)
    return total + section + (digit or 0)


def _multiplied(total: Decimal, section: Decimal, myriad: int) -> Decimal:
    """Return the sum with `section` times 万 or 亿: 亿 multiplies all before it (一万亿), 万 only its own section."""
    if not total and not section:
        raise ValueError("a unit without a number")
    return (total + section) * myriad if myriad > _MYRIADS["万"] else total + section * myriad


def yuan(written: str) -> Decimal:
    """Return the amount in yuan. Raises ValueError, in Chinese."""
    try:
        amount = number(_CURRENCY.sub("", written.replace(",", "")))
    except ValueError:
        raise ValueError(f"“{written}”不是金额，应写作 5000元、100万 或 1.5亿") from None
    if amount > LARGEST:
        raise ValueError(f"金额“{written}”太大")
    return amount


def show_yuan(amount: int) -> str:
    """Return the shortest exact writing of the amount: 100万, 1.5亿, 12345元."""
    for unit, size in _MYRIADS.items():
        if amount >= size and amount % (size // 100) == 0:
            return f"{Decimal(amount) / size:f}{unit}"
    return f"{amount}元"


def plain_integer(written: str) -> Decimal:
    """Return the whole number written in digits; a year may say 年. Raises ValueError, in Chinese."""
    digits = written.removesuffix("年")
    if not (re.fullmatch(r"[0-9]{1,15}", digits)):
        raise ValueError(f"“{written}”不是整数，应写作 2022 或 2021..2023")
    return Decimal(digits)
