"""The text of a Word 97-2003 document ([MS-DOC]): the piece table says where in the stream each stretch of text is."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

import olefile

from corpus.document import Reason
from corpus.readers.contract import Unreadable
from corpus.readers.ole import stream
from corpus.readers.word97_marks import Marks, marks

_IDENTS = {0xA5EC, 0xA5DC}
_WORD_97 = 0xC1  # nFib; smaller is Word 6 or 95, whose text is in one piece and in the system's code page
_ENCRYPTED, _COMPLEX, _TABLE_1 = 0x0100, 0x0004, 0x0200
_COMPRESSED = 0x4000_0000  # of a piece: one byte a character
_CODE_PAGES = {0x0804: "gb18030", 0x1004: "gb18030", 0x0404: "big5hkscs", 0x0C04: "big5hkscs"}

_REPLACED = str.maketrans({
    "\x0b": "\n", "\x0c": "\n", "\x0d": "\n", "\x1e": "-", "\xa0": " ",
    **dict.fromkeys("\x00\x01\x02\x03\x04\x05\x06\x08\x0e\x1f"),
})  # fmt: skip


def text(compound: olefile.OleFileIO) -> str:
    """Return body, footnotes, endnotes and text boxes, a paragraph or table row a line, cells set apart by tabs.

    Raises Unreadable: ENCRYPTED, BROKEN, or UNKNOWN_TYPE for a version that needs a program to read it.
    """
    main = stream(compound, "WordDocument")
    try:
        return _text(compound, main)
    except (struct.error, IndexError) as error:
        raise Unreadable(Reason.BROKEN, "Word 文档结构不完整") from error


def _text(compound: olefile.OleFileIO, main: bytes) -> str:
    ident, version, _, language, _, flags = struct.unpack_from("<6H", main)
    if ident not in _IDENTS and version < _WORD_97:
        raise Unreadable(Reason.BROKEN, "不是 Word 文档")
    if flags & _ENCRYPTED:
        raise Unreadable(Reason.ENCRYPTED)
    if version < _WORD_97:
        return _word95(main, language, flags)
    body, footnotes, headers, _, comments, endnotes, boxes = struct.unpack_from("<7i", main, 0x4C)
    if min(body, footnotes, headers, comments, endnotes, boxes) < 0:
        raise Unreadable(Reason.BROKEN, "Word 文档结构不完整")
    table = stream(compound, "1Table" if flags & _TABLE_1 else "0Table")
    start, size = struct.unpack_from("<2I", main, 0x01A2)
    bins_start, bins_size = struct.unpack_from("<2I", main, 0x0102)
    ends = marks(main, table[bins_start : bins_start + bins_size])
    characters = "".join(_pieces(main, table[start : start + size], ends))
    after_comments = body + footnotes + headers + comments
    parts = (
        characters[: body + footnotes],
        characters[after_comments : after_comments + endnotes],
        characters[after_comments + endnotes : after_comments + endnotes + boxes],
    )
    return "\n".join(part for part in map(readable, parts) if part)


def _pieces(main: bytes, clx: bytes, ends: Marks) -> Iterator[str]:
    """The pieces of text in order, a character for each unit of UTF-16, for these are what positions count.

    The table holds n + 1 positions and n descriptors of eight bytes.
    """
    at = 0
    while clx[at] == 1:  # property changes that pieces refer to
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if clx[at] != 2:
        raise Unreadable(Reason.BROKEN, "Word 文档缺少文字表")
    size = struct.unpack_from("<I", clx, at + 1)[0]
    table = clx[at + 5 : at + 5 + size]
    count = (len(table) - 4) // 12
    positions = struct.unpack_from(f"<{count + 1}I", table)
    total = 0
    for index in range(count):
        length = positions[index + 1] - positions[index]
        total += length
        if length < 0 or total > len(main):
            raise Unreadable(Reason.BROKEN, "Word 文档的文字表不完整")
        where = struct.unpack_from("<I", table, 4 * (count + 1) + 8 * index + 2)[0]
        if where & _COMPRESSED:
            begin = (where & ~_COMPRESSED) // 2
            yield ends.replace(main[begin : begin + length].decode("cp1252", "replace"), begin, 1)
        else:
            units = struct.unpack_from(f"<{length}H", main, where)
            yield ends.replace("".join(map(chr, units)), where, 2)


def _word95(main: bytes, language: int, flags: int) -> str:
    if flags & _COMPLEX:
        raise Unreadable(Reason.UNKNOWN_TYPE, "Word 95 快速保存的文档")
    begin, end = struct.unpack_from("<2I", main, 0x18)
    count = struct.unpack_from("<I", main, 0x34)[0]
    raw = main[begin : min(end, begin + count)]
    return readable(raw.decode(_CODE_PAGES.get(language, "gb18030"), "replace"))


def readable(characters: str) -> str:
    """The characters as a person sees them: results of fields without their codes, marks as line ends and tabs."""
    shown: list[str] = []
    codes: list[bool] = []  # for each open field: whether its code is being read
    for stretch in re.split("([\x13\x14\x15])", characters):
        if stretch == "\x13":
            codes.append(True)
        elif stretch == "\x14" and codes:
            codes[-1] = False
        elif stretch == "\x15" and codes:
            codes.pop()
        elif not any(codes):
            shown.append(stretch)
    rows = re.sub("\x07{2,}", "\n", "".join(shown)).replace("\x07", "\t")
    whole = rows.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return re.sub(r"[ \t]+$", "", whole.translate(_REPLACED), flags=re.MULTILINE).strip("\n")
