"""Where the writings of a list stand in the documents of a library, and whether they are names there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from corpus.document import Document
from corpus.store import Store
from indexer import extractions
from indexer.extract.extraction import Span
from indexer.fold import fold
from search.screening.occurrences import Strings, places
from search.screening.reading import Reading, clause, prepare, sentences

BATCH = 200  # documents that are read together
EXAMINED = 20  # places of one string in one document that are looked at, until one of them is a name
SENTENCE = 140  # characters of a sentence that are shown


@dataclass(frozen=True, slots=True)
class Mark:
    """A string that stands in a document: where it is a name, or (`is_name` False) the first place where it is none."""

    document: Document
    text: str
    spans: tuple[Span, ...]
    is_name: bool


def marks(store: Store, strings: Strings, similar: frozenset[str]) -> Iterator[tuple[int, list[Mark]]]:
    """For each batch of the library's documents how many were read so far, and the marks in them.

    Of strings that only resemble a name (`similar`) there are many more, nearly all of them other words: they are
    marked only where a name stands plainly.
    """
    documents = store.all_documents()
    done = 0
    while batch := list(islice(documents, BATCH)):
        done += len(batch)
        yield done, list(_in_batch(store, batch, strings, similar))


def _in_batch(store: Store, batch: Iterable[Document], strings: Strings, similar: frozenset[str]) -> Iterator[Mark]:
    held: list[tuple[Document, dict[str, list[Span]]]] = []
    for document in batch:
        folded = fold(document.text)
        if texts := strings.held_by(folded):
            held.append((document, {text: list(places(folded, text, EXAMINED)) for text in texts}))
    extracted = extractions.fetch(store, [document.id for document, _ in held]) if held else {}
    readings = [Reading(document.text, extracted.get(document.id)) for document, _ in held]
    for (_, found), reading in zip(held, readings, strict=True):
        for text in similar.intersection(found):
            found[text] = [span for span in found[text] if reading.shows(span)]
    prepare(
        document.text[slice(*clause(document.text, span))]
        for (document, found), reading in zip(held, readings, strict=True)
        for span in reading.untold(_every(found, similar))
    )
    for (document, found), reading in zip(held, readings, strict=True):
        asked = _every(found, similar)
        named = {span for span, is_name in zip(asked, reading.names(asked), strict=True) if is_name}
        for text, spans in found.items():
            as_names = tuple(span for span in spans if text in similar or span in named)
            if spans:
                yield Mark(document, text, as_names or tuple(spans[:1]), bool(as_names))


def _every(found: Mapping[str, Sequence[Span]], similar: frozenset[str]) -> list[Span]:
    """Where the strings stand that are the names asked for, other writings included."""
    return [span for text, spans in found.items() if text not in similar for span in spans]


def sentence_of(text: str, span: Span) -> str:
    """The sentence that holds the span, or as much of a long one as shows the span with what is around it."""
    start, end = sentences(text, [span])[0]
    if end - start > SENTENCE:
        start = max(start, span[0] - SENTENCE // 2)
        end = min(end, max(start + SENTENCE, span[1]))
    return " ".join(text[start : max(end, span[1])].split())
