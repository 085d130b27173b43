"""Facets: how the hits divide by kind, year, publisher and folder, and the query that each choice leads to."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.metadata import KINDS
from search.edit import selected, toggle
from search.query import Query
from search.results import FacetValue

#: The key fields that are counted, in the order they are shown.
FACETS: tuple[str, ...] = ("kind", "year", "source", "collection")
#: How many values of a facet are shown; the chosen ones always are.
SHOWN = 12


def facet_values(query: Query, field: str, counts: Mapping[str, int]) -> tuple[FacetValue, ...]:
    """The values of one facet, the most frequent first; years from the latest. Chosen values come even with 0 hits."""
    chosen = selected(query, field)
    values = sorted(counts, key=(lambda v: -int(v)) if field == "year" else (lambda v: (-counts[v], v)))
    shown = values[:SHOWN] + [value for value in sorted(chosen) if value not in values[:SHOWN]]
    return tuple(
        FacetValue(
            value=value,
            label=KINDS.get(value, value) if field == "kind" else value,
            count=counts.get(value, 0),
            selected=value in chosen,
            query=str(toggle(query, field, value)),
        )
        for value in shown
    )


def unchosen(query: Query, field: str) -> Query:
    """The query without its choices in this facet."""
    for value in selected(query, field):
        query = toggle(query, field, value)
    return query
