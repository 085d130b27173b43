r"""Rich Text Format: control words, groups and text in the code page of the document or of the font.

Chinese RTF writes characters as \'xx bytes of GBK (of which the second may stand as a plain letter), as \uN with a
substitute of \uc characters after it, or as bare bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from corpus.document import MetaValue, Reason
from corpus.readers.contract import Unreadable

_TOKENS = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?"
    rb"|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<symbol>[^a-zA-Z'])|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)"
)
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)
_DEPTH = 1_000
_CHARSETS = {128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5hkscs", 204: "cp1251", 238: "cp1250"}
_CODE_PAGES = {936: "gb18030", 950: "big5hkscs", 65001: "utf-8"}
_WORDS = {
    "par": "\n", "line": "\n", "sect": "\n", "page": "\n", "row": "\n", "nestrow": "\n", "tab": "\t", "cell": "\t",
    "nestcell": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ",
}  # fmt: skip
_SYMBOLS = {b"~": " ", b"_": "-", b"\n": "\n", b"\r": "\n"}
#: Groups that are no part of the text. A group that begins with \* is none either, unless it is in _SHOWN.
_DESTINATIONS = frozenset({
    "annotation", "atnauthor", "atnid", "colortbl", "filetbl", "fldinst", "fonttbl", "footer", "footerf", "footerl",
    "footerr", "generator", "header", "headerf", "headerl", "headerr", "info", "listtable", "nonshppict", "pict",
    "revtbl", "rsidtbl", "sn", "stylesheet", "sv", "tc", "template", "xe",
})  # fmt: skip
_SHOWN = frozenset({"shpinst", "shptxt", "ud"})


@dataclass(frozen=True, slots=True)
class Rich:
    """The text of an RTF file, and what its info group states."""

    text: str
    title: str | None
    meta: dict[str, MetaValue]


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits: where its text goes ("" is the text, None nowhere), its code page, and uc."""

    target: str | None = ""
    codec: str | None = None
    substitutes: int = 1


@dataclass(slots=True)
class _Text:
    """Collected text by target. Bytes wait until a whole stretch of one code page is known."""

    parts: dict[str, list[str]] = field(default_factory=dict)
    waiting: bytearray = field(default_factory=bytearray)
    codec: str = "cp1252"
    target: str | None = ""

    def put_bytes(self, raw: bytes, target: str | None, codec: str) -> None:
        if (target, codec) != (self.target, self.codec):
            self.flush()
            self.target, self.codec = target, codec
        self.waiting += raw

    def put(self, text: str, target: str | None) -> None:
        self.flush()
        if target is not None:
            self.parts.setdefault(target, []).append(text)

    def flush(self) -> None:
        if self.waiting and self.target is not None:
            self.parts.setdefault(self.target, []).append(self.waiting.decode(self.codec, "replace"))
        self.waiting.clear()

    def of(self, target: str) -> str:
        joined = "".join(self.parts.get(target, []))
        return joined.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def parse(data: bytes) -> Rich:
    """Read an RTF file. Raises Unreadable: BROKEN where groups nest without end."""
    reader = _Parser()
    for token in _tokens(data):
        reader.take(token)
    reader.text.flush()
    title, author = reader.text.of("title").strip(), reader.text.of("author").strip()
    meta = {"author": MetaValue(author, "file")} if author else {}
    return Rich(_TRAILING.sub("", reader.text.of("")).strip("\n\t"), title or None, meta)


def _tokens(data: bytes) -> Iterator[re.Match[bytes]]:
    at = 0
    while match := _TOKENS.search(data, at):
        at = match.end()
        if match["word"] == b"bin":  # raw bytes follow
            at += max(int(match["number"] or 0), 0)
        yield match


class _Parser:
    """Walks the tokens: one state for each open group."""

    def __init__(self) -> None:
        self.text = _Text()
        self.states = [_State()]
        self.fonts: dict[int, str] = {}
        self.font = 0  # the font whose row of the table is being read
        self.default = "cp1252"
        self.starred = False  # the group began with \*
        self.to_skip = 0  # substitutes of a \u still to come

    @property
    def state(self) -> _State:
        return self.states[-1]

    def take(self, token: re.Match[bytes]) -> None:
        match token.lastgroup:
            case "brace":
                self._brace(token["brace"])
            case "word" | "number":
                self._word(token["word"].decode("ascii"), int(token["number"]) if token["number"] else None)
            case "symbol":
                self._symbol(token["symbol"])
            case "hex":
                self._raw(bytes.fromhex(token["hex"].decode("ascii")))
            case _:
                self._raw(token["text"])

    def _brace(self, brace: bytes) -> None:
        self.to_skip, self.starred = 0, False
        if brace == b"{":
            if len(self.states) > _DEPTH:
                raise Unreadable(Reason.BROKEN, "RTF 嵌套过深")
            self.states.append(self.state)
        elif len(self.states) > 1:
            self.states.pop()

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self.starred = True
        elif symbol in b"\\{}":
            self._raw(symbol)
        elif symbol in _SYMBOLS:
            self.text.put(_SYMBOLS[symbol], self.state.target)

    def _raw(self, raw: bytes) -> None:
        skipped = min(self.to_skip, len(raw))
        self.to_skip -= skipped
        if raw[skipped:]:
            self.text.put_bytes(raw[skipped:], self.state.target, self.state.codec or self.default)

    def _word(self, word: str, number: int | None) -> None:
        if word == "u" and number is not None:
            self.text.put(chr(number & 0xFFFF), self.state.target)
            self.to_skip = self.state.substitutes
        elif word in _WORDS:
            self.text.put(_WORDS[word], self.state.target)
        elif word == "uc":
            self._set(substitutes=min(max(number or 0, 0), 9))
        elif word == "ansicpg":
            self.default = _known(_CODE_PAGES.get(number or 0, f"cp{number}"))
        elif word in {"f", "fcharset", "plain"}:
            self._font(word, number or 0)
        elif word in {"title", "author"} and self.state.target is None:
            self._set(target=word)
            self.text.parts.pop(word, None)  # stated again in Unicode, after the form in a code page
        elif word in _DESTINATIONS or (self.starred and word not in _SHOWN):
            self._set(target=None)
        elif word == "deleted":
            self._set(target=None if number != 0 else "")
        self.starred = False

    def _font(self, word: str, number: int) -> None:
        if word == "plain":
            self._set(codec=None)
        elif word == "fcharset":
            if number in _CHARSETS:
                self.fonts[self.font] = _CHARSETS[number]
        else:
            self.font = number
            self._set(codec=self.fonts.get(number))

    def _set(self, **changes: object) -> None:
        self.text.flush()
        self.states[-1] = replace(self.state, **changes)  # type: ignore[arg-type]


def _known(codec: str) -> str:
    try:
        b"".decode(codec)
    except LookupError:
        return "cp1252"
    return codec
