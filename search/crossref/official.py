"""The dossier of an official: posts, matters from investigation to judgment, money, company, all with their sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from corpus.schema import perhaps
from corpus.store import Store
from indexer.identity.evidence import Reason
from indexer.keys import STAGES
from search.crossref.choosing import bearers, name_of, of_official
from search.crossref.company import CoNamed, beside, bodies, co_named
from search.crossref.lifecycle import Lifecycle, Reached, lifecycles, told_of
from search.crossref.naming import named
from search.crossref.posts import Held, held, printed
from search.crossref.sources import Evidence, Source, sources

#: So many documents are read for the people of a name, those that tell most; a dossier says where there are more.
MOST_DOCUMENTS = 60
#: Of each person so many at least; beyond that people are only listed.
_LEAST = 6
#: So many of those named with somebody are listed.
MOST_COMPANY = 50
#: Party sanctions of which a person receives one for a matter, and the same of the administrative ladder.
_LADDERS = (
    ("党内警告", "党内严重警告", "撤销党内职务", "留党察看", "开除党籍"),
    ("政务警告", "政务记过", "政务记大过", "政务降级", "政务撤职", "开除公职"),
)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an official, with the day of the first document that tells of it."""

    date: str | None
    what: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class PerhapsSame:
    """Another official of the name who may be the same person, and why this is not certain."""

    id: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that the library tells of one official.

    `documents` are ids, the earliest first; `unread` says how many more there are than were read for the rest.
    `conflicts` are sentences, in Chinese, on what documents tell differently.
    """

    id: str
    name: str
    names: tuple[str, ...]
    posts: tuple[Held, ...]
    cases: tuple[Lifecycle, ...]
    documents: tuple[str, ...]
    co_named: tuple[CoNamed, ...]
    agencies: tuple[tuple[str, int], ...]
    perhaps_same: tuple[PerhapsSame, ...]
    conflicts: tuple[str, ...]
    timeline: tuple[Event, ...]
    born: tuple[int, ...]
    origins: tuple[str, ...]
    unread: int

    @property
    def stages(self) -> tuple[Reached, ...]:
        """The stages of all matters, in order."""
        return tuple(stage for case in self.cases for stage in case.stages)

    @property
    def sanctions(self) -> tuple[Reached, ...]:
        """The sanctions of all matters, in order."""
        return tuple(sanction for case in self.cases for sanction in case.sanctions)


def officials(store: Store, name: str) -> tuple[Dossier, ...]:
    """A dossier for each person of a name, written in any form, or of the one with this id; the most told of first.

    The documents that are read are shared between them: of whom nothing is read, `unread` are all.
    """
    found = bearers(store, name)
    most = MOST_DOCUMENTS // max(len(found), 1)
    dossiers = (
        dossier(store, one, max(most, _LEAST) if number < MOST_DOCUMENTS // _LEAST else 0)
        for number, one in enumerate(found)
    )
    return tuple(sorted(dossiers, key=lambda one: (-len(one.cases), -len(one.documents), one.id)))


def dossier(store: Store, official: str, most: int = MOST_DOCUMENTS) -> Dossier:
    """The dossier of one person, from `most` documents."""
    chosen = of_official(store, official, most)
    read = sources(store, chosen.read)
    everyone = beside(store, list(read))
    own = [one for key in read for who, one in everyone.get(key, ()) if who == official]
    places = {key: [span for one in own if one.document == key for span in one.spans] for key in read}
    names_there = named(store, list(read))
    posts = held(printed([(read[one.document], post) for one in own for post in one.posts], places, names_there))
    cases = lifecycles(told_of(read.values(), places))
    born = tuple(sorted({year for one in own for year in one.facts.born}))
    names = Counter(one.name for one in own)
    return Dossier(
        id=official,
        name=min(names, key=lambda name: (-names[name], name), default=name_of(store, official)),
        names=tuple(sorted(names)),
        posts=posts,
        cases=cases,
        documents=(*read, *(key for key in chosen.every if key not in read)),
        co_named=co_named(official, everyone, read)[:MOST_COMPANY],
        agencies=bodies(read.values(), places, names_there)[:MOST_COMPANY],
        perhaps_same=_perhaps_same(store, official),
        conflicts=tuple(_conflicts(born, posts, cases)),
        timeline=_timeline(read, places, posts, cases),
        born=born,
        origins=tuple(sorted({place for one in own for place in one.facts.origins})),
        unread=chosen.unread,
    )


def _perhaps_same(store: Store, official: str) -> tuple[PerhapsSame, ...]:
    query = sa.select(perhaps).where(perhaps.c.one == official)
    with store.reading() as connection:
        rows = sorted(connection.execute(query), key=lambda row: (-row.score, row.other))
    return tuple(
        PerhapsSame(row.other, row.score, tuple(Reason(*reason).text for reason in row.reasons)) for row in rows
    )


def _conflicts(born: Sequence[int], posts: Sequence[Held], cases: Sequence[Lifecycle]) -> Iterator[str]:
    if len(born) > 1:
        yield f"出生年份说法不一：{'、'.join(map(str, born))}"
    for post in posts:
        if len(post.starts) > 1:
            yield f"任{post.org or ''}{post.title}的起始年份说法不一：{'、'.join(map(str, post.starts))}"
    for case in cases:
        for ladder in _LADDERS:
            given = [one.name for one in case.sanctions if one.name in ladder and not one.looked_back_on]
            if len(given) > 1:
                yield f"同一案件的处分说法不一：{'、'.join(given)}"


def _timeline(
    read: Mapping[str, Source], places: Mapping[str, Sequence[tuple[int, int]]], posts: Sequence[Held],
    cases: Sequence[Lifecycle],
) -> tuple[Event, ...]:  # fmt: skip
    """What is dated, from the earliest on: posts taken up, stages, sanctions, and first being named."""
    events = [Event(post.first, f"任{post.org or ''}{post.title}", post.evidence[0]) for post in posts if post.first]
    for case in cases:
        events += [
            Event(reached.date, STAGES.get(reached.name, reached.name), reached.evidence[0])
            for reached in (*case.stages, *case.sanctions)
        ]
    for key, source in read.items():
        if source.date and places.get(key):
            events.append(Event(source.date, "提及", source.evidence(places[key][0])))
    dated = [event for event in events if event.date]
    told = {(event.date, event.evidence.document) for event in dated if event.what != "提及"}
    kept = [event for event in dated if event.what != "提及" or (event.date, event.evidence.document) not in told]
    return tuple(sorted(kept, key=lambda event: (event.date or "", event.what)))
