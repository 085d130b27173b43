"""A correction as a test of extraction: the text, what was extracted from it, and what should have been."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from corpus.store import Store
from indexer import corrections, extractions
from indexer.corrections import Correction
from indexer.extract.extraction import Extraction, as_json
from indexer.judgements import Kind, apply

_ABOUT_NAMES = {Kind.NOT_OFFICIAL: "officials", Kind.NOT_AGENCY: "agencies", Kind.AGENCY: "agencies"}


def golden(store: Store, correction: Correction) -> dict[str, Any] | None:
    """The test case of a correction in force, as plain JSON values; None where the library no longer holds the text.

    `before` is what the program found, `expected` the same with every correction of this document: extracting from
    `text` under `title` should give what is expected, in the field concerned.
    """
    ids = corrections.documents_under(store, correction.document, correction.content_hash)
    for document in store.fetch(ids).values():
        judged = corrections.in_force(store, [document.id]).get(document.id, ())
        found = extractions.uncorrected(store, [document.id]).get(document.id)
        if found and correction.judgement in judged:
            title = document.meta.get("title")
            kind = correction.judgement.kind
            return {
                **asdict(correction),
                "title": title.value if title else "",
                "text": document.text,
                "before": told(found, kind),
                "expected": told(apply(found, judged), kind),
            }
    return None


def told(extraction: Extraction, kind: Kind) -> dict[str, Any]:
    """What an extraction tells of what a kind of judgement is about, in the shape of the contract."""
    values = as_json(extraction)
    if kind in _ABOUT_NAMES:
        return {_ABOUT_NAMES[kind]: values[_ABOUT_NAMES[kind]]}
    cases = (
        {
            "span": case["span"],
            "subjects": [{"name": one["name"], "sanctions": one["sanctions"]} for one in case["subjects"]],
            "violations": case["violations"],
        }
        for case in values["cases"]
    )
    return {"cases": list(cases)}
