"""The people of a library in its store, kept up to date as documents come and go.

After each change the tables are what a build from zero would give. A new document touches the names it names and no
others; of these it is held against profiles, whose number does not grow with the number of documents that repeat them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain

import sqlalchemy as sa

from corpus.document import Document
from corpus.rows import parts
from corpus.schema import appearances, documents, perhaps
from corpus.store import Store, Writing
from indexer.extract.extraction import Extraction
from indexer.fold import fold
from indexer.identity import appearance, links, profiles
from indexer.identity.appearance import Appearance
from indexer.identity.evidence import Reason
from indexer.identity.links import Link
from indexer.identity.profiles import read
from indexer.identity.resolve import Perhaps, Person
from indexer.identity.settling import Gone, Settling


def put(writing: Writing, found: Mapping[str, tuple[Document, Extraction]]) -> None:
    """Note who is named in documents that the store holds, by document id, in place of what was noted of them."""
    new = [one for document, extraction in found.values() for one in appearance.appearances(document, extraction)]
    _replace(writing.connection, found.keys(), new)


def remove(writing: Writing, ids: Collection[str]) -> None:
    """Forget who is named in documents: before the store forgets them, or puts others in their place."""
    _replace(writing.connection, ids, [])


def settle(writing: Writing, names: Iterable[str]) -> None:
    """Find anew who is who among all who bear these names: after a judgement was made or undone."""
    connection = writing.connection
    held = links.in_force(connection)
    for family in links.families(held, names):
        _from_zero(connection, family, held)


def people_named(store: Store, name: str) -> tuple[Person, ...]:
    """The people of a name, written in any form, with all their appearances (by an alias under other names too)."""
    with store.reading() as connection:
        bearing = sa.select(appearances.c.official).where(appearances.c.name == fold(name)).distinct()
        found: defaultdict[str, list[Appearance]] = defaultdict(list)
        for part in parts(sorted(connection.execute(bearing).scalars())):
            query = sa.select(appearances).where(appearances.c.official.in_(part))
            for row in connection.execute(query.order_by(appearances.c.document, appearances.c.number)):
                found[row.official].append(read(row))
        maybe = _perhaps(connection, sorted(found))
    return tuple(Person(key, min(one.name for one in of), tuple(of), maybe[key]) for key, of in sorted(found.items()))


def appearances_of(store: Store, official: str) -> tuple[Appearance, ...]:
    """Every appearance of one person, in order of document."""
    query = sa.select(appearances).where(appearances.c.official == official)
    with store.reading() as connection:
        rows = connection.execute(query.order_by(appearances.c.document, appearances.c.number, appearances.c.name))
        return tuple(read(row) for row in rows)


def _perhaps(connection: sa.Connection, officials: Sequence[str]) -> dict[str, tuple[Perhaps, ...]]:
    found: dict[str, tuple[Perhaps, ...]] = dict.fromkeys(officials, ())
    for part in parts(officials):
        rows = connection.execute(sa.select(perhaps).where(perhaps.c.one.in_(part)))
        for row in sorted(rows, key=lambda row: (-row.score, row.other)):
            reasons = tuple(Reason(*reason) for reason in row.reasons)
            found[row.one] += (Perhaps(row.other, row.score, reasons),)
    return found


def _replace(connection: sa.Connection, ids: Collection[str], new: Sequence[Appearance]) -> None:
    """Put appearances in place of all that documents have, and settle the names of both."""
    held = links.in_force(connection)
    touched = _touched(connection, held, ids)
    gone = _rows(connection, ids)
    for part in parts(sorted(ids)):
        connection.execute(sa.delete(appearances).where(appearances.c.document.in_(part)))
    _insert(connection, new)
    went, came = defaultdict[str, list[Gone]](list), defaultdict[str, list[Appearance]](list)
    for row in gone:
        went[row.name].append(row)
    for one in new:
        came[one.name].append(one)
    families = links.families(held, {*went, *came} | touched)
    known = profiles.kept(connection, chain.from_iterable(families))
    for family in families:
        if family & touched:
            _from_zero(connection, family, held)
        else:
            of = {name: known.get(name, {}) for name in family}
            gone_here = [row for name in sorted(family) for row in went[name]]
            new_here = [one for name in sorted(family) for one in came[name]]
            Settling(connection, family, of, links.judged(connection, held, family)).change(gone_here, new_here)


def _touched(connection: sa.Connection, held: Iterable[Link], ids: Collection[str]) -> set[str]:
    """The names whose judgements speak of these documents: what the judgements apply to may change."""
    by_id, by_hash = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for ref in chain.from_iterable((link.one, link.other) for link in held):
        by_id[ref.document].add(ref.name)
        by_hash[ref.content_hash].add(ref.name)
    if not by_id:
        return set()
    found = set[str]().union(*(by_id[key] for key in ids if key in by_id))
    for part in parts(sorted(ids)):
        for content in connection.execute(
            sa.select(documents.c.content_hash).where(documents.c.id.in_(part))
        ).scalars():
            found |= by_hash.get(content, set())
    return found


def _from_zero(connection: sa.Connection, family: frozenset[str], held: Iterable[Link]) -> None:
    """Settle names by all their appearances."""
    judged = links.judged(connection, held, family)
    every = [read(row) for row in connection.execute(sa.select(appearances).where(appearances.c.name.in_(family)))]
    before = profiles.kept(connection, family)
    profiles.write(connection, {(name, key): one for name in before for key, one in before[name].items()}, {})
    Settling(connection, family, {name: {} for name in family}, judged).change([], every)


def _rows(connection: sa.Connection, ids: Collection[str]) -> list[Gone]:
    columns = [appearances.c[name] for name in ("document", "name", "number", "profile", "official")]
    return [
        Gone(*row)
        for part in parts(sorted(ids))
        for row in connection.execute(sa.select(*columns).where(appearances.c.document.in_(part)))
    ]


def _insert(connection: sa.Connection, new: Iterable[Appearance]) -> None:
    rows = [
        {
            "document": one.document,
            "name": one.name,
            "number": one.number,
            "profile": "",
            "official": "",
            "evidence": appearance.as_json(one),
        }
        for one in new
    ]
    if rows:
        connection.execute(sa.insert(appearances), rows)
