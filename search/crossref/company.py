"""Who is named together with somebody, and how: in one sentence, in one case, as giver and receiver."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from corpus.rows import parts
from corpus.schema import appearances
from corpus.store import Store
from indexer.extract.extraction import Span
from indexer.identity.appearance import Appearance, from_json
from search.crossref.meeting import How, meeting, plainly_none
from search.crossref.naming import Named
from search.crossref.sources import Evidence, Source, few, sentence

_WEIGHTS = {How.GAVE_TO: 6, How.RECEIVED_FROM: 6, How.SAME_CASE: 4, How.SAME_SENTENCE: 2, How.SAME_DOCUMENT: 1}


@dataclass(frozen=True, slots=True)
class CoNamed:
    """A person named together with another in `count` documents; `how` counts the documents by how they are named."""

    id: str
    name: str
    count: int
    how: Mapping[How, int]
    evidence: tuple[Evidence, ...]

    @property
    def weight(self) -> int:
        """How close the two are: a case counts more than a sentence, a sentence more than a list."""
        return weight(self.how)


def weight(how: Mapping[How, int]) -> int:
    """How close two are that are named together so many times in each way."""
    return sum(_WEIGHTS[kind] * count for kind, count in how.items())


def beside(store: Store, documents: Sequence[str]) -> dict[str, list[tuple[str, Appearance]]]:
    """Everyone these documents name, as (official's id, appearance), by document."""
    found: defaultdict[str, list[tuple[str, Appearance]]] = defaultdict(list)
    with store.reading() as connection:
        for taken in parts(documents):
            these = appearances.c.document.in_(list(taken))
            for row in connection.execute(sa.select(appearances).where(these)):
                one = from_json(row.document, row.name, row.number, row.evidence)
                found[row.document].append((row.official, one))
    return dict(found)


def co_named(
    official: str, named: Mapping[str, Sequence[tuple[str, Appearance]]], sources: Mapping[str, Source]
) -> tuple[CoNamed, ...]:
    """Who is named with an official in these documents, the closest first. `named` is everyone in them (`beside`)."""
    met: defaultdict[str, list[tuple[How, Evidence]]] = defaultdict(list)
    names: dict[str, str] = {}
    for key, source in sources.items():
        own = [span for who, one in named.get(key, ()) if who == official for span in one.spans]
        for who, other in named.get(key, ()):
            if who != official and own and not plainly_none(source, other):
                names[who] = other.name
                met[who].append(meeting(source, own, other.spans))
    found = (_co_named(who, names[who], meetings) for who, meetings in met.items())
    return tuple(sorted(found, key=lambda one: (-one.weight, one.name, one.id)))


def _co_named(who: str, name: str, meetings: Sequence[tuple[How, Evidence]]) -> CoNamed:
    how, evidence = summed(meetings)
    return CoNamed(who, name, len(meetings), how, evidence)


def summed(meetings: Sequence[tuple[How, Evidence]]) -> tuple[Mapping[How, int], tuple[Evidence, ...]]:
    """How often two meet in each way, the closest way first, and where."""
    how = {kind: sum(1 for met, _ in meetings if met is kind) for kind in How}
    closest = sorted(meetings, key=lambda one: list(How).index(one[0]))
    return {kind: count for kind, count in how.items() if count}, few([evidence for _, evidence in closest])


def bodies(
    documents: Iterable[Source], places: Mapping[str, Sequence[Span]], named: Named
) -> tuple[tuple[str, int], ...]:
    """The agencies named in a sentence with the person, with the number of documents, the most frequent first."""
    counts: defaultdict[str, set[str]] = defaultdict(set)
    for source in documents:
        text, key = source.document.text, source.document.id
        stretches = [sentence(text, span) for span in places.get(key, ())]
        for agency in source.extraction.agencies:
            if any(low <= start < high for start, _ in agency.spans for low, high in stretches):
                counts[named.normal(key, agency.name)].add(key)
    found = ((name, len(keys)) for name, keys in counts.items())
    return tuple(sorted(found, key=lambda one: (-one[1], one[0])))
