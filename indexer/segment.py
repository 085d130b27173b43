"""Text to words, for ranking, and the pairs of characters that find a string. The only module to import a segmenter.

jieba's dictionary and algorithm cut the words. Where the compiled kernel `rjieba` is installed it does the cutting (20
to 40 times faster); on runs of Han characters, which is all that either receives here, the two cut alike (tested).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, partial
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path

from corpus.cause import cause
from indexer import stock
from indexer.fold import VERSION as FOLD_VERSION

#: Goes up with every change of what this module makes of a text. History: 1 first; 2 stock phrases.
VERSION = 2

# What jieba's own patterns treat as Han; anything else would be cut differently by its two kernels.
_NOT_HAN = re.compile(r"[^\u4e00-\u9fd5]+")
# Words outside jieba's reach: letters and digits, and each character of the later Han blocks. What texts mostly consist
# of is ruled out first, in one look: that halves the time.
_OTHER = re.compile(
    r"(?![\u4e00-\u9fd5\u3001\u3002,:\"␣])"
    r"(?:[a-z0-9]+|[\u3007\u3400-\u4dbf\u9fd6-\u9fff\U00020000-\U000323af]|[^\W\u4e00-\u9fd5_]+)"
)
_BREAK = "\n"
_GAP = f" {_BREAK}"


class DictionaryError(ValueError):
    """A line of the office's dictionary cannot be read; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Words that the segmenter keeps whole, beside jieba's own. `words` are folded and sorted."""

    words: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """A short hash that changes with the words."""
        return blake2b("\n".join(self.words).encode(), digest_size=6).hexdigest()


def read_dictionary(path: Path, fold: Callable[[str], str]) -> Dictionary:
    """Read a dictionary file: UTF-8, a word a line (jieba's own "word frequency tag" is accepted), # comments.

    Raises DictionaryError for a line that is not text or holds more than a word.
    """
    words = set()
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DictionaryError(f"词典 {path} 读不出来（{cause(error)}）；请另存为 UTF-8 文本。") from error
    for number, line in enumerate(lines, 1):
        word, *rest = line.split("#")[0].split() or [""]
        if len(rest) > 2 or (rest and not rest[0].isdigit()):
            raise DictionaryError(f"词典 {path} 第 {number} 行应当是一个词：{line.strip()[:40]}")
        if word:
            words.add(fold(word))
    return Dictionary(tuple(sorted(words)))


def kernel() -> str:
    """The segmenter that does the cutting here: "rjieba" where installed, else "jieba"."""
    return "rjieba" if find_spec("rjieba") else "jieba"


def fingerprint(dictionary: Dictionary) -> str:
    """What the tokens of a text depend on, besides the text."""
    return f"fold {FOLD_VERSION}, segment {VERSION}, dictionary {dictionary.digest}, stock {stock.digest()}"


Cut = Callable[[str], Iterable[str]]


def _cutter(dictionary: Dictionary, kernel_name: str) -> Cut:
    if kernel_name == "rjieba":
        import rjieba

        if not dictionary.words:  # its own segmenter, which is there from the import on
            return rjieba.cut_for_search
        compiled = rjieba.Jieba()
        for word in dictionary.words:
            compiled.add_word(word, compiled.suggest_freq(word), "")
        return compiled.cut_for_search
    import logging

    import jieba

    jieba.setLogLevel(logging.ERROR)  # it greets on stderr
    tokenizer = jieba.Tokenizer()
    for word in dictionary.words:
        tokenizer.add_word(word)
    return tokenizer.cut_for_search  # type: ignore[no-any-return]


class Segmenter:
    """Cuts folded text into words with jieba's dictionary and the office's own.

    One analyser for both sides: the same object serves documents and queries.
    """

    def __init__(self, dictionary: Dictionary = Dictionary(), kernel_name: str | None = None) -> None:
        self.dictionary = dictionary
        self._kernel = kernel_name or kernel()
        self._cut: Cut | None = None  # loading takes a tenth of a second, and many a search needs no words

    def words(self, folded: str) -> list[str]:
        """The words of a folded text in search mode: a long word comes with the shorter words inside it."""
        return [*filter(_BREAK.__ne__, self._han(folded)), *_OTHER.findall(folded)]

    def stream(self, folded: str) -> str:
        """The words of a folded text, joined by spaces: in a long text quicker than to join `words`."""
        han = " ".join(("", *self._han(folded))).replace(_GAP, "")
        return " ".join((han[1:], *_OTHER.findall(folded))).lstrip(" ")

    def _han(self, folded: str) -> Iterable[str]:
        """The words of the runs of Han characters, and a _BREAK between two runs."""
        if self._cut is None:
            self._cut = _cutter(self.dictionary, self._kernel)
        return self._cut(_NOT_HAN.sub(_BREAK, folded))


def stock_phrases(folded: str) -> str:
    """The stock phrases (`indexer.stock`) in a folded text, one that lies in or across another too, joined by spaces.

    Each as often as it stands there.
    """
    known = stock.strings()
    return " ".join([piece for piece in _stock_finder()(folded) if piece in known])


@cache
def _stock_finder() -> Cut:
    """What gives every stock phrase in a text, and pieces of what lies between."""
    if kernel() == "rjieba":
        import rjieba

        compiled = rjieba.Jieba()
        compiled.clear()  # type: ignore[no-untyped-call]
        for phrase in stock.strings():
            compiled.add_word(phrase, 1, "")
        return compiled.cut_all
    import jieba

    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = {}, 0, True  # it has no dictionary but this
    for phrase in stock.strings():
        tokenizer.add_word(phrase, 1)
    return partial(tokenizer.cut, cut_all=True)


def gram_offsets(folded: str) -> tuple[tuple[int, str], ...]:
    """The fewest pairs of characters, with their offsets, that cover a string of two characters or more.

    A text holds the string exactly where it holds these pairs at these distances: "abcde" is ab+0, cd+2, de+3.
    """
    last = len(folded) - 2
    starts = [*range(0, last, 2), last]
    return tuple((start, folded[start : start + 2]) for start in starts)
