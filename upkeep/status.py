"""How a library stands: what it covers, what its index holds, what was not read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from corpus.coverage import Coverage, coverage
from corpus.store import Store
from search.engine import Engine


@dataclass(frozen=True, slots=True)
class Status:
    """A library as it stands: what it covers, what its index holds, what was not read (by reason)."""

    library: str
    engine: str
    folders: dict[str, str]
    coverage: Coverage
    documents: int
    indexed: int
    skipped: dict[str, int]
    last_run: str | None


def status(store: Store, engine: Engine, library: str, engine_name: str) -> Status:
    """Count. Raises StoreError or EngineError."""
    runs = store.runs(1)
    return Status(
        library=library,
        engine=engine_name,
        folders={folder.name: str(folder.path) for folder in store.folders()},
        coverage=coverage(store),
        documents=store.document_count(),
        indexed=engine.count(),
        skipped=dict(Counter(failure.skip.reason.value for failure in store.failures())),
        last_run=runs[0].finished if runs else None,
    )
