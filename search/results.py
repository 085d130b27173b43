"""What a search gives back: one object, printed as a table, as JSON, or later as a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from search.highlight import Fragment
from search.parse import Problem


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found. `page` is where its first fragment stands; `signals` are the parts that add up to `score`."""

    id: str
    source: str
    title: str
    kind: str
    date: str | None
    page: int
    score: float
    signals: Mapping[str, float]
    fragments: tuple[Fragment, ...]


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
class Results:
    """The answer to a search. `query` is the query as understood: typed again, it finds the same.

    `relaxed` tells, in Chinese, what was dropped because all words together found nothing. `expansions` lists the
    short forms that were searched under their full forms too. `suggestions` are queries that would find something.
    `sounding` is the separate group of words found by their pinyin.
    """

    query: str
    total: int
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    relaxed: str | None = None
    expansions: tuple[tuple[str, str], ...] = ()
    suggestions: tuple[str, ...] = ()
    sounding: tuple[Sounding, ...] = ()
    took_ms: float = 0.0
