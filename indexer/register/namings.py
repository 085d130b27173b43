"""Under which names documents speak of agencies, as the store keeps it: one row a document, agency and printed name."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from corpus.document import Document
from corpus.rows import parts
from corpus.schema import namings
from corpus.store import Store, Writing
from indexer.extract.extraction import Extraction
from indexer.register.context import about
from indexer.register.names import Judged, known_as
from indexer.register.normal import read

_NONE: Judged = {}


@dataclass(frozen=True, slots=True)
class Registered:
    """An agency that documents name: its normal name, the names printed for it, the number of documents."""

    agency: str
    names: tuple[str, ...]
    documents: int


def names_in(document: Document, extraction: Extraction) -> tuple[tuple[str, str], ...]:
    """The agencies that a document names: (normal name, name as printed), each pair once, in the document's order."""
    known = about(document, extraction)
    pairs = (
        (meant.normal, named.name)
        for named in extraction.agencies
        for meant in read(named.normal or named.name, known)
        if meant.normal
    )
    return tuple(dict.fromkeys(pairs))


def put(writing: Writing, found: Mapping[str, tuple[Document, Extraction]]) -> None:
    """Keep under which names these documents speak of agencies, in place of what was kept of them before."""
    if not found:
        return
    remove(writing, found.keys())
    rows = [
        {"document": key, "agency": agency, "name": name}
        for key, (document, extraction) in found.items()
        for agency, name in names_in(document, extraction)
    ]
    if rows:
        writing.connection.execute(sa.insert(namings), rows)


def remove(writing: Writing, ids: Collection[str]) -> None:
    """Forget under which names these documents speak of agencies."""
    every = list(ids)
    for taken in parts(every):
        writing.connection.execute(sa.delete(namings).where(namings.c.document.in_(taken)))


def named(store: Store, text: str, judged: Judged = _NONE) -> tuple[Registered, ...]:
    """The agencies that somebody who types `text` may mean, those that most documents name first.

    By normal name, name as printed, short form, or judged alias; a name without its place (自然资源局) means that of
    every place. Names before and after reforms are not counted in (`lineage`).
    """
    typed = text.strip()
    meant = read(typed) if typed else ()
    exact = {typed, *(agency.normal for agency in meant)}
    exact |= {other for name in tuple(exact) for other in _aliases(name, judged)}
    condition = namings.c.agency.in_(exact) | (namings.c.name == typed)
    for agency in meant:
        if not agency.certain and agency.body:
            condition |= namings.c.agency.endswith(agency.body, autoescape=True)
    return _registered(store, condition) if typed else ()


def lineage(store: Store, agency: str, judged: Judged = _NONE) -> tuple[Registered, ...]:
    """The agency of a normal name with those that it was before and after reforms, or is judged to be, where named."""
    return _registered(store, namings.c.agency.in_(known_as(agency, judged)))


def documents_of(store: Store, agency: str) -> list[str]:
    """The ids of the documents that name the agency of this normal name, in order."""
    query = sa.select(namings.c.document).where(namings.c.agency == agency).distinct().order_by(namings.c.document)
    with store.reading() as connection:
        return list(connection.execute(query).scalars())


def _aliases(name: str, judged: Judged) -> Iterator[str]:
    yield from judged.get(name, ())
    yield from (other for other, names in judged.items() if name in names)


def _registered(store: Store, condition: sa.ColumnElement[bool]) -> tuple[Registered, ...]:
    """The agencies of the rows that meet the condition; of these all names are told, met or not."""
    with store.reading() as connection:
        agencies = list(connection.execute(sa.select(namings.c.agency).where(condition).distinct()).scalars())
        found: list[Registered] = []
        for taken in parts(agencies):
            some = namings.c.agency.in_(taken)
            names: dict[str, list[str]] = {}
            for agency, name in connection.execute(sa.select(namings.c.agency, namings.c.name).where(some).distinct()):
                names.setdefault(agency, []).append(name)
            counts = sa.select(namings.c.agency, sa.func.count(namings.c.document.distinct())).where(some)
            found += [
                Registered(agency, tuple(sorted(names[agency])), count)
                for agency, count in connection.execute(counts.group_by(namings.c.agency))
            ]
    return tuple(sorted(found, key=lambda one: (-one.documents, one.agency)))
