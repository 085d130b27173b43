"""How much a page's text layer reads as proper text: what decides whether it is used or the page is recognised anew.

Fonts without a proper table of characters give private-use characters, symbols or rare characters in place of words;
bad OCR gives stray marks and spaces between Chinese characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from corpus.likelihood import is_common
from corpus.repair import HAN

#: Pages below this are better recognised from their image; pages of a document whose other pages are mostly below
#: it share their fonts, and must look better than that to be believed.
USABLE, USABLE_AMONG_GARBAGE = 0.6, 0.9

_WORD = re.compile(r"(?<![^\W\d_])(?:[A-Z]?[a-z\u00df-\u00ff]{2,}|[A-Z]{2,6})(?![^\W\d_])|\d+(?:[.,:%/-]\d+)*%?")
_LATIN, _LATIN_WORD = "A-Za-z\u00c0-\u00ff", r"(?:[A-Z]?[a-z\u00df-\u00ff]{2,}|[A-Z]{2,6})"
# A Latin word among Chinese ones: 在KTV里.
_AMID_HAN = re.compile(rf"(?<=[{HAN}]){_LATIN_WORD}(?![{_LATIN}])|(?<!\w){_LATIN_WORD}(?=[{HAN}])")
_HAN = re.compile(f"[{HAN}]")
_SPACED = re.compile(f"(?<=[{HAN}]) (?=[{HAN}])")
_PUNCTUATION = frozenset(
    "，。、；：？！“”‘’《》〈〉（）【】〔〕［］—…·～　．－／％＋＝,.;:?!\"'()-/%•■□●○◆◇★☆→①②③④⑤⑥⑦⑧⑨⑩"
)
_NEVER = frozenset(("Cc", "Co", "Cs", "Cn"))
_MARKS_ALLOWED = 0.35  # of a page may be punctuation before that looks like garbage; lists and tables have much
_HAN_A_WORD = 6  # Chinese characters at least for each Latin word among them, before that looks like garbage
_STRAY_COST = 3  # a sign that such texts hardly ever hold stands for others like it that happen to look right


def quality(text: str) -> float:
    """The share, 0 to 1, of a page's characters that stand in text as people write it; 1 for an empty page."""
    counts = Counter(text)
    for blank in " \t\n\r\f\xa0":
        counts.pop(blank, None)
    total = sum(counts.values())
    if not total:
        return 1.0
    good = sum(map(len, _WORD.findall(text)))
    marks = stray = 0
    for character, count in counts.items():
        if _HAN.match(character):
            good += count if is_common(character) else 0
        elif character in _PUNCTUATION:
            marks += count
        elif _is_foreign(character):
            good += count
        elif not character.isascii() or not character.isalnum():
            stray += count * (2 if unicodedata.category(character) in _NEVER or character == "\ufffd" else 1)
    han = sum(count for character, count in counts.items() if _HAN.match(character))
    good += sum(map(len, _AMID_HAN.findall(text)[: 1 + han // _HAN_A_WORD]))
    good += min(marks, int(_MARKS_ALLOWED * total)) - _STRAY_COST * max(0, stray - total // 50)
    spaced = len(_SPACED.findall(text)) / han if han else 0.0
    return max(0.0, min(1.0, good / total)) * (1 - 0.3 * spaced)


def _is_foreign(character: str) -> bool:
    """Whether a letter or digit is of a script that such documents may hold: Greek, Cyrillic, kana, full width."""
    code = ord(character)
    return 0x0370 <= code < 0x0530 or 0x3040 <= code <= 0x30FF or 0xFF10 <= code <= 0xFF5A or 0x2160 <= code <= 0x217F


def needed(scores: Sequence[float]) -> float:
    """The quality a page of a document with these scores needs: among garbage, a page that looks passable is none."""
    return USABLE if sum(score < USABLE for score in scores) * 2 < len(scores) else USABLE_AMONG_GARBAGE
