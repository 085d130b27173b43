"""Judgements of identity: who said that two are one person, or two, or one under two names, and when.

A judgement is about a person as one document names them. Like a correction it holds for the document by its id, and
where that is gone for a document with the same bytes, so that it survives a reindex, a move and a rebuild from zero.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from corpus.moments import now
from corpus.schema import appearances, documents, links
from corpus.store import Store, Writing
from indexer.fold import fold
from indexer.identity.judged import Judged, Kind

#: Judgements on agencies stand in the same table (`indexer.register.aliases`).
_OF_PEOPLE = links.c.kind.in_([kind.value for kind in Kind])


class LinkRefused(ValueError):
    """The judgement cannot be kept; the message says in Chinese why and what to do."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A person as one document names them, by folded name."""

    name: str
    document: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class Link:
    """A judgement on record. Times are ISO 8601 in UTC; `undone` is None while it is in force."""

    id: int
    kind: Kind
    one: Ref
    other: Ref
    who: str
    made: str
    undone: str | None


def record(writing: Writing, kind: Kind, one: Ref, other: Ref, who: str) -> tuple[str, ...]:
    """Keep a judgement; returns the names whose people must be settled anew (`people.settle`).

    Raises LinkRefused for one that says nothing, or that contradicts one in force.
    """
    if (one.name, one.document) == (other.name, other.document):
        raise LinkRefused("两处是同一份材料中的同一个姓名，无需判断。请另选一份材料。")
    if (kind is Kind.ALIAS) == (one.name == other.name) and kind is not Kind.DIFFERENT:
        remedy = "姓名不同请用别名" if kind is Kind.SAME else "姓名相同请用“同一人”"
        raise LinkRefused(f"“{one.name}”与“{other.name}”不适用这种判断。{remedy}。")
    against = _against(in_force(writing.connection), kind, one, other)
    if against is not None:
        raise LinkRefused(f"这与第 {against.id} 号判断（{against.who}，{against.made[:10]}）矛盾。请先撤销那一条。")
    row = {
        "kind": kind.value,
        "one_name": one.name,
        "one_document": one.document,
        "one_content_hash": one.content_hash,
        "other_name": other.name,
        "other_document": other.document,
        "other_content_hash": other.content_hash,
        "who": who,
        "made": now(),
    }
    writing.connection.execute(sa.insert(links), [row])
    return tuple(sorted({one.name, other.name}))


def undo(writing: Writing, number: int) -> tuple[str, ...]:
    """Put a judgement out of force; it stays on record. Returns the names to settle anew, none where it was undone."""
    row = writing.connection.execute(sa.select(links).where(links.c.id == number, links.c.undone.is_(None))).first()
    if row is None:
        return ()
    writing.connection.execute(sa.update(links).where(links.c.id == number).values(undone=now()))
    return tuple(sorted({row.one_name, row.other_name}))


def recorded(store: Store) -> list[Link]:
    """Every judgement ever made, in the order they were made."""
    with store.reading() as connection:
        return [_link(row) for row in connection.execute(sa.select(links).where(_OF_PEOPLE).order_by(links.c.id))]


def in_force(connection: sa.Connection) -> list[Link]:
    """Every judgement in force, in the order they were made."""
    query = sa.select(links).where(_OF_PEOPLE, links.c.undone.is_(None)).order_by(links.c.id)
    return [_link(row) for row in connection.execute(query)]


def families(held: Iterable[Link], names: Iterable[str]) -> list[frozenset[str]]:
    """These names, each together with those that aliases connect it with."""
    aliases = [{link.one.name, link.other.name} for link in held if link.kind is Kind.ALIAS]
    found: list[frozenset[str]] = []
    left = set(names)
    while left:
        family, fresh = set[str](), {min(left)}
        while fresh:
            family |= fresh
            fresh = {name for pair in aliases if pair & family for name in pair} - family
        found.append(frozenset(family))
        left -= family
    return found


def judged(connection: sa.Connection, held: Iterable[Link], names: Collection[str]) -> list[Judged]:
    """What was judged of these names, as it applies to what the library holds; of a document that is gone, nothing."""
    found: list[Judged] = []
    for link in held:
        if link.one.name in names or link.other.name in names:
            one, other = _present(connection, link.one), _present(connection, link.other)
            if one is not None and other is not None:
                found.append(Judged(link.kind, (link.one.name, one), (link.other.name, other)))
    return found


def _present(connection: sa.Connection, ref: Ref) -> str | None:
    """The document that a reference means: the one it names, or the first with the same bytes that holds the name."""
    named = sa.select(appearances.c.document).where(appearances.c.name == ref.name)
    itself = connection.execute(named.where(appearances.c.document == ref.document)).scalar()
    if itself is not None:
        return str(itself)
    same = named.join(documents, documents.c.id == appearances.c.document).where(
        documents.c.content_hash == ref.content_hash
    )
    found = connection.execute(same.order_by(appearances.c.document)).scalar()
    return None if found is None else str(found)


def _against(held: Sequence[Link], kind: Kind, one: Ref, other: Ref) -> Link | None:
    """The judgement in force that a new one contradicts: the two are one person, or two, by what was judged."""
    joining = [link for link in held if link.kind is not Kind.DIFFERENT]
    ours, theirs = _joined(joining, one), _joined(joining, other)
    if kind is Kind.DIFFERENT:
        return next((link for link in joining if _end(link.one) in ours & theirs), None)
    parting = (link for link in held if link.kind is Kind.DIFFERENT)
    return next((link for link in parting if _parts(link, ours, theirs)), None)


def _joined(joining: Iterable[Link], start: Ref) -> set[tuple[str, str]]:
    """Everything that judgements say is one person with `start`."""
    pairs = [{_end(link.one), _end(link.other)} for link in joining]
    found, fresh = set[tuple[str, str]](), {_end(start)}
    while fresh:
        found |= fresh
        fresh = {end for pair in pairs if pair & found for end in pair} - found
    return found


def _parts(link: Link, ours: Collection[tuple[str, str]], theirs: Collection[tuple[str, str]]) -> bool:
    one, other = _end(link.one), _end(link.other)
    return (one in ours and other in theirs) or (one in theirs and other in ours)


def _end(ref: Ref) -> tuple[str, str]:
    return ref.name, ref.document


def ref(name: str, document: str, content_hash: str) -> Ref:
    """The reference to a person of this name, written in any form, in a document."""
    return Ref(fold(name), document, content_hash)


def _link(row: sa.Row[Any]) -> Link:
    return Link(
        row.id,
        Kind(row.kind),
        Ref(row.one_name, row.one_document, row.one_content_hash),
        Ref(row.other_name, row.other_document, row.other_content_hash),
        row.who,
        row.made,
        row.undone,
    )
