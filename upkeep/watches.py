"""What people want to be told of: saved searches, and the officials and agencies they follow.

A watch is a query kept as it was typed, since 近一年 is another year each time it is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from corpus.moments import now
from corpus.schema import arrivals, documents, watches
from corpus.store import Store, Writing
from search.parse import Problem, parse
from search.query import EMPTY, Field, plain
from upkeep.errors import UpkeepError

#: The field of the query language that each kind of watch asks for; a search may ask for anything.
FIELDS = {"official": "official", "agency": "agency"}
KINDS = ("search", *FIELDS)
_LONGEST_LABEL = 100


class WatchRefused(UpkeepError):
    """A search cannot be saved, or there is no such saved search."""


@dataclass(frozen=True, slots=True)
class Watch:
    """A query that is asked of whatever is new. `kind` is one of KINDS, times are ISO 8601 in UTC.

    `since` is the number of the last arrival that is not new to it, None where the next run is to tell. `undone` is
    None while it is in force.
    """

    id: int
    kind: str
    label: str
    query: str
    who: str
    made: str
    undone: str | None
    since: int | None


def save(store: Store, label: str, query: str, who: str, today: date) -> tuple[Watch, tuple[Problem, ...]]:
    """Keep a search under a name; what the library holds by now is not new to it.

    Returns it with what in the query was not understood. Raises WatchRefused or StoreError.
    """
    query = query.strip()
    parsed = parse(query, today=today)
    if parsed.query.tree == EMPTY:
        raise WatchRefused("没有写要查什么。例如：anjian save 招投标受贿 受贿 招投标")
    return _add(store, "search", label, query, who), parsed.problems


def follow(store: Store, kind: str, name: str, who: str) -> Watch:
    """Follow an official or an agency (`kind`, of FIELDS) by name. Raises WatchRefused or StoreError."""
    name = name.strip()
    if not name:
        raise WatchRefused("没有写姓名或机构名称。例如：anjian follow --official 高明远")
    return _add(store, kind, name, str(Field(FIELDS[kind], plain(name))), who)


def listed(store: Store) -> list[Watch]:
    """Every watch ever made, in the order they were made."""
    with store.reading() as connection:
        return [Watch(*row) for row in connection.execute(sa.select(watches).order_by(watches.c.id))]


def remove(store: Store, number: int) -> Watch:
    """Put a watch out of force; it stays on record. Raises WatchRefused or StoreError."""
    watch = _known(store, number)
    if watch.undone:
        raise WatchRefused(f"第 {number} 项已经取消过了。")
    return _change(store, number, undone=now())


def restore(store: Store, number: int) -> Watch:
    """Put a watch in force again; what came meanwhile is not new to it. Raises WatchRefused or StoreError."""
    watch = _known(store, number)
    if not watch.undone:
        raise WatchRefused(f"第 {number} 项没有取消，不必恢复。")
    with store.begin() as writing:
        arrive(writing)
        since = newest(writing)
    return _change(store, number, undone=None, since=since)


def arrive(writing: Writing, among: sa.ColumnElement[bool] | None = None) -> None:
    """Number the contents, of all documents or `among` some, that came since this was last done."""
    fresh = sa.select(documents.c.content_hash).where(
        documents.c.content_hash.not_in(sa.select(arrivals.c.content_hash))
    )
    if among is not None:
        fresh = fresh.where(among)
    in_order = fresh.distinct().order_by(documents.c.content_hash)
    writing.connection.execute(sa.insert(arrivals).from_select(["content_hash"], in_order))


def newest(writing: Writing) -> int | None:
    """The number of the last arrival; None where nothing ever came."""
    return writing.connection.execute(sa.select(sa.func.max(arrivals.c.number))).scalar()


def _add(store: Store, kind: str, label: str, query: str, who: str) -> Watch:
    label = " ".join(label.split())[:_LONGEST_LABEL]
    if not label:
        raise WatchRefused("请给查询起一个名称。例如：anjian save 招投标受贿 受贿 招投标")
    held = [watch for watch in listed(store) if not watch.undone and (watch.kind, watch.query) == (kind, query)]
    if held:
        raise WatchRefused(f"这一项已经有了：第 {held[0].id} 项“{held[0].label}”。用 anjian saved 可以列出全部。")
    with store.begin() as writing:
        arrive(writing)
        row = {"kind": kind, "label": label, "query": query, "who": who, "made": now(), "since": newest(writing) or 0}
        statement = sa.insert(watches).values(row).returning(watches)
        return Watch(*writing.connection.execute(statement).one())


def _known(store: Store, number: int) -> Watch:
    for watch in listed(store):
        if watch.id == number:
            return watch
    raise WatchRefused(f"没有第 {number} 项。用 anjian saved 可以列出全部。")


def _change(store: Store, number: int, **values: str | int | None) -> Watch:
    with store.begin() as writing:
        statement = sa.update(watches).where(watches.c.id == number).values(**values).returning(watches)
        return Watch(*writing.connection.execute(statement).one())
