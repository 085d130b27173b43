"""Pictures of pages: scans and photographs, and TIFF files of many pages. All their text is to be recognised."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from corpus.document import Reason, Skip
from corpus.readers.contract import PICTURE_PIXELS, Blob, Leaf, Limits, Picture, Reader, Reading, Unreadable

_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP")
_MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_BMP_HEADERS = frozenset((12, 40, 52, 56, 108, 124))
_UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, OverflowError, TypeError)


def identify(blob: Blob) -> bool:
    """Whether the bytes begin as one of the known kinds of picture does."""
    data = blob.data
    if data.startswith(b"BM"):
        return int.from_bytes(data[14:18], "little") in _BMP_HEADERS
    return data.startswith(_MAGIC) or (data.startswith(b"RIFF") and data[8:12] == b"WEBP")


def read(blob: Blob, limits: Limits) -> Iterator[Reading]:
    """Yield a reading with a leaf a page, none with text. Raises Unreadable, before anything is decoded."""
    with opened(blob) as image:
        count = getattr(image, "n_frames", 1)
    kept = min(count, limits.pages)
    skips = (Skip(blob.name, Reason.TOO_LARGE, f"只读取了前 {kept} 页", page=kept + 1),) if count > kept else ()
    yield Reading(blob.name, (Leaf("", quality=0.0, pictured=True),) * kept, skips=skips)


def picture(blob: Blob, number: int) -> Picture:
    """Page `number` of the file, the way up that its camera noted. Raises Unreadable."""
    with opened(blob) as image:
        image.seek(number - 1)
        _bound(image.size)
        image.draft("RGB", _fitted(image.size))
        page = on_white(ImageOps.exif_transpose(image))
    if page.size != _fitted(page.size):
        page = page.resize(_fitted(page.size), Image.Resampling.BOX)
    return Picture(page.width, page.height, page.tobytes("raw", "BGR"))


@contextmanager
def opened(blob: Blob) -> Iterator[Image.Image]:
    """The image in the blob, not yet decoded. Raises Unreadable, also for what decoding it raises later."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(blob.data), formats=_FORMATS) as image:
                _bound(image.size)
                yield image
    except Image.DecompressionBombError as error:
        raise Unreadable(Reason.TOO_LARGE, "图像的像素过多") from error
    except (UnidentifiedImageError, *_UNREADABLE) as error:
        raise Unreadable(Reason.BROKEN, "图像无法打开") from error


def _bound(size: tuple[int, int]) -> None:
    """Raises Unreadable for more pixels than a scan of any paper has."""
    most = Image.MAX_IMAGE_PIXELS or 0
    if size[0] * size[1] > most:
        raise Unreadable(Reason.TOO_LARGE, f"图像有 {size[0]:,}×{size[1]:,} 像素，上限 {most:,}")


def _fitted(size: tuple[int, int]) -> tuple[int, int]:
    share = min(1.0, (PICTURE_PIXELS / max(1, size[0] * size[1])) ** 0.5)
    return max(1, int(size[0] * share)), max(1, int(size[1] * share))


def on_white(image: Image.Image) -> Image.Image:
    """The image in red, green and blue; what is transparent is white, and sixteen bits of grey become eight."""
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    return image.convert("RGB")


READER = Reader("image", 1, identify, read, picture)
