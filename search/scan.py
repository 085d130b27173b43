"""From the characters of a query to its tokens. One pass, forwards; every string can be scanned."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from enum import StrEnum

from indexer.fold import fold
from search import syntax
from search.query import FIELDS, field_named
from search.values import ValueType

#: The name of the directive 排序:日期, written like a field.
ORDER = "order"
_ORDER_NAMES = frozenset({"排序", "顺序", "sort", "order"})


class Sign(StrEnum):
    """What a token is."""

    TEXT = "text"
    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a query that was not understood as typed: where it stands, and in Chinese what was done."""

    start: int
    end: int
    message: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or quoted text, as written, with the offsets of its characters and quotes in the query."""

    start: int
    end: int
    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Token:
    """A sign of the query. `field` is the field written before it, or ORDER.

    A TEXT has pieces: one, or the alternatives of its field.
    """

    sign: Sign
    start: int
    end: int
    field: str | None = None
    pieces: tuple[Piece, ...] = ()


_WORD_SIGNS = {
    **dict.fromkeys(syntax.AND_WORDS, Sign.AND),
    **dict.fromkeys(syntax.OR_WORDS, Sign.OR),
    **dict.fromkeys(syntax.NOT_WORDS, Sign.NOT),
}
_OPENING = re.compile(r"\s*[(（]")
_BLANK = re.compile(r"\s*")
#: A sign of comparison and the blanks after it: 金额:> 100万 is one value.
_COMPARISON = re.compile(r"[<>＜＞≤≥=＝]+\s+")

_STRAIGHT = re.compile(r'(?:\\[\\"＂]|[^"＂])*+')
_CURLY = re.compile("[^“”]*+")
#: What may stand between a quote and the one that closes it, the likeliest first. Input methods give “…“ and ”…” as
#: they please, so either curly quote closes either; a quote of another shape closes only where its own never comes.
_BODIES = {
    '"': (_STRAIGHT, _CURLY),
    "＂": (_STRAIGHT, _CURLY),
    "“": (_CURLY, _STRAIGHT),
    "”": (_CURLY, _STRAIGHT),
    "「": (re.compile("[^」]*+"), re.compile("[^』]*+")),
    "『": (re.compile("[^』]*+"), re.compile("[^」]*+")),
}
_MARK = re.compile(
    rf"(?P<word>(?![{syntax.DASHES}]){syntax.WORD.pattern})|(?P<separator>[{syntax.SEPARATORS}])"
    rf"|(?P<open>[(（])|(?P<close>[)）])|(?P<or>[|｜]+)|(?P<not>[{syntax.DASHES}])"
    rf"|(?P<quote>[{''.join(_BODIES)}])|(?P<stray>[」』])"
)


def scan(text: str) -> Iterator[Token | Problem]:
    """Yield the tokens of `text` and what is wrong with it, in the order they stand."""
    position = 0
    while match := _MARK.match(text, position):
        position = match.end()
        start, kind = match.start(), match.lastgroup
        if kind == "word":
            position = yield from _word(text, start, match[0])
        elif kind == "quote":
            piece, problem = _quotation(text, start)
            position = piece.end
            yield from (problem,) if problem else ()
            yield Token(Sign.TEXT, start, position, pieces=(piece,))
        elif kind == "not" and text[position : position + 1].strip() == "":
            yield Problem(start, position, "单独的“-”没有要排除的词，已忽略")
        elif kind == "stray":
            yield Problem(start, position, f"多余的“{match[0]}”，已忽略")
        elif kind != "separator":
            yield Token(Sign[str(kind).upper()], start, position)


def _word(text: str, start: int, word: str) -> Generator[Token | Problem, None, int]:
    """Yield the tokens of a word that begins at `start`; return where the next token may begin."""
    end = start + len(word)
    if word in _WORD_SIGNS:
        yield Token(_WORD_SIGNS[word], start, end)
        return end
    prefix = syntax.PREFIX.match(word)
    if prefix is None:
        yield Token(Sign.TEXT, start, end, pieces=(Piece(start, end, word),))
        return end
    name, colon = prefix["name"], start + prefix.end()
    if field := _field_named(name):
        return (yield from _field(text, start, field, colon))
    value, problem = _value(text, colon)
    yield Token(Sign.OPEN, start, start)
    yield Token(Sign.TEXT, start, colon - 1, pieces=(Piece(start, colon - 1, name),))
    if value:
        yield Problem(start, colon, f"没有“{syntax.shorten(name)}”这个字段，已按普通词查找")
        yield from (problem,) if problem else ()
        yield Token(Sign.TEXT, value.start, value.end, pieces=(value,))
    end = value.end if value else colon
    yield Token(Sign.CLOSE, end, end)
    return end


def _field_named(name: str) -> str | None:
    if fold(name) in _ORDER_NAMES:
        return ORDER
    field = field_named(name)
    return field.name if field else None


def _field(text: str, start: int, field: str, colon: int) -> Generator[Token | Problem, None, int]:
    """Yield the token of a field whose name begins at `start` and ends at `colon`; return where the next may begin."""
    opening = _OPENING.match(text, colon)
    if opening and field != ORDER:
        yield Token(Sign.OPEN, start, opening.end(), field)
        return opening.end()
    ranged = field in FIELDS and FIELDS[field].type not in {ValueType.TEXT, ValueType.KEY}
    pieces: list[Piece] = []
    position = end = colon
    begin = _BLANK.match(text, colon)
    if begin and begin.end() > colon and _stands_alone(text, begin.end()):
        position = begin.end()
    while True:
        piece, problem = _value(text, position, ranged)
        if piece is None:
            break
        yield from (problem,) if problem else ()
        pieces.append(piece)
        end = piece.end
        position = end + 1
        if text[end:position] not in syntax.LIST_MARKS or not _stands_alone(text, position):
            break
    yield Token(Sign.TEXT, start, end, field, tuple(pieces))
    return end


def _stands_alone(text: str, position: int) -> bool:
    """Tell whether a value, not an operator or a field of its own, begins at `position`."""
    word = syntax.WORD.match(text, position)
    if word is None:
        return text[position : position + 1] in _BODIES
    return syntax.is_run(word[0]) and word[0] not in syntax.OPERATORS


def _value(text: str, position: int, ranged: bool = False) -> tuple[Piece | None, Problem | None]:
    """Return the value that begins at `position`, if there is one; a `ranged` one may begin with > and blanks."""
    if text[position : position + 1] in _BODIES:
        return _quotation(text, position)
    comparison = _COMPARISON.match(text, position) if ranged else None
    word = syntax.WORD.match(text, comparison.end() if comparison else position)
    return (Piece(position, word.end(), text[position : word.end()]) if word else None), None


def _quotation(text: str, start: int) -> tuple[Piece, Problem | None]:
    """Return the quoted text whose opening quote stands at `start`, and the problem where nothing closes it."""
    opener, begin = text[start], start + 1
    ends = (match.end() for body in _BODIES[opener] if (match := body.match(text, begin)))
    end = next((end for end in ends if end < len(text)), None)
    body = text[begin:end]
    quoted = syntax.unquote(body) if opener in '"＂' else body
    if end is None:
        problem = Problem(start, len(text), "这里的引号没有闭合，已按到末尾处理")
        return Piece(start, len(text), quoted, quoted=True), problem
    return Piece(start, end + 1, quoted, quoted=True), None
