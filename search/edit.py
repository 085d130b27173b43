"""Changes to a query that screens and commands make: facets, dates, the order, and parts taken out.

A facet is a part of the query that stands by itself beside the others: one field, with one value or several of which
one must hold (类型:通报、案件通告), or none may (-类型:通报、案件通告). Every function returns a new query.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from search import values
from search.query import (
    EMPTY,
    FIELDS,
    And,
    Field,
    Not,
    Or,
    Order,
    Query,
    Quoted,
    Tree,
    Word,
    all_of,
    any_of,
    negate,
    one_field,
    plain,
)
from search.values import DateSpan, ValueType


def facet(field: str, value: str) -> Field:
    """Return the part that asks for a value as it stands in the index (circular, 2022). ValueError: no such value."""
    scale = FIELDS[field].type
    if field == "kind":
        return Field(field, Word(values.kind_named(value)))
    if scale in {ValueType.TEXT, ValueType.KEY}:
        return Field(field, plain(value))
    return Field(field, values.read(scale, value)[0])


def toggle(query: Query, field: str, value: str, *, excluded: bool = False) -> Query:
    """Return the query with the facet value chosen, or no longer chosen where it was.

    `excluded` chooses documents without the value. A value is never chosen both ways: the last choice counts.
    """
    wanted, name = facet(field, value), _indexed(facet(field, value))
    clauses = [_without_value(clause, field, name) for clause in _clauses(query.tree)]
    if name in selected(query, field, excluded=excluded):
        return replace(query, tree=all_of(clauses))
    place = next((place for place, clause in enumerate(clauses) if _chosen(clause, field, excluded)), len(clauses))
    chosen = (*(_chosen(clauses[place], field, excluded) if place < len(clauses) else ()), wanted)
    clauses[place : place + 1] = [negate(any_of(chosen)) if excluded else any_of(chosen)]
    return replace(query, tree=all_of(clauses))


def selected(query: Query, field: str, *, excluded: bool = False) -> frozenset[str]:
    """Return the values of the facet that are chosen (or excluded), as they stand in the index."""
    chosen = (part for clause in _clauses(query.tree) for part in _chosen(clause, field, excluded))
    return frozenset(name for part in chosen if (name := _indexed(part)) is not None)


def with_dates(query: Query, low: str | None, high: str | None) -> Query:
    """Return the query for the days from `low` to `high` (2022, 2022-06, 2022-06-01) in place of other dates.

    None leaves an end open, twice None asks for any date. Raises ValueError, in Chinese, where one is no date.
    """
    clauses = [clause for clause in _clauses(query.tree) if not _chosen(clause, "date", excluded=False)]
    if low or high:
        clauses.append(Field("date", values.read(ValueType.DATE, f"{low or ''}..{high or ''}")[0]))
    return replace(query, tree=all_of(clauses))


def with_sort(query: Query, order: Order) -> Query:
    """Return the query with its hits in this order."""
    return replace(query, order=order)


def without(query: Query, part: Tree) -> Query:
    """Return the query without `part`, wherever it stands."""
    return replace(query, tree=_removed(query.tree, part))


def _clauses(tree: Tree) -> tuple[Tree, ...]:
    return tree.parts if isinstance(tree, And) else (tree,)


def _chosen(clause: Tree, field: str, excluded: bool) -> tuple[Field, ...]:
    """Return the values that the clause chooses (or excludes) in the field."""
    if isinstance(clause, Not) is not excluded:
        return ()
    fields = one_field(clause.part if isinstance(clause, Not) else clause)
    return fields if fields and fields[0].name == field else ()


def _indexed(part: Field) -> str | None:
    """Return the value as it stands in the index; None for a pattern or a fuzzy word, which have no one value."""
    match part.value:
        case Word(text) | Quoted(text):
            return text
        case DateSpan() | values.NumberSpan():
            return part.value_text
        case _:
            return None


def _without_value(clause: Tree, field: str, name: str | None) -> Tree:
    for excluded in (False, True):
        if chosen := _chosen(clause, field, excluded):
            kept = any_of(part for part in chosen if _indexed(part) != name)
            return negate(kept) if excluded and kept != EMPTY else kept
    return clause


def _removed(tree: Tree, part: Tree) -> Tree:
    if tree == part:
        return EMPTY
    match tree:
        case Not(inner):
            kept = _removed(inner, part)
            return EMPTY if kept == EMPTY else negate(kept)
        case And(parts):
            return all_of(_remaining(parts, part))
        case Or(parts):
            return any_of(_remaining(parts, part))
        case _:
            return tree


def _remaining(parts: tuple[Tree, ...], part: Tree) -> Iterable[Tree]:
    return (_removed(inner, part) for inner in parts)
