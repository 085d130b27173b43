"""The people of a library as they were told apart when its documents were read (`indexer.identity`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import sqlalchemy as sa

from corpus.schema import appearances
from corpus.store import Store
from indexer.fold import fold
from indexer.identity.appearance import from_json
from search.screening.context import Told, all_told
from search.screening.people import Person


class Known:
    """The people of a library. Names are folded."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def names(self) -> Iterable[str]:
        """Every name that a person of the library bears."""
        with self._store.reading() as connection:
            return list(connection.execute(sa.select(appearances.c.name).distinct()).scalars())

    def named(self, name: str) -> Sequence[Person]:
        """The people of that name, apart, each with what all documents tell of them, under any name."""
        of_name = sa.select(appearances.c.official).where(appearances.c.name == fold(name))
        query = sa.select(appearances).where(appearances.c.official.in_(of_name)).order_by(appearances.c.official)
        told: defaultdict[str, dict[str, Told]] = defaultdict(dict)
        with self._store.reading() as connection:
            for row in connection.execute(query):
                one = from_json(row.document, row.name, row.number, row.evidence)
                posts = frozenset((held.org, held.title) for held in one.facts.posts)
                here = told[row.official]
                here[row.document] = here.get(row.document, Told()) | Told(posts, one.facts.born)
        return [Person(key, frozenset(found), all_told(found.values())) for key, found in told.items()]

    def aliases(self, name: str) -> Sequence[str]:
        """Other names that somebody of that name is known by, as people judged."""
        return self._aliases.get(fold(name), ())

    @cached_property
    def _aliases(self) -> Mapping[str, Sequence[str]]:
        several = (
            sa.select(appearances.c.official)
            .group_by(appearances.c.official)
            .having(sa.func.count(sa.distinct(appearances.c.name)) > 1)
        )
        query = sa.select(appearances.c.official, appearances.c.name).distinct()
        borne: defaultdict[str, set[str]] = defaultdict(set)
        with self._store.reading() as connection:
            for official, name in connection.execute(query.where(appearances.c.official.in_(several))):
                borne[official].add(name)
        others: defaultdict[str, set[str]] = defaultdict(set)
        for names in borne.values():
            for name in names:
                others[name] |= names - {name}
        return {name: sorted(found) for name, found in others.items()}
