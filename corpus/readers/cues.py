"""The forms in which a transcript is written (SRT and VTT, ASS, LRC and stamped lines), each parsed to the same cues.

What stands before the first cue is kept apart; what stands between and after cues belongs to the cue above it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

_CLOCK = r"(?:(\d{1,3})[:：])?(\d{1,3})[:：]([0-5]?\d)(?:[.,:]\d{1,3})?"
_ARROW = re.compile(rf"^[ \t]*{_CLOCK}[ \t]*-->[ \t]*{_CLOCK}.*$", re.MULTILINE)
_DIALOGUE = re.compile(rf"^Dialogue:[^,\n]*,\s*{_CLOCK},", re.MULTILINE)
#: A time at the beginning of a line, in brackets or not: [00:12:31] （00:12） 00:12:31.
_STAMP = re.compile(
    rf"[ \t]*(?:[\[【(（<]\s*{_CLOCK}(?:\s*[-—–~至]+\s*{_CLOCK})?\s*[\]】)）>]|{_CLOCK}(?![\d:：]))[ \t:：、,，]*"
)
LRC_TAG = re.compile(r"\[(ti|ar|al|by|offset|re|ve|length|au|la):([^\]\n]*)\]\s*", re.IGNORECASE)
_MARKUP = re.compile(r"</?[a-zA-Z][^<>\n]*>|</?\d[\d:.]*>|\{[\\*][^{}]*\}")
_EMPTY_LINES = re.compile(r"\n[ \t]*\n")
_NUMBER = re.compile(r"(?:^|\n)[ \t]*\d+[ \t]*\n?$")
_IDENTIFIER = re.compile(r"(?:^|\n[ \t]*\n)[^\n]*\n?$")
_VTT_BLOCK = re.compile(r"(?:WEBVTT|NOTE|STYLE|REGION)(?:[ \t\n]|$)")
_ASS_BEGINS = re.compile(r"^(?:\[|;|[A-Za-z][A-Za-z ]*:)", re.MULTILINE)

_SHARE = 0.6  # of the lines that have text: this many begin with a time in a transcript
_SHARE_IN_BRACKETS = 0.25  # where times are in brackets: speakers may go on for some paragraphs
_LEAST = 3  # cues a file needs to be told from a text that mentions a time


@dataclass(frozen=True, slots=True)
class Cue:
    """What is said from a time on. Paragraphs are parted by line breaks."""

    seconds: int
    text: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """`preamble` is what stands before the first cue, its lines as they are; "" for nothing."""

    preamble: str
    cues: list[Cue]


def form(head: str) -> Callable[[str], Transcript] | None:
    """The parser for a text that begins like this, with line feeds as line breaks; None where it is no transcript."""
    if head.lstrip().startswith(("<", "{\\rtf")):
        return None
    if _ARROW.search(head):
        return _arrows
    if _DIALOGUE.search(head) or "[Script Info]" in head[:200]:
        return _dialogues
    return _stamped if _is_stamped(head) else None


def _is_stamped(head: str) -> bool:
    """Whether enough lines begin with a time. A preamble counts only against times that could be anything (09:30)."""
    lines = [line for line in head.split("\n") if line.strip() and not LRC_TAG.match(line)]
    stamps = [(number, match) for number, line in enumerate(lines) if (match := _STAMP.match(line))]
    if len(stamps) < _LEAST:
        return False
    first, stamp = stamps[0]
    bracketed, hours = stamp[2] is not None, stamp[7]
    counted = lines[first:] if bracketed or hours else lines
    # The line right below a time that stands alone should not begin with one.
    alone = sum(match.end() == len(match.string.rstrip()) for _, match in stamps)
    return len(stamps) >= (_SHARE_IN_BRACKETS if bracketed else _SHARE) * (len(counted) - alone)


def _arrows(text: str) -> Transcript:
    """SRT and VTT: what stands below an arrow, up to the number or the identifier above the next one."""
    is_vtt = text.startswith("WEBVTT")
    matches = list(_ARROW.finditer(text))
    if not matches:  # the head was taken for another encoding's
        return Transcript(text.strip(), [])
    bounds = [(match.end(), following.start()) for match, following in pairwise(matches)]
    cues = [
        cue
        for match, (start, end) in zip(matches, [*bounds, (matches[-1].end(), len(text))], strict=True)
        for cue in _cue(match.groups()[:3], _above_arrow(text[start:end], is_vtt=is_vtt, last=end == len(text)))
    ]
    return Transcript(_above_arrow(text[: matches[0].start()], is_vtt=is_vtt, last=False).strip(), cues)


def _above_arrow(text: str, *, is_vtt: bool, last: bool) -> str:
    """What is shown of the text up to an arrow: without the number of that cue, and without what VTT keeps hidden."""
    if not last:
        text = (_IDENTIFIER if is_vtt and _EMPTY_LINES.search(text) else _NUMBER).sub("", text)
    if is_vtt:
        text = "\n\n".join(block for block in _EMPTY_LINES.split(text) if not _VTT_BLOCK.match(block.lstrip("\n")))
    return text


def _dialogues(text: str) -> Transcript:
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
    return Transcript(_ASS_BEGINS.split(text, maxsplit=1)[0].strip(), sorted(cues, key=lambda cue: cue.seconds))


def _stamped(text: str) -> Transcript:
    """LRC and transcripts: a line may begin with several times; lines without one belong to the cue above.

    The lines stay in their order, for one file may hold several recordings; but not where a line has several times.
    """
    cues: list[Cue] = []
    repeated = False
    times: list[int] = []
    words: list[str] = []
    preamble: list[str] = []
    for line in [*text.split("\n"), "00:00"]:
        if LRC_TAG.match(line):
            continue
        begun, rest = _stamps(line)
        if begun:
            if not times:
                preamble = words
            cues += [cue for time in times for cue in _cue((None, "0", str(time)), "\n".join(words))]
            times, words = begun, [rest]
            repeated = repeated or len(begun) > 1
        else:
            words.append(line)
    ordered = sorted(cues, key=lambda cue: cue.seconds) if repeated else cues
    return Transcript("\n".join(preamble).strip(), ordered)


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


def _cue(time: tuple[str | None, ...], raw: str) -> list[Cue]:
    """One cue, or none without text. Lines are joined; an empty line begins a new paragraph."""
    paragraphs = (_joined(_shown(paragraph)) for paragraph in _EMPTY_LINES.split(raw))
    text = "\n".join(filter(None, paragraphs))
    return [Cue(_seconds(time), text)] if text else []


def _shown(raw: str) -> list[str]:
    """The lines that have text, without markup."""
    lines = (html.unescape(_MARKUP.sub("", line)).strip() for line in raw.split("\n"))
    return [line for line in lines if line]


def _joined(lines: list[str]) -> str:
    """The lines of one paragraph as one: a space only between Latin words."""
    text = ""
    for line in lines:
        text += (" " if text and text[-1].isascii() and line[0].isascii() else "") + line
    return text


def _seconds(groups: tuple[str | None, ...]) -> int:
    hours, minutes, seconds = groups
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
