"""Ways between two people by those named together: the shortest, and the strongest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import islice, pairwise

import sqlalchemy as sa

from corpus.schema import appearances
from corpus.store import Store
from search.crossref.graph import Graph, Path, along

_IN = 500  # values in one IN; databases have limits
#: A way has so many steps at most, and a search meets so many people at most.
LONGEST, MOST_MET = 6, 20_000
#: After the shortest way is found, so many more steps are taken while no more people are met than this.
_FURTHER, _MET_FURTHER = 2, 2_000
#: Of each person so many documents are followed, of each document so many people.
_DOCUMENTS, _PEOPLE = 60, 60
#: Of each tie on a way so many documents are read.
_SHOWN = 5
#: So many of the shortest ways are shown.
_WAYS = 5


def between(store: Store, ones: Collection[str], others: Collection[str]) -> Graph:
    """The shortest and the strongest ways between two officials, with the sentences; no people where there is none.

    `ones` are all who may be meant by the one name, `others` by the other: the ways tell which. Breadth first from both
    sides. `cut` says where the search was bounded.
    """
    met = _search(store, ones, others)
    shortest = list(islice(met.shortest(ones, others), _WAYS))
    if not shortest:
        return Graph((), (), tuple(sorted({*ones, *others})), (), met.cut)
    paths = [Path("shortest", way) for way in shortest]
    strongest = met.strongest(ones, others)
    if strongest not in shortest:
        paths.append(Path("strongest", strongest))
    ties = dict.fromkeys(tie for path in paths for tie in pairwise(path.people))
    documents = [key for tie in ties for key in sorted(met.near[tie[0]][tie[1]])[:_SHOWN]]
    return along(store, paths, documents, met.cut)


@dataclass(slots=True)
class _Met:
    """Who was met with whom, in which documents; `bounded` where not all were followed."""

    near: defaultdict[str, defaultdict[str, set[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )
    bounded: bool = False

    @property
    def cut(self) -> str:
        """What was left out, in Chinese."""
        return "查找范围较大，只沿每人最多的一部分文件查找，可能另有更近的关系。" if self.bounded else ""

    def shortest(self, starts: Collection[str], ends: Collection[str]) -> Sequence[tuple[str, ...]]:
        """The ways with the fewest steps, those with the most documents first; none where there is no way."""
        ways: dict[str, list[tuple[str, ...]]] = {start: [(start,)] for start in sorted(starts)}
        seen = set(starts)
        for _ in range(LONGEST):
            longer: dict[str, list[tuple[str, ...]]] = {}
            for last, several in ways.items():
                for following in sorted(self.near[last].keys() - seen):
                    found = longer.setdefault(following, [])
                    found += [(*way, following) for way in several[: _WAYS - len(found)]]
            if met := [way for end in ends for way in longer.get(end, ())]:
                return sorted(met, key=lambda way: (-self._documents(way), way))
            seen |= longer.keys()
            ways = longer
        return ()

    def _documents(self, way: Sequence[str]) -> int:
        return sum(len(self.near[a][b]) for a, b in pairwise(way))

    def strongest(self, starts: Collection[str], ends: Collection[str]) -> tuple[str, ...]:
        """The way whose ties are the closest: the sum over its steps of one by the number of shared documents."""
        queue: list[tuple[float, int, tuple[str, ...]]] = [(0.0, 1, (start,)) for start in sorted(starts)]
        done = set[str]()
        while queue:
            cost, _, way = heappop(queue)
            if way[-1] in ends and len(way) > 1:
                return way
            if way[-1] in done or len(way) > LONGEST:
                continue
            done.add(way[-1])
            for following, documents in self.near[way[-1]].items():
                if following not in done:
                    heappush(queue, (cost + 1 / len(documents), len(way) + 1, (*way, following)))
        return ()


def _search(store: Store, ones: Collection[str], others: Collection[str]) -> _Met:
    """Meet people from both sides in turn, the smaller side first, until the sides meet, and a little further.

    A stronger way may be longer than the shortest.
    """
    met = _Met()
    sides = (set(ones), set(others))
    fresh = [set(ones), set(others)]
    further = _FURTHER
    with store.reading() as connection:
        for _ in range(LONGEST):
            count = len(sides[0]) + len(sides[1])
            if sides[0] & sides[1]:
                further -= 1
            if further < 0 or not all(fresh) or count > (MOST_MET if further == _FURTHER else _MET_FURTHER):
                break
            side = 0 if len(fresh[0]) <= len(fresh[1]) else 1
            found = _step(connection, fresh[side], met) - sides[side]
            sides[side].update(found)
            fresh[side] = found
    met.bounded |= len(sides[0]) + len(sides[1]) > MOST_MET
    return met


def _step(connection: sa.Connection, people: Collection[str], met: _Met) -> set[str]:
    """Everyone named in a document with one of these people."""
    documents = set[str]()
    query = sa.select(appearances.c.document).where(appearances.c.official == sa.bindparam("who"))
    for who in sorted(people):
        rows = connection.execute(query.order_by(appearances.c.document).limit(_DOCUMENTS + 1), {"who": who})
        of_one = list(rows.scalars())
        met.bounded |= len(of_one) > _DOCUMENTS
        documents.update(of_one[:_DOCUMENTS])
    named: defaultdict[str, set[str]] = defaultdict(set)
    ordered = sorted(documents)
    for start in range(0, len(ordered), _IN):
        these = appearances.c.document.in_(ordered[start : start + _IN])
        for row in connection.execute(sa.select(appearances.c.document, appearances.c.official).where(these)):
            named[row.document].add(row.official)
    found, here = set[str](), set(people)
    for document, officials in named.items():
        if len(officials) > _PEOPLE:
            met.bounded = True
        followed = officials if len(officials) <= _PEOPLE else {*sorted(officials)[:_PEOPLE], *(officials & here)}
        for who in followed:
            for whom in followed - {who}:
                met.near[who][whom].add(document)
        found |= followed
    return found
