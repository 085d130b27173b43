"""Text from the picture of a page: which way up it is, the strips of text on it, and the paragraphs they make."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus import ocr_engine as engine
from corpus.ocr_layout import text_of, upright
from corpus.ocr_stamps import without_stamps
from corpus.quality import quality
from corpus.readers.contract import Picture
from corpus.recognition import Recognised

_CERTAIN = 0.5  # strips of which the engine is less sure are dirt, or the rims of stamps
_WITNESSES = 8  # of the longest strips are asked which way up they are
_LYING, _STANDING = 0.5, 0.5  # the share of witnesses that turns the page


def recognise(picture: Picture) -> Recognised:
    """The text of a page, paragraph by paragraph, whichever way the page was scanned."""
    pixels = np.frombuffer(picture.pixels, dtype=np.uint8).reshape(picture.height, picture.width, 3)
    image, corners = _turned(without_stamps(pixels))
    strips = [strip for strip in engine.read(image, upright(corners)) if strip.confidence >= _CERTAIN]
    text, run_on = text_of(strips, (image.shape[1], image.shape[0]))
    return Recognised(text, round(_certainty(strips) * quality(text), 3), run_on)


def _turned(image: engine.Pixels) -> tuple[engine.Pixels, list[engine.Corners]]:
    """The image the right way up, and the strips on it."""
    corners = engine.find(image)
    if not corners:
        return image, []
    witnesses = sorted(corners, key=_length, reverse=True)[:_WITNESSES]
    lying = sum(_is_tall(strip) for strip in witnesses) > _LYING * len(witnesses)
    inverted = engine.upside_down(engine.cut(image, witnesses)) > _STANDING
    if not lying and not inverted:
        return image, corners
    # `cut` turned the strips of a lying page to the left: what then reads well says that the page is turned right.
    turns = (2 * inverted + lying) % 4
    image = np.ascontiguousarray(np.rot90(image, turns))
    return image, engine.find(image)


def _is_tall(corners: engine.Corners) -> bool:
    wide = np.linalg.norm(corners[1] - corners[0])
    return bool(np.linalg.norm(corners[3] - corners[0]) > 1.5 * wide)


def _length(corners: engine.Corners) -> float:
    return float(max(np.linalg.norm(corners[1] - corners[0]), np.linalg.norm(corners[3] - corners[0])))


def _certainty(strips: Sequence[engine.Strip]) -> float:
    letters = sum(len(strip.text) for strip in strips)
    return sum(strip.confidence * len(strip.text) for strip in strips) / letters if letters else 1.0
