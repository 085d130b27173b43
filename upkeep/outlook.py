"""What a run would do, and why, told without doing it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.store import Store
from indexer import extractions, ledger
from indexer.analysis import fingerprint
from indexer.changes import Plan, Why
from indexer.errors import FolderUnusable, FolderVanished
from indexer.planning import plan_folder
from indexer.segment import Segmenter
from upkeep.refresh import Wish, check, fault


@dataclass(frozen=True, slots=True)
class Intended:
    """A file that would be changed in the library; `was` is its path there, where it was moved."""

    why: Why
    folder: str
    path: str
    was: str | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a run would do.

    `files` would be read, moved or forgotten; `entries` counts documents to be put in the index or taken out of it,
    `extracted` those whose people and cases would be extracted; `unseen` could not be looked at, `refused` says why
    a folder would not be touched.
    """

    files: Sequence[Intended]
    entries: Counter[Why]
    extracted: int
    unseen: Sequence[str]
    refused: Sequence[str]

    @property
    def changes(self) -> Counter[str]:
        """How many of each reason, as the report of the run would count them."""
        return Counter(file.why.value for file in self.files) + Counter(
            {why.value: count for why, count in self.entries.items()}
        )

    def as_json(self) -> dict[str, Any]:
        """The outlook as plain values."""
        return {
            "changes": dict(self.changes),
            "files": [
                {"why": file.why.value, "folder": file.folder, "path": file.path, "was": file.was}
                for file in self.files
            ],
            "extracted": self.extracted,
            "unseen": list(self.unseen),
            "refused": list(self.refused),
        }


def look_ahead(store: Store, home: Path, engine: str, segmenter: Segmenter, wish: Wish) -> Outlook:
    """What `refresh` would do. Nothing is changed. Raises StoreError or EngineError."""
    files: list[Intended] = []
    unseen: list[str] = []
    refused: list[str] = []
    for folder in wish.folders:
        try:
            check(folder.path)
            plan = plan_folder(store, folder, ignored=wish.ignored, only=wish.only, retry=wish.retry, full=wish.full)
            if not wish.empty:
                plan.guard(folder.path, wish.removal_limit)
        except (FolderUnusable, FolderVanished) as error:
            refused.append(str(error))
            continue
        files += _intended(folder.name, plan)
        unseen += map(str, plan.unseen)
    entries = _entries(store, home, engine, fingerprint(segmenter), anew=wish.rebuild)
    extracted = len(extractions.missing(store)) if wish.extract else 0
    return Outlook(files, entries, extracted, unseen, refused)


def _intended(folder: str, plan: Plan) -> list[Intended]:
    return [Intended(change.why, folder, change.path, change.was.path if change.was else None) for change in plan]


def _entries(store: Store, home: Path, engine: str, present: str, *, anew: bool) -> Counter[Why]:
    why = Why.REBUILD if anew else fault(store, home, engine, present)
    if why:
        return Counter({why: store.document_count()})
    return Counter(
        {
            Why.REBUILD: len(ledger.lacking(store)),
            Why.ANALYSIS: len(ledger.stale(store, present)),
            Why.GONE: len(ledger.gone(store)),
        }
    )
