"""What an agency was called before a reform, and after: dated edges between bodies, kept with their place.

Pure functions on normal names (`indexer.register.normal`). Every row of `lexicon/reforms.tsv` names its source.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from indexer.register.divisions import Level
from indexer.register.normal import AgencyName, one
from indexer.register.tables import rows


class Kind(StrEnum):
    """What a reform did. After PARTLY the one agency is not the other: only some duties moved."""

    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"
    PARTLY = "partly"


@dataclass(frozen=True, slots=True)
class Step:
    """One reform of one agency: what it was `before` and `after`, both normal names, with ISO `date` and source."""

    before: str
    after: str
    kind: Kind
    date: str
    source: str


@dataclass(frozen=True, slots=True)
class Period:
    """A name that an agency bore, from the ISO date `since` until `until`; None where no reform is known."""

    name: str
    since: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class _Edge:
    before: str
    after: str
    kind: Kind
    date: str
    national: bool
    source: str
    halls: bool  # whether a province's body of this reform is a 厅


_ENDINGS = re.compile(r"\{([^}]+)\}")
#: Parts that every agency has: they outlive a merger of agencies. Others only a change of name.
_OF_ANY_AGENCY = frozenset({"党组", "党委", "机关党委", "纪委", "工会", "党支部", "机关"})


def predecessors(name: str) -> tuple[Step, ...]:
    """The reforms of which the agency of this normal name came, the latest first; those of kind PARTLY too."""
    steps = _steps(name, _by_after(), lambda edge: (edge.before, edge.after))
    return tuple(sorted(steps, key=lambda step: (step.date, step.before), reverse=True))


def successors(name: str) -> tuple[Step, ...]:
    """The reforms in which the agency of this normal name became another, the earliest first; PARTLY too."""
    steps = _steps(name, _by_before(), lambda edge: (edge.after, edge.before))
    return tuple(sorted(steps, key=lambda step: (step.date, step.after)))


def line(name: str) -> tuple[Period, ...]:
    """Every name of the agency through time, the earliest first: what became it, itself, and what it became.

    A merger joins the lines of what was merged; what only took over some duties is left out, and what was merged with
    a predecessor into another agency is no name of this one.
    """
    before, after = _closure(name, predecessors), _closure(name, successors)
    names = dict.fromkeys((*(step.before for step in before), name, *(step.after for step in after)))
    return tuple(sorted(map(_period, names), key=lambda period: (period.until or "9999", period.since or "")))


def same_line(name: str, other: str) -> bool:
    """Whether two normal names may be one agency through time."""
    return name == other or any(period.name == other for period in line(name))


def _period(name: str) -> Period:
    came = [step.date for step in predecessors(name) if _continues(step)]
    went = [step.date for step in successors(name) if _continues(step)]
    since = None if _went_on(name) else min(came, default=None)
    return Period(name, since, max(went, default=None))


def _continues(step: Step) -> bool:
    return step.kind is not Kind.PARTLY and step.before != step.after


def _went_on(name: str) -> bool:
    """Whether the agency was there before a reform in which it took in another."""
    return one(name).body in {edge.after for edge in _edges() if edge.before == edge.after}


def _closure(name: str, step_from: Callable[[str], tuple[Step, ...]]) -> list[Step]:
    """The steps from `name` on and on in one direction."""
    found: dict[Step, None] = {}
    waiting = [name]
    while waiting:
        for step in step_from(waiting.pop()):
            if step not in found and _continues(step):
                found[step] = None
                waiting += [step.before if step_from is predecessors else step.after]
    return list(found)


def _steps(
    name: str, edges: Mapping[str, tuple[_Edge, ...]], ends: Callable[[_Edge], tuple[str, str]]
) -> Iterator[Step]:
    """The steps of the agency along the edges; `ends` gives the other end of an edge and this one."""
    agency = one(name)
    place = agency.normal.removesuffix(agency.body)
    for number in range(len(agency.bodies), 0, -1):
        body, part = "".join(agency.bodies[:number]), "".join(agency.bodies[number:])
        for edge in edges.get(body, ()):
            if not _holds_for(edge, agency):
                continue
            if part and edge.kind is not Kind.RENAMED and part not in _OF_ANY_AGENCY:
                continue
            other, this = (f"{place}{end}{part}" for end in ends(edge))
            before, after = (other, this) if ends(edge)[0] == edge.before else (this, other)
            yield Step(before, after, edge.kind, edge.date, edge.source)


def _holds_for(edge: _Edge, agency: AgencyName) -> bool:
    """Whether the reform was one of the agency's level: the bureaus of a province, where not a city's, are 厅."""
    if edge.national or agency.level is Level.NATION:
        return edge.national and agency.level is Level.NATION
    both = edge.before + edge.after
    if agency.level is None:
        return True  # of any place, so of a province too
    if agency.level is Level.PROVINCE:
        of_city = agency.normal.removesuffix(agency.body).endswith("市")
        return of_city is not ("厅" in both) if edge.halls and ("厅" in both or "局" in both) else True
    return "厅" not in both


@cache
def _edges() -> tuple[_Edge, ...]:
    return tuple(
        _Edge(before, after, Kind(kind), date, where == "国家", source, "厅" in befores + afters)
        for date, kind, befores, afters, where, source in rows("reforms")
        for before, after in _pairs(befores, afters)
    )


def _pairs(befores: str, afters: str) -> Iterator[tuple[str, str]]:
    """Each body before with each after, their endings taken in step."""
    forms = max((len(found.split("|")) for found in _ENDINGS.findall(befores + afters)), default=1)
    for form in range(forms):
        for before in befores.split("+"):
            for after in afters.split("+"):
                yield _spelled(before, form), _spelled(after, form)


def _spelled(pattern: str, form: int) -> str:
    return _ENDINGS.sub(lambda match: match[1].split("|")[form], pattern)


@cache
def _by_before() -> dict[str, tuple[_Edge, ...]]:
    return _grouped(lambda edge: edge.before)


@cache
def _by_after() -> dict[str, tuple[_Edge, ...]]:
    return _grouped(lambda edge: edge.after)


def _grouped(key: Callable[[_Edge], str]) -> dict[str, tuple[_Edge, ...]]:
    found: defaultdict[str, dict[_Edge, None]] = defaultdict(dict)
    for edge in _edges():
        if edge.before != edge.after:
            found[key(edge)][edge] = None
    return {body: tuple(edges) for body, edges in found.items()}
