"""What people judge to be another name of an agency: kept with the judgements on people, who said it and when.

A name that a reform explains needs no judgement, nor one that differs in its spelling only (`names.aliases`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import sqlalchemy as sa

from corpus.moments import now
from corpus.schema import links
from corpus.store import Store, Writing
from indexer.register import normal

#: The kind of these judgements among those in `links`; they speak of no document.
KIND = "agency"


class AliasRefused(ValueError):
    """The judgement says nothing new; the message says in Chinese why."""


@dataclass(frozen=True, slots=True)
class Alias:
    """A judgement that two normal names mean one agency. Times are ISO 8601 in UTC; `undone` None while in force."""

    id: int
    one: str
    other: str
    who: str
    made: str
    undone: str | None


def record(writing: Writing, name: str, other: str, who: str) -> Alias:
    """Keep that two names, written in any form, mean one agency. Raises AliasRefused for what is known."""
    one, two = normal.one(name).normal, normal.one(other).normal
    if not one or not two or one == two:
        raise AliasRefused(f"“{name}”与“{other}”本来就按同一个机构处理（{one or name}），不必再设别名。")
    if any({alias.one, alias.other} == {one, two} for alias in _read(writing.connection) if not alias.undone):
        raise AliasRefused(f"“{one}”与“{two}”已经设为同一个机构，不必再设。")
    row = {
        "kind": KIND, "one_name": one, "one_document": "", "one_content_hash": "",
        "other_name": two, "other_document": "", "other_content_hash": "",
        "who": who, "made": now(),
    }  # fmt: skip
    writing.connection.execute(sa.insert(links), [row])
    return _read(writing.connection)[-1]


def recorded(store: Store) -> list[Alias]:
    """Every such judgement ever made, in the order they were made."""
    with store.reading() as connection:
        return _read(connection)


def judged(store: Store) -> dict[str, tuple[str, ...]]:
    """The judged names of agencies, as `indexer.register.names` takes them: each to all that are one with it."""
    near: defaultdict[str, set[str]] = defaultdict(set)
    for alias in recorded(store):
        if not alias.undone:
            near[alias.one].add(alias.other)
            near[alias.other].add(alias.one)
    return {name: tuple(sorted(_reached(name, near) - {name})) for name in sorted(near)}


def _reached(name: str, near: dict[str, set[str]]) -> set[str]:
    found, fresh = set[str](), {name}
    while fresh:
        found |= fresh
        fresh = {other for one in fresh for other in near[one]} - found
    return found


def _read(connection: sa.Connection) -> list[Alias]:
    rows = connection.execute(sa.select(links).where(links.c.kind == KIND).order_by(links.c.id))
    return [Alias(row.id, row.one_name, row.other_name, row.who, row.made, row.undone) for row in rows]
