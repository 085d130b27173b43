"""What two texts are compared by to tell whether one is a copy of the other, in other frames perhaps.

A text is cut into clauses. Reprints hold the same clauses, and beside them a headline, a dateline, a footer; other
documents full of the same formulas differ in the clauses that tell who, when and how much. MinHash of the clauses
leads to the texts worth comparing without a look at any other (`keys`); the clauses themselves decide (`alike`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from struct import pack, unpack
from zlib import crc32

from indexer.fold import SPACE, fold

#: Goes up with every change of what a signature holds. History: 1 first.
VERSION = 1

#: Texts of fewer characters, marks apart, are copies only where they are the same.
SHORTEST = 60
#: How much of the shorter and of the longer text must stand in the other. The share of the longer keeps a collection
#: from being called a copy of one notice in it, and a later notice from being called a copy of the one it quotes.
OF_SHORTER, OF_LONGER = 0.8, 0.75
#: A few figures of its own (the day of printing, a telephone number) do not make a reprint another document.
FRAME_FIGURES = 2

# Texts of which 63 % of the clauses are common (the least that OF_SHORTER and OF_LONGER allow) share a key in 97 of 100
# cases, those with 20 % in common, as two notices of one kind have, in 3 of 100.
_BANDS, _ROWS = 20, 4
_WINDOW, _STEP = 8, 4
_SEED = 1

_MARKS = "。，；！？!?,;：:、|"
_NUMERALS = "〇零一二三四五六七八九十百"
# Each begins with a class of characters, which is what the compiled pattern can leap to.
_MARK = re.compile(rf"[{_MARKS}.](?:(?<!\.)|(?!\d))")
_NOISE = re.compile(rf"[\W_](?<![.%{SPACE}{_MARKS}])")
_FIGURE = re.compile(rf"[\d{_NUMERALS}](?:(?<=\d)\d*|(?<!\d)[{_NUMERALS}]*(?=[年月日届次期号]))")
_LONG_CLAUSE = 60


@dataclass(frozen=True, slots=True)
class Signature:
    """Where to look for copies of a text, and what to compare: numbers of 8 bytes, least significant byte first.

    Texts that share one of `keys` may be copies. `clauses` has a number for each distinct clause, in order of size:
    4 bytes of hash, 3 bytes of hash without its figures (0 where it has none), 1 byte of length (255 at most).
    """

    keys: bytes
    clauses: bytes

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle as a call, as an entry does."""
        return Signature, (self.keys, self.clauses)


@cache
def kernel() -> str:
    """What computes MinHash here: "rensa", or "" where it is not installed and only equal texts are found."""
    return "rensa" if find_spec("rensa") else ""


def fingerprint() -> str:
    """What the signature of a text depends on, besides the text."""
    return f"signature {VERSION} {kernel()}".rstrip()


def sign(text: str) -> Signature:
    """The signature of a text as it stands in its document."""
    return sign_folded(fold(text))


def sign_folded(folded: str) -> Signature:
    """The signature of a text that is folded already."""
    found = _clauses(folded)
    numbers = sorted(_numbers(found)) if found else []
    packed = pack(f"<{len(numbers)}Q", *numbers)
    keys = [_key(packed)] if packed else []  # a text of marks alone has nothing to be compared by
    if kernel() and _length(numbers) >= SHORTEST:
        keys += _bands(found)
    return Signature(b"".join(keys), packed)


def clauses(text: str) -> list[str]:
    """The distinct clauses of a text, folded, without marks and spaces, in order.

    Line ends do not part clauses, since every layout has its own; only what would be overlong (a table, a list) is
    parted at its spaces.
    """
    return _clauses(fold(text))


def _clauses(folded: str) -> list[str]:
    found: dict[str, None] = {}
    for piece in _MARK.split(_NOISE.sub("", folded)):
        for part in piece.split(SPACE) if len(piece) > _LONG_CLAUSE else (piece.replace(SPACE, ""),):
            found[part] = None
    found.pop("", None)
    return list(found)


def read_keys(keys: bytes) -> tuple[int, ...]:
    """The keys of a signature as signed integers of 64 bits."""
    return unpack(f"<{len(keys) // 8}q", keys)


def read_clauses(packed: bytes) -> frozenset[int]:
    """The clauses of a signature as they are compared."""
    return frozenset(unpack(f"<{len(packed) // 8}Q", packed))


def alike(one: frozenset[int], other: frozenset[int]) -> bool:
    """Tell whether two texts, by their clauses, are the same or one text in two frames."""
    if one == other:
        return True
    shared = one & other
    length = _length(shared)
    shorter, longer = sorted((_length(one), _length(other)))
    if length < SHORTEST or length < OF_SHORTER * shorter or length < OF_LONGER * longer:
        return False
    return _same_figures(shared, one - shared, other - shared)


def _same_figures(shared: frozenset[int], one: frozenset[int], other: frozenset[int]) -> bool:
    """Tell whether two texts agree in dates, amounts and numbers, as a reprint does and the next month's form not."""
    common, ones, others = (list(filter(None, map(_without_figures, part))) for part in (shared, one, other))
    changed = len(set(ones) & set(others))  # the same clause with other figures
    own = min(len(ones), len(others))
    return changed * 3 <= len(common) and own <= max(FRAME_FIGURES, len(common))


def _numbers(found: list[str]) -> set[int]:
    frames = _FIGURE.sub("", "\n".join(found)).split("\n")  # in one go: text by text is what costs
    return {
        crc32(clause.encode()) << 32
        | (0 if frame == clause else crc32(frame.encode()) & 0xFFFFFF or 1) << 8
        | min(len(clause), 255)
        for clause, frame in zip(found, frames, strict=True)
    }


def _without_figures(number: int) -> int:
    return number >> 8 & 0xFFFFFF


def _length(numbers: Iterable[int]) -> int:
    return sum(number & 0xFF for number in numbers)


def _bands(found: Sequence[str]) -> list[bytes]:
    """MinHash of windows into the clauses, so that a long clause counts for more, in bands of a few rows."""
    from rensa import RMinHash

    windows = [clause[:_WINDOW] for clause in found]
    windows += [
        clause[at : at + _WINDOW]
        for clause in found
        if len(clause) >= _WINDOW + _STEP
        for at in range(_STEP, len(clause) - _WINDOW + 1, _STEP)
    ]
    minhash = RMinHash(_BANDS * _ROWS, _SEED)
    minhash.update(windows)
    digest = pack(f"<{_BANDS * _ROWS}I", *minhash.digest())
    size = 4 * _ROWS
    return [_key(bytes([band]) + digest[band * size : (band + 1) * size]) for band in range(_BANDS)]


def _key(data: bytes) -> bytes:
    return blake2b(data, digest_size=8).digest()
