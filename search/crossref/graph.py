"""The graph of who is named with whom: from one person to a depth, around a path between two, or of the whole library.

A node is an official, an edge a pair whom documents name together, weighted by how closely (`company.weight`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from corpus.store import Store
from indexer.extract.extraction import Span
from indexer.identity.appearance import Appearance
from search.crossref.choosing import of_official
from search.crossref.company import beside, summed, weight
from search.crossref.meeting import How, meeting, plainly_none
from search.crossref.sources import Evidence, Source, sources

#: Of each person so many documents are read, and so many people are followed from each step to the next.
DOCUMENTS_OF_ONE, FOLLOWED = 40, 25
#: A graph has so many people at most, those with the closest ties: more nobody can look at.
MOST_PEOPLE = 300
#: Of the whole library so many documents are read.
MOST_DOCUMENTS = 3_000
#: A document that names more people is a list: only those in one sentence or case are named together.
_LIST = 40
_BATCH = 200


@dataclass(frozen=True, slots=True)
class Node:
    """A person, with the post that most documents print, "" where none does, and the number of documents read."""

    id: str
    name: str
    post: str
    documents: int


@dataclass(frozen=True, slots=True)
class Edge:
    """Two people named together; `how` and the sentences are seen from `one`, whose id is the smaller."""

    one: str
    other: str
    how: Mapping[How, int]
    evidence: tuple[Evidence, ...]

    @property
    def weight(self) -> int:
        """How close the two are."""
        return weight(self.how)

    @property
    def count(self) -> int:
        """In how many of the documents read they are named together."""
        return sum(self.how.values())


@dataclass(frozen=True, slots=True)
class Path:
    """A way from one person to another by those named together, as ids; `kind` is "shortest" or "strongest"."""

    kind: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Graph:
    """People and their ties, the closest first. `cut` says in Chinese what was left out, "" where nothing was."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    centre: tuple[str, ...] = ()
    paths: tuple[Path, ...] = ()
    cut: str = ""


class Gathered:
    """Documents as they are read, and the meetings in them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen = set[str]()
        self._met: defaultdict[tuple[str, str], list[tuple[How, Evidence]]] = defaultdict(list)
        self._names: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._posts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._documents: Counter[str] = Counter()

    def read(self, documents: Iterable[str]) -> None:
        """Take in what documents tell, each once."""
        new = [key for key in dict.fromkeys(documents) if key not in self._seen]
        self._seen.update(new)
        for start in range(0, len(new), _BATCH):
            found = sources(self._store, new[start : start + _BATCH])
            named = beside(self._store, list(found))
            for key, source in found.items():
                self._take(source, named.get(key, ()))

    def _take(self, source: Source, named: Sequence[tuple[str, Appearance]]) -> None:
        here = [(who, one) for who, one in named if not plainly_none(source, one)]
        for who, one in here:
            self._documents[who] += 1
            self._names[who][one.name] += 1
            self._posts[who].update({f"{post.org or ''}{post.title}" for post in one.posts})
        places: defaultdict[str, list[Span]] = defaultdict(list)
        for who, one in here:
            places[who] += one.spans
        for who, whom in combinations(sorted(places), 2):
            how, evidence = meeting(source, places[who], places[whom])
            if how is not How.SAME_DOCUMENT or len(places) <= _LIST:
                self._met[who, whom].append((how, evidence))

    def near(self, official: str) -> list[str]:
        """Those met with an official so far, the closest first."""
        closeness: Counter[str] = Counter()
        for (one, other), meetings in self._met.items():
            if official in {one, other}:
                how, _ = summed(meetings)
                closeness[other if one == official else one] = weight(how)
        return sorted(closeness, key=lambda who: (-closeness[who], who))

    def node(self, official: str) -> Node:
        """An official as the documents read tell of him."""
        name = min(self._names[official].items(), key=lambda one: (-one[1], one[0]), default=("", 0))[0]
        post = min(self._posts[official].items(), key=lambda one: (-one[1], -len(one[0]), one[0]), default=("", 0))[0]
        return Node(official, name, post, self._documents[official])

    def edges(self, people: set[str] | None = None) -> list[Edge]:
        """The ties between people, or between all, the closest first."""
        made = [
            Edge(one, other, *summed(meetings))
            for (one, other), meetings in self._met.items()
            if people is None or (one in people and other in people)
        ]
        return sorted(made, key=lambda edge: (-edge.weight, edge.one, edge.other))


def around(store: Store, officials: Sequence[str], depth: int = 1) -> Graph:
    """The people within `depth` steps of officials, with all their ties."""
    gathered, people, fresh = Gathered(store), dict.fromkeys(officials), list(officials)
    left_out = 0
    for _ in range(depth):
        reached: dict[str, None] = {}
        for one in fresh:
            chosen = of_official(store, one, DOCUMENTS_OF_ONE)
            gathered.read(chosen.read)
            left_out += chosen.unread
        for one in fresh:
            reached |= dict.fromkeys(gathered.near(one))
        fresh = [one for one in reached if one not in people][: MOST_PEOPLE - len(people)]
        people |= dict.fromkeys(fresh)
        fresh = fresh[:FOLLOWED]
    cut = f"人员和文件较多，另有 {left_out:,} 份文件没有细读，最多列出 {MOST_PEOPLE} 人。"
    full = left_out or len(people) >= MOST_PEOPLE
    return _graph(gathered, people, tuple(officials), cut=cut if full else "")


def whole(store: Store, most: int = MOST_PEOPLE) -> Graph:
    """The people of the whole library with the closest ties, `most` of them, from its first documents."""
    gathered = Gathered(store)
    ids = store.ids_after("", MOST_DOCUMENTS + 1)
    gathered.read(ids[:MOST_DOCUMENTS])
    people: dict[str, None] = {}
    edges = gathered.edges()
    for edge in edges:
        people |= dict.fromkeys((edge.one, edge.other))
        if len(people) >= most:
            break
    every = {who for edge in edges for who in (edge.one, edge.other)}
    parts = [f"只读了 {MOST_DOCUMENTS:,} 份文件"] if len(ids) > MOST_DOCUMENTS else []
    parts += [f"只列出关系最近的 {len(people):,} 人，共 {len(every):,} 人"] if len(people) < len(every) else []
    return _graph(gathered, people, (), cut="；".join(parts) + "。" if parts else "")


def along(store: Store, paths: Sequence[Path], documents: Iterable[str], cut: str) -> Graph:
    """The people on paths, with their ties in the documents that connect them."""
    gathered = Gathered(store)
    gathered.read(documents)
    people = dict.fromkeys(who for path in paths for who in path.people)
    centre = tuple(dict.fromkeys(end for path in paths for end in (path.people[0], path.people[-1])))
    return _graph(gathered, people, centre, tuple(paths), cut)


def _graph(
    gathered: Gathered, people: Iterable[str], centre: tuple[str, ...], paths: tuple[Path, ...] = (), cut: str = ""
) -> Graph:
    everyone = dict.fromkeys(people)
    nodes = tuple(gathered.node(one) for one in everyone)
    return Graph(nodes, tuple(gathered.edges(set(everyone))), centre, paths, cut)
