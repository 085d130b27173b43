"""How are strings written in an engine's files? As they are, save for what an engine would refuse or drop."""

from __future__ import annotations

import re
from hashlib import sha256

#: A token longer than this is written as its digest: tantivy drops tokens of more than 65,530 bytes in silence.
LONGEST_TOKEN = 16_000

#: The last code point, which stands for no character, begins every replacement, itself included.
_MARK = "\U0010ffff"
_UNBEARABLE = re.compile("[\ud800-\udfff\U0010ffff]")
_REPLACED = re.compile("\U0010ffff(.)", re.DOTALL)
_SURROGATES, _SHIFTED = 0xD800, 0x100


def written(text: str) -> str:
    """The string as UTF-8 can carry it: file names may hold lone surrogates. `read` gives the original back."""
    return text if _is_bearable(text) else _UNBEARABLE.sub(_replace, text)


def read(text: str) -> str:
    """The string that `written` wrote."""
    return _REPLACED.sub(_restore, text) if _MARK in text else text


def written_token(token: str) -> str:
    """A token as it is written and asked for. One-way: nothing reads tokens back."""
    token = written(token)
    if len(token) <= LONGEST_TOKEN:
        return token
    return f"{_MARK}#{sha256(token.encode()).hexdigest()}"


def written_tokens(tokens: str) -> str:
    """Tokens joined by single spaces, each as `written_token` has it."""
    tokens = written(tokens)
    if not _has_long_token(tokens):
        return tokens
    return " ".join(token if len(token) <= LONGEST_TOKEN else written_token(read(token)) for token in tokens.split(" "))


def _is_bearable(text: str) -> bool:
    """To encode a text is the quickest look at all of its characters."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return _MARK not in text


def _has_long_token(tokens: str) -> bool:
    """Hop from space to space as far as a token may reach: most texts are decided in one step."""
    start = 0
    while len(tokens) - start > LONGEST_TOKEN:
        space = tokens.rfind(" ", start, start + LONGEST_TOKEN + 1)
        if space < 0:
            return True
        start = space + 1
    return False


def _replace(found: re.Match[str]) -> str:
    character = found[0]
    return _MARK + (_MARK if character == _MARK else chr(ord(character) - _SURROGATES + _SHIFTED))


def _restore(found: re.Match[str]) -> str:
    character = found[1]
    return _MARK if character == _MARK else chr(ord(character) - _SHIFTED + _SURROGATES)
