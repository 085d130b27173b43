"""Good files made bad, and files made to harm: each is read or is a Skip, and nothing is raised."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from itertools import chain

import docx
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks.mutations import Large, run
from corpus.assemble import assemble
from corpus.document import Reason, Skip
from corpus.readers import trace
from corpus.readers.contract import Blob, Limits
from tests.corpus.formats.bombs import bomb, bombs
from tests.corpus.formats.mutations import broken, samples

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


#: Small enough that what is meant to be too much is so at once.
TIGHT = Limits(
    file_bytes=48 * 2**20,
    text_characters=1_000_000,
    pages=200,
    seconds=60.0,
    memory_bytes=3 * 2**30,
    members=400,
    expanded_bytes=64 * 2**20,
)


def test_harmful_and_broken_files_cost_themselves_alone() -> None:
    mutants = chain.from_iterable(broken(sample, 3) for sample in samples())
    large = Large("巨文.txt", 32 * 2**20)
    wanted = [*bombs(), large, *mutants]
    tally = run(iter(wanted), TIGHT, 2)
    assert tally.faults == []
    assert tally.outcomes.total() == len(wanted) > 60


@pytest.mark.parametrize(
    ("name", "reasons"),
    [
        ("炸弹.zip", {Reason.UNSAFE}),
        ("炸弹.txt.gz", {Reason.UNSAFE}),
        ("炸弹.tar.gz", {Reason.UNSAFE}),
        ("一包套一包.zip", {Reason.UNSAFE}),
        ("十六叉.zip", {Reason.UNSAFE}),
        ("重叠.zip", {Reason.UNSAFE, Reason.UNKNOWN_TYPE}),
        ("向外.tar", {Reason.UNSAFE}),
        ("实体.docx", {Reason.UNSAFE}),
        ("实体.ofd", {Reason.UNSAFE, Reason.NO_TEXT}),
        ("外部实体.docx", {Reason.UNSAFE}),
        ("外部实体.ofd", {Reason.UNSAFE, Reason.NO_TEXT}),
        ("空白.docx", {Reason.UNSAFE}),
        ("自称.pdf", {Reason.BROKEN}),
        ("巨幅.png", {Reason.TOO_LARGE}),
        ("深.eml", {Reason.UNSAFE}),
        ("深.rtf", {Reason.BROKEN}),
    ],
)
def test_a_harmful_file_is_on_record_as_what_it_is(name: str, reasons: set[Reason]) -> None:
    assert {item.reason for item in trace(bomb(name), TIGHT) if isinstance(item, Skip)} == reasons


@pytest.mark.parametrize("kind", ["docx", "xlsx", "ofd"])
@pytest.mark.parametrize("name", ["实体", "外部实体"])
def test_entities_bring_nothing_in(name: str, kind: str) -> None:
    found = trace(bomb(f"{name}.{kind}"), TIGHT)
    read = [leaf.text for item in found if not isinstance(item, Skip) for leaf in item[0].leaves]
    assert not any("root:" in text or "哈" in text for text in read)


@pytest.mark.parametrize("name", ["向外.zip", "向外.tar"])
def test_names_in_archives_lead_nowhere_else(name: str) -> None:
    inside = [item[0].name for item in trace(bomb(name), TIGHT) if not isinstance(item, Skip)]
    assert inside
    for path in inside:
        assert path.startswith(f"{name}!/")
        assert ".." not in path.split("/")
        assert not path.removeprefix(f"{name}!/").startswith("/")


def test_a_text_beyond_the_limit_is_read_up_to_it() -> None:
    large = Large("巨文.txt", 4 * 2**20)
    ((reading, _),) = (item for item in trace(Blob(large.name, large.data), TIGHT) if not isinstance(item, Skip))
    assert sum(len(leaf.text) for leaf in reading.leaves) == TIGHT.text_characters
    assert [skip.reason for skip in reading.skips] == [Reason.TOO_LARGE]
