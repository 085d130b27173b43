"""Document -> Entry: everything an index may be asked about one document."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from corpus.document import Document
from indexer import keys as extracted
from indexer.entry import Entry
from indexer.extract.extraction import Extraction
from indexer.fields import KEY_LENGTH
from indexer.fold import SPACE
from indexer.segment import Segmenter, stock_phrases
from indexer.segment import fingerprint as segment_fingerprint
from indexer.signature import Signature, sign_folded
from indexer.signature import fingerprint as signature_fingerprint
from indexer.streams import Folded, chars, folded, grams

#: Goes up with every change of what an entry holds. History: 1 first.
VERSION = 1


def fingerprint(segmenter: Segmenter) -> str:
    """What an analysis depends on besides its document; one made under another fingerprint is made again."""
    return f"analysis {VERSION}, {segment_fingerprint(segmenter.dictionary)}, {signature_fingerprint()}"


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that is made of one document: its entry, and what its copies are found by."""

    entry: Entry
    signature: Signature


def analysis_of(document: Document, segmenter: Segmenter, extraction: Extraction | None = None) -> Analysis:
    """The analysis of a document."""
    text = folded(document.text)
    return Analysis(_entry(document, text, segmenter, extraction), sign_folded(text.text))


def analyse(document: Document, segmenter: Segmenter, extraction: Extraction | None = None) -> Entry:
    """The entry of a document, with the keys of what was extracted from it where that was done."""
    return _entry(document, folded(document.text), segmenter, extraction)


def _entry(document: Document, text: Folded, segmenter: Segmenter, extraction: Extraction | None) -> Entry:
    title = folded(document.title)
    found = extracted.keys(extraction) if extraction else {}
    return Entry(
        id=document.id,
        tokens={
            "words": _words(text.text, segmenter, found.get("official", ()) + found.get("agency", ())),
            "grams": grams(text.codes),
            "chars": chars(text.codes),
            "stock": stock_phrases(text.text),
            "title_words": segmenter.stream(title.text),
            "title_grams": grams(title.codes),
            "title_chars": chars(title.codes),
            "title_stock": stock_phrases(title.text),
        },
        keys={**stated_keys(document), **found},
        numbers={**stated_numbers(document), **(extracted.numbers(extraction) if extraction else {})},
    )


def stated_keys(document: Document) -> dict[str, tuple[str, ...]]:
    """The key fields of what a document states of itself, without what is extracted from it."""
    meta = {name: value.value for name, value in document.meta.items()}
    keys = {
        "collection": collection(document.source),
        "path": document.source,
        "kind": meta.get("kind", ""),
        "year": meta.get("date", "")[:4],
        "source": meta.get("source", ""),
        "format": document.reader.split("/")[0],
    }
    stated = {name: (value[:KEY_LENGTH],) for name, value in keys.items() if value}
    return {**stated, "text_source": text_sources(document)}


def stated_numbers(document: Document) -> dict[str, tuple[int, ...]]:
    """The number fields of what a document states of itself: its date, where it has one."""
    date = document.meta.get("date")
    return {"date": (date_number(date.value),)} if date and date.value else {}


def _words(text: str, segmenter: Segmenter, names: tuple[str, ...]) -> str:
    """The words of a text, and once for each time they stand in it the names that the segmenter did not keep whole."""
    words = segmenter.stream(text)
    if not names:
        return words
    lacking = sorted(set(names).difference(words.split(" ")))
    return " ".join((words, *(name.replace(SPACE, "") for name in lacking for _ in range(text.count(name)))))


def text_sources(document: Document) -> tuple[str, ...]:
    """Where the text of the document's pages comes from, blank pages aside: "ocr", "text"."""
    spans = (document.page_span(number) for number in range(1, len(document.pages) + 1))
    return tuple(sorted({page.source for page, (start, end) in zip(document.pages, spans, strict=True) if start < end}))


def collection(source: str) -> str:
    """The top folder of a source path; empty for a file that lies directly in the indexed folder."""
    parts = PurePosixPath(source).parts
    return parts[0] if len(parts) > 1 else ""


def date_number(date: str) -> int:
    """An ISO date, month or year as a number that sorts: 2023-06-05 is 20230605, 2023 is 20230000."""
    year, month, day = (*map(int, date.split("-")), 0, 0)[:3]
    return year * 10000 + month * 100 + day
