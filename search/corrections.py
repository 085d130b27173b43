"""What the user may have meant: like words for words that nothing holds, names for letters typed as pinyin."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from indexer.fold import fold
from search.query import And, Not, Or, Query, Tree, Word, all_of, any_of, negate, plain
from search.results import Sounding
from search.vocabulary import Known

#: How many likely words are offered for a word that finds nothing.
OFFERED = 3


def corrections(query: Query, missing: Iterable[Tree], alike: Callable[[str], list[Known]]) -> tuple[str, ...]:
    """The query with a word that nothing holds replaced by one like it, the most frequent first."""
    return tuple(
        str(replaced(query, part, known.word))
        for part in missing
        if isinstance(part, Word)
        for known in alike(fold(part.text))[:OFFERED]
    )


def soundings(query: Query, sounding: Callable[[str], list[Known]]) -> tuple[Sounding, ...]:
    """For each word in Latin letters, the names that sound so, each with the query for it."""
    return tuple(
        Sounding(known.word, known.documents, str(replaced(query, word, known.word)))
        for word in _words(query.tree)
        if word.text.isascii() and word.text.isalpha() and len(word.text) > 1
        for known in sounding(word.text)
    )


def replaced(query: Query, old: Tree, word: str) -> Query:
    """The query with `word` wherever `old` stands."""
    return Query(_replaced(query.tree, old, plain(word)), query.order)


def _replaced(tree: Tree, old: Tree, new: Tree) -> Tree:
    if tree == old:
        return new
    match tree:
        case And(parts):
            return all_of(_replaced(part, old, new) for part in parts)
        case Or(parts):
            return any_of(_replaced(part, old, new) for part in parts)
        case Not(part):
            return negate(_replaced(part, old, new))
    return tree


def _words(tree: Tree) -> Iterator[Word]:
    match tree:
        case Word():
            yield tree
        case And(parts) | Or(parts):
            for part in parts:
                yield from _words(part)
