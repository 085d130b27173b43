"""The leaves whose text only their picture shows: what was recognised on it takes their place in the reading."""

from __future__ import annotations

from dataclasses import replace

from corpus.document import Reason, Skip
from corpus.readers.contract import Leaf, Reading
from corpus.recognition import Lookup, Recognised, lacking


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
    return replace(reading, leaves=tuple(leaves), skips=reading.skips + tuple(skips))


def _better(leaf: Leaf, found: Recognised) -> Leaf:
    """The recognised page, unless it is blank where the file itself has a few words."""
    if leaf.text and not found.text:
        return replace(leaf, pictured=False)
    return Leaf(found.text, leaf.time, "ocr", found.quality, found.run_on)
