"""Pictures of pages: told by their content, bounded before they are decoded, and shown the right way up."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from corpus.document import Reason, Skip
from corpus.readers import read
from corpus.readers.contract import PICTURE_PIXELS, Blob, Limits, Unreadable
from corpus.readers.image import READER, identify, picture

BLUE, WHITE = b"\xff\0\0", b"\xff\xff\xff"


def saved(image: Image.Image, kind: str, **settings: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **settings)
    return out.getvalue()


def half_blue(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
    image = Image.new("RGB", (width, height), "white")
    image.paste("blue", (0, 0, width, height // 2))
    return image.convert(mode)


def bomb(width: int, height: int) -> bytes:
    """A PNG file that promises so many pixels, and holds none."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "WEBP"])
def test_each_kind_waits_for_recognition_and_shows_its_pixels(kind: str) -> None:
    blob = Blob("扫描件", saved(half_blue(), kind))
    assert identify(blob)
    assert [(skip.reason, skip.page) for skip in read(blob, Limits())] == [(Reason.OCR_PENDING, 1)]  # type: ignore[union-attr]
    found = picture(blob, 1)
    assert (found.width, found.height) == (60, 40)
    assert min(found.pixels[-3:]) > 240  # JPEG and WebP keep no exact colours
    assert found.pixels[0] > 200
    assert found.pixels[2] < 60


def test_every_page_of_a_tiff_file() -> None:
    pages = [half_blue(), Image.new("1", (30, 20), 1)]
    blob = Blob("传真.tif", saved(pages[0], "TIFF", save_all=True, append_images=pages[1:]))
    assert [skip.page for skip in read(blob, Limits())] == [1, 2]  # type: ignore[union-attr]
    assert [(picture(blob, number).width, picture(blob, number).pixels[:3]) for number in (1, 2)] == [
        (60, BLUE),
        (30, WHITE),
    ]


def test_pages_beyond_the_limit_are_on_record() -> None:
    pages = [half_blue()] * 3
    blob = Blob("传真.tif", saved(pages[0], "TIFF", save_all=True, append_images=pages[1:]))
    (reading,) = READER.read(blob, replace(Limits(), pages=2))
    assert len(reading.leaves) == 2  # type: ignore[union-attr]
    assert [(skip.reason, skip.page) for skip in reading.skips] == [(Reason.TOO_LARGE, 3)]  # type: ignore[union-attr]


def test_the_way_up_that_the_camera_noted() -> None:
    exif = Image.Exif()
    exif[0x0112] = 3  # upside down
    found = picture(Blob("照片.png", saved(half_blue(), "PNG", exif=exif)), 1)
    assert (found.pixels[:3], found.pixels[-3:]) == (WHITE, BLUE)


def test_what_is_transparent_is_white() -> None:
    image = Image.new("RGBA", (10, 10), (0, 0, 0, 0))
    image.putpixel((0, 0), (0, 0, 255, 255))
    found = picture(Blob("签名.png", saved(image, "PNG")), 1)
    assert (found.pixels[:3], found.pixels[-3:]) == (BLUE, WHITE)


def test_sixteen_bits_of_grey() -> None:
    found = picture(Blob("扫描.png", saved(Image.new("I;16", (4, 4), 65535), "PNG")), 1)
    assert found.pixels == WHITE * 16


def test_large_pictures_are_reduced() -> None:
    found = picture(Blob("大图.png", saved(Image.new("1", (6_000, 5_000), 1), "PNG")), 1)
    assert found.width * found.height <= PICTURE_PIXELS
    assert found.width / found.height == pytest.approx(1.2, rel=0.001)


@pytest.mark.parametrize("size", [(100_000, 100_000), (2**31 - 1, 1_000), (10_000, 10_000)])
def test_bombs_are_refused_before_they_are_decoded(size: tuple[int, int]) -> None:
    (skip,) = read(Blob("a.png", bomb(*size)), Limits())
    assert isinstance(skip, Skip)
    assert skip.reason is Reason.TOO_LARGE


@pytest.mark.parametrize("data", [bomb(10, 10), saved(half_blue(), "JPEG")[:200], saved(half_blue(), "PNG")[:-40]])
def test_broken_pictures_are_known_when_they_are_shown(data: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        picture(Blob("a.png", data), 1)
    assert caught.value.reason is Reason.BROKEN


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"BM\x10\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", True),
        ("BM 是两个字母".encode(), False),
        (b"RIFF\0\0\0\0WAVE", False),
        (b"II*\0", True),
        (b"%PDF-1.4", False),
    ],
)
def test_known_by_content(data: bytes, expected: bool) -> None:
    assert identify(Blob("a.png", data)) is expected
