"""From what the user meant to what an index can answer: the one place that knows both trees."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from indexer import stock
from indexer.extract import articles
from indexer.fields import EXTRACTED, KEYS, NUMBERS
from indexer.fold import fold
from indexer.keys import article_keys, law_names
from indexer.segment import Segmenter, gram_offsets
from search import match as m
from search.highlight import Needle
from search.match import Match
from search.query import FIELDS, And, Field, Fuzzy, Not, Or, Pattern, Quoted, Tree, Word
from search.ranking import Evidence
from search.syntax import WILDCARDS
from search.values import DateSpan, NumberSpan
from search.vocabulary import EXPANSION_LIMIT, Known

#: Fields whose values stand in the text as they are asked for, and are marked there.
NAMED = frozenset({"official", "agency", "post", "offence"})

_LONGEST_NAME = 40
_NOTHING = m.Any(())
_EVERYTHING = m.All(())


@dataclass(frozen=True, slots=True)
class Words:
    """How a query looks into the library's vocabulary: the words a pattern stands for, and the words like a word."""

    matching: Callable[[str], list[Known]]
    alike: Callable[[str], list[Known]]


@dataclass(slots=True)
class Compiled:
    """A query ready to be asked: which entries, what to rank them by, what to mark, and what could not be done."""

    match: Match = _EVERYTHING
    evidence: list[Evidence] = field(default_factory=list)
    needles: list[Needle] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def compile_query(tree: Tree, segmenter: Segmenter, words: Words) -> Compiled:
    """Compile a tree. Never fails: what the index cannot answer is searched as plain text, with a problem."""
    compiler = _Compiler(segmenter, words)
    compiler.compiled.match = compiler.match(tree, wanted=True)
    return compiler.compiled


def exact(folded: str, prefix: str = "") -> Match:
    """Entries whose text (or, with the prefix "title_", title) holds exactly this folded string."""
    if len(folded) == 1:
        return m.Term(f"{prefix}chars", folded)
    if folded in stock.strings():
        return m.Term(f"{prefix}stock", folded)
    pairs = gram_offsets(folded)
    if len(pairs) == 1:
        return m.Term(f"{prefix}grams", pairs[0][1])
    return m.Phrase(f"{prefix}grams", pairs, tuple(m.Term(f"{prefix}stock", one) for one in stock.around(folded)))


