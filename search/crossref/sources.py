"""The documents behind a dossier, and the sentence in one that a fact was taken from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.document import Document
from corpus.store import Store
from indexer import extractions
from indexer.extract.extraction import Extraction, Span

_ENDS = re.compile("[。！？!?；;\n\r]")
#: Characters of a sentence that are shown on either side of what it is shown for.
_REACH = 120


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact stands: the document, its page from 1, and the sentence, from `start` to `end` in its text."""

    document: str
    source: str
    page: int
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """A document with what was extracted from it, as people corrected that."""

    document: Document
    extraction: Extraction

    @property
    def date(self) -> str | None:
        """The day of publication as the document states it, in ISO form; None where it states none."""
        stated = self.document.meta.get("date")
        return stated.value if stated and stated.value else None

    def evidence(self, span: Span) -> Evidence:
        """The sentence that holds a span of the text, cut where it is very long."""
        start, end = sentence(self.document.text, span)
        page = self.document.page_number(span[0])
        text = self.document.text[start:end]
        return Evidence(self.document.id, self.document.source, page, text, start, end)


def sources(store: Store, ids: Iterable[str]) -> dict[str, Source]:
    """These documents, from the earliest to the latest, those without a date last; one that is gone is left out."""
    wanted = list(dict.fromkeys(ids))
    known = extractions.fetch(store, wanted)
    found = [Source(document, known[key]) for key, document in store.fetch(wanted).items() if key in known]
    return {source.document.id: source for source in in_order(found)}


def in_order(found: Iterable[Source]) -> list[Source]:
    """From the earliest to the latest, those without a date last."""
    return sorted(found, key=lambda source: (source.date is None, source.date or "", source.document.id))


def sentence(text: str, span: Span) -> Span:
    """The bounds of the sentence that holds the span; of a very long one what is near it."""
    low, high = max(span[0] - _REACH, 0), min(span[1] + _REACH, len(text))
    before = [match.end() for match in _ENDS.finditer(text, low, span[0])]
    after = _ENDS.search(text, span[1], high)
    start = before[-1] if before else low
    end = after.end() if after else high
    while start < span[0] and text[start].isspace():
        start += 1
    while end > span[1] and text[end - 1].isspace():
        end -= 1
    return start, end


def few(evidence: Sequence[Evidence], most: int = 3) -> tuple[Evidence, ...]:
    """The first of each document, `most` at most: a fact that fifty documents repeat is shown from three."""
    firsts: Mapping[str, Evidence] = {one.document: one for one in reversed(evidence)}
    kept = [one for one in evidence if firsts[one.document] is one]
    return tuple(kept[:most])
