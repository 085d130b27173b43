"""Which cases report one matter: reprints, and notices of its stages. A matter is found once, and never by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import sqrt

import sqlalchemy as sa

from corpus.rows import parts
from corpus.schema import appearances
from corpus.store import Store
from indexer.cases import of_document
from indexer.matter.matter import CONDUCT, Matter
from search import duplicates
from search.precedents.explain import TOLD

#: From this likeness of their words on, two reports of people of one name, or in copies of one document, are the same.
_ALIKE = 0.8
#: From this on, two texts that do not name different people are; so is one whose words the other has.
_EQUAL, _PART = 0.92, 0.95
#: Fewer different words than this prove nothing.
_LEAST = 15
#: A text with more than so many times the words of another holds them by chance.
_LONGER = 5
#: Of the cases found so many may be the text sought, where they have nothing else in common with it.
_NEAREST = 50
#: Equal texts begin with so many equal words, with their counts.
_FIRST = 8
_MASKS = frozenset("某×XＸ*")


@dataclass(frozen=True, slots=True)
class Report:
    """A case as one document reports it, with what tells whether another reports the same matter.

    `copies` is the group of documents that are copies of one another, "" for none; `officials` are the ids of those
    subjects of whom the library knows who they are. `document` is "" for facts that are no part of the library.
    """

    matter: Matter
    document: str = ""
    copies: str = ""
    officials: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


def reports(store: Store, matters: Mapping[str, Matter]) -> dict[str, Report]:
    """The cases with these ids as reports."""
    of = {case: of_document(case)[0] for case in matters}
    ids = list(dict.fromkeys(of.values()))
    copies, people = duplicates.groups(store, ids), identities(store, ids)
    return {
        case: Report(
            matter,
            of[case],
            copies.get(of[case], ""),
            frozenset(people[of[case], name] for name in matter.subjects if (of[case], name) in people),
            full_names(matter.subjects),
        )
        for case, matter in matters.items()
    }


def full_names(names: Iterable[str]) -> frozenset[str]:
    """The names that are not masked: 张某 may be anybody."""
    return frozenset(name for name in names if not _MASKS.intersection(name))


def same(one: Report, other: Report) -> bool:
    """Whether two cases report the same matter. Two cases of one document never do."""
    if one.document and one.document == other.document:
        return False
    strangers = one.names and other.names and not one.names & other.names
    if strangers and not one.officials & other.officials:
        return False
    if _retold(one.matter, other.matter):
        return True
    if one.officials & other.officials:
        return not _another(one.matter, other.matter)
    related = one.names & other.names or (one.copies and one.copies == other.copies)
    return bool(related) and likeness(one.matter, other.matter) >= _ALIKE


def of_query(query: Report, found: Mapping[str, Report]) -> set[str]:
    """The cases that report what is sought itself. `found` is in the order of an engine, which has its like first."""
    keys = set(_keys(query))
    return {
        case
        for place, (case, report) in enumerate(found.items())
        if (place < _NEAREST or not keys.isdisjoint(_keys(report))) and same(query, report)
    }


def once(ranked: Sequence[str], known: Mapping[str, Report]) -> list[list[str]]:
    """The ids in groups that report one matter, each in the order of `ranked`, the groups by their first."""
    groups: list[list[str]] = []
    met: dict[tuple[str, object], list[int]] = {}
    for case in ranked:
        keys = _keys(known[case])
        near = dict.fromkeys(number for key in keys for number in met.get(key, ()))
        number = next((n for n in sorted(near) if any(same(known[case], known[held]) for held in groups[n])), None)
        if number is None:
            number = len(groups)
            groups.append([])
        groups[number].append(case)
        for key in keys:
            met.setdefault(key, []).append(number)
    return groups


def likeness(one: Matter, other: Matter) -> float:
    """The cosine of the counts of their words, 0 to 1."""
    ours, theirs = one.words, other.words
    norm = sqrt(sum(n * n for n in ours.values()) * sum(n * n for n in theirs.values()))
    return sum(count * theirs[word] for word, count in ours.items() if word in theirs) / norm if norm else 0.0


def _retold(one: Matter, other: Matter) -> bool:
    """Whether one text is the other, or a part of it."""
    small, large = sorted((one.words.keys(), other.words.keys()), key=len)
    if len(small) < _LEAST:
        return bool(small) and one.words == other.words and one.amounts == other.amounts
    part = len(large) <= _LONGER * len(small) and len(small & large) >= _PART * len(small)
    return part or likeness(one, other) >= _EQUAL


def _another(one: Matter, other: Matter) -> bool:
    """Whether two cases of one person tell of different matters: other conduct, or the same in years far apart."""
    (first, last), (begin, end) = one.years, other.years
    if None not in (first, last, begin, end) and (last < begin or end < first):  # type: ignore[operator]
        return True
    ours, theirs = conduct(one), conduct(other)
    sanctioned = set(one.outcome.sanctions) & set(other.outcome.sanctions)
    return bool(ours and theirs and not ours & theirs and not sanctioned)


def conduct(matter: Matter) -> set[str]:
    """The violations and offences that a matter is held to be, and the forms of its conduct."""
    labels = {label.name for label in (*matter.violations, *matter.offences) if label.confidence >= TOLD}
    return labels | {trait.name for trait in matter.traits if trait.kind == CONDUCT}


def _keys(report: Report) -> list[tuple[str, object]]:
    """What two reports of one matter have in common at least one of."""
    keys: list[tuple[str, object]] = [("official", one) for one in report.officials]
    keys += [("name", one) for one in report.names]
    if report.copies:
        keys.append(("copies", report.copies))
    return [*keys, ("facts", tuple(islice(report.matter.words.items(), _FIRST)))]


def identities(store: Store, ids: Sequence[str]) -> dict[tuple[str, str], str]:
    """Who is meant by each name in each of these documents; a name of several people in one document means nobody."""
    found: dict[tuple[str, str], set[str]] = {}
    with store.reading() as connection:
        for taken in parts(ids):
            these = appearances.c.document.in_(taken)
            query = sa.select(appearances.c.document, appearances.c.name, appearances.c.official).where(these)
            for row in connection.execute(query):
                found.setdefault((row.document, row.name), set()).add(row.official)
    return {key: next(iter(people)) for key, people in found.items() if len(people) == 1}
