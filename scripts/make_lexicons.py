"""Write the lexicons that are derived from other projects' data.

usage: python -m scripts.make_lexicons

- `indexer/lexicon/t2s.txt`: a traditional or variant character and its simplified form on each line, from OpenCC's t2s
  configuration (Apache-2.0), one character at a time, so that folding never changes a length.
"""

from __future__ import annotations

from pathlib import Path

from opencc import OpenCC

LEXICON = Path(__file__).parent.parent / "indexer" / "lexicon"
HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x323AF))


def traditional_to_simplified() -> str:
    """The lines of t2s.txt."""
    convert = OpenCC("t2s").convert
    pairs = ((chr(code), convert(chr(code))) for low, high in HAN for code in range(low, high + 1))
    return "".join(f"{old}{new}\n" for old, new in pairs if new != old and len(new) == 1)


if __name__ == "__main__":
    (LEXICON / "t2s.txt").write_text(
        "# Traditional character, simplified character. Made by scripts/make_lexicons.py from OpenCC t2s.\n"
        + traditional_to_simplified(),
        encoding="utf-8",
    )
