"""The one door to all readers: one claim a blob, nothing raised, nothing lost without a record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from hashlib import sha256
from pathlib import Path

import pytest

from corpus import readers
from corpus.document import Reason, Skip
from corpus.readers import read, trace
from corpus.readers.contract import Blob, Leaf, Limits, Reader, Reading, Unreadable

LIMITS = Limits()
ROOT = Path(__file__).parents[2]


def reader(name: str, claims: bytes, *found: Reading | Blob | Skip | Exception) -> Reader:
    """A reader that claims blobs beginning with `claims`, and yields, or raises, what it is given."""

    def reads(_blob: Blob, _limits: Limits) -> Iterator[Reading | Blob | Skip]:
        for item in found:
            if isinstance(item, Exception):
                raise item
            yield item

    return Reader(name, 3, lambda blob: blob.data.startswith(claims), reads)


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> list[Reader]:
    """The readers that the door knows, besides plain text."""
    known: list[Reader] = []
    monkeypatch.setattr(readers, "readers", lambda: tuple(known))
    return known


def reasons(blob: Blob, limits: Limits = LIMITS) -> list[Reason]:
    return [found.reason for found in read(blob, limits) if isinstance(found, Skip)]


def test_every_format_has_a_reader_of_its_name() -> None:
    assert [one.name for one in readers.readers()] == list(readers.FORMATS)
    assert set(readers.versions()) == {*readers.FORMATS, readers.LAST_RESORT}


def test_the_documentation_tells_of_every_format_and_every_limit() -> None:
    page = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == set(readers.versions())
    assert set(re.findall(r"^\| [^|`]+`(\w+)` \|", page, re.MULTILINE)) == {field.name for field in fields(Limits)}
    for path, test in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", page):
        assert f"def {test}(" in (ROOT / path).read_text(encoding="utf-8")


def test_plain_text_is_what_remains(registered: list[Reader]) -> None:
    registered.append(reader("odd", b"\x01odd"))
    (found,) = read(Blob("a/甲.txt", "县纪委通报".encode()), LIMITS)
    assert isinstance(found, Reading)
    assert found.leaves == (Leaf("县纪委通报"),)


def test_two_claims_name_both(registered: list[Reader]) -> None:
    registered += [reader("one", b"X"), reader("two", b"X")]
    (skip,) = read(Blob("x", b"X1"), LIMITS)
    assert isinstance(skip, Skip)
    assert skip.reason is Reason.UNKNOWN_TYPE
    assert "one、two" in skip.detail


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (Unreadable(Reason.ENCRYPTED), Reason.ENCRYPTED),
        (ValueError("bad"), Reason.BROKEN),
        (RecursionError(), Reason.BROKEN),
        (MemoryError(), Reason.OUT_OF_MEMORY),
    ],
)
def test_what_a_reader_raises_is_a_skip(registered: list[Reader], error: Exception, reason: Reason) -> None:
    registered.append(reader("frail", b"X", Reading("x", (Leaf("先读到的"),)), error))
    reading, skip = read(Blob("x", b"X"), LIMITS)
    assert isinstance(reading, Reading)
    assert isinstance(skip, Skip)
    assert (skip.source, skip.reason) == ("x", reason)


def test_origin_tells_bytes_and_reader_of_a_member(registered: list[Reader]) -> None:
    member = Blob("a.box!/b.txt", "成员".encode())
    registered.append(reader("box", b"BOX", member))
    (found,) = trace(Blob("a.box", b"BOX"), LIMITS)
    assert isinstance(found, tuple)
    assert found[1].content_hash == sha256(member.data).hexdigest()
    assert found[1].reader.startswith("text/")


def test_a_box_that_holds_itself_ends(registered: list[Reader]) -> None:
    registered.append(reader("box", b"BOX", Blob("deeper", b"BOX")))
    (skip,) = read(Blob("a", b"BOX"), replace(LIMITS, depth=3))
    assert isinstance(skip, Skip)
    assert (skip.reason, skip.detail) == (Reason.UNSAFE, "嵌套超过 3 层")


@pytest.mark.parametrize("limits", [replace(LIMITS, expanded_bytes=40), replace(LIMITS, members=4)])
def test_members_are_bounded_together(registered: list[Reader], limits: Limits) -> None:
    """Four members are read, the first one too many is on record, and nothing after it is unpacked."""
    members = [Blob(f"m{number}", b"0123456789") for number in range(9)]
    registered += [reader("box", b"BOX", *members), reader("pair", b"PAIR", Blob("one", b"BOX"), Blob("two", b"BOX"))]
    found = list(read(Blob("a", b"BOX"), limits))
    assert [isinstance(item, Reading) for item in found] == [True] * 4 + [False]
    assert (found[-1].name if isinstance(found[-1], Reading) else found[-1].source) == "m4"
    assert reasons(Blob("a", b"PAIR"), limits) == [Reason.UNSAFE]


@pytest.mark.parametrize(
    ("blob", "limits", "expected"),
    [
        (Blob("empty.txt", b""), LIMITS, [Reason.EMPTY]),
        (Blob("blank.txt", b" \n\t\n"), LIMITS, [Reason.NO_TEXT]),
        (Blob("binary.dat", bytes(range(256)) * 20), LIMITS, [Reason.UNKNOWN_TYPE]),
        (Blob("large.txt", b"x" * 11), replace(LIMITS, file_bytes=10), [Reason.TOO_LARGE]),
        (Blob("unknown.txt", b"caf\xe9 \xa4\xe9"), LIMITS, [Reason.ENCODING]),
    ],
)
def test_what_cannot_be_read_has_its_reason(blob: Blob, limits: Limits, expected: list[Reason]) -> None:
    assert reasons(blob, limits) == expected


def test_a_text_beyond_the_limit_is_cut_and_said_to_be() -> None:
    (found,) = read(Blob("t.txt", b"abc\fdefg\fhi"), replace(LIMITS, text_characters=5))
    assert isinstance(found, Reading)
    assert [leaf.text for leaf in found.leaves] == ["abc", "de"]
    assert [(skip.reason, skip.page) for skip in found.skips] == [(Reason.TOO_LARGE, 2)]


def test_pages_beyond_the_limit_are_cut_and_said_to_be() -> None:
    (found,) = read(Blob("t.txt", b"a\fb\fc"), replace(LIMITS, pages=2))
    assert isinstance(found, Reading)
    assert [leaf.text for leaf in found.leaves] == ["a", "b"]
    assert [(skip.reason, skip.page) for skip in found.skips] == [(Reason.TOO_LARGE, 3)]


def test_pages_without_end_that_are_all_broken_are_told_once(registered: list[Reader]) -> None:
    pages = tuple(Skip("x", Reason.BROKEN, page=number) for number in range(1, 1_000))
    beyond = Skip("x", Reason.TOO_LARGE, page=1_000)
    registered.append(reader("one", b"X", Reading("x", (Leaf(""),), skips=(*pages, beyond))))
    assert set(read(Blob("x", b"X"), LIMITS)) == {Skip("x", Reason.NO_TEXT), pages[0], beyond}


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("一\r\n二\r三\u2028四", "一\n二\n三\n四"),
        ("零\x00宽\u200b无\ufeff声\xad", "零宽无声"),
        ("李\xa0某", "李 某"),
        ("坏\ud800字", "坏\ufffd字"),
        ("全角１２３，Ａ", "全角１２３，Ａ"),
    ],
)
def test_characters_are_cleaned(registered: list[Reader], raw: str, clean: str) -> None:
    registered.append(reader("one", b"X", Reading("x", (Leaf(raw),))))
    (found,) = read(Blob("x", b"X"), LIMITS)
    assert isinstance(found, Reading)
    assert found.leaves[0].text == clean
