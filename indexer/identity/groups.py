"""Profiles of people, joined to persons: the clearest pair first, never against a judgement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from indexer.identity.evidence import Evidence, compare
from indexer.identity.facts import Facts, together
from indexer.identity.judged import Judged


@dataclass(frozen=True, slots=True)
class Profile:
    """What is compared: a profile by its key, and what the first of its appearances say together."""

    name: str
    key: str
    facts: Facts

    @property
    def loose(self) -> bool:
        """Whether it is one appearance that says nothing of who it is."""
        return self.key.startswith("~")


def order(one: Profile) -> tuple[str, str]:
    """What tells a profile from all others, and what they are sorted by."""
    return one.name, one.key


class Groups:
    """Groups of profiles that grow together, never against a judgement. Each group has a number of its own."""

    def __init__(self, profiles: Collection[Profile], judged: Sequence[Judged]) -> None:
        self._members: dict[int, tuple[Profile, ...]] = {
            number: (one,) for number, one in enumerate(sorted(profiles, key=order))
        }
        self._number = {order(members[0]): number for number, members in self._members.items()}
        self._apart: set[frozenset[tuple[str, str]]] = set()
        alone: defaultdict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        for name, key in sorted(self._number):
            if key.startswith("="):
                alone[name, key[1:].rpartition("#")[0]].append((name, key))
        for judgement in judged:
            if judgement.one in alone and judgement.other in alone:
                self._obey(alone[judgement.one][0], alone[judgement.other][0], joins=judgement.joins)
        for bearers in alone.values():
            self._apart |= {frozenset(pair) for pair in combinations(bearers, 2)}

    def _obey(self, one: tuple[str, str], other: tuple[str, str], *, joins: bool) -> None:
        """Join or part; what contradicts an earlier judgement has no effect."""
        a, b = self._number[one], self._number[other]
        if not joins and a != b:
            self._apart.add(frozenset((one, other)))
        elif joins and a != b and self.free(self._members[a], self._members[b]):
            self._join(a, b)

    def all(self) -> list[tuple[Profile, ...]]:
        """The groups as they are now."""
        return list(self._members.values())

    def free(self, one: Iterable[Profile], other: Iterable[Profile]) -> bool:
        """Whether nobody judged that a profile of the one is another person than one of the other."""
        theirs = [order(b) for b in other] if self._apart else []
        return not any(frozenset((order(a), b)) in self._apart for a in one for b in theirs)

    def _join(self, a: int, b: int) -> int:
        number = max(self._members) + 1
        self._members[number] = tuple(sorted((*self._members.pop(a), *self._members.pop(b)), key=order))
        self._number.update((order(one), number) for one in self._members[number])
        return number

    def join_clear(self, name: str) -> None:
        """Join the clear pairs of a name, in each round the clearest first and each group once, until none is left."""
        compared = {
            number: _compared(name, members)
            for number, members in self._members.items()
            if any(one.name == name for one in members)
        }
        fresh, clear = list(compared), list[tuple[float, tuple[str, str], tuple[str, str], int, int]]()
        while fresh:
            clear += self._clear(name, compared, fresh)
            clear.sort()
            fresh = []
            for *_, a, b in clear:
                if a in compared and b in compared:
                    number = self._join(a, b)
                    del compared[a], compared[b]
                    fresh.append(number)
            compared |= {number: _compared(name, self._members[number]) for number in fresh}
            clear = [pair for pair in clear if pair[-2] in compared and pair[-1] in compared]

    def _clear(
        self, name: str, compared: Mapping[int, _Compared], fresh: Collection[int]
    ) -> Iterator[tuple[float, tuple[str, str], tuple[str, str], int, int]]:
        """The pairs, one of them fresh, that are clearly one person, as they are sorted."""
        new = set(fresh)
        for a, b in combinations(sorted(compared, key=lambda number: order(self._members[number][0])), 2):
            if (a in new or b in new) and (found := _evidence(name, compared[a], compared[b])).joins:
                one, other = self._members[a], self._members[b]
                if self.free(one, other):
                    yield -found.score, order(one[0]), order(other[0]), a, b


@dataclass(frozen=True, slots=True)
class _Compared:
    """What is known of a group, and what of that its posts, notes and birth tell; None where it is loose."""

    all: Facts
    telling: Facts | None


def _compared(name: str, group: Iterable[Profile]) -> _Compared:
    ours = [one for one in group if one.name == name]
    telling = [one.facts for one in ours if not one.loose]
    return _Compared(together(one.facts for one in ours), together(telling) if telling else None)


def _evidence(name: str, one: _Compared, other: _Compared) -> Evidence:
    """The evidence for two groups; what is loose adds nothing where posts tell of both."""
    if one.telling is not None and other.telling is not None:
        return compare(name, one.telling, other.telling)
    return compare(name, one.all, other.all)
