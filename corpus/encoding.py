"""From bytes to text without guessing silently: a decoding that does not read like language is refused.

Chinese texts are often too short for statistics over bytes. So every encoding that can hold the bytes is tried
strictly, and the decoded characters are weighed: common characters are likely, rare and private ones are not.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from corpus.likelihood import likelihood, looks_garbled

SAMPLE = 16_384  # bytes that are weighed; the whole is then decoded
REPLACED_SHARE = 0.001  # damaged characters that a text may hold and still be read

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_CANDIDATES = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_UNITS = {"utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "big5": "big5hkscs", "cp950": "big5hkscs"}
_CONTROLS = bytes([*range(9), 11, *range(14, 27), *range(28, 32), 127])
_BINARY_MEAN = -12.0  # what decodes as UTF-16 with less likely characters than this is a binary format
_SURE = 8  # this many characters beyond ASCII are not valid UTF-8 by chance
_DAMAGED_LENGTH = 200  # a text this long may hold one damaged character and still be known
_MARGIN = 2.0  # natural log: the best decoding must be this much likelier than the next


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text, the encoding by its Python name, and how many damaged places were replaced by U+FFFD."""

    text: str
    encoding: str
    replaced: int = 0


def decode(data: bytes, declared: str | None = None) -> Decoded | None:
    """Decode the bytes; None where no encoding gives a text that reads like one.

    `declared` is what the file says of itself (a meta tag); it is believed where the result bears it out.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _readable(data[len(mark) :], encoding)
    if _is_plain_utf8(data):
        return _readable(data, "utf-8")
    if declared and (stated := _known(declared)):
        believed = _readable(data, stated)
        if believed and not believed.replaced:
            return believed
    guess = detect(data[:SAMPLE])
    return _readable(data, guess) if guess else None


def detect(sample: bytes) -> str | None:
    """The likeliest encoding of a sample that may end inside a character; None where two are about as likely."""
    weighed: list[tuple[float, str]] = []
    for encoding in _CANDIDATES:
        text = _decode_sample(sample, encoding)
        if text is not None:
            weighed.append((likelihood(text), encoding))
    weighed.sort(reverse=True)
    if not weighed or (len(weighed) > 1 and weighed[0][0] - weighed[1][0] < _MARGIN):
        return None
    return weighed[0][1]


def peek(head: bytes) -> str:
    """The first bytes of a file as text, for a look at its form only; "" where they are binary."""
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "replace")
    if not _has_controls(head):
        try:
            return codecs.getincrementaldecoder("utf-8")().decode(head)
        except UnicodeDecodeError:
            return head.decode(detect(head) or "gb18030", "replace")
    guess = detect(head)
    text = head.decode(guess, "replace") if guess in _UNITS else ""
    return text if likelihood(text) > _BINARY_MEAN * len(text) else ""


def is_text(data: bytes) -> bool:
    """Whether the bytes are text in some encoding, known or not, and not a binary format."""
    return bool(peek(data[:SAMPLE])) if data else False


def _is_plain_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8 beyond doubt: pure ASCII, or with many characters, or one of three bytes or more."""
    if _has_controls(data[:SAMPLE]):
        return False
    sample = _decode_sample(data[:SAMPLE], "utf-8")
    if sample is None or "\ufffd" in sample:
        return False
    return sample.isascii() or max(sample) >= "\u0800" or sum(not character.isascii() for character in sample) >= _SURE


def _has_controls(sample: bytes) -> bool:
    return len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) // 200


def _known(name: str) -> str | None:
    try:
        encoding = codecs.lookup(name.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    return _SUPERSETS.get(encoding, encoding)


def _decode_sample(sample: bytes, encoding: str) -> str | None:
    whole = len(sample) - len(sample) % _UNITS.get(encoding, 1)
    if whole != len(sample) and len(sample) < SAMPLE:
        return None
    text = codecs.getincrementaldecoder(encoding)("replace").decode(sample[:whole], len(sample) < SAMPLE)
    return text if _bearable(text) else None


def _bearable(text: str) -> bool:
    """Whether a decoded text has no more damaged characters than a text may have."""
    replaced = text.count("\ufffd")
    return replaced <= len(text) * REPLACED_SHARE or (replaced == 1 and len(text) >= _DAMAGED_LENGTH)


def _readable(data: bytes, encoding: str) -> Decoded | None:
    """Decode all the bytes, a few damaged places replaced; None where there are many, or the text is garbled."""
    try:
        text, replaced = data.decode(encoding), 0
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        replaced = text.count("\ufffd")
        if not _bearable(text):
            return None
    except (LookupError, UnicodeError):
        return None
    return None if looks_garbled(text[:SAMPLE]) else Decoded(text, encoding, replaced)
