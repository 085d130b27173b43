"""What was extracted before from the same text: a file that is read again, or copied, is not worked on twice."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from corpus.document import Document
from corpus.rows import parts
from corpus.schema import documents, extractions, texts
from corpus.store import Store
from indexer.extract.extraction import Extraction, from_json
from indexer.extractions import fingerprint


def known(store: Store, read: Sequence[Document]) -> dict[str, Extraction]:
    """For each document just read, by id: what the present version extracted from one with the same text and title.

    To be asked while the store still holds what the documents replace. Documents that have none are left out.
    """
    wanted = {_basis(document.text, _printed(document)): document.id for document in read}
    hashes = sorted({document.content_hash for document in read})
    found: dict[tuple[str, str], Extraction] = {}
    with store.reading() as connection:
        for taken in parts(hashes):
            query = (
                sa.select(documents.c.meta, texts.c.text, extractions.c.extraction)
                .join(texts, texts.c.id == documents.c.id)
                .join(extractions, extractions.c.id == documents.c.id)
                .where(documents.c.content_hash.in_(taken))
                .where(extractions.c.fingerprint == fingerprint())
            )
            for row in connection.execute(query):
                basis = _basis(row.text, row.meta["title"]["value"] if "title" in row.meta else "")
                if basis in wanted and basis not in found:
                    found[basis] = from_json(row.extraction)
    bases = ((document.id, _basis(document.text, _printed(document))) for document in read)
    return {key: found[basis] for key, basis in bases if basis in found}


def _printed(document: Document) -> str:
    title = document.meta.get("title")
    return title.value if title else ""


def _basis(text: str, title: str) -> tuple[str, str]:
    """What an extraction is made of (`indexer.ingest.extract_from`)."""
    return text, title
