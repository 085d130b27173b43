"""Cuts a page exactly, where an engine leaves entries of equal score or value in any order.

The rule is: in order of place, and of id among those at the same place. An engine that gives only its best `depth`
hits may cut a group of ties in two, and the ids it withheld may be the lower ones. Then every id above the highest
that can still be on the page is ruled out, and the engine is asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Address = TypeVar("Address")

#: The best `depth` hits, lowest place first, of those with an id up to `ceiling` (some above it may slip through).
Fetch = Callable[[int, str | None], "Sequence[Placed[Address]]"]


@dataclass(frozen=True, slots=True)
class Placed(Generic[Address]):
    """A hit: its place in the order (lower comes first), and where the engine keeps it."""

    place: float
    address: Address


def cut(
    fetch: Fetch[Address], name: Callable[[Address], str], offset: int, limit: int, margin: int
) -> list[tuple[str, float]]:
    """The (id, place) of the entries from `offset` to `offset + limit`, exactly in order.

    `name` tells the id at an address; it is called only for hits that tie with one on the page. `margin` is how
    many hits more than needed are fetched to have ties whole.
    """
    wanted = offset + limit
    depth = wanted + margin
    hits = fetch(depth, None)
    page = hits[offset:wanted]
    if not page:
        return []
    first, last = page[0].place, page[-1].place
    skipped = sum(hit.place < first for hit in hits)
    named = {name(hit.address): hit.place for hit in hits if first <= hit.place <= last}
    while len(hits) == depth and hits[-1].place <= last:
        ties = sorted(entry for entry, place in named.items() if place == last)
        ceiling = ties[wanted - skipped - (len(named) - len(ties)) - 1]
        depth *= 4
        hits = fetch(depth, ceiling)
        named |= {name(hit.address): hit.place for hit in hits if hit.place == last}
    order = sorted(named, key=lambda entry: (named[entry], entry))
    return [(entry, named[entry]) for entry in order[offset - skipped : wanted - skipped]]
