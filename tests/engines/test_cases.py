"""Documents, searches and expected ids, one file a case: a new case is a new file in `cases/`.

A case is {"about", "batches": [[document or {"delete": id}]], "searches": [{"match", "ids", ...}]}. A document has an
id and any of text, words and title_words (joined by spaces), title, keys and dates. A match is one of {"word": w},
{"title_word": w}, {"exact": characters}, {"pattern": [[offset, pair], ...]}, {"key": [field, value, ...]},
{"range": [field, low, high]}, {"all": [...]}, {"any": [...]}, {"not": ...}. A search may have sort (a field, after "-"
to begin with the largest), rank ([[match, weight], ...]), limit, offset, total and counts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any as Json

import pytest

from indexer.entry import Entry
from indexer.segment import gram_offsets, stock_phrases
from indexer.streams import chars, codes, grams
from search.engine import Ask, Engine, Signal, Sort
from search.match import All, Any, Key, Match, Not, Phrase, Range, Term

CASES = sorted((Path(__file__).parent / "cases").glob("*.json"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_case(engine: Engine, case: Path) -> None:
    told = json.loads(case.read_text(encoding="utf-8"))
    for steps in told["batches"]:
        with engine.batch() as batch:
            for step in steps:
                if "delete" in step:
                    batch.delete(step["delete"])
                else:
                    batch.put(_entry(step))
    for search in told["searches"]:
        page = engine.search(_ask(search))
        assert [row.id for row in page.rows] == search["ids"], search
        assert page.total == search.get("total", len(search["ids"])), search
        assert page.counts == search.get("counts", {}), search


def _entry(document: Mapping[str, Json]) -> Entry:
    text, title = document.get("text", ""), document.get("title", "")
    tokens = {
        "words": document.get("words", ""),
        "grams": grams(codes(text)),
        "chars": chars(codes(text)),
        "stock": stock_phrases(text),
        "title_words": document.get("title_words", ""),
        "title_grams": grams(codes(title)),
        "title_chars": chars(codes(title)),
        "title_stock": stock_phrases(title),
    }
    keys = {field: tuple(values) for field, values in document.get("keys", {}).items()}
    return Entry(document["id"], tokens, keys, {"date": tuple(document.get("dates", ()))})


def _ask(search: Mapping[str, Json]) -> Ask:
    sort = search.get("sort")
    return Ask(
        _match(search["match"]),
        limit=search.get("limit", 10),
        offset=search.get("offset", 0),
        rank=tuple(Signal(str(n), _match(match), weight) for n, (match, weight) in enumerate(search.get("rank", ()))),
        sort=Sort(sort.removeprefix("-"), descending=sort.startswith("-")) if sort else None,
        count=tuple(search.get("counts", ())),
    )


def _match(told: Mapping[str, Json]) -> Match:  # noqa: PLR0911 - one return for each kind of match
    ((kind, value),) = told.items()
    match kind:
        case "exact":
            return _exact(value)
        case "pattern":
            return Phrase("grams", tuple((offset, pair) for offset, pair in value))
        case "key":
            return Key(value[0], frozenset(value[1:]))
        case "range":
            return Range(*value)
        case "all" | "any":
            parts = tuple(map(_match, value))
            return All(parts) if kind == "all" else Any(parts)
        case "not":
            return Not(_match(value))
        case _:
            return Term({"word": "words", "title_word": "title_words"}[kind], value)


def _exact(characters: str) -> Match:
    if len(characters) == 1:
        return Term("chars", characters)
    pairs = gram_offsets(characters)
    return Phrase("grams", pairs) if len(pairs) > 1 else Term("grams", pairs[0][1])
