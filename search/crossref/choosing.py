"""Which documents a dossier reads: those that tell most, a bounded number, so that nobody's dossier is slow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from corpus.schema import appearances, cases, namings
from corpus.store import Store
from indexer.fold import fold

_IN = 500  # values in one IN; databases have limits
#: Of somebody whom more documents name, so many are looked at to choose those that are read.
CANDIDATES = 2_000


@dataclass(frozen=True, slots=True)
class Chosen:
    """All documents that name somebody or something, by id, and those of them that are read, the most telling first."""

    every: tuple[str, ...]
    read: tuple[str, ...]

    @property
    def unread(self) -> int:
        """How many there are that are not read."""
        return len(self.every) - len(self.read)


def bearers(store: Store, name: str) -> tuple[str, ...]:
    """The officials of a name, written in any form, or the one of this id; those whom most documents name first."""
    key = fold(name)
    bearing = sa.select(appearances.c.official).where(appearances.c.name == key)
    with store.reading() as connection:
        found = set(connection.execute(bearing.distinct()).scalars())
        if not found:
            itself = sa.select(appearances.c.official).where(appearances.c.official == name).limit(1)
            found = set(connection.execute(itself).scalars())
        counts = {official: _count(connection, official) for official in found}
    return tuple(sorted(found, key=lambda official: (-counts[official], official)))


def _count(connection: sa.Connection, official: str) -> int:
    query = sa.select(sa.func.count()).where(appearances.c.official == official)
    return int(connection.execute(query).scalar_one())


def name_of(store: Store, official: str) -> str:
    """The name that an official bears in the first document that names him; "" for one that does not exist."""
    query = sa.select(appearances.c.name).where(appearances.c.official == official)
    with store.reading() as connection:
        return connection.execute(query.order_by(appearances.c.document).limit(1)).scalar() or ""


def of_official(store: Store, official: str, most: int) -> Chosen:
    """The documents that name an official, and the `most` to read: those with cases, those that say most of him."""
    ids = sa.select(appearances.c.document).where(appearances.c.official == official)
    length = sa.func.length(sa.cast(appearances.c.evidence, sa.Text))
    telling = (
        sa.select(appearances.c.document, _with_case(appearances.c.document), length)
        .where(appearances.c.official == official)
        .order_by(appearances.c.document)
        .limit(CANDIDATES)
    )
    with store.reading() as connection:
        every = tuple(dict.fromkeys(connection.execute(ids.order_by(appearances.c.document)).scalars()))
        if len(every) <= most:
            return Chosen(every, every)
        rows = sorted(connection.execute(telling), key=lambda row: (-row[1], -row[2], row[0]))
    return Chosen(every, tuple(dict.fromkeys(row[0] for row in rows))[:most])


def of_agencies(store: Store, agencies: Sequence[str], most: int) -> Chosen:
    """The documents that name any of these agencies (normal names), and the `most` to read: those with cases first."""
    these = namings.c.agency.in_(list(agencies))
    with store.reading() as connection:
        ids = sa.select(namings.c.document).where(these).distinct().order_by(namings.c.document)
        every = tuple(connection.execute(ids).scalars())
        if len(every) <= most:
            return Chosen(every, every)
        with_case = set[str]()
        for start in range(0, min(len(every), CANDIDATES), _IN):
            some = cases.c.document.in_(every[start : start + _IN])
            with_case |= set(connection.execute(sa.select(cases.c.document).where(some)).scalars())
    return Chosen(every, tuple(sorted(every[:CANDIDATES], key=lambda key: (key not in with_case, key)))[:most])


def agencies_called(store: Store, printed: Sequence[str]) -> tuple[str, ...]:
    """The normal names of the agencies that documents call by one of these names, in order."""
    query = sa.select(namings.c.agency).where(namings.c.name.in_(list(printed))).distinct()
    with store.reading() as connection:
        return tuple(sorted(connection.execute(query).scalars()))


def names_printed(store: Store, agencies: Sequence[str]) -> tuple[str, ...]:
    """The names that documents print for these agencies (normal names), in order."""
    query = sa.select(namings.c.name).where(namings.c.agency.in_(list(agencies))).distinct()
    with store.reading() as connection:
        return tuple(sorted(connection.execute(query).scalars()))


def _with_case(document: sa.ColumnElement[str]) -> sa.ColumnElement[int]:
    return sa.case((sa.exists().where(cases.c.document == document), 1), else_=0)
