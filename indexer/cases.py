"""The cases of a document as they are kept and put into the index of cases, where precedents are sought.

A case's entry has the fields of a document's (`indexer.fields`), so that the query language filters both alike. Its
words are those of its facts; its title is what it is about: the violations, offences and traits of its matter.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import sqlalchemy as sa

from corpus.document import Document
from corpus.rows import parts
from corpus.schema import cases
from corpus.store import Store, Writing
from indexer import keys as extracted
from indexer import terms
from indexer.analysis import stated_keys, stated_numbers
from indexer.entry import Entry
from indexer.extract.extraction import Case, Extraction, Named, Span
from indexer.fold import SPACE, fold
from indexer.matter import matter as plain
from indexer.matter.matter import Matter
from indexer.segment import stock_phrases
from indexer.streams import chars, folded, grams

# One parameter holds all ids: a statement with hundreds takes as long to write as to run.
_MATTERS = sa.text("SELECT id, matter FROM cases WHERE id IN (SELECT value FROM json_each(:ids))")

# Where a case stands is read out of its extraction without reading all of that: judgements never move a case.
_TOLD = sa.text(
    "SELECT cases.id, texts.text, json_extract(extraction, '$.cases[' || (cases.number - 1) || '].span') FROM cases"
    " JOIN texts ON texts.id = cases.document LEFT JOIN extractions ON extractions.id = cases.document"
    " WHERE cases.id IN (SELECT value FROM json_each(:ids))"
)


def case_id(document: str, number: int) -> str:
    """The id of a document's case by its number, from 1."""
    return f"{document}-{number}"


def of_document(case: str) -> tuple[str, int]:
    """The document's id and the number, from 1, in the id of a case."""
    document, _, number = case.rpartition("-")
    return document, int(number)


def labels(matter: Matter) -> tuple[str, ...]:
    """What a matter is about, as words of an index: each kind of label by itself."""
    found = [f"violation:{label.name}" for label in matter.violations]
    found += [f"offence:{label.name}" for label in matter.offences]
    found += [f"{trait.kind}:{trait.name}" for trait in matter.traits]
    return tuple(dict.fromkeys(fold(label).replace(SPACE, "") for label in found))


def entries(document: Document, extraction: Extraction, matters: Sequence[Matter]) -> list[Entry]:
    """The entries of a document's cases; `matters` are theirs, in order."""
    return [
        _entry(document, number, _alone(extraction, case), matter)
        for number, (case, matter) in enumerate(zip(extraction.cases, matters, strict=True), 1)
    ]


def _entry(document: Document, number: int, alone: Extraction, matter: Matter) -> Entry:
    start, end = alone.cases[0].span
    text = folded(document.text[start:end])
    return Entry(
        id=case_id(document.id, number),
        tokens={
            "words": " ".join(word for word, count in matter.words.items() for _ in range(count)),
            "grams": grams(text.codes),
            "chars": chars(text.codes),
            "stock": stock_phrases(text.text),
            "title_words": " ".join(labels(matter)),
            "title_grams": "",
            "title_chars": "",
            "title_stock": "",
        },
        keys={**stated_keys(document), **extracted.keys(alone)},
        numbers={**stated_numbers(document), **extracted.numbers(alone)},
    )


def _alone(extraction: Extraction, case: Case) -> Extraction:
    """What is told of one case: what stands within it."""

    def inside(span: Span) -> bool:
        return case.span[0] <= span[0] < case.span[1]

    def named(several: Iterable[Named]) -> tuple[Named, ...]:
        return tuple(one for one in several if any(map(inside, one.spans)))

    return replace(
        extraction,
        cases=(case,),
        officials=named(extraction.officials),
        agencies=named(extraction.agencies),
        articles=tuple(article for article in extraction.articles if inside(article.span)),
        mentions=tuple(mention for mention in extraction.mentions if inside((mention.start, mention.end))),
        people=(),
    )


def put(writing: Writing, found: Mapping[str, Sequence[Matter]]) -> None:
    """Keep the matters of documents' cases, in order, in place of what was kept before."""
    remove(writing, found)
    rows = [
        {"id": case_id(key, number), "document": key, "number": number, "matter": plain.as_json(matter)}
        for key, matters in found.items()
        for number, matter in enumerate(matters, 1)
    ]
    if rows:
        writing.connection.execute(sa.insert(cases), rows)
        terms.add(writing, (matter for matters in found.values() for matter in matters))


def remove(writing: Writing, documents: Iterable[str]) -> None:
    """Forget the cases of documents."""
    gone = list(documents)
    for taken in parts(gone):
        these = cases.c.document.in_(taken)
        kept = writing.connection.execute(sa.select(cases.c.matter).where(these)).scalars().all()
        terms.take(writing, map(plain.from_json, kept))
        writing.connection.execute(sa.delete(cases).where(these))


def held(store: Store, documents: Sequence[str]) -> dict[str, list[Matter]]:
    """The matters of these documents' cases, by document, in order; a document without any is left out."""
    found: dict[str, list[Matter]] = {}
    with store.reading() as connection:
        for taken in parts(documents):
            these = cases.c.document.in_(list(taken))
            query = sa.select(cases.c.document, cases.c.matter).where(these).order_by(cases.c.document, cases.c.number)
            for row in connection.execute(query):
                found.setdefault(row.document, []).append(plain.from_json(row.matter))
    return found


def fetch(store: Store, ids: Sequence[str]) -> dict[str, Matter]:
    """The matters of these cases; a case that does not exist is left out."""
    with store.reading() as connection:
        found: dict[str, str] = {row.id: row.matter for row in connection.execute(_MATTERS, {"ids": json.dumps(ids)})}
    # Parsed as one text, in which equal words become one string: comparing then finds them by identity.
    parsed = json.loads(f"[{','.join(found.values())}]")
    return {case: plain.from_json(matter) for case, matter in zip(found, parsed, strict=True)}


def told(store: Store, ids: Sequence[str]) -> dict[str, str]:
    """What their documents tell of these cases: all they tell, where it is no longer known where a case stands."""
    found: dict[str, str] = {}
    with store.reading() as connection:
        for case, text, span in connection.execute(_TOLD, {"ids": json.dumps(ids)}):
            start, end = json.loads(span) if span else (0, len(text))
            found[case] = text[start:end]
    return found
