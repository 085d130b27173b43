"""The numbers that Word writes before paragraphs (一、（一）第一条) and that stand nowhere in the text of the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_DIGITS = "〇一二三四五六七八九"
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_PLACE = re.compile(r"%([1-9])")
_GREATEST = 99_999  # a counter beyond this is written in digits, whatever the format


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: its first number, how numbers are written, and the text around them ("第%1条")."""

    start: int
    style: str
    text: str


@dataclass(slots=True)
class Numbering:
    """The lists of one document, and how far each has been counted."""

    lists: Mapping[str, tuple[str, Mapping[int, Level]]]  # by numId: what is counted together, and the levels
    styles: Mapping[str, tuple[str, int]]  # numId and level by paragraph style
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, properties: etree._Element) -> str:
        """Count the paragraph with these properties (w:pPr); return the number before its text, "" for none."""
        number, depth = self._list_of(properties)
        if number not in self.lists:
            return ""
        counted, levels = self.lists[number]
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self.counts.setdefault(counted, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        if level.style in {"bullet", "none"}:
            return ""
        return _PLACE.sub(lambda place: _shown(int(place[1]) - 1, counts, levels), level.text)

    def _list_of(self, properties: etree._Element) -> tuple[str, int]:
        style = properties.find(f"{W}pStyle")
        number, depth = self.styles.get(_value(style) or "", ("", 0))
        own = properties.find(f"{W}numPr")
        if own is not None:
            number = _value(own.find(f"{W}numId")) or number
            depth = _integer(own.find(f"{W}ilvl"), depth)
        return number, depth


def numbering(lists: etree._Element | None, styles: etree._Element | None) -> Numbering:
    """Read word/numbering.xml and word/styles.xml, either of which may be missing."""
    if lists is None:
        return Numbering({}, {})
    abstract = {str(node.get(f"{W}abstractNumId")): _levels(node) for node in lists.iter(f"{W}abstractNum")}
    found: dict[str, tuple[str, Mapping[int, Level]]] = {}
    for node in lists.iter(f"{W}num"):
        counted = _value(node.find(f"{W}abstractNumId")) or ""
        restarts = {
            _number(override.get(f"{W}ilvl"), 0): _integer(override.find(f"{W}startOverride"), 1)
            for override in node.iter(f"{W}lvlOverride")
            if override.find(f"{W}startOverride") is not None
        }
        levels = abstract.get(counted, {})
        changed = {depth: Level(restarts.get(depth, one.start), one.style, one.text) for depth, one in levels.items()}
        number = str(node.get(f"{W}numId"))
        found[number] = (f"{counted}/{number}" if restarts else counted, changed)
    return Numbering(found, _styled(styles))


def _styled(styles: etree._Element | None) -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for style in () if styles is None else styles.iter(f"{W}style"):
        number = style.find(f"{W}pPr/{W}numPr/{W}numId")
        if number is not None:
            depth = _integer(style.find(f"{W}pPr/{W}numPr/{W}ilvl"), 0)
            found[str(style.get(f"{W}styleId"))] = (_value(number) or "", depth)
    return found


def _levels(abstract: etree._Element) -> dict[int, Level]:
    return {
        _number(level.get(f"{W}ilvl"), 0): Level(
            _integer(level.find(f"{W}start"), 1),
            _value(level.find(f"{W}numFmt")) or "decimal",
            _value(level.find(f"{W}lvlText")) or "",
        )
        for level in abstract.iter(f"{W}lvl")
    }


def _shown(depth: int, counts: Mapping[int, int], levels: Mapping[int, Level]) -> str:
    level = levels.get(depth)
    if level is None:
        return ""
    count = counts.get(depth, level.start)
    return _WRITTEN.get(level.style, str)(count) if 0 < count <= _GREATEST else str(count)


def chinese(number: int) -> str:
    """Write 1 to 99,999 in Chinese numerals: 10 is 十, 105 is 一百〇五."""
    written, zero = "", False
    for place, unit in ((10_000, "万"), (1_000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, place)
        if digit:
            written += ("〇" if zero and written else "") + _DIGITS[digit] + unit
        zero = not digit
    return written[1:] if written.startswith("一十") else written


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


_WRITTEN: Mapping[str, Callable[[int], str]] = {
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    "decimalFullWidth": lambda number: str(number).translate({48 + digit: 0xFF10 + digit for digit in range(10)}),
    "decimalEnclosedCircle": lambda number: chr(0x245F + number) if number <= 20 else str(number),
    "decimalEnclosedCircleChinese": lambda number: chr(0x245F + number) if number <= 20 else str(number),
    "decimalZero": lambda number: f"{number:02}",
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
}


def _value(node: etree._Element | None) -> str | None:
    return None if node is None else node.get(f"{W}val")


def _integer(node: etree._Element | None, default: int) -> int:
    return _number(_value(node), default)


def _number(written: str | None, default: int) -> int:
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < 10 else default
