"""What was extracted from each document, as the store keeps it: made once for each version of what extracts.

The store keeps what the program found; what people judged of it is put in where it is fetched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import blake2b
from importlib.resources import files

import sqlalchemy as sa

from corpus.schema import documents, extractions
from corpus.store import Store, Writing
from indexer import corrections
from indexer.extract.extraction import Extraction, as_json, from_json
from indexer.extract.kind import VERSION as KIND_VERSION
from indexer.extract.pipeline import VERSION
from indexer.judgements import apply


@cache
def fingerprint() -> str:
    """What an extraction depends on besides its document: the versions of its parts, and its lexicons."""
    home = files("indexer") / "extract" / "lexicon"
    lexicons = sorted((lexicon.name, lexicon.read_bytes()) for lexicon in home.iterdir())
    digest = blake2b(repr(lexicons).encode(), digest_size=6).hexdigest()
    return f"extraction {VERSION}, kind {KIND_VERSION}, lexicons {digest}"


def missing(store: Store) -> list[str]:
    """The documents of which nothing was extracted by the present version, in order."""
    present = sa.select(extractions.c.id).where(extractions.c.fingerprint == fingerprint())
    query = sa.except_(sa.select(documents.c.id), present).order_by("id")
    with store.reading() as connection:
        return list(connection.execute(query).scalars())


def fetch(store: Store, ids: Sequence[str]) -> dict[str, Extraction]:
    """What is known of these documents: what was extracted, as people corrected it. Others are left out."""
    judged = corrections.in_force(store, ids)
    return {key: apply(extraction, judged.get(key, ())) for key, extraction in uncorrected(store, ids).items()}


def uncorrected(store: Store, ids: Sequence[str]) -> dict[str, Extraction]:
    """What was extracted from these documents; one of which nothing was yet is left out."""
    query = sa.select(extractions.c.id, extractions.c.extraction).where(extractions.c.id.in_(list(ids)))
    with store.reading() as connection:
        return {row.id: from_json(row.extraction) for row in connection.execute(query)}


def put(writing: Writing, found: Mapping[str, Extraction]) -> None:
    """Keep what was extracted, in place of what was before."""
    if found:
        writing.connection.execute(sa.delete(extractions).where(extractions.c.id.in_(list(found))))
        writing.connection.execute(
            sa.insert(extractions),
            [
                {"id": key, "fingerprint": fingerprint(), "extraction": as_json(extraction)}
                for key, extraction in found.items()
            ],
        )
