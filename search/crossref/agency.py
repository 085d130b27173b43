"""The dossier of an agency: its names through reforms, its officials, the cases that came out of it, its circulars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.store import Store
from indexer.register import divisions, names, parents, reform
from indexer.register.aliases import judged
from indexer.register.namings import Registered, lineage
from indexer.register.namings import named as registered
from indexer.register.normal import read as read_name
from indexer.register.reform import Kind, Step
from search.crossref.choosing import agencies_called, names_printed, of_agencies
from search.crossref.company import beside
from search.crossref.issuing import Issued, issued
from search.crossref.naming import alone, named
from search.crossref.serving import CaseOf, Officer, Serving
from search.crossref.sources import sources

#: So many documents are read for the agencies that a name may mean; a dossier says where there are more.
MOST_DOCUMENTS = 60
#: Of each agency so many at least; beyond that agencies are only listed.
_LEAST = 10
UNDATED = "不详"


@dataclass(frozen=True, slots=True)
class AgencyDossier:
    """All that the library tells of one agency; `names` are the normal names it bears in documents, its own first.

    `documents` are ids, those that were read first; `unread` says how many were not.
    """

    name: str
    names: tuple[str, ...]
    aliases: tuple[str, ...]
    place: str | None
    parent: str | None
    renamed: tuple[Step, ...]
    officials: tuple[Officer, ...] = ()
    cases: tuple[CaseOf, ...] = ()
    circulars: tuple[Issued, ...] = ()
    documents: tuple[str, ...] = ()
    unread: int = 0

    @property
    def by_year(self) -> Mapping[str, int]:
        """The number of cases by the year in which they began to be told, the earliest first; UNDATED last."""
        return dict(sorted(Counter((case.date or UNDATED)[:4] for case in self.cases).items()))

    @property
    def by_violation(self) -> Mapping[str, int]:
        """The number of cases for each violation, the most frequent first."""
        found = Counter(violation for case in self.cases for violation in case.matter.violations)
        return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))


def agencies(store: Store, text: str) -> tuple[AgencyDossier, ...]:
    """A dossier for each agency that a name, full, short, former or judged, may mean; the most named first.

    One agency under several names has one dossier. The documents that are read are shared between the dossiers; where
    very many agencies may be meant, the rest are listed, with all their documents `unread`.
    """
    known = judged(store)
    meant = registered(store, text, known)
    if not meant:
        meant = tuple(one for name in read_name(text) for one in lineage(store, name.normal, known))
    lines, others = _lines(store, meant, known)
    most = max(MOST_DOCUMENTS // max(len(lines), 1), _LEAST)
    found = [dossier(store, line, known, most) for line in lines]
    found.sort(key=lambda one: (-len(one.documents), one.name))
    return (*found, *(_listed(one) for one in others))


def _listed(one: Registered) -> AgencyDossier:
    """An agency of which nothing was read."""
    spelled = tuple(name for name in one.names if name != one.agency)
    return AgencyDossier(one.agency, (one.agency,), spelled, None, None, (), unread=one.documents)


def _lines(
    store: Store, meant: Sequence[Registered], known: names.Judged
) -> tuple[list[tuple[str, ...]], list[Registered]]:
    """Of the agencies meant each once: the names under which documents speak of it, the name meant first.

    So many as documents are read for; the others as they are.
    """
    found: list[tuple[str, ...]] = []
    others: list[Registered] = []
    for one in meant:
        if any(one.agency in line for line in found):
            continue
        if len(found) == MOST_DOCUMENTS // _LEAST:
            others.append(one)
            continue
        through = (agency.agency for agency in lineage(store, one.agency, known))
        line = dict.fromkeys((one.agency, *through))
        found.append(tuple(dict.fromkeys((*line, *(fuller for name in line for fuller in _fuller(store, name))))))
    return found, others


def _fuller(store: Store, agency: str) -> tuple[str, ...]:
    """The normal name with which some documents say more of an agency's place: 澄川市望汀区审计局 of 望汀区审计局.

    None where there are several: two districts may share a name.
    """
    others = agencies_called(store, names.aliases(agency))
    longer = [other for other in others if other != agency and other.endswith(agency)]
    shorter = [other for other in others if other != agency and agency.endswith(other) and alone(other).certain]
    own = [name for name in shorter if not any(other.endswith(name) for other in others if other not in {name, agency})]
    return (*(longer if len(longer) == 1 else ()), *own)


def dossier(store: Store, bears: Sequence[str], known: names.Judged, most: int = MOST_DOCUMENTS) -> AgencyDossier:
    """The dossier of the agency that bears these normal names, by the first of them, from `most` documents.

    `known` are the judged names of agencies.
    """
    agency = bears[0]
    chosen = of_agencies(store, bears, most)
    found = sources(store, chosen.read)
    serving = Serving(found, beside(store, list(found)), named(store, list(found)), bears)
    itself = alone(agency)
    spelled = (*names.aliases(agency, known), *bears, *names_printed(store, bears))
    return AgencyDossier(
        name=agency,
        names=tuple(bears),
        aliases=tuple(name for name in dict.fromkeys(spelled) if name != agency),
        place=divisions.text(itself.place) or None,
        parent=parents.parent(itself),
        renamed=tuple(_renamed(bears)),
        officials=tuple(serving.officers()),
        cases=tuple(sorted(serving.cases(), key=lambda one: (one.date or "9", one.name))),
        circulars=tuple(issue for source in found.values() if (issue := issued(source, serving.names))),
        documents=(*found, *(key for key in chosen.every if key not in found)),
        unread=len(chosen.every) - len(found),
    )


def _renamed(bears: Sequence[str]) -> Iterator[Step]:
    """The reforms that lead from one name to another; of names that may follow one, those that documents use."""
    steps = dict.fromkeys(
        step for name in bears for step in (*reform.predecessors(name), *reform.successors(name))
        if step.kind is not Kind.PARTLY
    )  # fmt: skip
    inner = [step for step in steps if step.before in bears and step.after in bears]
    reached = {(step.before, step.date) for step in inner}
    outer = [
        step for step in steps if step not in inner and step.before in bears and (step.before, step.date) not in reached
    ]
    yield from sorted((*inner, *outer), key=lambda step: (step.date, step.before, step.after))
