"""The engine contract: the one protocol behind which an index is searched, and the four errors that cross it.

1. Tokens in, ids out; text, titles and snippets stay in the store.
2. Engines build query objects: no engine's parser, highlighter or analyser is used.
3. The set of ids, `total` and `counts` are exact and equal in all engines; scores compare only inside a Page; ties
   break by id, ascending.
4. `Not` means all minus.
5. Keys hold any character, up to `fields.KEY_LENGTH` of them.
6. After a batch closes the next search sees it; a batch that fails can be repeated; a reader during a write sees the
   old state, whole.
7. `offset + limit <= MAX_WINDOW`; deep export goes over the store.
8. Only the errors below cross the line, a Rust panic included.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from indexer.writer import IndexWriter
from search.match import Match

MAX_WINDOW = 10_000


@dataclass(frozen=True, slots=True)
class Signal:
    """One reason to rank an entry higher: `weight` times the score of the terms and phrases in `match`.

    A term scores its BM25. A phrase scores the sum of the rarities of its tokens, the same wherever it stands: how much
    a text is about it is told by its words, and to count it in each of very many entries would take long. The score of
    Any and All is the sum over the parts that match; Key, Range and Not add nothing.
    """

    name: str
    match: Match
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Sort:
    """Order by the largest number in a field instead of by score; entries without one come last."""

    field: str
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Ask:
    """One question: which entries (`match`), in which order (`rank`, or `sort`), and what to count.

    `rank` decides only the order: an entry in `match` that meets no signal has score 0. Without `rank` and `sort`
    the order is by id. `count` names key fields; each is counted over all matching entries.
    """

    match: Match
    limit: int = 10
    offset: int = 0
    rank: tuple[Signal, ...] = ()
    sort: Sort | None = None
    count: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.limit < 0 or self.offset < 0 or self.offset + self.limit > MAX_WINDOW:
            raise ValueError(f"offset + limit must lie between 0 and {MAX_WINDOW}")


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of a page. `score` is 0 where the order is not by score."""

    id: str
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Page:
    """The answer: `total` matching entries, the rows asked for, and for each counted field value -> entries."""

    total: int
    rows: tuple[Row, ...] = ()
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


class EngineError(Exception):
    """Base of what an engine may raise. The message names the index and the remedy, in Chinese."""


class IndexMissing(EngineError):
    """There is no index where one was expected."""


class IndexLocked(EngineError):
    """Another process is writing."""


class IndexStale(EngineError):
    """The index was made by another version or with other fields and must be rebuilt from the store."""


class EngineUnavailable(EngineError):
    """The engine cannot run here, or its storage failed (disk full, damaged files)."""


class Engine(IndexWriter, Protocol):
    """An index that can be written and searched."""

    def search(self, ask: Ask) -> Page:
        """Answer one question from the state of the last closed batch."""

    def close(self) -> None:
        """Release files and memory; closing twice does nothing."""
