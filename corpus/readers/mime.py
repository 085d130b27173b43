"""MIME messages, the form of mails and of saved web pages: headers and parts with the charsets Chinese mailers use."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

from corpus.document import Reason
from corpus.encoding import decode
from corpus.readers.contract import Unreadable
from corpus.readers.sniff import text_head

_HEADER = re.compile(r"^([A-Za-z][A-Za-z0-9-]{1,40}):", re.MULTILINE)
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "big5": "big5hkscs", "x-gbk": "gb18030"}
_DEPTH = 40


def header_names(data: bytes) -> frozenset[str]:
    """The names, in lower case, of the headers that a text begins with; empty where it begins otherwise."""
    head = text_head(data).lstrip("\ufeff\r\n")
    block = re.split(r"\r?\n\r?\n", head, maxsplit=1)[0]
    if head.startswith("From "):  # an mbox line above the headers
        block = block.partition("\n")[2]
    return frozenset(name.lower() for name in _HEADER.findall(block)) if _HEADER.match(block) else frozenset()


def is_saved_page(data: bytes) -> bool:
    """Whether a message is a web page saved with its images (MHTML), which nobody sent."""
    names = header_names(data)
    if "content-type" not in names or names & {"to", "received", "message-id", "return-path"}:
        return False
    return bool(re.search(r"^content-type:\s*multipart/related", text_head(data), re.IGNORECASE | re.MULTILINE))


def parse(data: bytes) -> Message:
    """Parse a message. Raises Unreadable(BROKEN) where its parts nest without end."""
    try:
        message = message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n"))
        if _depth(message) > _DEPTH:
            raise Unreadable(Reason.UNSAFE, "邮件的部分嵌套过深")
    except RecursionError as error:
        raise Unreadable(Reason.UNSAFE, "邮件的部分嵌套过深") from error
    return message


def header(message: Message, name: str) -> str:
    """A header as a person reads it, on one line; "" where it is missing."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
    return readable(raw)


def readable(raw: str) -> str:
    """A header's raw value decoded: encoded words, or bare bytes in whatever charset."""
    if not raw.isascii():
        decoded = decode(raw.encode("utf-8", "surrogateescape"))
        return " ".join((decoded.text if decoded else raw.encode("utf-8", "replace").decode()).split())
    try:
        parts = decode_header(raw)
    except (HeaderParseError, ValueError):
        return " ".join(raw.split())
    return " ".join("".join(_word(part, charset) for part, charset in parts).split())


def text(part: Message) -> str:
    """The text of a text part, by its charset or its looks. Raises Unreadable(ENCODING)."""
    raw = payload(part)
    charset = (part.get_content_charset() or "").lower()
    decoded = decode(raw, _SUPERSETS.get(charset, charset) or None)
    if decoded is None:
        if not raw.strip():
            return ""
        raise Unreadable(Reason.ENCODING)
    return decoded.text


def payload(part: Message) -> bytes:
    """The bytes of a part, its transfer encoding undone as far as it goes; an enclosed message as its source."""
    if part.is_multipart():
        enclosed = part.get_payload()
        return b"".join(item.as_bytes() for item in enclosed if isinstance(item, Message))
    raw = part.get_payload(decode=True)
    return raw if isinstance(raw, bytes) else b""


def _word(part: bytes | str, charset: str | None) -> str:
    if isinstance(part, str):
        return part
    name = (charset or "ascii").lower()
    try:
        return part.decode(_SUPERSETS.get(name, name), "replace")
    except LookupError:
        return part.decode("gb18030", "replace")


def _depth(message: Message) -> int:
    parts = message.get_payload() if message.is_multipart() else []
    return 1 + max((_depth(part) for part in parts if isinstance(part, Message)), default=0)
