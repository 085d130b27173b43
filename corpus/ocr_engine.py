"""The one place that knows rapidocr (PP-OCR): strips of text are found on an image, and read.

Its default models come inside its wheel. They are named here by their paths, because a model that is named in any other
way is fetched from the network when it is not there.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Corners = NDArray[np.float32]
"""Four points (x, y) of a strip of text, clockwise from where its reading begins."""

_MODELS = {
    "Det": "PP-OCRv6_det_small.onnx",
    "Rec": "PP-OCRv6_rec_small.onnx",
    "Cls": "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
}
_UPSIDE_DOWN = "180"


@dataclass(frozen=True, slots=True)
class Strip:
    """A strip of text as it was read: its corners in pixels, and the engine's confidence, 0 to 1."""

    text: str
    corners: Corners
    confidence: float


def find(image: Pixels) -> list[Corners]:
    """The strips of text on an image, from top to bottom."""
    found = _engine()(image, use_det=True, use_cls=False, use_rec=False)
    boxes = getattr(found, "boxes", None)
    return [] if boxes is None else [np.asarray(box, dtype=np.float32) for box in boxes]


def cut(image: Pixels, strips: Sequence[Corners]) -> list[Pixels]:
    """The strips as images of their own; one that stands upright is turned to the left."""
    return list(_engine().crop_text_regions(image, np.stack(strips)))


def upside_down(strips: Sequence[Pixels]) -> float:
    """The share, 0 to 1, of the strips that stand on their heads."""
    labels = [str(label) for label, _ in _engine().cls_and_rotate(list(strips))[1].cls_res]
    return labels.count(_UPSIDE_DOWN) / len(labels)


def read(image: Pixels, strips: Sequence[Corners]) -> list[Strip]:
    """Read each of the strips."""
    if not strips:
        return []
    found = _engine().recognize_txt(cut(image, strips))
    return [
        Strip(text, corners, float(score))
        for text, corners, score in zip(found.txts, strips, found.scores, strict=True)
    ]


@cache
def _engine() -> Any:
    import cv2
    import rapidocr

    cv2.setNumThreads(1)  # pages are recognised side by side, each in a process with one thread
    folder = Path(rapidocr.__file__).parent / "models"
    settings: dict[str, object] = {f"{part}.model_path": str(folder / name) for part, name in _MODELS.items()}
    settings |= {
        "Global.log_level": "critical",
        "Global.max_side_len": 1_000_000,  # images come bounded, and strips are cut from the sharp one
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        "Det.limit_type": "max",
        "Det.limit_side_len": 1216,
        "Rec.rec_batch_num": 1,
    }
    logging.getLogger("RapidOCR").propagate = False
    return rapidocr.RapidOCR(params=settings)
