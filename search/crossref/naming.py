"""Which agency a printed name means in a document, as the register noted it when the document was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import sqlalchemy as sa

from corpus.rows import parts
from corpus.schema import namings
from corpus.store import Store
from indexer.register import normal
from indexer.register.normal import AgencyName


@dataclass(frozen=True, slots=True)
class Named:
    """The normal names of the agencies that documents name, by (document id, name as printed)."""

    known: Mapping[tuple[str, str], str]

    def normal(self, document: str, printed: str) -> str:
        """The normal name of an agency as a document prints it; where it was not noted, what the name alone tells."""
        return self.known.get((document, printed)) or alone(printed).normal


def named(store: Store, documents: Sequence[str]) -> Named:
    """Under which names these documents speak of which agencies."""
    found: dict[tuple[str, str], str] = {}
    with store.reading() as connection:
        for taken in parts(documents):
            these = namings.c.document.in_(list(taken))
            for row in connection.execute(sa.select(namings).where(these).order_by(namings.c.agency)):
                found.setdefault((row.document, row.name), row.agency)
    return Named(found)


@lru_cache(maxsize=65536)
def alone(printed: str) -> AgencyName:
    """The agency that a name means by itself: of 市审计局 the place stays open."""
    return normal.one(printed)
