"""Write the words of two characters that hold a surname, derived from the dictionary of jieba (MIT licence).

usage: python -m scripts.make_surname_words
"""

from __future__ import annotations

from collections import Counter
from importlib.resources import files
from pathlib import Path

from indexer.extract import people

HOME = Path(__file__).parent.parent / "indexer"
OFTEN = 20  # times a word stands in the texts that jieba counted
RATHER = 500  # how much more often a word must stand than there are names that begin with its two characters

HEAD = """\
# Words of two characters that hold a surname: where one stands, no name begins. A line is a surname, what follows it in
# such words, and what stands before it, parted by tabs, the most frequent first.
# Source: the dictionary of jieba 0.42.1 (MIT licence): its words of two characters with a frequency of at least 20 that
# it does not tag as names of persons (nr). What follows a surname is left out where names of three characters begin so,
# unless the word is 500 times as frequent as there are such names.
"""


def surname_words() -> str:
    """The lines of surname_words.txt, surnames in order of how many bear them."""
    dictionary = (files("jieba") / "dict.txt").read_text(encoding="utf-8")
    words = [(word, int(count), tag) for word, count, tag in (line.split(" ") for line in dictionary.splitlines())]
    names = Counter(word[:2] for word, _, tag in words if len(word) == 3 and tag.startswith("nr"))
    after: dict[str, list[tuple[int, str]]] = {surname: [] for surname in _surnames()}
    before: dict[str, list[tuple[int, str]]] = {surname: [] for surname in after}
    for word, count, tag in words:
        if len(word) == 2 and count >= OFTEN and not tag.startswith("nr"):
            if word[0] in after and count >= RATHER * names[word]:
                after[word[0]].append((-count, word[1]))
            if word[1] in before:
                before[word[1]].append((-count, word[0]))
    lines = (f"{surname}\t{_told(after[surname])}\t{_told(before[surname])}" for surname in after
             if after[surname] or before[surname])  # fmt: skip
    return "".join(f"{line}\n" for line in lines)


def _surnames() -> list[str]:
    """The surnames of one character that extraction knows."""
    ordered = (HOME / "lexicon" / "surnames.txt").read_text(encoding="utf-8").splitlines()
    listed = [surname for line in ordered if not line.startswith("#") for surname in line.strip()]
    known = people.surnames()
    return list(dict.fromkeys([s for s in listed if s in known] + [s for s in sorted(known) if len(s) == 1]))


def _told(found: list[tuple[int, str]]) -> str:
    return "".join(character for _, character in sorted(found))


if __name__ == "__main__":
    (HOME / "extract" / "lexicon" / "surname_words.txt").write_text(HEAD + surname_words(), encoding="utf-8")
