"""Good files made bad: each is read or is a Skip, and nothing is raised."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from io import BytesIO

import docx
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from corpus.assemble import assemble
from corpus.document import Skip
from corpus.readers import trace
from corpus.readers.contract import Blob, Limits

TEXT = "青禾县纪委监委通报：原局长李明德违规收受礼品礼金，受到党内严重警告处分。"
ENDINGS = ("pdf", "docx", "html", "txt", "zip", "ofd", "xlsx", "doc", "eml", "")
FLIPS = 12


@cache
def good(kind: str) -> bytes:
    """A small sound file of the kind."""
    out = BytesIO()
    match kind:
        case "pdf":
            pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
            canvas = Canvas(out)
            canvas.setFont("STSong-Light", 14)
            canvas.drawString(72, 700, TEXT)
            canvas.save()
        case "docx":
            document = docx.Document()
            document.add_paragraph(TEXT)
            document.add_table(2, 2).cell(0, 0).text = TEXT
            document.save(out)
        case "html":
            out.write(f"<html><head><title>通报</title></head><body><div><p>{TEXT}</p></div></body></html>".encode())
        case _:
            out.write(TEXT.encode(kind))
    return out.getvalue()


def mutants(data: bytes) -> Iterator[bytes]:
    """Truncations, flipped bits, a hole, doubled and reversed halves: the same ones every time."""
    chance = random.Random(len(data))
    for share in (1, 2, 5, 8, 9):
        yield data[: len(data) * share // 10]
    for count in range(1, FLIPS):
        flipped = bytearray(data)
        for _ in range(count * count):
            flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
        yield bytes(flipped)
    half = len(data) // 2
    yield data[:half] + bytes(half)
    yield data + data
    yield data[half:] + data[:half]


def outcome(blob: Blob) -> list[str]:
    """What became of the blob: the title of each document, the reason of each Skip."""
    found: list[str] = []
    for item in trace(blob, Limits()):
        if isinstance(item, Skip):
            found.append(str(item.reason))
        else:
            document = assemble("档案", item[0], item[1].content_hash, item[1].reader)
            document.text.encode()
            found.append(document.title)
    return found


@pytest.mark.parametrize("kind", ["pdf", "docx", "html", "utf-8", "gb18030", "utf-16"])
def test_mutants_are_read_or_on_record(kind: str) -> None:
    assert TEXT[:4] in str(list(trace(Blob("a", good(kind)), Limits())))
    for mutant in mutants(good(kind)):
        assert outcome(Blob(f"a.{kind}", mutant))


@pytest.mark.parametrize("kind", ["pdf", "docx", "html", "utf-8", "gb18030"])
def test_a_wrong_name_makes_no_difference(kind: str) -> None:
    expected = [item[0].leaves for item in trace(Blob("a", good(kind)), Limits()) if not isinstance(item, Skip)]
    assert expected
    for ending in ENDINGS:
        found = list(trace(Blob(f"a.{ending}", good(kind)), Limits()))
        assert [item[0].leaves for item in found if not isinstance(item, Skip)] == expected
