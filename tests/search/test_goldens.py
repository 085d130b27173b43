"""Golden rankings: for each example search the places of its targets, and the totals over all.

A change of ranking is a change of `goldens/rankings.txt`, to be reviewed like code. `make goldens` writes it anew.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

import pytest

from search.searcher import Searcher
from tests.search.conftest import SAMPLES

GOLDEN = Path(__file__).parent / "goldens" / "rankings.txt"
SEARCHES = tomllib.loads((SAMPLES / "searches.toml").read_text(encoding="utf-8"))["search"]


@pytest.mark.parametrize("search", SEARCHES, ids=lambda search: search["query"])
def test_every_target_is_found(samples: Searcher, search: dict[str, Any]) -> None:
    results = samples.search(search["query"], limit=100, all_copies=True)
    found = {hit.source for hit in results.hits}
    for sounding in results.sounding:
        found |= {hit.source for hit in samples.search(sounding.query, limit=100, all_copies=True).hits}
    if search["group"] == "extraction":  # as good as extraction is, which the golden file counts
        assert found & set(search["sources"])
    else:
        assert set(search["sources"]) <= found
    if search["group"] == "exact":
        assert found == set(search["sources"])
        assert not results.relaxed


@pytest.mark.parametrize("samples", ["tantivy"], indirect=True)  # scores compare only inside an engine
def test_rankings_are_as_accepted(samples: Searcher) -> None:
    rankings = describe(samples)
    if os.environ.get("ANJIAN_WRITE_GOLDENS"):
        GOLDEN.write_text(rankings, encoding="utf-8")
    assert rankings == GOLDEN.read_text(encoding="utf-8")


def describe(searcher: Searcher) -> str:
    """One line a search with the places of its targets, then recall@1, recall@5 and the mean reciprocal rank."""
    lines, firsts = [], []
    for search in SEARCHES:
        ranked = [hit.source for hit in searcher.search(search["query"], limit=100, all_copies=True).hits]
        places = sorted(ranked.index(source) + 1 for source in search["sources"] if source in ranked)
        firsts.append(places[0] if places else 0)
        lines.append(f"{search['query']}\t{' '.join(map(str, places)) or '-'} of {len(ranked)}\n")
    count = len(firsts)
    totals = {
        "recall@1": sum(first == 1 for first in firsts) / count,
        "recall@5": sum(1 <= first <= 5 for first in firsts) / count,
        "MRR": sum(1 / first for first in firsts if first) / count,
    }
    return "".join(lines) + "".join(f"{name}\t{value:.4f}\n" for name, value in totals.items())