class _Compiler:
    """Walks a tree once; `wanted` is False under a Not, where nothing ranks and nothing is marked."""

    def __init__(self, segmenter: Segmenter, words: Words) -> None:
        self._segmenter, self._words = segmenter, words
        self.compiled = Compiled()

    def match(self, tree: Tree, *, wanted: bool) -> Match:
        match tree:
            case And(parts):
                return _all(self.match(part, wanted=wanted) for part in parts)
            case Or(parts):
                return _any(self.match(part, wanted=wanted) for part in parts)
            case Not(part):
                return m.Not(self.match(part, wanted=False))
            case Field():
                return self._field(tree, wanted=wanted)
            case Word() | Quoted() | Pattern() | Fuzzy():
                return self._text(tree, "", wanted=wanted)

    def _text(self, node: Word | Quoted | Pattern | Fuzzy, prefix: str, *, wanted: bool) -> Match:
        folded = fold(node.text)
        match node:
            case Quoted():
                return self._exactly(folded, prefix, wanted=wanted)
            case Word():
                return self._word(folded, prefix, wanted=wanted)
            case Fuzzy():
                known = self._words.alike(folded)
                return _any([self._word(folded, prefix, wanted=wanted), self._known(known, prefix, wanted=wanted)])
            case Pattern():
                return self._pattern(node.text, folded, prefix, wanted=wanted)

    def _word(self, folded: str, prefix: str, *, wanted: bool) -> Match:
        """A word is found by its characters, and by its words standing apart.

        Words of one character say too little to stand for the whole: 李兆 is not any text with a 李 and a 兆.
        """
        words = tuple(dict.fromkeys(self._segmenter.words(folded)))
        if len(words) < 2 or min(map(len, words)) < 2:
            return self._exactly(folded, prefix, wanted=wanted)
        apart = m.All(tuple(m.Term(f"{prefix}words", word) for word in words))
        return m.Any((self._exactly(folded, prefix, wanted=wanted, parts=words), apart))

    def _exactly(self, folded: str, prefix: str, *, wanted: bool, parts: tuple[str, ...] = ()) -> Match:
        """`parts` are words that may be found instead of the whole, and are then marked."""
        if wanted:
            self._rank(folded, prefix)
            self.compiled.needles.append(Needle(folded, 1.0, parts))
        return exact(folded, prefix)

    def _rank(self, folded: str, prefix: str) -> None:
        add = self.compiled.evidence.append
        words = self._segmenter.words(folded)
        names = [folded] if 1 < len(folded) <= _LONGEST_NAME else []  # a name found in texts is a word of theirs
        for word in dict.fromkeys([word for word in words if len(word) > 1 or len(words) == 1] + names):
            if not prefix:
                add(Evidence("words", m.Term("words", word)))
            add(Evidence("title", m.Term("title_words", word)))
        if len(folded) > 1:
            if not prefix:
                add(Evidence("exact", exact(folded)))
            add(Evidence("exact_title", exact(folded, "title_")))

    def _pattern(self, typed: str, folded: str, prefix: str, *, wanted: bool) -> Match:
        """大祥* is any text with 大祥 in it; inside a word, a wildcard stands for words of the vocabulary."""
        literal = folded.strip(WILDCARDS)
        if not literal.isascii() and not any(mark in literal for mark in WILDCARDS):
            return self._exactly(literal, prefix, wanted=wanted)
        known = self._words.matching(folded)
        if not known:
            self.compiled.problems.append(f"资料库里没有符合“{typed}”的词")
        elif len(known) == EXPANSION_LIMIT:
            self.compiled.problems.append(f"符合“{typed}”的词太多，只查了最常见的 {EXPANSION_LIMIT} 个")
        return self._known(known, prefix, wanted=wanted)

    def _known(self, known: Iterable[Known], prefix: str, *, wanted: bool) -> Match:
        """Chinese words by their characters, wherever they stand; words in Latin letters only as whole words."""
        matches: list[Match] = []
        for item in known:
            matches.append(m.Term(f"{prefix}words", item.word) if item.word.isascii() else exact(item.word, prefix))
            if wanted:
                self.compiled.evidence.append(Evidence("words", m.Term("words", item.word)))
                self.compiled.needles.append(Needle(item.word, 0.8))
        return _any(matches)

    def _field(self, node: Field, *, wanted: bool) -> Match:
        match node.name, node.value:
            case "title", (Word() | Quoted() | Pattern() | Fuzzy()) as value:
                return self._text(value, "title_", wanted=wanted)
            case "text", (Word() | Quoted() | Pattern() | Fuzzy()) as value:
                return self._text(value, "", wanted=wanted)
            case name, (DateSpan() | NumberSpan()) as span if name in NUMBERS or name == "year":
                return _range(name, span)
            case "article", (Word() | Quoted()) as value:
                return m.Key("article", frozenset(_articles(value.text)))
            case name, (Word() | Quoted()) as value if name in KEYS or name == "id":
                if wanted and name in NAMED:
                    self.compiled.needles.append(Needle(fold(value.text)))
                return m.Key(name, frozenset([fold(value.text) if name in EXTRACTED else value.text]))
        return self._unanswerable(node, wanted=wanted)

    def _unanswerable(self, node: Field, *, wanted: bool) -> Match:
        label = FIELDS[node.name].label
        if isinstance(node.value, DateSpan | NumberSpan):
            self.compiled.problems.append(f"资料库没有记录“{label}”，这个条件未起作用")
            return _EVERYTHING
        why = "不支持通配符和模糊查找" if node.name in KEYS else "资料库没有记录这一项"
        self.compiled.problems.append(f"“{label}”{why}，已按普通词查找“{node.value.text}”")
        return self._text(node.value, "", wanted=wanted)


def _articles(text: str) -> tuple[str, ...]:
    """The keys of the articles that a text cites (《监察法》第十一条); one that cites none is the name of a law."""
    cited = articles.find(text)
    return tuple(article_keys(article)[-1] for article in cited) or (law_names(text.strip("《》"))[-1],)


def _range(name: str, span: DateSpan | NumberSpan) -> m.Range:
    match span:
        case DateSpan(low, high):
            return m.Range(name, _number(low, "00") if low else None, _number(high, "99") if high else None)
        case NumberSpan(low, high) if name == "year":
            return m.Range("date", low and low * 10_000, high and high * 10_000 + 9_999)
        case NumberSpan(low, high):
            return m.Range(name, low, high)


def _number(prefix: str, missing: str) -> int:
    """An ISO prefix as a date number, with the parts that are not given as `missing`."""
    parts = prefix.split("-")
    return int("".join(parts + [missing] * (3 - len(parts))))


def _all(parts: Iterable[Match]) -> Match:
    found = tuple(dict.fromkeys(parts))
    return found[0] if len(found) == 1 else m.All(found)


def _any(parts: Iterable[Match]) -> Match:
    found = tuple(part for part in dict.fromkeys(parts) if part != _NOTHING)
    return found[0] if len(found) == 1 else m.Any(found)
