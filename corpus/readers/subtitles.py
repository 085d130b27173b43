"""Subtitles (SRT, VTT, ASS, LRC) and transcripts with a time at the beginning of each line: a leaf for each cue.

A cue that does not end a sentence runs on into the next, so that a phrase across two cues is found.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from corpus.document import MetaValue, Reason
from corpus.encoding import decode
from corpus.readers.contract import Blob, Leaf, Limits, Reader, Reading, Unreadable
from corpus.readers.sniff import text_head

_CLOCK = r"(?:(\d{1,3})[:：])?(\d{1,3})[:：]([0-5]?\d)(?:[.,:]\d{1,3})?"
_ARROW = re.compile(rf"^[ \t]*{_CLOCK}[ \t]*-->[ \t]*{_CLOCK}.*$", re.MULTILINE)
_DIALOGUE = re.compile(rf"^Dialogue:[^,\n]*,\s*{_CLOCK},", re.MULTILINE)
#: A time at the beginning of a line, in brackets or not: [00:12:31] （00:12） 00:12:31.
_STAMP = re.compile(
    rf"[ \t]*(?:[\[【(（<]\s*{_CLOCK}(?:\s*[-—–~至]+\s*{_CLOCK})?\s*[\]】)）>]|{_CLOCK}(?![\d:：]))[ \t:：、,，]*"
)
_LRC_TAG = re.compile(r"\[(ti|ar|al|by|offset|re|ve|length|au|la):([^\]\n]*)\]\s*", re.IGNORECASE)
_MARKUP = re.compile(r"</?[a-zA-Z][^<>\n]*>|</?\d[\d:.]*>|\{[\\*][^{}]*\}")
_EMPTY_LINE = re.compile(r"\n[ \t]*(?=\n)")
_NUMBER_BELOW = re.compile(r"\n[ \t]*\d+[ \t]*\n?$")
_ENDS = re.compile(r"[。！？!?…；;][”’」』）)\"']*$")
_SHARE = 0.6  # of the lines that have text: this many begin with a time in a transcript
_LEAST = 3  # cues a file needs to be told from a text that mentions a time


@dataclass(frozen=True, slots=True)
class _Cue:
    seconds: int
    text: str


def identify(blob: Blob) -> bool:
    """Whether the bytes are text made of cues with times, whatever the name."""
    return _form(text_head(blob.data, 8192)) is not None


def read(blob: Blob, _limits: Limits) -> Iterator[Reading]:
    """Yield the cues, a leaf each. Raises Unreadable: ENCODING, or NO_TEXT without any cue."""
    decoded = decode(blob.data)
    if decoded is None:
        raise Unreadable(Reason.ENCODING)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    form = _form(text[:8192])
    cues = _without_repeats(form(text)) if form else []
    if not cues:
        raise Unreadable(Reason.NO_TEXT)
    leaves = tuple(Leaf(cue.text, time=clock(cue.seconds), run_on=not _ENDS.search(cue.text)) for cue in cues)
    title, meta = _heading(text)
    yield Reading(blob.name, leaves, title, meta)


def clock(seconds: int) -> str:
    """Seconds from the beginning as "00:12:31"."""
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _form(head: str) -> Callable[[str], list[_Cue]] | None:
    """The parser for a text that begins like this; None where it is no list of cues."""
    if head.lstrip().startswith(("<", "{\\rtf")):
        return None
    if _ARROW.search(head):
        return _arrows
    if _DIALOGUE.search(head) or "[Script Info]" in head[:200]:
        return _dialogues
    lines = [line for line in head.split("\n") if line.strip() and not _LRC_TAG.match(line)]
    stamped = sum(_STAMP.match(line) is not None for line in lines)
    return _stamped if stamped >= _LEAST and stamped >= _SHARE * _paragraphs(lines) else None


def _paragraphs(lines: list[str]) -> int:
    """How many lines should begin with a time: those right below a time that stands alone should not."""
    alone = sum(match.end() == len(line.rstrip()) for line in lines if (match := _STAMP.match(line)))
    return len(lines) - alone


def _arrows(text: str) -> list[_Cue]:
    """SRT and VTT: the lines below an arrow up to an empty line, or up to the number of the next cue."""
    matches = list(_ARROW.finditer(text))
    ends = [match.start() for match in matches[1:]] + [len(text)]
    cues = []
    for match, end in zip(matches, ends, strict=True):
        shown, empty, _ = _EMPTY_LINE.sub("\0", text[match.end() : end]).partition("\0")
        cues += _cue(match.groups()[:3], shown if empty or end == len(text) else _NUMBER_BELOW.sub("", shown))
    return cues


def _dialogues(text: str) -> list[_Cue]:
    """ASS and SSA: the text is the last of the fields that the Format line of [Events] names."""
    fields = 10
    cues = []
    for line in text.split("\n"):
        name, _, rest = line.partition(":")
        if name.strip() == "Format":
            fields = len(rest.split(","))
        elif match := _DIALOGUE.match(line):
            values = rest.split(",", fields - 1)
            if len(values) == fields and not re.search(r"\\p[1-9]", values[-1]):  # a drawing is no text
                cues += _cue(match.groups()[:3], re.sub(r"\\[Nnh]", "\n", values[-1]))
    return sorted(cues, key=lambda cue: cue.seconds)


def _stamped(text: str) -> list[_Cue]:
    """LRC and transcripts: a line may begin with several times; lines without one belong to the cue above.

    The lines stay in their order, for one file may hold several recordings; but not where a line has several times.
    """
    cues: list[_Cue] = []
    repeated = False
    times: list[int] = []
    words: list[str] = []
    for line in [*text.split("\n"), "00:00"]:
        if _LRC_TAG.match(line):
            continue
        begun, rest = _stamps(line)
        if begun:
            cues += [cue for time in times for cue in _cue((None, "0", str(time)), "\n".join(words))]
            times, words = begun, [rest]
            repeated = repeated or len(begun) > 1
        else:
            words.append(line)
    return sorted(cues, key=lambda cue: cue.seconds) if repeated else cues


def _stamps(line: str) -> tuple[list[int], str]:
    """The times that a line begins with, and what follows them."""
    times: list[int] = []
    while match := _STAMP.match(line):
        groups = match.groups()
        times.append(_seconds(groups[:3] if groups[1] is not None else groups[6:9]))
        line = line[match.end() :]
        if groups[1] is None:
            break  # a time without brackets stands once
    return times, line


def _cue(time: tuple[str | None, ...], raw: str) -> list[_Cue]:
    shown = (html.unescape(_MARKUP.sub("", line)).strip() for line in raw.split("\n"))
    text = _joined([line for line in shown if line])
    return [_Cue(_seconds(time), text)] if text else []


def _joined(lines: list[str]) -> str:
    """The lines of one cue as one: a space only between Latin words."""
    text = ""
    for line in lines:
        text += (" " if text and text[-1].isascii() and line[0].isascii() else "") + line
    return text


def _seconds(groups: tuple[str | None, ...]) -> int:
    hours, minutes, seconds = groups
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)


def _without_repeats(cues: list[_Cue]) -> list[_Cue]:
    """The cues without what roll-up captions show again: the same text, or the end of the cue before."""
    kept: list[_Cue] = []
    last = ""  # what the screen showed before
    for cue in cues:
        fresh = cue.text
        if last and fresh.startswith(last):
            fresh = fresh[len(last) :].strip()
        elif last.endswith(fresh):
            fresh = ""
        last = cue.text
        if fresh:
            kept.append(_Cue(cue.seconds, fresh))
    return kept


def _heading(text: str) -> tuple[str | None, dict[str, MetaValue]]:
    """Title and author of an LRC file, or the title of an ASS script."""
    stated = {match[1].lower(): match[2].strip() for match in _LRC_TAG.finditer(text[:4096])}
    script = re.search(r"^Title:[ \t]*(.+)$", text[:4096], re.MULTILINE) if "[Script Info]" in text[:200] else None
    title = stated.get("ti") or (script[1].strip() if script else "")
    return title or None, {"author": MetaValue(stated["ar"], "markup")} if stated.get("ar") else {}


READER = Reader("subtitles", 1, identify, read)
