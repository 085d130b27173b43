"""Check a list of names against all documents: one pass over the texts, then a verdict for each row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus.store import Store
from indexer.fold import fold
from search.screening.context import Comparison, all_told, compare, told_at
from search.screening.marks import Mark, marks, sentence_of
from search.screening.names import Names, Row
from search.screening.occurrences import Strings
from search.screening.people import People
from search.screening.results import Evidence, Group, Grouping, GroupName, Screened, Screening, Verdict
from search.screening.variants import Homophones, Kind, Writing, writings

SHOWN = 50  # documents of one group that are shown with their sentences; all are listed

Progress = Callable[[int, int, str], None]  # done, total, what is at hand
Owners = Mapping[str, Sequence[tuple[int, Kind]]]  # a text -> the rows (by number) it is looked for, and as what


def quiet(_done: int, _total: int, _name: str) -> None:
    """Tell nobody."""


@dataclass(slots=True)
class _Gathered:
    """What was found for a row so far."""

    documents: defaultdict[GroupName, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    evidence: defaultdict[GroupName, list[Evidence]] = field(default_factory=lambda: defaultdict(list))

    def add(self, evidence: Evidence) -> None:
        """Keep the document; keep the evidence where it agrees, or as long as few are kept."""
        self.documents[evidence.kind][evidence.document] = None
        kept = self.evidence[evidence.kind]
        if len(kept) < SHOWN or evidence.comparison.is_one_person:
            kept.append(evidence)


def screen(names: Names, store: Store, people: People, progress: Progress = quiet) -> Screening:
    """Check every row against every document.

    Memory grows with what is found, not with the library. Raises StoreFailed.
    """
    rows = names.rows
    owners = _owners(rows, people)
    gathered = [_Gathered() for _ in rows]
    total = store.document_count()
    done = 0
    similar = frozenset(text for text, many in owners.items() if not any(kind.is_same_name for _, kind in many))
    for done, found in marks(store, Strings(owners), similar):
        for mark in found:
            _gather(mark, owners[mark.text], rows, gathered)
        progress(done, total, "")
    return Screening(names, tuple(_judge(row, found, people) for row, found in zip(rows, gathered, strict=True)), done)


def _owners(rows: Sequence[Row], people: People) -> Owners:
    """Every text to look for, with the rows it is looked for."""
    homophones = Homophones(map(fold, people.names()))
    known: dict[tuple[str, tuple[str, ...]], tuple[Writing, ...]] = {}
    owners: defaultdict[str, list[tuple[int, Kind]]] = defaultdict(list)
    for number, row in enumerate(rows):
        key = (row.name, row.also)
        if key not in known:
            others = (*row.also, *map(fold, people.aliases(row.name)))
            known[key] = writings(row.name, others, homophones)
        for writing in known[key]:
            owners[writing.text].append((number, writing.kind))
    return owners


def _gather(mark: Mark, owners: Sequence[tuple[int, Kind]], rows: Sequence[Row], gathered: Sequence[_Gathered]) -> None:
    """Give a mark to the rows it was looked for; one that is no name is told only of the name itself."""
    told = [told_at(mark.document.text, span) for span in mark.spans] if mark.is_name else []
    evidence: dict[tuple[int, GroupName], Evidence] = {}
    for number, kind in owners:
        if mark.is_name:
            comparison = compare(rows[number], all_told(told))
            best = next((at for at, one in enumerate(told) if compare(rows[number], one).agrees), 0)
            shown = evidence.setdefault((best, kind), _evidence(mark, best, kind))
            gathered[number].add(replace(shown, comparison=comparison))
        elif kind is Kind.EXACT:
            gathered[number].add(evidence.setdefault((0, Grouping.INSIDE), _evidence(mark, 0, Grouping.INSIDE)))


def _evidence(mark: Mark, at: int, kind: GroupName) -> Evidence:
    document, span = mark.document, mark.spans[at]
    date = document.meta.get("date")
    return Evidence(
        document=document.id,
        source=document.source,
        title=document.title,
        date=date.value if date else "",
        page=document.page_number(span[0]),
        sentence=sentence_of(document.text, span),
        written=document.text[slice(*span)],
        span=span,
        kind=kind,
    )


def _judge(row: Row, found: _Gathered, people: People) -> Screened:
    """The verdict of a row, with what other documents tell of the people found."""
    persons = _persons(row, found, people)
    groups = []
    agreeing: dict[str, None] = {}
    shown: list[Evidence] = []
    for name in (*Kind, Grouping.INSIDE):
        documents = found.documents.get(name, {})
        if not documents:
            continue
        evidence = found.evidence[name]
        if isinstance(name, Kind):
            evidence = [_with(one, persons.get((fold(one.written), one.document))) for one in evidence]
            mine = [one for one in evidence if one.comparison.is_one_person]
            agreeing.update((one.document, None) for one in mine)
            shown += mine
        groups.append(Group(name, tuple(documents), tuple(sorted(evidence, key=_newest)[:SHOWN])))
    if agreeing:
        context = Group(Grouping.CONTEXT, tuple(sorted(agreeing)), tuple(sorted(shown, key=_newest)))
        groups.insert(0, context)
        return Screened(row, Verdict.THIS_PERSON, tuple(groups))
    recorded = any(isinstance(group.name, Kind) and group.name.is_same_name for group in groups)
    return Screened(row, Verdict.SAME_NAME if recorded else Verdict.NO_RECORD, tuple(groups))


def _persons(row: Row, found: _Gathered, people: People) -> Mapping[tuple[str, str], Comparison]:
    """For each name and document found, how the person that the library sees there agrees with the row."""
    if not (row.unit or row.post or row.birth):
        return {}
    printed = {one.written for name, kept in found.evidence.items() if isinstance(name, Kind) for one in kept}
    compared: dict[tuple[str, str], Comparison] = {}
    for name in sorted(printed):
        for person in people.named(name):
            comparison = compare(row, person.told)
            compared.update(((fold(name), document), comparison) for document in person.documents)
    return compared


def _with(evidence: Evidence, more: Comparison | None) -> Evidence:
    """The evidence with what is known of the person from other documents too."""
    if more is None:
        return evidence
    one = evidence.comparison
    differs = tuple(dict.fromkeys((*one.differs, *more.differs)))
    return replace(
        evidence,
        comparison=Comparison(
            tuple(dict.fromkeys((*one.agrees, *more.agrees))),
            differs,
            not differs and (one.is_one_person or more.is_one_person),
        ),
    )


def _newest(evidence: Evidence) -> tuple[bool, str, str]:
    """What agrees comes first, then the newest; without a date last."""
    backwards = "".join(chr(0x10FFFF - ord(character)) for character in evidence.date) or "\U0010ffff"
    return not evidence.comparison.is_one_person, backwards, evidence.document
