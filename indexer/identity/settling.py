"""One name of the store while documents that name it come and go, or the names that aliases connect."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from corpus.rows import parts
from corpus.schema import appearances, perhaps
from indexer.identity import profiles
from indexer.identity.appearance import Appearance
from indexer.identity.judged import Judged
from indexer.identity.profiles import Kept, read
from indexer.identity.resolve import Perhaps, join, keys, loose_key, place

_ITSELF = (
    (appearances.c.document == sa.bindparam("a_document"))
    & (appearances.c.name == sa.bindparam("a_name"))
    & (appearances.c.number == sa.bindparam("a_number"))
)


@dataclass(frozen=True, slots=True)
class Gone:
    """An appearance that was in the store: its profile ("" for none) and the person it was of."""

    document: str
    name: str
    number: int
    profile: str
    official: str


class Settling:
    """A name, or the names that aliases connect, while appearances of it change."""

    def __init__(
        self,
        connection: sa.Connection,
        names: frozenset[str],
        known: Mapping[str, Mapping[str, Kept]],
        judged: Sequence[Judged],
    ) -> None:
        self._connection = connection
        self._names = sorted(names)
        self._before = {(name, key): one for name in known for key, one in known[name].items()}
        self._known = known
        self._judged = judged

    def change(self, gone: Sequence[Gone], new: Sequence[Appearance]) -> None:
        """Make the tables right after `gone` was deleted and `new` inserted."""
        keyed = keys(new, self._judged)
        self._note_profiles(new, keyed)
        after: dict[tuple[str, str], Kept] = {}
        for name in self._names:
            went = ((row.document, row.number, row.profile) for row in gone if row.name == name)
            came = ((one, keyed[one]) for one in new if one.name == name)
            made = profiles.renewed(self._connection, name, self._known[name], went, came)
            after |= {(name, key): one for key, one in made.items()}
        if {key: one.profile for key, one in self._before.items()} == {key: one.profile for key, one in after.items()}:
            self._attach(after, gone, [(one, keyed[one]) for one in new])
        else:
            self._rejoin(after, [(one, keyed[one]) for one in new])

    def _rejoin(self, after: dict[tuple[str, str], Kept], new: Sequence[tuple[Appearance, str]]) -> None:
        """Find the persons anew from all profiles, and where every loose appearance belongs."""
        people = join([one.profile for one in after.values()], self._judged)
        whose = {(one.name, one.key): person.id for person in people for one in person.profiles}
        after = {key: replace(one, official=whose[key]) for key, one in after.items()}
        profiles.write(self._connection, self._before, after)
        official: dict[tuple[str, str, int], str] = {}
        for (name, key), made in sorted(after.items()):
            earlier = self._before.get((name, key))
            if made.profile.loose:
                official[made.sample[0][0], name, made.sample[0][1]] = made.official
            elif earlier is not None and earlier.official != made.official:
                of = (appearances.c.name == name) & (appearances.c.profile == key)
                self._connection.execute(sa.update(appearances).where(of).values(official=made.official))
        official |= {(one.document, one.name, one.number): whose[one.name, key] for one, key in new if key}
        maybe = {person.id: person.perhaps for person in people}
        for one in self._loose():
            where = (one.document, one.name, one.number)
            if where not in official:
                official[where], others = place(one, people)
                maybe.setdefault(official[where], others)
        self._note_officials(official)
        self._connection.execute(sa.delete(perhaps).where(perhaps.c.name.in_(self._names)))
        self._note_perhaps(maybe)

    def _attach(
        self,
        after: dict[tuple[str, str], Kept],
        gone: Sequence[Gone],
        new: Sequence[tuple[Appearance, str]],
    ) -> None:
        """Put new appearances to the persons there are: no profile changed, so nothing else can have."""
        profiles.write(self._connection, self._before, after)
        people = profiles.people(after.values())
        official = {}
        for one, key in new:
            known = after.get((one.name, key or loose_key(one)))
            official[one.document, one.name, one.number] = place(one, people)[0] if known is None else known.official
        self._note_officials(official)
        own = {*official.values(), *(row.official for row in gone)} - {person.id for person in people}
        for part in parts(sorted(own)):
            self._connection.execute(sa.delete(perhaps).where(perhaps.c.one.in_(part)))
        first = ((key, self._first_of(key)) for key in sorted(own))
        self._note_perhaps({key: place(one, people)[1] for key, one in first if one is not None})

    def _loose(self) -> list[Appearance]:
        query = sa.select(appearances).where(appearances.c.name.in_(self._names), appearances.c.profile == "")
        order = (appearances.c.name, appearances.c.document, appearances.c.number)
        return [read(row) for row in self._connection.execute(query.order_by(*order))]

    def _first_of(self, official: str) -> Appearance | None:
        query = sa.select(appearances).where(appearances.c.official == official)
        row = self._connection.execute(query.order_by(appearances.c.document, appearances.c.number).limit(1)).first()
        return None if row is None else read(row)

    def _note_profiles(self, new: Sequence[Appearance], keyed: Mapping[Appearance, str]) -> None:
        rows = [{**_itself(one.document, one.name, one.number), "a_profile": keyed[one]} for one in new]
        if rows:
            statement = sa.update(appearances).where(_ITSELF).values(profile=sa.bindparam("a_profile"))
            self._connection.execute(statement, rows)

    def _note_officials(self, official: Mapping[tuple[str, str, int], str]) -> None:
        rows = [{**_itself(*where), "an_official": whose} for where, whose in sorted(official.items())]
        if rows:
            statement = sa.update(appearances).where(_ITSELF).values(official=sa.bindparam("an_official"))
            self._connection.execute(statement, rows)

    def _note_perhaps(self, maybe: Mapping[str, Iterable[Perhaps]]) -> None:
        rows = [
            {
                "one": one,
                "other": found.other,
                "name": self._names[0],
                "score": found.score,
                "reasons": [[reason.kind, reason.text, reason.weight] for reason in found.reasons],
            }
            for one, several in sorted(maybe.items())
            for found in several
        ]
        if rows:
            self._connection.execute(sa.insert(perhaps), rows)


def _itself(document: str, name: str, number: int) -> dict[str, Any]:
    return {"a_document": document, "a_name": name, "a_number": number}
