"""Scans become text: which way up, what is no text of the page, which lines are one paragraph."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pytest
import rapidocr
from PIL import Image, ImageDraw, ImageFont
from rapidocr.utils.download_file import DownloadFile

from corpus import ocr, ocr_engine, recognition
from corpus.ocr_engine import Corners, Strip
from corpus.ocr_layout import text_of, upright
from corpus.ocr_stamps import without_stamps
from corpus.readers.contract import Picture
from samples.writers.pdf_file import FONT

LINES = (
    "　　经市纪委监委研究决定，给予周维岱开除党籍处分，",
    "由市监委给予其开除公职处分，收缴其违纪违法所得。",
    "　　另查明其他问题。",
)
TEXT = (
    "经市纪委监委研究决定，给予周维岱开除党籍处分，由市监委给予其开除公职处分，收缴其违纪违法所得。\n另查明其他问题。"
)


@cache
def page() -> Image.Image:
    """A small scan: three lines of two paragraphs, and the page's number at the foot."""
    image = Image.new("RGB", (860, 420), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(FONT), 32)
    for number, line in enumerate(LINES):
        draw.text((40, 60 + 56 * number), line, fill="black", font=font)
    draw.text((400, 380), "— 7 —", fill="black", font=font.font_variant(size=22))
    return image


def shown(image: Image.Image) -> Picture:
    return Picture(image.width, image.height, image.tobytes("raw", "BGR"))


@pytest.fixture(autouse=True, scope="module")
def no_download() -> object:
    """A model that is not in the wheel would be fetched; here it must not be."""

    def refuse(*_: object) -> None:
        raise AssertionError("a model is being downloaded")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DownloadFile, "run", refuse)
        yield


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_scan_is_read_whichever_way_up(turned: int) -> None:
    found = ocr.recognise(shown(page().rotate(turned, expand=True)))
    assert found.text == TEXT
    assert found.quality > 0.9
    assert found.reason is None


def test_a_blank_page_has_no_text_and_nothing_is_wrong_with_it() -> None:
    found = ocr.recognise(shown(Image.new("RGB", (300, 200), "white")))
    assert (found.text, found.reason) == ("", None)


def test_the_models_come_with_the_wheel() -> None:
    folder = Path(rapidocr.__file__).parent / "models"
    assert set(ocr_engine._MODELS.values()) <= {path.name for path in folder.iterdir()}


def test_results_are_kept_under_the_versions_that_made_them() -> None:
    assert recognition.engine() == f"rapidocr {version('rapidocr')}/{recognition.VERSION}"


def strip(text: str, left: float, top: float, width: float, *, height: float = 40.0, lean: float = 0.0) -> Strip:
    """A strip as recognition gives it, on a page that leans by so many degrees."""
    corners = np.array([[left, top], [left + width, top], [left + width, top + height], [left, top + height]])
    angle = math.radians(lean)
    turn = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    return Strip(text, (corners @ turn).astype(np.float32), 0.99)


def paragraph(lean: float = 0.0) -> list[Strip]:
    """Two paragraphs of ten lines, thirty characters a line, measured with the errors that measuring has."""
    found = []
    for number in range(10):
        first = number in {0, 5}
        count = 28 if first else 30 if number not in {4, 9} else 12
        error = (number * 7 % 5 - 2) * 0.8
        left = 100 + (80 if first else 0) + error
        found.append(
            strip("违规收受礼品礼金"[number % 8] * count, left, 100 + 70 * number, 40 * count - error, lean=lean)
        )
    return found


@pytest.mark.parametrize("lean", [0.0, 1.5, -3.0])
def test_lines_are_joined_to_paragraphs_on_pages_that_lean(lean: float) -> None:
    text, run_on = text_of(paragraph(lean), (1400.0, 2000.0))
    assert [len(line) for line in text.split("\n")] == [28 + 3 * 30 + 12] * 2
    assert not run_on


def test_a_full_last_line_runs_on() -> None:
    strips = paragraph()[:4]
    assert text_of(strips, (1400.0, 2000.0))[1]


def test_the_number_of_the_page_is_not_its_text() -> None:
    text, _ = text_of([*paragraph(), strip("-12-", 680, 1900, 60, height=24)], (1400.0, 2000.0))
    assert "12" not in text


def test_columns_are_read_one_after_the_other() -> None:
    left = [strip("左" * 15, 100, 100 + 60 * number, 600) for number in range(12)]
    right = [strip("右" * 15, 760, 102 + 60 * number, 600) for number in range(12)]
    text, _ = text_of([each for row in zip(left, right, strict=True) for each in row], (1400.0, 2000.0))
    assert text == "左" * 180 + "右" * 180


def test_strips_that_lean_otherwise_are_the_rims_of_stamps() -> None:
    flat = [one.corners for one in paragraph(lean=2.0)]
    rim = [strip("委员会", 600, 900, 120, lean=angle).corners for angle in (-40.0, 35.0, 90.0)]
    assert len(upright([*flat, *rim])) == len(flat)


Box = tuple[int, int, int, int]
RED, BLACK, BOTH = (40, 30, 205), (0, 0, 0), (6, 4, 30)


def pixels(*painted: tuple[Box, tuple[int, int, int]]) -> np.ndarray:
    image = np.full((800, 600, 3), 255, dtype=np.uint8)
    for (left, top, right, bottom), colour in painted:
        image[top:bottom, left:right] = colour
    return image


def ring(left: int, top: int, size: int) -> Sequence[tuple[Box, tuple[int, int, int]]]:
    right, bottom = left + size, top + size
    sides = ((left, top, right, top + 6), (left, bottom - 6, right, bottom), (left, top, left + 6, bottom))
    return [(side, RED) for side in (*sides, (right - 6, top, right, bottom))]


def test_a_stamp_is_taken_off_and_the_print_below_it_stays() -> None:
    under = ((150, 340, 450, 350), BLACK)
    crossing = ((200, 340, 206, 350), BOTH)
    cleaned = without_stamps(pixels(*ring(200, 280, 150), under, crossing))
    assert cleaned[300, 202].min() > 240
    assert cleaned[345, 250].max() == 0
    assert cleaned[345, 203].max() < 60


@pytest.mark.parametrize(
    "red",
    [(60, 60, 540, 66), (200, 80, 240, 120), (60, 60, 540, 130)],
    ids=["the rule of a letterhead", "one of its letters", "a line of them"],
)
def test_red_print_is_no_stamp(red: Box) -> None:
    image = pixels((red, RED))
    assert without_stamps(image) is image


def test_corners_are_what_the_engine_gives() -> None:
    found: list[Corners] = ocr_engine.find(np.asarray(page())[:, :, ::-1].copy())
    assert len(found) == 4
    assert all(corners.shape == (4, 2) for corners in found)
