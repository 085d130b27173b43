"""Names of people: where a name that begins somewhere ends, told by the whole document.

The model alone cuts 蓝文全违规 after 蓝文. A document says a name several times with different words after it; what all
of them share is the name.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from indexer.extract import lexicons, tagger
from indexer.extract.extraction import Span

_HAN = r"[\u4e00-\u9fff\u3400-\u4dbf\U00020000-\U0002ffff〇]"
_DOTTED = re.compile(rf"{_HAN}{{1,7}}(?:[·•・‧]{_HAN}{{1,7}}){{1,3}}")
_DOT = re.compile(r"[·•・‧]")
_SPACED = re.compile(rf"{_HAN}[ \u3000]{_HAN}(?!{_HAN})")
_MASKED = re.compile(rf"某某|某[甲乙丙丁ABCD0-9]|某{_HAN}?")
_END = re.compile(r"$|[^\u4e00-\u9fff]")
_MAX_VOTES = 12


@dataclass(frozen=True, slots=True)
class People:
    """What a text knows of its people: the stretches the tagger takes for names, start to end."""

    text: str
    tagged: dict[int, int]
    votes: Counter[str]

    def name_at(self, start: int) -> Span | None:
        """The name that begins at `start`, or None if no name can begin there."""
        text = self.text
        if masked := _masked(text, start):
            return start, masked
        if (dotted := _DOTTED.match(text, start)) and dotted.end() > start:
            return start, self._dotted_end(start, dotted.end())
        if _SPACED.match(text, start) and text[start] in surnames():
            return start, start + 3
        lengths = _lengths(text, start)
        tagged = self.tagged.get(start)
        if tagged is not None and tagged - start not in lengths and 2 <= tagged - start <= 7:
            return start, tagged
        if not lengths or not (tagged or self._likely(start, lengths)):
            return None
        return start, start + self._length(start, lengths)

    def _likely(self, start: int, lengths: tuple[int, ...]) -> bool:
        """Whether a stretch the tagger took for no name is one all the same: it comes again or a name's verb follows."""
        for length in lengths:
            name = self.text[start : start + length]
            if self.votes[name] or (_follows(self.text, start + length) and self.text.count(name) > 1):
                return True
        return False

    def _length(self, start: int, lengths: tuple[int, ...]) -> int:
        """The length of the name, which the places where it stands agree on."""
        text = self.text
        short, long = lengths[0], lengths[-1]
        if short == long:
            return short
        shorter, longer = text[start : start + short], text[start : start + long]
        if text.count(longer) < text.count(shorter):
            tagged = self.tagged.get(start)
            both_are_names = self.votes[longer] and self.votes[shorter] <= self.votes[longer]
            if not (tagged == start + long and both_are_names):
                return short
            return long
        return short if self._weight(shorter) > self._weight(longer) else long

    def _weight(self, name: str) -> float:
        """How much speaks for `name` being whole: the tagger's word, and what follows it."""
        weight, at = float(min(self.votes[name], _MAX_VOTES)), -1
        for _ in range(_MAX_VOTES):
            at = self.text.find(name, at + 1)
            if at < 0:
                break
            weight += _follows(self.text, at + len(name))
        return weight

    def _dotted_end(self, start: int, end: int) -> int:
        """Where the last part of a dotted name ends: 阿卜杜拉·买买提违规 ends before 违规."""
        last = start + max(match.end() for match in _DOT.finditer(self.text[start:end]))
        tagged = self.tagged.get(start)
        if tagged is not None and tagged > last:
            return tagged
        name = self.text[start:end]
        for stop in range(last + 2, end):
            if _follows(self.text, stop) == 1.0 or self.text.count(self.text[start : stop + 1]) < self.text.count(
                self.text[start:stop]
            ):
                return stop
        return start + len(name)


def read(text: str, words: tuple[tagger.Word, ...]) -> People:
    """The people of `text`, of which `words` are the tagged words (of all of it or of the parts that matter)."""
    tagged = {word.start: word.end for word in words if word.tag == "PER" and word.end - word.start > 1}
    return People(text, tagged, Counter(text[start:end] for start, end in tagged.items()))


@cache
def surnames() -> frozenset[str]:
    """The surnames, of one character and of two."""
    lines = files("indexer").joinpath("lexicon/surnames.txt").read_text(encoding="utf-8").splitlines()
    single = "".join(line for line in lines if not line.startswith("#"))
    return frozenset(single) | frozenset(lexicons.entries("surnames"))


def _lengths(text: str, start: int) -> tuple[int, ...]:
    """The lengths that a name of Chinese form may have here."""
    run = re.compile(rf"{_HAN}{{2,4}}").match(text, start)
    if run is None:
        return ()
    room = run.end() - start
    if text[start : start + 2] in surnames():
        return tuple(length for length in (3, 4) if length <= room)
    if text[start] in surnames():
        return tuple(length for length in (2, 3) if length <= room)
    return ()


def _masked(text: str, start: int) -> int | None:
    """The end of a name that is not told: 张某, 朱某某, 王某甲, 欧阳某, 李某林."""
    for length in (2, 1):
        if text[start : start + length] in surnames() and (match := _MASKED.match(text, start + length)):
            end = match.end()
            if end - match.start() == 2 and text[end - 1] not in "某甲乙丙丁ABCD0123456789":
                longer, shorter = text[start:end], text[start : end - 1]
                if text.count(longer) < text.count(shorter) or text.count(longer) < 2 or _follows(text, end - 1) == 1.0:
                    end -= 1
            return end
    return None


def _follows(text: str, at: int) -> float:
    """1 where a word that follows names, or no character of a word, stands at `at`; ½ for one that may be in a name."""
    if _END.match(text, at):
        return 1.0
    match = _after().match(text, at)
    return 0.0 if match is None else 1.0 if match.end() - at > 1 else 0.5


@cache
def _after() -> re.Pattern[str]:
    return re.compile(lexicons.alternation(lexicons.entries("after_name")))
