"""Presentations: pptx, ppt and WPS dps. Each slide is a leaf, with its notes."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.document import MetaValue, Reason, Skip
from corpus.readers import ole, slides_ppt, slides_pptx
from corpus.readers.contract import Blob, Leaf, Limits, Reader, Reading, Unreadable
from corpus.readers.package import child, open_package
from corpus.readers.sniff import extension, is_zip, zip_names
from corpus.title import printed

_PPTX = frozenset({"pptx", "pptm", "ppsx", "potx"})
_PPT = frozenset({"ppt", "pps", "dps", "dpt"})


def identify(blob: Blob) -> bool:
    """Whether the bytes hold a presentation; broken ones go by their name."""
    ending = extension(blob.name)
    if is_zip(blob.data):
        names = zip_names(blob.data)
        return any(name.lower() == "ppt/presentation.xml" for name in names) if names else ending in _PPTX
    if ole.is_ole(blob.data):
        names = ole.streams(blob.data)
        if ole.is_locked(names):
            return ending in _PPTX
        return "powerpoint document" in names if names else ending in _PPT
    return False


def read(blob: Blob, _limits: Limits) -> Iterator[Reading]:
    """Yield the presentation. Raises Unreadable: ENCRYPTED or BROKEN."""
    leaves: list[Leaf] = []
    skips: list[Skip] = []
    title: str | None = None
    meta: dict[str, MetaValue] = {}
    if is_zip(blob.data):
        package = open_package(blob.data)
        found = slides_pptx.slides(package)
        if "docProps/core.xml" in package:
            stated = child(package.xml("docProps/core.xml"), "title")
            title = (stated.text or None) if stated is not None else None
    elif ole.is_locked(ole.streams(blob.data)):
        raise Unreadable(Reason.ENCRYPTED)
    else:
        compound = ole.open_ole(blob.data)
        found = slides_ppt.slides(compound)
        title, meta = ole.properties(compound)
    for number, slide in enumerate(found, start=1):
        if isinstance(slide, Unreadable):
            skips.append(Skip(blob.name, slide.reason, slide.detail, page=number))
        leaves.append(Leaf("" if isinstance(slide, Unreadable) else slide))
    first = leaves[0].text if leaves else ""
    yield Reading(blob.name, tuple(leaves), printed(title, first), meta, tuple(skips))


READER = Reader("slides", 1, identify, read)
