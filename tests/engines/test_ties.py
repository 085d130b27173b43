"""A page is cut exactly, however an engine mixes entries that tie."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.ties import Placed, cut


@pytest.mark.parametrize("margin", [0, 3])
@given(
    places=st.dictionaries(st.text("ab", min_size=1, max_size=5), st.integers(0, 2), max_size=30),
    start=st.integers(0, 12),
    limit=st.integers(1, 6),
    shuffle=st.randoms(use_true_random=False),
)
def test_a_page_is_cut_as_if_everything_had_been_sorted(
    margin: int, places: dict[str, int], start: int, limit: int, shuffle: object
) -> None:
    kept = list(places)
    shuffle.shuffle(kept)  # type: ignore[attr-defined]
    asked = 0

    def fetch(depth: int, ceiling: str | None) -> Sequence[Placed[int]]:
        """As tantivy does: ties come in the order in which they are kept; only an id's first letter is compared."""
        nonlocal asked
        asked += 1
        hits = [Placed(places[name], n) for n, name in enumerate(kept) if ceiling is None or name[0] <= ceiling[0]]
        return sorted(hits, key=lambda hit: hit.place)[:depth]

    page = cut(fetch, kept.__getitem__, start, limit, margin)
    assert page == [(name, places[name]) for name in sorted(kept, key=lambda n: (places[n], n))][start : start + limit]
    assert asked <= 4


def test_a_group_of_ties_far_greater_than_the_page_takes_two_questions() -> None:
    names = [f"{n * 7919 % 100_000:05}" for n in range(100_000)]
    depths: list[int] = []

    def fetch(depth: int, ceiling: str | None) -> Sequence[Placed[str]]:
        depths.append(depth)
        return [Placed(0, name) for name in names if ceiling is None or name <= ceiling][:depth]

    assert cut(fetch, str, 0, 10, 256) == [(f"{n:05}", 0) for n in range(10)]
    assert len(depths) <= 3
