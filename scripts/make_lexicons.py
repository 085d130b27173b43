"""Write the lexicons that are derived from other projects' data.

usage: python -m scripts.make_lexicons

- `indexer/lexicon/t2s.txt`: a traditional or variant character and its simplified form on each line, from OpenCC's t2s
  configuration (Apache-2.0), one character at a time, so that folding never changes a length.
- `indexer/lexicon/stock_words.txt`: the commonest words of three characters and more in jieba's dictionary (MIT), those
  that name persons and places aside.
"""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from opencc import OpenCC

from indexer.fold import fold

LEXICON = Path(__file__).parent.parent / "indexer" / "lexicon"
OFTEN = 100  # times a word stands in the texts that jieba counted
HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x323AF))


def traditional_to_simplified() -> str:
    """The lines of t2s.txt."""
    convert = OpenCC("t2s").convert
    pairs = ((chr(code), convert(chr(code))) for low, high in HAN for code in range(low, high + 1))
    return "".join(f"{old}{new}\n" for old, new in pairs if new != old and len(new) == 1)


def stock_words() -> str:
    """The lines of stock_words.txt."""
    dictionary = (files("jieba") / "dict.txt").read_text(encoding="utf-8")
    rows = (line.split(" ") for line in dictionary.splitlines())
    words = sorted(
        word
        for word, count, tag in rows
        if int(count) >= OFTEN and re.fullmatch("[\u4e00-\u9fd5]{3,}", word) and not tag.startswith(("nr", "ns"))
    )
    return "".join(f"{word}\n" for word in words if fold(word) == word)


if __name__ == "__main__":
    (LEXICON / "stock_words.txt").write_text(
        "# Common words of three characters and more. Made by scripts/make_lexicons.py from the dictionary of jieba\n"
        "# 0.42.1 (MIT licence): those it counted 100 times and more, without names of persons and places.\n"
        + stock_words(),
        encoding="utf-8",
    )
    (LEXICON / "t2s.txt").write_text(
        "# Traditional character, simplified character. Made by scripts/make_lexicons.py from OpenCC t2s.\n"
        + traditional_to_simplified(),
        encoding="utf-8",
    )
