"""How well and how fast scans are read: `python -m benchmarks.ocr [--pages N]`.

The pages are those of the sample library's PDF files, rendered as a scanner would see them; the truth is their text
layer. The error rate is the number of characters to change, over the number of characters, white space left out.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFont
from rapidfuzz.distance import Levenshtein

from benchmarks.measure import measured
from benchmarks.report import Table, lines, machine, ratio
from corpus import ocr
from corpus.document import Skip
from corpus.readers import pdf, read
from corpus.readers.contract import Blob, Limits, Picture, Reading
from corpus.sandbox import Sandbox
from samples.generate import LIBRARY
from samples.writers.pdf_file import FONT

RED = (205, 30, 40)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a sample: its file, its number from 1, and what is written on it."""

    path: Path
    number: int
    text: str


def pages() -> Iterator[Page]:
    """The pages of the sample library that have a text layer."""
    for path in sorted(LIBRARY.rglob("*.pdf")):
        for found in read(Blob(path.name, path.read_bytes()), Limits()):
            if isinstance(found, Reading):
                for number, leaf in enumerate(found.leaves, start=1):
                    yield Page(path, number, leaf.text)


def scan(page: Page) -> Image.Image:
    """The page at 200 dots an inch."""
    picture = pdf.picture(Blob(page.path.name, page.path.read_bytes()), page.number)
    return Image.frombytes("RGB", (picture.width, picture.height), picture.pixels, "raw", "BGR")


def coarse(image: Image.Image) -> Image.Image:
    """The page at 150 dots an inch."""
    return image.resize((image.width * 3 // 4, image.height * 3 // 4), Image.Resampling.BOX)


def askew(image: Image.Image) -> Image.Image:
    """The page laid on the glass at an angle of two degrees."""
    return image.rotate(2, Image.Resampling.BICUBIC, fillcolor="white")


def on_its_side(image: Image.Image) -> Image.Image:
    """The page scanned across."""
    return image.transpose(Image.Transpose.ROTATE_90)


def stamped(image: Image.Image) -> Image.Image:
    """The page with an office's round red stamp over the middle of its text, in ink that lets the print through."""
    radius = image.width // 8
    ink = Image.new("RGB", image.size, "white")
    draw = ImageDraw.Draw(ink)
    x, y = image.width // 2, image.height // 2
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=RED, width=radius // 14)
    draw.regular_polygon((x, y, radius // 3), 5, fill=RED)
    for number, character in enumerate("墨阳市纪律检查委员会"):
        letter = Image.new("RGB", (radius // 4, radius // 4), "white")
        ImageDraw.Draw(letter).text((0, 0), character, fill=RED, font=ImageFont.truetype(str(FONT), radius // 5))
        angle = np.radians(-210 + number * 240 / 9)
        place = int(x + 0.8 * radius * np.cos(angle)), int(y + 0.8 * radius * np.sin(angle))
        turned = letter.rotate(-np.degrees(angle) - 90, expand=True, fillcolor="white")
        layer = Image.new("RGB", image.size, "white")
        layer.paste(turned, (place[0] - turned.width // 2, place[1] - turned.height // 2))
        ink = ImageChops.multiply(ink, layer)
    return ImageChops.multiply(image, ink)


CONDITIONS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "clean, 200 dpi": lambda image: image,
    "150 dpi": coarse,
    "two degrees askew": askew,
    "turned by 90 degrees": on_its_side,
    "stamp over text": stamped,
}


@dataclass(frozen=True, slots=True)
class Task:
    """A page to be recognised under one of the CONDITIONS."""

    page: Page
    condition: str


def recognise(task: Task) -> str:
    """The text of a page, as the program reads it."""
    image = CONDITIONS[task.condition](scan(task.page))
    picture = Picture(image.width, image.height, image.tobytes("raw", "BGR"))
    return ocr.recognise(picture).text


def accuracy(chosen: list[Page]) -> Table:
    """Error rates by condition."""
    rows = []
    tasks = [Task(page, condition) for condition in CONDITIONS for page in chosen]
    with Sandbox(recognise, source_of=_source) as sandbox:
        errors = {task: _errors(task.page.text, found) for task, found in sandbox.run(tasks)}
    for condition in CONDITIONS:
        wrong = [errors[Task(page, condition)] for page in chosen]
        letters = sum(len(_squeezed(page.text)) for page in chosen)
        worst = max(count / len(_squeezed(page.text)) for count, page in zip(wrong, chosen, strict=True))
        rows.append((condition, f"{sum(wrong) / letters:.4f}", f"{worst:.4f}"))
    title = f"Recognition: {len(chosen)} pages, character error rate"
    return Table(title, ("pages", "error rate", "worst page"), tuple(rows))


def speed(chosen: list[Page]) -> Table:
    """Pages a second beside plain rapidocr; the models are loaded before the clock starts."""
    plain = measured(_plain, chosen).value
    processes = os.cpu_count() or 1
    tasks = [Task(page, "clean, 200 dpi") for page in chosen]
    with Sandbox(recognise, source_of=_source) as sandbox:
        list(sandbox.run(tasks[:processes] * 2))
        began = time.perf_counter()
        list(sandbox.run(tasks))
        ours = len(chosen) / (time.perf_counter() - began)
    rows = (
        ("plain rapidocr, one process, its default threads", f"{plain:.2f}", "1.00"),
        (f"anjian, {processes} processes with one thread each", f"{ours:.2f}", ratio(ours, plain)),
    )
    return Table(f"Recognition: {len(chosen)} pages, rendering included", ("by", "pages/s", "times plain"), rows)


def _plain(chosen: list[Page]) -> float:
    from rapidocr import RapidOCR

    engine = RapidOCR(params={"Global.log_level": "critical"})
    engine(np.asarray(scan(chosen[0])))
    began = time.perf_counter()
    for page in chosen:
        engine(np.asarray(scan(page)))
    return len(chosen) / (time.perf_counter() - began)


def _errors(text: str, found: str | Skip) -> int:
    if isinstance(found, Skip):
        print(found)
        return len(_squeezed(text))
    return Levenshtein.distance(_squeezed(text), _squeezed(found))


@cache
def _squeezed(text: str) -> str:
    return "".join(text.split())


def _source(task: Task) -> str:
    return f"{task.page.path.name}#{task.page.number}"


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ocr", description=__doc__)
    parser.add_argument("--pages", type=int, default=8, metavar="N", help="how many pages")
    options = parser.parse_args()
    chosen = list(pages())[: options.pages]
    print(machine(), end="\n\n")
    for table in (speed(chosen), accuracy(chosen)):
        print("\n".join(lines(table)), flush=True)


if __name__ == "__main__":
    main()
