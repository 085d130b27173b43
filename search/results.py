"""What a search gives back: one object, printed as a table, as JSON, or later as a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from search.duplicates import Copy
from search.highlight import Fragment
from search.parse import Problem


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found. `page` is where its first fragment stands; `signals` are the parts that add up to `score`.

    `duplicates` are all other documents of the library with its text, found by the same query or not.
    """

    id: str
    source: str
    title: str
    kind: str
    date: str | None
    page: int
    score: float
    signals: Mapping[str, float]
    fragments: tuple[Fragment, ...]
    duplicates: tuple[Copy, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value to narrow by: how many hits have it, whether it is chosen, and the query with the choice turned over."""

    value: str
    label: str
    count: int
    selected: bool
    query: str


@dataclass(frozen=True, slots=True)
class Sounding:
    """A word that sounds like what was typed in Latin letters, the documents that hold it, and the query for it."""

    word: str
    documents: int
    query: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A change to the query that may be wanted: what it adds, the query with it, and whether it is chosen already.

    Of a chosen one `query` is the query without it.
    """

    label: str
    query: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a search. `query` is the query as understood: typed again, it finds the same.

    `total` counts documents. `folded` are those among the ranks of this page that are copies of a hit on it or before
    it, and so not shown; the page covers len(hits) + folded ranks. `next_offset` is where the next page begins, None
    after the last.
    `relaxed` tells, in Chinese, what was dropped because all words together found nothing. `expansions` lists the
    short forms that were searched under their full forms too. `suggestions` are queries that would find something.
    `sounding` is the separate group of words found by their pinyin. `offers` are other names, before and after
    reforms, of the agencies asked for.
    """

    query: str
    total: int
    hits: tuple[Hit, ...] = ()
    folded: int = 0
    next_offset: int | None = None
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    relaxed: str | None = None
    expansions: tuple[tuple[str, str], ...] = ()
    suggestions: tuple[str, ...] = ()
    sounding: tuple[Sounding, ...] = ()
    offers: tuple[Offer, ...] = ()
    took_ms: float = 0.0
