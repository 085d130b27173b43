"""A page of an OFD as its images show it: painted on white paper, for recognition."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PIL import Image

from corpus.readers.contract import PICTURE_PIXELS, Blob, Picture, Unreadable
from corpus.readers.image import on_white, opened

_DOTS = 200 / 25.4  # a millimetre, at 200 dots an inch


def painted(size: tuple[float, float], images: Iterable[tuple[Sequence[float], bytes]]) -> Picture:
    """Paint images, each with its box (x, y, width, height) in millimetres, on paper of this size.

    Images that cannot be opened stay blank; raises Unreadable where none can.
    """
    scale = min(_DOTS, (PICTURE_PIXELS / max(1.0, size[0] * size[1])) ** 0.5)
    paper = Image.new("RGB", (max(1, round(size[0] * scale)), max(1, round(size[1] * scale))), "white")
    failure: Unreadable | None = None
    shown = 0
    for (x, y, width, height), data in images:
        box = max(1, round(width * scale)), max(1, round(height * scale))
        try:
            with opened(Blob("", data)) as image:
                paper.paste(on_white(image).resize(box), (round(x * scale), round(y * scale)))
                shown += 1
        except Unreadable as error:
            failure = error
    if not shown and failure:
        raise failure
    return Picture(paper.width, paper.height, paper.tobytes("raw", "BGR"))
