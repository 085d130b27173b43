"""The profiles of a name as the store keeps them: what a new document is held against, however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from corpus.rows import parts
from corpus.schema import appearances, profiles
from indexer.identity import facts as told
from indexer.identity.appearance import Appearance, from_json
from indexer.identity.groups import Profile
from indexer.identity.resolve import COMPANY, SAMPLE, Known, company, loose_key, profile

#: (folded name, key of the profile).
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """A profile with the (document, number) of the appearances that speak for it, and the person it is of."""

    profile: Profile
    sample: tuple[tuple[str, int], ...]
    official: str = ""


def kept(connection: sa.Connection, names: Iterable[str]) -> dict[str, dict[str, Kept]]:
    """The profiles of these names, by name and key."""
    found: defaultdict[str, dict[str, Kept]] = defaultdict(dict)
    for part in parts(sorted(names)):
        for row in connection.execute(sa.select(profiles).where(profiles.c.name.in_(part))):
            sample = tuple((document, number) for document, number in row.sample)
            made = Profile(row.name, row.key, told.from_json(row.facts))
            found[row.name][row.key] = Kept(made, sample, row.official)
    return dict(found)


def write(connection: sa.Connection, before: Mapping[Key, Kept], after: Mapping[Key, Kept]) -> None:
    """Make the rows what they are to be."""
    changed = [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
    one = (profiles.c.name == sa.bindparam("a_name")) & (profiles.c.key == sa.bindparam("a_key"))
    if gone := [{"a_name": name, "a_key": key} for name, key in sorted(changed) if (name, key) in before]:
        connection.execute(sa.delete(profiles).where(one), gone)
    rows = [
        {
            "name": name,
            "key": key,
            "official": after[name, key].official,
            "sample": [list(part) for part in after[name, key].sample],
            "facts": told.as_json(after[name, key].profile.facts),
        }
        for name, key in sorted(changed)
        if (name, key) in after
    ]
    if rows:
        connection.execute(sa.insert(profiles), rows)


def renewed(
    connection: sa.Connection,
    name: str,
    before: Mapping[str, Kept],
    gone: Iterable[tuple[str, int, str]],
    fresh: Iterable[tuple[Appearance, str]],
) -> dict[str, Kept]:
    """The profiles of a name after appearances of it went and came; `gone` are (document, number, key).

    The store holds the appearances as they are to be. Only profiles whose first appearances changed are made anew.
    """
    went: defaultdict[str, set[tuple[str, int]]] = defaultdict(set)
    came: defaultdict[str, list[Appearance]] = defaultdict(list)
    for document, number, key in gone:
        went[key].add((document, number))
    for one, key in fresh:
        came[key].append(one)
    after = dict(before)
    for key in (went.keys() | came.keys()) - {""}:
        made = _shared(connection, (name, key), before.get(key), went[key], came[key])
        after.pop(key, None)
        if made is not None:
            after[key] = made
    if went[""] or came[""]:
        loose = {key: one for key, one in before.items() if one.profile.loose}
        after = {key: one for key, one in after.items() if not one.profile.loose}
        after |= _company(connection, name, loose, went[""], came[""])
    return after


def _shared(
    connection: sa.Connection,
    of: Key,
    before: Kept | None,
    went: AbstractSet[tuple[str, int]],
    came: Sequence[Appearance],
) -> Kept | None:
    """The profile of the first appearances under a key; None where there is none left."""
    if before is None:
        first = sorted(came, key=lambda one: one.key)[:SAMPLE]
    else:
        full = len(before.sample) == SAMPLE
        if full and went.isdisjoint(before.sample) and all(one.key > before.sample[-1] for one in came):
            return before
        first = list(_first(connection, of, SAMPLE))
    if not first:
        return None
    return Kept(profile(*of, first), tuple(one.key for one in first), before.official if before else "")


def _company(
    connection: sa.Connection,
    name: str,
    before: Mapping[str, Kept],
    went: AbstractSet[tuple[str, int]],
    came: Sequence[Appearance],
) -> dict[str, Kept]:
    """The first loose appearances of a name, each as a profile."""
    if len(before) == COMPANY and any(one.sample[0] in went for one in before.values()):
        chosen = company(list(_first(connection, (name, ""), COMPANY)))
    else:
        chosen = company(came)
    found = {key: one for key, one in before.items() if one.sample[0] not in went}
    for one in chosen:
        key = loose_key(one)
        found[key] = Kept(profile(name, key, [one]), (one.key,), before[key].official if key in before else "")
    return dict(sorted(found.items(), key=lambda item: item[1].sample)[:COMPANY])


def _first(connection: sa.Connection, of: Key, count: int) -> Iterator[Appearance]:
    query = sa.select(appearances).where(appearances.c.name == of[0], appearances.c.profile == of[1])
    for row in connection.execute(query.order_by(appearances.c.document, appearances.c.number).limit(count)):
        yield read(row)


def people(kept_profiles: Iterable[Kept]) -> list[Known]:
    """The persons that the profiles were found to be of."""
    found: defaultdict[str, list[Profile]] = defaultdict(list)
    for one in kept_profiles:
        found[one.official].append(one.profile)
    return [
        Known(official, tuple(sorted(of, key=lambda one: (one.name, one.key))))
        for official, of in sorted(found.items())
    ]


def read(row: sa.Row[Any]) -> Appearance:
    """The appearance that a row holds."""
    return from_json(row.document, row.name, row.number, row.evidence)
