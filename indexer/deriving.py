"""The third pass: what extractions say together. Who is who, which agency is meant, and the cases to compare.

Each document is derived from once its texts are mined, and again when that, a judgement of it, or one of the versions
below changes. What is derived stands in the store, and the cases in an index of their own; the document is marked as
derived only after that index has them, so that a crash leaves work to do again, never work believed to be done.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from hashlib import blake2b
from importlib.resources import files
from typing import TYPE_CHECKING

import sqlalchemy as sa

from corpus.document import Document, Skip
from corpus.rows import parts
from corpus.schema import cases as case_rows
from corpus.schema import extractions as extraction_rows
from corpus.store import Store
from corpus.writing import Writing
from indexer import cases, extractions, indexes
from indexer.batches import Beside, batches
from indexer.extract.extraction import Extraction
from indexer.identity import people
from indexer.ingest import Mined
from indexer.matter.comparing import VERSION as MATTER_VERSION
from indexer.matter.comparing import matter_of
from indexer.matter.matter import Matter
from indexer.register import namings
from indexer.segment import Segmenter
from indexer.segment import fingerprint as segment_fingerprint
from indexer.writer import IndexWriter

if TYPE_CHECKING:
    from indexer.run import Run

#: Goes up with every change of what is derived; matters and lexicons count by themselves. History: 1 first.
VERSION = 1

_BATCH = 500
_FETCHED = 100
_LEXICONS = ("matter", "register")


@cache
def _lexicons() -> str:
    found = [
        (package, lexicon.name, lexicon.read_bytes())
        for package in _LEXICONS
        for lexicon in (files("indexer") / package / "lexicon").iterdir()
    ]
    return blake2b(repr(sorted(found)).encode(), digest_size=6).hexdigest()


def fingerprint(segmenter: Segmenter) -> str:
    """What is derived depends on this, besides the extraction."""
    words = segment_fingerprint(segmenter.dictionary)
    return f"derived {VERSION}, matter {MATTER_VERSION}, lexicons {_lexicons()}, {words}"


def derive(run: Run, index: IndexWriter) -> None:
    """Derive from every document of which that was not done yet; `index` is that of the cases.

    Stopping it loses the batches under way.

    Raises StoreError, an error of the index, or Stopped.
    """
    present = fingerprint(run.segmenter)
    drop_gone(run, index)
    ids = stale(run.store, present)
    results = run.told(run.workers.run(_tasks(run.store, ids)), len(ids))
    with Beside() as beside:
        for batch in batches(results, _characters, _BATCH):
            found = [_derived(task, result) for task, result in batch]
            beside.do(partial(keep, run.store, index, found, present))
    run.go_on()


@dataclass(frozen=True, slots=True)
class Derived:
    """A document with its extraction, corrected, and the matters of its cases."""

    document: Document
    extraction: Extraction
    matters: tuple[Matter, ...]


def derived(document: Document, extraction: Extraction, segmenter: Segmenter) -> Derived:
    """Compare the cases of one document, here and now."""
    matters = (matter_of(document.text, case, extraction, segmenter) for case in extraction.cases)
    return Derived(document, extraction, tuple(matters))


def keep(store: Store, index: IndexWriter, found: Sequence[Derived], present: str) -> None:
    """Keep what was derived from documents, in place of what was before, under the fingerprint `present`."""
    ids = [one.document.id for one in found]
    told = {one.document.id: (one.document, one.extraction) for one in found}
    held = _case_ids(store, ids)
    with store.begin() as writing:
        people.put(writing, told)
        namings.put(writing, told)
        cases.put(writing, {one.document.id: one.matters for one in found})
    entries = [entry for one in found for entry in cases.entries(one.document, one.extraction, one.matters)]
    gone = held.difference(entry.id for entry in entries)
    if entries or gone:
        with index.batch() as batch:
            for key in sorted(gone):
                batch.delete(key)
            for entry in entries:
                batch.put(entry)
    with store.begin() as writing:
        mark(writing, ids, present)


def mark(writing: Writing, ids: Collection[str], fingerprint_: str) -> None:
    """Note under which fingerprint documents were derived from; "" to have it done again."""
    for some in parts(list(ids)):
        writing.connection.execute(
            sa.update(extraction_rows).where(extraction_rows.c.id.in_(some)).values(derived=fingerprint_)
        )


def stale(store: Store, present: str) -> list[str]:
    """The documents whose texts are mined and that were not derived from under this fingerprint, in order."""
    other = (extraction_rows.c.derived < present) | (extraction_rows.c.derived > present)  # ranges of an index
    with store.reading() as connection:
        # Sorted here: the database would read every row in order rather than sort the few that are left.
        return sorted(connection.execute(sa.select(extraction_rows.c.id).where(other)).scalars())


def forget(run: Run, writing: Writing, ids: Collection[str]) -> None:
    """Forget what was derived from documents: before the store forgets them, or gives them another id."""
    run.gone_cases.extend(_case_ids(run.store, ids))
    people.remove(writing, ids)
    namings.remove(writing, ids)
    cases.remove(writing, ids)


def drop_gone(run: Run, index: IndexWriter) -> None:
    """Take the cases of documents that went out of their index; those that came back under their id stay."""
    gone, run.gone_cases[:] = list(run.gone_cases), []
    if gone:
        left = cases.fetch(run.store, gone).keys()
        with index.batch() as batch:
            for key in gone:
                if key not in left:
                    batch.delete(key)


def rebuild(run: Run, index: IndexWriter, folder: str) -> None:
    """Fill an empty index with the cases of the store, and let it come into force."""
    last = ""
    while ids := run.store.ids_after(last, _BATCH):
        last = ids[-1]
        matters = cases.held(run.store, ids)
        if matters:
            known = extractions.fetch(run.store, list(matters))
            documents = run.store.fetch(list(matters))
            with index.batch() as batch:
                for key, of in matters.items():
                    if key in known and len(known[key].cases) == len(of):
                        for entry in cases.entries(documents[key], known[key], of):
                            batch.put(entry)
        run.go_on()
    with run.store.begin() as writing:
        indexes.put_in_force(writing, indexes.CASES, folder)


def agrees(store: Store, index: IndexWriter) -> bool:
    """Whether an index may hold the cases of the store: it has as many, those of documents to be derived from aside."""
    waiting = sa.select(extraction_rows.c.id).where(extraction_rows.c.derived == "")
    count = sa.select(sa.func.count()).select_from(case_rows)
    with store.reading() as connection:
        every = connection.execute(count).scalar_one()
        certain = every - connection.execute(count.where(case_rows.c.document.in_(waiting))).scalar_one()
    return bool(certain <= index.count() <= every)


def _tasks(store: Store, ids: Sequence[str]) -> Iterator[Mined]:
    for some in parts(ids, _FETCHED):
        documents = store.fetch(some)
        for key, extraction in extractions.fetch(store, some).items():
            yield Mined(documents[key], extraction)


def _derived(task: Mined, result: tuple[Matter, ...] | Skip) -> Derived:
    """What a child made of a document; of one that cost it its life, no case is compared."""
    if isinstance(result, Skip):
        return Derived(task.document, Extraction(kind=task.extraction.kind, kind_confidence=0.0), ())
    return Derived(task.document, task.extraction, result)


def _case_ids(store: Store, documents: Collection[str]) -> set[str]:
    found: set[str] = set()
    with store.reading() as connection:
        for some in parts(list(documents)):
            found.update(connection.execute(sa.select(case_rows.c.id).where(case_rows.c.document.in_(some))).scalars())
    return found


def _characters(result: tuple[Mined, object]) -> int:
    return len(result[0].document.text)
