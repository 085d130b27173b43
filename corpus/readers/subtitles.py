"""Subtitles (SRT, VTT, ASS, LRC) and transcripts with a time at the beginning of each line: a leaf for each cue.

What stands before the first cue (title, 来源, who took part) is a first leaf without a time. A cue that does not end
a sentence runs on into the next, so that a phrase across two cues is found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from corpus.document import MetaValue, Reason
from corpus.encoding import decode
from corpus.readers.contract import Blob, Leaf, Limits, Reader, Reading, Unreadable
from corpus.readers.cues import LRC_TAG, Cue, Transcript, form
from corpus.readers.sniff import text_head
from corpus.readers.text import damage
from corpus.title import heading, stem

_LOOKED_AT = 16 * 1024  # bytes: a preamble may take some of them
_ENDS = re.compile(r"[。！？!?…；;][”’」』）)\"']*$")
_SPEAKER = re.compile(r"[【\[（(][^】\]）)]{1,30}[】\])）]|[-—–]\s?\S|[\w·]{1,12}[:：]")
_SCRIPT_TITLE = re.compile(r"^Title:[ \t]*(.+)$", re.MULTILINE)
_VTT_TITLE = re.compile(r"WEBVTT[ \t-]+(.+)")
_NAMED_WORK = re.compile(r"《[^《》]{2,40}》")


def identify(blob: Blob) -> bool:
    """Whether the bytes are text made of cues with times, whatever the name."""
    return _parser(blob) is not None


def read(blob: Blob, _limits: Limits) -> Iterator[Reading]:
    """Yield the preamble and the cues, a leaf each. Raises Unreadable: ENCODING, or NO_TEXT without either."""
    decoded, parse = decode(blob.data), _parser(blob)
    if decoded is None or parse is None:
        raise Unreadable(Reason.ENCODING)
    text = _lines(decoded.text)
    transcript = parse(text)
    cues = _without_repeats(transcript.cues)
    if not cues and not transcript.preamble:
        raise Unreadable(Reason.NO_TEXT)
    following = [*(cue.text for cue in cues[1:]), ""]
    leaves = [
        Leaf(cue.text, time=clock(cue.seconds), run_on=_runs_on(cue.text, after))
        for cue, after in zip(cues, following, strict=False)
    ]
    preamble = [Leaf(transcript.preamble)] if transcript.preamble else []
    stated = _stated(text[:4096])
    title = stated.get("ti") or heading(transcript.preamble) or _shown_title(cues) or stem(blob.name)
    meta = {"author": MetaValue(stated["ar"], "markup")} if stated.get("ar") else {}
    skips = (damage(blob, decoded.replaced),) if decoded.replaced else ()
    yield Reading(blob.name, (*preamble, *leaves), title, meta, skips)


def clock(seconds: int) -> str:
    """Seconds from the beginning as "00:12:31"."""
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _parser(blob: Blob) -> Callable[[str], Transcript] | None:
    return form(_lines(text_head(blob.data, _LOOKED_AT)))


def _lines(text: str) -> str:
    """The text with line feeds as its only line breaks."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _without_repeats(cues: list[Cue]) -> list[Cue]:
    """The cues without what roll-up captions show again: the same text, or the end of the cue before."""
    kept: list[Cue] = []
    last = ""  # what the screen showed before
    for cue in cues:
        fresh = cue.text
        if last and fresh.startswith(last):
            fresh = fresh[len(last) :].strip()
        elif last.endswith(fresh):
            fresh = ""
        last = cue.text
        if fresh:
            kept.append(Cue(cue.seconds, fresh))
    return kept


def _runs_on(text: str, following: str) -> bool:
    """Whether the sentence goes on in the next cue: it does not end, and nobody else begins to speak."""
    return not _ENDS.search(text) and not _SPEAKER.match(following)


def _stated(head: str) -> dict[str, str]:
    """What the tags of an LRC file, or the head of an ASS or VTT file, state: the title as "ti", the author as "ar"."""
    stated = {match[1].lower(): match[2].strip() for match in LRC_TAG.finditer(head)}
    script = _SCRIPT_TITLE.search(head) if "[Script Info]" in head[:200] else _VTT_TITLE.match(head)
    return {"ti": script[1].strip(), **stated} if script else stated


def _shown_title(cues: list[Cue]) -> str | None:
    """The first thing that a film shows, where it names the film: 警示教育片《粮仓里的算盘》."""
    first = cues[0].text if cues else ""
    return first if _NAMED_WORK.search(first) and heading(first) == first else None


READER = Reader("subtitles", 2, identify, read)
