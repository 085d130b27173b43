"""The leaves whose text only their picture shows: what was recognised on it takes their place in the reading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from corpus.document import Reason, Skip
from corpus.readers.contract import Leaf, Reading
from corpus.recognition import Lookup, Recognised, lacking

_RUNNING_LENGTH = 40  # characters of a running line at most
_REPEATED = 0.3  # of the recognised pages, and at least three
_VARYING = re.compile(r"[\d\s]+")


def complete(reading: Reading, content_hash: str, recognised: Lookup) -> Reading:
    """Put recognised text in the place of pictures; each page that still lacks its text becomes a Skip."""
    leaves: list[Leaf] = []
    skips: list[Skip] = []
    for number, leaf in enumerate(reading.leaves, start=1):
        if not leaf.pictured:
            leaves.append(leaf)
            continue
        found = recognised(content_hash, number)
        if found is None:
            skips.append(Skip(reading.name, Reason.OCR_PENDING, lacking(), page=number))
            leaves.append(leaf)
        elif found.reason is not None:
            skips.append(Skip(reading.name, found.reason, "没有做成文字识别", page=number))
            leaves.append(replace(leaf, pictured=False))
        else:
            leaves.append(_better(leaf, found))
    return replace(reading, leaves=_without_running(leaves), skips=reading.skips + tuple(skips))


def _better(leaf: Leaf, found: Recognised) -> Leaf:
    """The recognised page, unless it is blank where the file itself has a few words."""
    if leaf.text and not found.text:
        return replace(leaf, pictured=False)
    return Leaf(found.text, leaf.time, "ocr", found.quality, found.run_on)


def _without_running(leaves: Sequence[Leaf]) -> tuple[Leaf, ...]:
    """The leaves, without the first and last lines that come again on other recognised pages."""
    recognised = [leaf.text.split("\n") for leaf in leaves if leaf.source == "ocr" and leaf.text]
    seen = Counter(form for page in recognised for form in {_form(page[0]), _form(page[-1])})
    needed = max(3, round(_REPEATED * len(recognised)))
    running = {form for form, count in seen.items() if count >= needed and len(form) <= _RUNNING_LENGTH}
    return tuple(_stripped(leaf, running) if leaf.source == "ocr" else leaf for leaf in leaves)


def _stripped(leaf: Leaf, running: set[str]) -> Leaf:
    kept = leaf.text.split("\n")
    kept = kept[1:] if _form(kept[0]) in running else kept
    kept = kept[:-1] if kept and _form(kept[-1]) in running else kept
    return replace(leaf, text="\n".join(kept))


def _form(line: str) -> str:
    return _VARYING.sub("", line)
