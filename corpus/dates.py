"""Dates as documents write them, and their one normal form, ISO 8601."""

from __future__ import annotations

import re
from datetime import date

_DIGITS = {
    character: str(value)
    for value, characters in enumerate(
        (
            "0０〇○Ｏ零",
            "1１一壹",
            "2２二贰",
            "3３三叁",
            "4４四肆",
            "5５五伍",
            "6６六陆",
            "7７七柒",
            "8８八捌",
            "9９九玖",
        )
    )
    for character in characters
}
_DIGIT = "0-9０-９〇○Ｏ零一二三四五六七八九壹贰叁肆伍陆柒捌玖"
_SMALL = f"[{_DIGIT}十拾]{{1,3}}"
_YEAR = f"[{_DIGIT}]{{4}}"

#: A date with its year, in any written form: 2023年6月5日, 二〇二三年六月五日, 2023-06-05, 2023.6.5, ２０２３／６／５.
PATTERN = (
    rf"(?<![{_DIGIT}])(?:{_YEAR}\s?年\s?{_SMALL}\s?月\s?{_SMALL}\s?日"
    r"|[0-9０-９]{4}\s?(?P<separator>[-－—./／．])\s?[0-9０-９]{1,2}\s?(?P=separator)\s?[0-9０-９]{1,2}(?![0-9０-９])"
    r"|(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])(?![0-9]))"
)
_DATE = re.compile(PATTERN)
_PARTS = re.compile(rf"[{_DIGIT}十拾]+")


def _number(written: str) -> int | None:
    """Return 十二 as 12, 二十五 as 25, 廿 forms excepted; None where it is no number."""
    tens, ten, ones = written.replace("拾", "十").partition("十")
    if not ten:
        digits = "".join(_DIGITS.get(character, "x") for character in written)
        return int(digits) if digits.isdigit() else None
    parts = [_DIGITS.get(part, "x") if part else default for part, default in ((tens, "1"), (ones, "0"))]
    return int("".join(parts)) if "x" not in parts else None


def iso(written: str) -> str | None:
    """Return the first date with its year in `written` as YYYY-MM-DD; None where there is none that exists."""
    match = _DATE.search(written)
    if match is None:
        return None
    text = match.group()
    parts = [text[:4], text[4:6], text[6:]] if text.isascii() and text.isdigit() else _PARTS.findall(text)
    numbers = [_number(part) for part in parts]
    if len(numbers) != 3 or None in numbers:
        return None
    year, month, day = (number or 0 for number in numbers)
    try:
        return date(year, month, day).isoformat() if 1900 <= year <= 2099 else None
    except ValueError:
        return None
