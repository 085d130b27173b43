"""Corrections: what people judged of documents, by whom and when. Kept apart from what programs extract.

A correction is about the bytes that were judged: it holds for every document that has them, wherever it is moved or
copied. One about a name also holds for the same document with other content; one about a place in the text does not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from corpus.document import Document
from corpus.moments import now
from corpus.schema import documents, judgements
from corpus.store import Store, Writing
from indexer.judgements import Judgement, Kind


@dataclass(frozen=True, slots=True)
class Correction:
    """A judgement on record. Times are ISO 8601 in UTC; `undone` is None while it is in force."""

    id: int
    document: str
    source: str
    content_hash: str
    judgement: Judgement
    who: str
    made: str
    undone: str | None


def record(writing: Writing, document: Document, made: Iterable[Judgement], who: str) -> None:
    """Keep what somebody judged of a document."""
    rows = [
        {
            "document": document.id,
            "source": document.source,
            "content_hash": document.content_hash,
            "kind": judgement.kind.value,
            "name": judgement.name,
            "value": judgement.value,
            "start": judgement.span[0] if judgement.span else None,
            "end": judgement.span[1] if judgement.span else None,
            "who": who,
            "made": now(),
        }
        for judgement in made
    ]
    writing.connection.execute(sa.insert(judgements), rows)


def undo(writing: Writing, number: int) -> None:
    """Put a correction out of force; it stays on record."""
    writing.connection.execute(sa.update(judgements).where(judgements.c.id == number).values(undone=now()))


def recorded(store: Store) -> list[Correction]:
    """Every correction ever made, in the order they were made."""
    with store.reading() as connection:
        return [_correction(row) for row in connection.execute(sa.select(judgements).order_by(judgements.c.id))]


def in_force(store: Store, ids: Sequence[str]) -> dict[str, tuple[Judgement, ...]]:
    """What holds for each of these documents, in the order it was judged; a document without any is left out."""
    same_text = judgements.c.content_hash == documents.c.content_hash
    by_name = (judgements.c.document == documents.c.id) & judgements.c.start.is_(None)
    query = (
        sa.select(documents.c.id.label("of"), judgements)
        .join(judgements, same_text | by_name)
        .where(documents.c.id.in_(list(ids)), judgements.c.undone.is_(None))
        .order_by(judgements.c.id)
    )
    held: defaultdict[str, list[Judgement]] = defaultdict(list)
    with store.reading() as connection:
        for row in connection.execute(query):
            held[row.of].append(_correction(row).judgement)
    return {key: tuple(found) for key, found in held.items()}


def documents_under(store: Store, document: str, content_hash: str) -> list[str]:
    """The ids of the documents that a correction of a document with these bytes may hold for, in order."""
    query = (
        sa.select(documents.c.id)
        .where((documents.c.content_hash == content_hash) | (documents.c.id == document))
        .order_by(documents.c.id)
    )
    with store.reading() as connection:
        return list(connection.execute(query).scalars())


def _correction(row: sa.Row[tuple[object, ...]]) -> Correction:
    span = None if row.start is None else (row.start, row.end)
    judgement = Judgement(Kind(row.kind), row.name, row.value, span)
    return Correction(row.id, row.document, row.source, row.content_hash, judgement, row.who, row.made, row.undone)
