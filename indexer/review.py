"""A person corrects what was extracted from a document, or takes a correction back: the index follows at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from corpus.document import Document
from corpus.store import Store, Writing
from indexer import corrections, deriving, extractions, ledger, vocabulary
from indexer.analysis import analyse, fingerprint
from indexer.corrections import Correction
from indexer.entry import Entry
from indexer.judging import CorrectionRefused, judge
from indexer.segment import Segmenter
from indexer.writer import IndexWriter


@dataclass(frozen=True, slots=True)
class Review:
    """A library as it lies before somebody who corrects it: its store, its index, and how its entries are made."""

    store: Store
    index: IndexWriter
    cases: IndexWriter
    segmenter: Segmenter

    def correct(self, document: Document, said: Mapping[str, str], who: str) -> list[Correction]:
        """Record what `who` says of a document (see `judging.judge`), and renew its entry and those of its copies.

        Raises CorrectionRefused, StoreError or an error of the index.
        """
        extraction = extractions.fetch(self.store, [document.id]).get(document.id)
        if extraction is None:
            raise CorrectionRefused(f"“{document.source}”还没有提取过人员、机构和处分。请先运行：anjian reindex")
        made = judge(extraction, said)
        ids = corrections.documents_under(self.store, document.id, document.content_hash)
        self.renew(ids, lambda writing: corrections.record(writing, document, made, who))
        return corrections.recorded(self.store)[-len(made) :]

    def undo(self, number: int) -> None:
        """Take the correction of this number back, and renew the entries it held for.

        Raises CorrectionRefused, StoreError or an error of the index.
        """
        known = {correction.id: correction for correction in corrections.recorded(self.store)}
        if number not in known:
            raise CorrectionRefused(f"没有第 {number} 条更正。用 anjian corrections 可以列出全部更正。")
        if known[number].undone:
            raise CorrectionRefused(f"第 {number} 条更正已经撤销过了。")
        ids = corrections.documents_under(self.store, known[number].document, known[number].content_hash)
        self.renew(ids, lambda writing: corrections.undo(writing, number))

    def renew(self, ids: Sequence[str], change: Callable[[Writing], None]) -> None:
        """Make a change to what is known of documents, and put them in the index with that.

        Where it stops half-way, either nothing is changed, or the next run of the indexer puts the documents.
        """
        before = vocabulary.count(self._entries(ids))
        with self.store.begin() as writing:
            change(writing)
            ledger.open_(writing, ids)
            deriving.mark(writing, ids, "")
        entries = self._entries(ids)
        words = vocabulary.count(entries)
        words.subtract(before)
        with self.store.begin() as writing:
            vocabulary.add(writing, words)
        ledger.settle(self.store, self.index, entries, (), fingerprint(self.segmenter))
        self._derive(ids)

    def _derive(self, ids: Sequence[str]) -> None:
        known, documents = extractions.fetch(self.store, ids), self.store.fetch(ids)
        found = [deriving.derived(documents[key], known[key], self.segmenter) for key in documents if key in known]
        deriving.keep(self.store, self.cases, found, deriving.fingerprint(self.segmenter))

    def _entries(self, ids: Sequence[str]) -> list[Entry]:
        known = extractions.fetch(self.store, ids)
        documents = self.store.fetch(ids).values()
        return [analyse(document, self.segmenter, known.get(document.id)) for document in documents]
