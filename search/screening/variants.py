"""Other ways in which a name may stand in a document, each with the way it differs. All strings are folded.

Traditional and full-width characters need no variants: folding has made them one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from indexer.fold import SPACE

DOTS = ("·", ".", "", SPACE)  # what stands between the parts of a name like 买买提·吐尔逊
_PARTED = re.compile(f"[·.{SPACE} ]")
_LONGEST_CHINESE = 4  # characters; a longer name of Han characters is one that is written with dots
_BLANKS = 3  # blanks between the characters of a name of two, as notices set it: 张␣␣三


class Kind(StrEnum):
    """In what a writing differs from the name asked for."""

    EXACT = "exact"
    ALIAS = "alias"
    SPACING = "spacing"
    VARIANT = "variant"
    LOOKALIKE = "lookalike"
    HOMOPHONE = "homophone"
    NEAR_HOMOPHONE = "near_homophone"

    @property
    def label(self) -> str:
        """The kind in the user's words."""
        return _LABELS[self]

    @property
    def is_same_name(self) -> bool:
        """Whether such a writing is the same name without doubt, and not one that only resembles it."""
        return self in {Kind.EXACT, Kind.ALIAS, Kind.SPACING, Kind.VARIANT}


_LABELS: Mapping[Kind, str] = {
    Kind.EXACT: "姓名完全一致",
    Kind.ALIAS: "别名、曾用名",
    Kind.SPACING: "空格或间隔号不同",
    Kind.VARIANT: "异体字",
    Kind.LOOKALIKE: "形近字（抄写或文字识别易错）",
    Kind.HOMOPHONE: "同音字",
    Kind.NEAR_HOMOPHONE: "同音不同调",
}


@dataclass(frozen=True, slots=True)
class Writing:
    """A way a name may be written, folded, and in what it differs."""

    text: str
    kind: Kind


def writings(name: str, others: Iterable[str], homophones: Homophones) -> tuple[Writing, ...]:
    """The ways to look for: the name itself, the `others` it is known by, and what may stand for it; each text once."""
    found: dict[str, Kind] = {}
    for kind, texts in (
        (Kind.EXACT, (name,)),
        (Kind.ALIAS, others),
        (Kind.SPACING, spaced(name)),
        (Kind.VARIANT, exchanged(name, _groups("variant_characters"))),
        (Kind.LOOKALIKE, exchanged(name, _groups("lookalikes"))),
        (Kind.HOMOPHONE, homophones.alike(name, tones=True)),
        (Kind.NEAR_HOMOPHONE, homophones.alike(name, tones=False)),
    ):
        for text in texts:
            found.setdefault(text, kind)
    return tuple(Writing(text, kind) for text, kind in found.items())


def spaced(name: str) -> Iterator[str]:
    """The name with blanks or dots where it has none, or without those it has."""
    parts = [part for part in _PARTED.split(name) if part]
    if len(parts) > 1:
        for dot in DOTS:
            yield dot.join(parts)
    elif len(name) == 2:
        yield from (name[0] + SPACE * count + name[1] for count in range(1, _BLANKS + 1))
    elif len(name) <= _LONGEST_CHINESE:
        yield from (name[:at] + SPACE + name[at:] for at in range(1, len(name)))
        yield SPACE.join(name)
    if len(parts) == 1 and len(name) >= _LONGEST_CHINESE:
        yield from (name[:at] + dot + name[at:] for at in range(1, len(name)) for dot in "·.")


def exchanged(name: str, groups: Mapping[str, str]) -> Iterator[str]:
    """The names that differ from this one in a single character, which stands in one group with the other."""
    for at, character in enumerate(name):
        for other in groups.get(character, ""):
            yield name[:at] + other + name[at + 1 :]


@cache
def _groups(lexicon: str) -> Mapping[str, str]:
    """The characters that may stand for each, of a lexicon with a group a line."""
    lines = files("search").joinpath(f"lexicon/{lexicon}.txt").read_text(encoding="utf-8").splitlines()
    others: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for group in lines:
        if not group.startswith("#"):
            for character in group:
                others[character].update((other, None) for other in group if other != character)
    return {character: "".join(found) for character, found in others.items()}


class Homophones:
    """The names that a library knows, by their sound. Sounds: pypinyin's first reading of each character."""

    def __init__(self, names: Iterable[str]) -> None:
        self._toned: defaultdict[str, list[str]] = defaultdict(list)
        self._toneless: defaultdict[str, list[str]] = defaultdict(list)
        for name in sorted(set(names)):
            toned, toneless = sound(name)
            if toned:
                self._toned[toned].append(name)
                self._toneless[toneless].append(name)

    def alike(self, name: str, *, tones: bool) -> list[str]:
        """The names of the library that sound like this one, with their tones or without them; in order."""
        toned, toneless = sound(name) if self._toned else ("", "")
        found = self._toned.get(toned, ()) if tones else self._toneless.get(toneless, ())
        return [other for other in found if other != name] if toned else []


def sound(name: str) -> tuple[str, str]:
    """(sound with tones, sound without) of a name of Han characters, a blank between syllables; else ("", "")."""
    readings = [_reading(character) for character in name]
    if not all(toned for toned, _ in readings):
        return "", ""
    return " ".join(toned for toned, _ in readings), " ".join(toneless for _, toneless in readings)


@cache
def _reading(character: str) -> tuple[str, str]:
    from pypinyin import Style, pinyin  # slow to load, and only screening needs tones

    from indexer.pinyin import spell

    if not spell(character)[0]:
        return "", ""
    toned = pinyin(character, style=Style.TONE3, neutral_tone_with_five=True)[0][0]
    return toned, spell(character)[0]
