"""Names of people: where a name that begins somewhere ends, told by the whole document.

The model alone cuts 卢文全违规 after 卢文. A document says a name several times with different words after it; what all
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

#: A character of a name.
HAN = r"[\u4e00-\u9fff\u3400-\u4dbf\U00020000-\U0002ffff〇]"
_DOTTED = re.compile(rf"{HAN}{{1,7}}(?:[·•・‧]{HAN}{{1,7}}){{1,3}}")
_DOT = re.compile(r"[·•・‧]")
_SPACED = re.compile(rf"{HAN}[ \u3000]{HAN}(?!{HAN})")
_MASKED = re.compile(rf"某某|某[甲乙丙丁ABCD0-9]|某{HAN}?")
_END = re.compile(r"$|[^\u4e00-\u9fff]")
_MAX_VOTES = 12
#: Surnames that are far more often verbs where a name could stand: 交警查酒驾.
_RATHER_A_VERB = frozenset("查")
_VERBAL = frozenset({"v", "vn", "vd", "d", "p", "c", "m", "q", "r", "t", "TIME"})
#: Longest name without dots that is taken from the tagger, in characters.
_LONGEST = 7


@dataclass(frozen=True, slots=True)
class People:
    """What a text knows of its people: the stretches the tagger takes for names, start to end.

    `others` are the other words of several characters that the tagger sees, by their start.
    """

    text: str
    tagged: dict[int, int]
    others: dict[int, tagger.Word]
    votes: Counter[str]

    def name_at(self, start: int) -> Span | None:
        """The name that begins at `start`, or None if no name can begin there."""
        if (after := _after().match(self.text, start)) and after.end() - start > 1:
            return None
        end = self._marked_end(start)
        if end is not None:
            return start, end
        lengths = _lengths(self.text, start)
        if lengths and (start in self.tagged or self._likely(start, lengths)):
            return start, start + self._length(start, lengths)
        return None

    def _marked_end(self, start: int) -> int | None:
        """The end of a name whose form shows it: 张某, 阿卜杜拉·买买提, 柳 妍; or of one that only the tagger knows."""
        if masked := _masked(self.text, start):
            return masked
        if dotted := _DOTTED.match(self.text, start):
            return self._dotted_end(start, dotted.end())
        if _SPACED.match(self.text, start) and self.text[start] in surnames():
            return start + 3
        tagged = self.tagged.get(start)
        foreign = tagged is not None and not _lengths(self.text, start) and tagged - start <= _LONGEST
        return tagged if foreign else None

    def names(self) -> list[Span]:
        """The names of Chinese form that the tagger sees, in order."""
        found: dict[int, Span] = {}
        for start in sorted(self.tagged):
            if _may_begin(self.text, start) and (name := self.name_at(start)):
                found.setdefault(name[0], name)
        return list(found.values())

    def _likely(self, start: int, lengths: tuple[int, ...]) -> bool:
        """Whether what the tagger took for no name is one all the same: it comes again or a name's verb follows."""
        if self.text[start] in _RATHER_A_VERB:
            return False
        for length in lengths:
            name, follows = self.text[start : start + length], _follows(self.text, start + length)
            if self.votes[name]:
                return True
            other = self.others.get(start)
            # a rare name of three characters is taken for a word, though hardly for a verb
            whole = other is not None and other.end == start + length == start + 3 and other.tag not in _VERBAL
            if not whole and any(at in self.others for at in range(start, start + length)):
                continue
            if follows == 1.0 or (follows and self.text.count(name) > 1):
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
        after_short, after_long = self._followed(shorter), self._followed(longer)
        if after_short == 0 and after_long >= 2:
            return long
        ahead = self._votes(shorter) + after_short > self._votes(longer) + after_long
        return short if ahead else long

    def _votes(self, name: str) -> int:
        return min(self.votes[name], _MAX_VOTES)

    def _followed(self, name: str) -> float:
        """How often a word that follows names stands after `name`."""
        total, at = 0.0, -1
        for _ in range(_MAX_VOTES):
            at = self.text.find(name, at + 1)
            if at < 0:
                break
            total += _follows(self.text, at + len(name))
        return total

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
    for pattern in _formulas():
        for match in pattern.finditer(text):
            tagged.setdefault(*match.span(1))
    others = {word.start: word for word in words if word.tag != "PER" and word.end - word.start > 1}
    return People(text, tagged, others, Counter(text[start:end] for start, end in tagged.items()))


@cache
def _formulas() -> tuple[re.Pattern[str], ...]:
    """Where only a person's name can stand, also one that is a word (高峰): formulas of notices, names in a table."""
    surname = lexicons.alternation(surnames())
    return (
        re.compile(
            rf"(?:^|[，。；：\n\u3000 ]|被告人|上诉人)((?:{surname}){HAN}{{1,2}}?)"
            r"(?=在?(?:先后)?(?:利用)?担任|利用职务|身为|理想信念|丧失理想|犯(?:受贿|贪污|滥用|玩忽)|严重违反|涉嫌(?:严重|受贿|贪污)|，[男女]，)"
        ),
        re.compile(rf"(?<![\u4e00-\u9fff])((?:{surname})[ \u3000]{HAN})(?=[ \u3000]+[\u4e00-\u9fff]{{5}})"),
    )


@cache
def surnames() -> frozenset[str]:
    """The surnames, of one character and of two."""
    lines = files("indexer").joinpath("lexicon/surnames.txt").read_text(encoding="utf-8").splitlines()
    single = "".join(line for line in lines if not line.startswith("#"))
    return frozenset(single) | frozenset(lexicons.entries("surnames"))


def _may_begin(text: str, start: int) -> bool:
    """Whether a name of Chinese form may begin at `start`."""
    return bool(_lengths(text, start)) or _masked(text, start) is not None or _SPACED.match(text, start) is not None


def _lengths(text: str, start: int) -> tuple[int, ...]:
    """The lengths that a name of Chinese form may have here."""
    run = re.compile(rf"{HAN}{{2,4}}").match(text, start)
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
