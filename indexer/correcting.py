"""A person corrects what was extracted from a document, or takes a correction back: the index follows at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from corpus.document import Document
from corpus.store import Store, Writing
from indexer import corrections, extractions, ledger, vocabulary
from indexer.analysis import analyse, fingerprint
from indexer.corrections import Correction
from indexer.entry import Entry
from indexer.judging import CorrectionRefused, judge
from indexer.segment import Segmenter
from indexer.writer import IndexWriter


def correct(
    store: Store, index: IndexWriter, segmenter: Segmenter, document: Document, said: Mapping[str, str], who: str
) -> list[Correction]:
    """Record what `who` says of a document (see `judging.judge`), and renew its entry and those of its copies.

    Raises CorrectionRefused, StoreError or an error of the index.
    """
    extraction = extractions.fetch(store, [document.id]).get(document.id)
    if extraction is None:
        raise CorrectionRefused(f"“{document.source}”还没有提取过人员、机构和处分。请先运行：anjian reindex")
    made = judge(extraction, said)
    ids = corrections.documents_under(store, document.id, document.content_hash)
    _renew(store, index, segmenter, ids, lambda writing: corrections.record(writing, document, made, who))
    return corrections.recorded(store)[-len(made) :]


def undo(store: Store, index: IndexWriter, segmenter: Segmenter, number: int) -> Correction:
    """Take the correction of this number back, and renew the entries it held for.

    Raises CorrectionRefused, StoreError or an error of the index.
    """
    known = {correction.id: correction for correction in corrections.recorded(store)}
    if number not in known:
        raise CorrectionRefused(f"没有第 {number} 条更正。用 anjian corrections 可以列出全部更正。")
    if known[number].undone:
        raise CorrectionRefused(f"第 {number} 条更正已经撤销过了。")
    ids = corrections.documents_under(store, known[number].document, known[number].content_hash)
    _renew(store, index, segmenter, ids, lambda writing: corrections.undo(writing, number))
    return known[number]


def _renew(
    store: Store, index: IndexWriter, segmenter: Segmenter, ids: Sequence[str], change: Callable[[Writing], None]
) -> None:
    """Make a change to what is known of documents, and put them in the index with that.

    Where it stops half-way, either nothing is changed, or the next run of the indexer puts the documents.
    """
    before = vocabulary.names(_entries(store, segmenter, ids))
    with store.begin() as writing:
        change(writing)
        ledger.open_(writing, ids)
    entries = _entries(store, segmenter, ids)
    names = vocabulary.names(entries)
    names.subtract(before)
    with store.begin() as writing:
        vocabulary.add(writing, Counter({name: count for name, count in names.items() if count}))
    ledger.settle(store, index, entries, (), fingerprint(segmenter))


def _entries(store: Store, segmenter: Segmenter, ids: Sequence[str]) -> list[Entry]:
    known = extractions.fetch(store, ids)
    return [analyse(document, segmenter, known.get(document.id)) for document in store.fetch(ids).values()]
