"""Who serves or served at an agency, and the cases that came out of it, as documents tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.identity.appearance import Appearance
from search.crossref.lifecycle import Lifecycle, Told, day_of, lifecycles, org_cases, told_of
from search.crossref.naming import Named, alone
from search.crossref.posts import Held, held, printed
from search.crossref.sources import Evidence, Source

#: Organs that everybody in a place belongs to: what stands below one of them is not counted as it.
_WIDE = frozenset({"委", "党委", "人民政府", "人民代表大会常务委员会", "政协"})


@dataclass(frozen=True, slots=True)
class Officer:
    """An official with the posts held at the agency, under any of its names."""

    id: str
    name: str
    posts: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class CaseOf:
    """A matter of somebody at the agency, or of the agency itself (`official` ""), with its first day and a source."""

    official: str
    name: str
    date: str | None
    matter: Lifecycle
    evidence: Evidence


class Serving:
    """What documents tell of the people and cases of an agency under the names that it bears."""

    def __init__(
        self,
        found: Mapping[str, Source],
        everyone: Mapping[str, Sequence[tuple[str, Appearance]]],
        called: Named,
        bears: Sequence[str],
    ) -> None:
        """`bears` are the normal names of the agency; `everyone` are those whom the documents `found` name."""
        self._found, self._everyone, self._called, self._bears = found, everyone, called, bears

    def names(self, document: str, printed_name: str) -> bool:
        """Whether a name that a document prints means the agency, or a part of it."""
        return self._is(self._called.normal(document, printed_name))

    def _is(self, normal: str) -> bool:
        return any(normal == name or _part_of(normal, name) for name in self._bears)

    def officers(self) -> Iterator[Officer]:
        """The officials with posts at the agency, the latest first."""
        found = list[Officer]()
        for official, own in self._people().items():
            places = {one.document: one.spans for one in own}
            every = printed(
                [(self._found[one.document], post) for one in own for post in one.posts], places, self._called
            )
            if here := held([one for one in every if self._is(one.agency)]):
                found.append(Officer(official, own[0].name, here))
        latest = sorted(found, key=lambda one: one.name)
        yield from sorted(latest, key=lambda one: max(_when(post) for post in one.posts), reverse=True)

    def _people(self) -> dict[str, list[Appearance]]:
        people: defaultdict[str, list[Appearance]] = defaultdict(list)
        for key in self._found:
            for official, one in self._everyone.get(key, ()):
                if one.posts:
                    people[official].append(one)
        return people

    def cases(self) -> Iterator[CaseOf]:
        """The matters of its people, each through all its stages, and those of the agency itself."""
        for official, own in self._people().items():
            places = {one.document: one.spans for one in own}
            told = told_of(self._found.values(), places)
            here = {one.id for one in told if self._concerns(one)}
            for matter in lifecycles(told) if here else ():
                if not here.isdisjoint(matter.cases):
                    yield _case(official, own[0].name, matter, told)
        for one in org_cases(self._found.values()):
            if self.names(one.source.document.id, one.subject.name):
                yield from (_case("", one.subject.name, matter, [one]) for matter in lifecycles([one]))

    def _concerns(self, one: Told) -> bool:
        return any(post.org and self.names(one.source.document.id, post.org) for post in one.subject.posts)


def _case(official: str, name: str, matter: Lifecycle, told: Sequence[Told]) -> CaseOf:
    of_it = [one for one in told if one.id in matter.cases]
    dates = [one.source.date for one in of_it if one.source.date]
    return CaseOf(
        official,
        name,
        day_of(matter) or min(dates, default=None),
        matter,
        of_it[0].source.evidence(of_it[0].subject.span),
    )


def _when(post: Held) -> str:
    return post.last or post.first or post.seen[1] or ""


def _part_of(normal: str, agency: str) -> bool:
    """Whether a name means a part of an agency: 墨阳市财政局党组 of 墨阳市财政局."""
    return (
        normal.startswith(agency)
        and alone(agency).body not in _WIDE
        and len(alone(normal).bodies) > len(alone(agency).bodies)
    )
