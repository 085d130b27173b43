"""What the ends of paragraphs are in a Word 97-2003 document ([MS-DOC] 2.4.6.1): in a cell, or the end of a row."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

_PAGE = 512
_IN_TABLE, _ROW_END = b"\x16\x24\x01", b"\x17\x24\x01"  # sprmPFInTable and sprmPFTtp, set


@dataclass(frozen=True, slots=True)
class Marks:
    """Paragraph properties by the offsets in the stream at which they begin, in order."""

    begins: Sequence[int]
    properties: Sequence[bytes]

    def replace(self, text: str, offset: int, width: int) -> str:
        """The text that begins at `offset`, `width` bytes a character, with the ends of rows and cells made plain.

        A row ends with a line end, a cell with a tab, a paragraph inside a cell with a blank.
        """
        if "\x07" not in text or not self.begins:
            return text
        characters = list(text)
        for index, character in enumerate(characters):
            if character in "\x07\r":
                properties = self._at(offset + index * width)
                if character == "\x07":
                    characters[index] = "\n" if _ROW_END in properties else "\t"
                elif _IN_TABLE in properties:
                    characters[index] = " "
        return "".join(characters).replace("\t\n", "\n")

    def _at(self, offset: int) -> bytes:
        index = bisect_right(self.begins, offset) - 1
        return self.properties[index] if index >= 0 else b""


def marks(main: bytes, bins: bytes) -> Marks:
    """Read the properties that the table `bins` (PlcBtePapx) points to; none where it is damaged."""
    found: dict[int, bytes] = {}
    try:
        count = (len(bins) - 4) // 8
        for number in struct.unpack_from(f"<{count}I", bins, 4 * (count + 1)):
            page = main[(number & 0x3FFFFF) * _PAGE :][:_PAGE]
            paragraphs = page[_PAGE - 1]
            begins = struct.unpack_from(f"<{paragraphs}I", page)
            for index, begin in enumerate(begins):
                found[begin] = _properties(page, 2 * page[4 * (paragraphs + 1) + 13 * index])
    except (struct.error, IndexError):
        return Marks((), ())
    begins_sorted = sorted(found)
    return Marks(begins_sorted, [found[begin] for begin in begins_sorted])


def _properties(page: bytes, at: int) -> bytes:
    if not at:
        return b""
    if page[at]:
        return page[at + 3 : at + 2 * page[at]]
    return page[at + 4 : at + 2 + 2 * page[at + 1]]
