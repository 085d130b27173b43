"""Bytes become the text that was written, or are refused; never mojibake."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.encoding import decode, is_text
from corpus.likelihood import looks_garbled

SIMPLIFIED = "青禾县纪委监委通报三起违规收受礼品礼金问题。原局长李明德受到党内严重警告处分，违纪款0.8万元已收缴。"
TRADITIONAL = "關於青禾縣三起違規收受禮品禮金問題的通報：原局長李明德受到黨內嚴重警告處分，並予以公開曝光。"
SHORT = ["受贿", "案例", "通报", "关于", "会议记录", "联通", "第八十五条", "１２３", "李明德·某", "2023年6月5日"]
UNMARKED = ["utf-8", "gb18030", "utf-16-le", "utf-16-be"]


@pytest.mark.parametrize("encoding", [*UNMARKED, "utf-8-sig", "utf-16", "utf-32", "utf-32-le", "utf-32-be", "gbk"])
def test_a_sentence_is_read_in_every_encoding(encoding: str) -> None:
    decoded = decode(SIMPLIFIED.encode(encoding))
    assert decoded is not None
    assert decoded.text == SIMPLIFIED
    assert decoded.replaced == 0


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "big5hkscs", "gb18030", "utf-16-le"])
def test_traditional_characters_are_read(encoding: str) -> None:
    decoded = decode(TRADITIONAL.encode(encoding))
    assert decoded is not None
    assert decoded.text == TRADITIONAL


@pytest.mark.parametrize("encoding", UNMARKED)
@pytest.mark.parametrize("text", SHORT)
def test_a_few_characters_suffice(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded is not None
    assert decoded.text == text


def test_bom_of_gb18030_is_no_character() -> None:
    decoded = decode("\ufeff通报".encode("gb18030"))
    assert decoded is not None
    assert decoded.text == "通报"


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "utf-8", "no-such-encoding", ""])
def test_what_a_page_says_of_itself_is_checked(declared: str) -> None:
    decoded = decode(SIMPLIFIED.encode("gb18030"), declared)
    assert decoded is not None
    assert decoded.text == SIMPLIFIED


def test_a_wrong_declaration_does_not_garble_utf8() -> None:
    decoded = decode(SIMPLIFIED.encode(), "gb2312")
    assert decoded is not None
    assert decoded.text == SIMPLIFIED


@pytest.mark.parametrize(
    "garbled",
    [
        SIMPLIFIED.encode().decode("latin-1"),
        SIMPLIFIED.encode().decode("gb18030", "ignore"),
        SIMPLIFIED.encode("gb18030").decode("utf-8", "replace"),
        "锟斤拷" * 20,
    ],
)
def test_mojibake_saved_by_others_is_refused(garbled: str) -> None:
    assert looks_garbled(garbled)
    assert decode(garbled.encode()) is None


def test_a_damaged_character_is_counted_and_the_rest_is_read() -> None:
    data = SIMPLIFIED.encode("gb18030") * 40
    decoded = decode(data[:-1])
    assert decoded is not None
    assert decoded.replaced == 1
    assert decoded.text.startswith(SIMPLIFIED * 39)


@pytest.mark.parametrize("data", [b"", bytes(range(256)) * 8, b"\x89PNG\r\n\x1a\n" + bytes(200), b"MZ\x90\x00" * 50])
def test_binary_is_not_text(data: bytes) -> None:
    assert not is_text(data)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16"])
def test_text_is_text(encoding: str) -> None:
    assert is_text(SIMPLIFIED.encode(encoding))


@given(st.binary(max_size=300))
def test_any_bytes_give_a_text_or_none(data: bytes) -> None:
    decoded = decode(data)
    assert decoded is None or isinstance(decoded.text, str)
    assert isinstance(is_text(data), bool)


@given(st.text(st.sampled_from(sorted(set(SIMPLIFIED))), min_size=6, max_size=60))
def test_utf8_is_never_mistaken(text: str) -> None:
    decoded = decode(text.encode())
    assert decoded is not None
    assert decoded.text == text
