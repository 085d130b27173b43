"""Amounts of money and whole numbers in queries: 100万, 1.5亿元, 三千, 1,000元 in; yuan out, and back."""

from __future__ import annotations

import re
from decimal import Decimal

from corpus.numerals import SCALES, number

#: Above this (a thousand 万亿) nothing is believed.
LARGEST = 10**15

_LONGEST = 40
_CURRENCY = re.compile(r"^(?:人民币|[¥￥])|(?:元整?|圆整?|块钱?)$")


def yuan(written: str) -> Decimal:
    """Return the amount in yuan. Raises ValueError, in Chinese."""
    amount = number(_CURRENCY.sub("", written.replace(",", ""))) if len(written) <= _LONGEST else None
    if amount is None:
        raise ValueError(f"“{written}”不是金额，应写作 5000元、100万 或 1.5亿")
    if amount > LARGEST:
        raise ValueError(f"金额“{written}”太大")
    return amount


def show_yuan(amount: int) -> str:
    """Return the shortest exact writing of the amount: 100万, 1.5亿, 12345元."""
    for unit, size in reversed(SCALES.items()):
        if amount >= size and amount % (size // 100) == 0:
            return f"{Decimal(amount) / size:f}{unit}"
    return f"{amount}元"


def plain_integer(written: str) -> Decimal:
    """Return the whole number written in digits; a year may say 年. Raises ValueError, in Chinese."""
    digits = written.removesuffix("年")
    if not (re.fullmatch(r"[0-9]{1,15}", digits)):
        raise ValueError(f"“{written}”不是整数，应写作 2022 或 2021..2023")
    return Decimal(digits)
