"""Administrative divisions: where a text begins with one, and what each lies in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from indexer.extract import lexicons

_SUFFIX = re.compile(r"(?:特别行政区|自治区|自治州|自治县|自治旗|地区|林区|新区|矿区|[省市县区州盟旗])$")
#: Below the county, where the gazetteer ends: a town, a street, a village, a new district.
_BELOW = re.compile(
    r"(?:(?![在对等被把违因未有关和与及为])[\u4e00-\u9fff]){2,7}?(?:族乡|镇|乡|街道|苏木|新区|开发区|高新区|经开区|度假区|风景区|示范区|工业园区|产业园区|园区|林区|村|社区)"
)
_LONGEST = 14
#: A division that no table lists, by its form: a new district, a place renamed.
_FORM = re.compile(
    r"(?!中国|国家|中央|最高|全国|中共)(?:[\u4e00-\u9fff]{2,5}?省)?(?:[\u4e00-\u9fff]{2,5}?市(?!场|政|民|级))?"
    r"(?:[\u4e00-\u9fff]{1,5}?(?:县(?!级|域|乡)|区(?!域|划|块)|旗(?!舰|下)))?"
)


def end(text: str, start: int) -> int:
    """Where the chain of divisions that begins at `start` ends; `start` if none begins there.

    `海南省三亚市政府` gives the end of 三亚市. Short forms (甘肃文县) count like full names.
    """
    return start + sum(map(len, chain(text, start)))


def prefix(name: str) -> str:
    """The division that an organisation's name begins with, known or told by its form; "" where it begins with none."""
    known = end(name, 0)
    formed = _FORM.match(name)
    return name[:known] if known or formed is None else formed.group()


def chain(text: str, start: int) -> Iterator[str]:
    """The divisions named one after the other from `start` on: 海南省, 三亚市."""
    at = start
    while (step := _one(text, at)) > at:
        yield text[at:step]
        at = step


def _one(text: str, at: int) -> int:
    if text[at : at + 2] not in _heads():
        return at
    names = _names()
    for length in range(min(_LONGEST, len(text) - at), 1, -1):
        name = text[at : at + length]
        if name in names:
            return at + length
    return at


@cache
def _heads() -> frozenset[str]:
    """What the names of divisions begin with: two characters. Most places of a text are ruled out by them."""
    return frozenset(name[:2] for name in _names())


def begins(text: str, start: int) -> bool:
    """Whether the full name of a division begins at `start`, of three characters at least."""
    return any(text.startswith(name, start) for name in _long().get(text[start : start + 2], ()))


@cache
def _long() -> dict[str, tuple[str, ...]]:
    """Full names of divisions by their first two characters."""
    found: dict[str, list[str]] = {}
    for name, _ in _rows():
        if len(name) > 2:
            found.setdefault(name[:2], []).append(name)
    return {first: tuple(names) for first, names in found.items()}


def below(text: str, start: int) -> int:
    """Like `end`, but through towns, streets and villages, which no table lists."""
    at = end(text, start)
    while match := _BELOW.match(text, at):
        at = match.end()
    return at


def parent(name: str) -> str | None:
    """What the division lies in; None for a province, for no division, and where several bear the name."""
    return _parents().get(_full().get(name, name))


def upward(name: str) -> Iterator[str]:
    """The division, what it lies in, and so on up to the province, as far as that is certain."""
    division: str | None = full(name)
    while division is not None:
        yield division
        division = parent(division)


def full(name: str) -> str | None:
    """The full name of a division from its full or short name; None for no division or an ambiguous short name."""
    return _full().get(name)


@cache
def _rows() -> tuple[tuple[str, str], ...]:
    return tuple((name, above) for name, _, above in (row.partition("\t") for row in lexicons.entries("places")))


@cache
def _provinces() -> frozenset[str]:
    return frozenset(name for name, above in _rows() if above == "中国")


@cache
def _parents() -> dict[str, str]:
    above: dict[str, set[str]] = {}
    for name, parent_name in _rows():
        if parent_name != "中国":
            above.setdefault(name, set()).add(parent_name)
    return {name: next(iter(found)) for name, found in above.items() if len(found) == 1}


@cache
def _full() -> dict[str, str]:
    """Full and short names with the full name. A short name means the province; one that several share is left out."""
    shorts: dict[str, set[str]] = {}
    for name, _ in _rows():
        shorts.setdefault(_short(name), set()).add(name)
    table = {name: name for name, _ in _rows()}
    for short, names in shorts.items():
        meant = names & _provinces() or names
        if len(short) >= 2 and len(meant) == 1:
            table.setdefault(short, next(iter(meant)))
    return table


@cache
def _peoples() -> re.Pattern[str]:
    return re.compile(rf"(?:{lexicons.alternation(lexicons.entries('peoples'))})+(?=自治[区州县旗]$)")


def _short(name: str) -> str:
    """`name` without its peoples and its kind: 循化撒拉族自治县 -> 循化."""
    bare = _SUFFIX.sub("", _peoples().sub("", name))
    return bare if len(bare) >= 2 else name


@cache
def _names() -> frozenset[str]:
    """What counts as a place in running text: full names, short names of cities and provinces, 长阳县, 湘西州."""
    names = {name for name, _ in _rows()}
    cities = {name for name, above in _rows() if above == "中国" or above in _provinces()}
    autonomous = {name for name in names if name.endswith(("自治县", "自治州"))}
    return frozenset(names | {_short(name) for name in cities} | {_short(name) + name[-1] for name in autonomous})
