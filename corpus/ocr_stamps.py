"""Red stamps on a page are taken off before its text is recognised: the print below them is black, and stays.

Red print is not touched: the letters of a letterhead are smaller than a stamp, and its rule is longer than high.
"""

from __future__ import annotations

import cv2
import numpy as np

from corpus.ocr_engine import Pixels

_RED = 40  # levels by which the red of a pixel exceeds its green and blue
_COARSE = 4  # pixels that are looked at as one
_GAP = 5  # coarse pixels between the parts of one stamp
_MARGIN = _GAP * _COARSE  # by which a box is larger than what is in it
_SMALLEST, _LARGEST = 0.09, 0.4  # of the page's width
_FLATTEST = 0.6  # of a stamp's longer side is its shorter one


def without_stamps(image: Pixels) -> Pixels:
    """The image with white in the place of stamps; the very same image where there are none."""
    excess = image[:, :, 2].astype(np.int16) - np.maximum(image[:, :, 0], image[:, :, 1])
    red = (excess > _RED).astype(np.uint8)
    stamps = _stamps(red)
    if not stamps:
        return image
    cleaned = image.copy()
    for left, top, right, bottom in stamps:
        area, mask = cleaned[top:bottom, left:right], red[top:bottom, left:right] > 0
        levels = area[:, :, 2][mask]
        ink = max(1.0, float(np.percentile(levels, 75)))
        area[mask] = np.minimum(255.0, levels * (255.0 / ink)).astype(np.uint8)[:, None]
    return cleaned


def _stamps(red: Pixels) -> list[tuple[int, int, int, int]]:
    """Left, top, right and bottom of what looks like a stamp: red, about as high as wide, neither small nor large."""
    height, width = red.shape
    small = cv2.resize(red, (width // _COARSE + 1, height // _COARSE + 1), interpolation=cv2.INTER_AREA)
    if not small.any():
        return []
    grown = cv2.dilate(small, np.ones((_GAP, _GAP), np.uint8))
    boxes = cv2.connectedComponentsWithStats(grown)[2][1:, :4] * _COARSE
    found = []
    for x, y, wide, high in boxes.tolist():
        longer, shorter = max(wide, high) - _MARGIN, min(wide, high) - _MARGIN
        if _SMALLEST * width < shorter and longer < _LARGEST * width and shorter > _FLATTEST * longer:
            found.append((x, y, x + wide, y + high))
    return found
