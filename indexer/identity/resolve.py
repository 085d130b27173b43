"""Which of those who bear one name are one person: a function of the set of appearances and judgements, and no more.

Appearances that say the same of who somebody is (post, note, birth and origin) are one *profile*: however many
documents repeat a post, they are compared as one, by what the first few of them in order of document say. Profiles are
joined to persons, the clearest pair first, until nothing clear is left. An appearance that says nothing of who it is, a
name in a list, is *loose*: it is put to the person it clearly belongs to, and never joins two whom posts tell. The
first few loose ones in order of document are joined with the profiles, so that a person's company is known.

So the order of arrival cannot matter: profiles, their first documents, the order in which pairs are joined and the
places of the loose ones are all told by the set alone.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby, islice

from indexer.identity import facts as told
from indexer.identity.appearance import Appearance
from indexer.identity.evidence import PERHAPS, Evidence, Reason, compare
from indexer.identity.facts import Facts, together
from indexer.identity.groups import Groups, Profile, order
from indexer.identity.judged import Judged
from indexer.identity.rarity import masked

#: A profile is compared by the first so many of its appearances in order of document.
SAMPLE = 12
#: So many loose appearances, the first in order of document, take part when profiles are joined.
COMPANY = 32
#: How far the best person for a loose appearance must be ahead of the next.
_AHEAD = 1.0
#: How many persons a loose appearance is said to be perhaps.
_FEW = 3


@dataclass(frozen=True, slots=True)
class Perhaps:
    """Another person of the name who may be the same, and why: the evidence was not enough, or spoke against it."""

    other: str
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """One person: the appearances in order of document, and who else it may be. `id` has 16 hexadecimal digits."""

    id: str
    name: str
    appearances: tuple[Appearance, ...]
    perhaps: tuple[Perhaps, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """A person put together from profiles, of one name or, by an alias, of several."""

    id: str
    profiles: tuple[Profile, ...]
    perhaps: tuple[Perhaps, ...] = ()

    def facts(self, name: str) -> Facts | None:
        """What is known of the person under one name; None where it is not a name of theirs."""
        return together(of) if (of := [profile.facts for profile in self.profiles if profile.name == name]) else None


def resolve(appearances: Iterable[Appearance], judged: Sequence[Judged] = ()) -> tuple[Person, ...]:
    """The persons among the appearances of a name, or of names that aliases connect, in the order of their ids."""
    keyed = keys(appearances, judged)
    members: defaultdict[tuple[str, str], list[Appearance]] = defaultdict(list)
    loose: list[Appearance] = []
    for one in sorted(keyed, key=lambda one: (one.name, one.key)):
        if key := keyed[one]:
            members[one.name, key].append(one)
        else:
            loose.append(one)
    for one in company(loose):
        members[one.name, loose_key(one)].append(one)
    loose = [one for one in loose if (one.name, loose_key(one)) not in members]
    people = join([profile(name, key, found) for (name, key), found in members.items()], judged)
    found = {person.id: [a for p in person.profiles for a in members[p.name, p.key]] for person in people}
    perhaps = {person.id: person.perhaps for person in people}
    for one in loose:
        key, maybe = place(one, people)
        found.setdefault(key, []).append(one)
        perhaps.setdefault(key, maybe)
    return tuple(_person(key, found[key], perhaps[key]) for key in sorted(found))


def _person(key: str, appearances: list[Appearance], perhaps: tuple[Perhaps, ...]) -> Person:
    ordered = sorted(appearances, key=lambda one: (one.key, one.name))
    return Person(key, min(one.name for one in ordered), tuple(ordered), perhaps)


def keys(appearances: Iterable[Appearance], judged: Sequence[Judged]) -> dict[Appearance, str]:
    """The key of the profile that each appearance is part of; "" for a loose one.

    What was judged and who shares a document with another of the name has a profile alone. Who is not named (张某) is
    loose, and belongs to nobody else.
    """
    everyone = list(appearances)
    named = {ref for judgement in judged for ref in (judgement.one, judgement.other)}
    alone = named | {(one.name, one.document) for one in everyone if one.number and not masked(one.name)}
    return {
        one: own_key(one) if (one.name, one.document) in alone else "" if masked(one.name) else shared_key(one.facts)
        for one in everyone
    }


def own_key(one: Appearance) -> str:
    """The key of a profile of one appearance alone."""
    return f"={one.document}#{one.number}"


def loose_key(one: Appearance) -> str:
    """The key of a loose appearance where it takes part in the joining."""
    return f"~{one.document}#{one.number}"


def company(loose: Sequence[Appearance]) -> list[Appearance]:
    """The loose appearances that take part in the joining: of each name the first in order of document."""
    ordered = sorted((one for one in loose if not masked(one.name)), key=lambda one: (one.name, one.key))
    return [one for _, several in groupby(ordered, key=lambda one: one.name) for one in islice(several, COMPANY)]


def shared_key(facts: Facts) -> str:
    """The key that all appearances have that say this of who somebody is; "" where nothing is said.

    Of several posts the first in order of spelling counts: who holds one of them is who holds it with another.
    """
    if not facts.telling:
        return ""
    posts = sorted(post for post in facts.posts if post.telling)[:1]
    called = () if posts else facts.called
    said = Facts(frozenset(posts), frozenset(called), facts.notes, facts.born, facts.origins)
    return _digest(json.dumps(told.as_json(said), ensure_ascii=False))


def profile(name: str, key: str, first: Sequence[Appearance]) -> Profile:
    """The profile of these appearances, which come in order of document; the first of them speak for all."""
    return Profile(name, key, together(one.facts for one in first[:SAMPLE]))


def join(profiles: Collection[Profile], judged: Sequence[Judged] = ()) -> tuple[Known, ...]:
    """The persons that profiles of a name, or of names that aliases connect, are of."""
    groups = Groups(profiles, judged)
    for name in sorted({one.name for one in profiles}):
        groups.join_clear(name)
    found = {_id(group): group for group in groups.all()}
    people = [Known(key, group) for key, group in sorted(found.items())]
    return tuple(Known(one.id, one.profiles, _perhaps(one, people, groups)) for one in people)


def place(one: Appearance, people: Sequence[Known]) -> tuple[str, tuple[Perhaps, ...]]:
    """The id of the person a loose appearance belongs to; one of its own, with whom it may be, where that is not clear.

    Reprints of one text have the same id of their own.
    """
    if masked(one.name):
        return _digest(f"{one.name}\0{own_key(one)}"), ()
    scored = [
        (compare(one.name, one.facts, facts), person)
        for person in people
        if (facts := person.facts(one.name)) is not None
    ]
    scored = [pair for pair in scored if pair[0].score >= PERHAPS]
    scored.sort(key=lambda pair: (-pair[0].score, pair[1].id))
    clear = [pair for pair in scored if pair[0].joins]
    if clear and (len(scored) == 1 or scored[0][0].score - scored[1][0].score >= _AHEAD):
        return clear[0][1].id, ()
    own = "".join(sorted(one.facts.passages)) or own_key(one)
    return _digest(f"{one.name}\0{own}"), tuple(_maybe(person.id, found) for found, person in scored[:_FEW])


def _id(group: Iterable[Profile]) -> str:
    """The id of a person: it changes only where another profile joins that comes before all others."""
    name, key = min(order(one) for one in group)
    return _digest(f"{name}\0{key}")


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()


def _perhaps(one: Known, people: Iterable[Known], groups: Groups) -> tuple[Perhaps, ...]:
    found: list[Perhaps] = []
    for other in people:
        if other.id == one.id or not groups.free(one.profiles, other.profiles):
            continue
        for name in sorted({p.name for p in one.profiles} & {p.name for p in other.profiles}):
            ours, theirs = one.facts(name), other.facts(name)
            if ours is not None and theirs is not None:
                evidence = compare(name, ours, theirs)
                if evidence.score >= PERHAPS:
                    found.append(_maybe(other.id, evidence))
    return tuple(sorted(found, key=lambda maybe: (-maybe.score, maybe.other)))


def _maybe(other: str, evidence: Evidence) -> Perhaps:
    return Perhaps(other, evidence.score, evidence.reasons)
