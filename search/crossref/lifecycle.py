"""What befell somebody, stitched from the notices of each stage: 审查调查 -> 处分 -> 逮捕 -> 起诉 -> 判决."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from indexer.cases import case_id
from indexer.extract.extraction import Amount, Case, Span, Subject
from indexer.fold import fold
from search.crossref.sources import Evidence, Source, few, sentence

#: The stages of a matter in the order they come.
STAGES = ("investigated", "detained", "sanctioned", "arrested", "prosecuted", "tried", "sentenced")
#: A notice of an earlier stage, so many days after that of a later one, tells of another matter, where nothing in it
#: tells again of this one; a notice of the same or a later stage, where the last was so many days before.
_EARLIER, _LONG_AFTER = 365, 1_095
#: A matter that a notice looks back on: 曾于2016年因违规接受宴请受到党内警告处分.
_LOOKS_BACK = re.compile(r"(?:曾|早在|此前)[^，。；]{0,4}?((?:19|20)\d\d)年")

#: A reprint tells a matter again more surely than any number of equal amounts.
_REPRINT = 1_000
#: The day of what follows it in the sentence, no further than so many characters: 2022年11月，高明因…被判处….
_DATED = re.compile(r"(?<![至到—-])((?:19|20)\d\d)年(\d{1,2})月(?:(\d{1,2})日)?(?=[，,]|[\u4e00-\u9fff])(?![至到起])")
_NEAR = 100


@dataclass(frozen=True, slots=True)
class Told:
    """A case as one document tells it of one of its subjects; `number` counts the document's cases from 1."""

    source: Source
    number: int
    case: Case
    subject: Subject

    @property
    def id(self) -> str:
        """The id of the case."""
        return case_id(self.source.document.id, self.number)


@dataclass(frozen=True, slots=True)
class Reached:
    """A stage, or a sanction, with the day of the first notice that tells of it.

    `date` is a year alone where a notice only looks back on it.
    """

    name: str
    date: str | None
    evidence: tuple[Evidence, ...]

    @property
    def looked_back_on(self) -> bool:
        """Whether it belongs to an earlier matter, of which a notice only speaks."""
        return self.date is not None and len(self.date) == len("2016")


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount of money in a matter, as printed and in yuan."""

    text: str
    yuan: int | None
    of: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """One matter of one person through its stages; `cases` are the ids of the cases that tell of it."""

    cases: tuple[str, ...]
    stages: tuple[Reached, ...]
    sanctions: tuple[Reached, ...]
    violations: tuple[str, ...]
    offences: tuple[str, ...]
    amounts: tuple[Sum, ...]
    conduct_from: int | None
    conduct_to: int | None


def told_of(found: Iterable[Source], places: Mapping[str, Sequence[Span]]) -> list[Told]:
    """The cases of these documents with a subject whose name stands at one of the places, by document id."""
    return [
        Told(source, number, case, subject)
        for source in found
        for number, case in enumerate(source.extraction.cases, 1)
        for subject in case.subjects
        if subject.type == "person" and subject.span in places.get(source.document.id, ())
    ]


def org_cases(found: Iterable[Source]) -> list[Told]:
    """The cases of these documents in which an organisation itself is dealt with."""
    return [
        Told(source, number, case, subject)
        for source in found
        for number, case in enumerate(source.extraction.cases, 1)
        for subject in case.subjects
        if subject.type == "org"
    ]


def day_of(matter: Lifecycle) -> str | None:
    """The first day of what befell somebody in a matter; None where nothing is dated."""
    reached = (*matter.stages, *matter.sanctions)
    return min((one.date for one in reached if one.date and not one.looked_back_on), default=None)


@dataclass(slots=True)
class _Matter:
    """A matter while it is stitched together, with what another case is held against."""

    told: list[Told] = field(default_factory=list)
    sources: set[str] = field(default_factory=set)
    facts: set[object] = field(default_factory=set)
    amounts: set[int] = field(default_factory=set)
    sanctions: set[str] = field(default_factory=set)
    furthest: int = -1
    reached: str | None = None  # the first day on which it had come so far
    last: str | None = None

    def add(self, one: Told) -> None:
        """Take a case in."""
        day, rank = one.source.date, _rank(one)
        self.told.append(one)
        self.sources.add(one.source.document.id)
        self.facts.add(_facts(one))
        self.amounts |= _yuan(one)
        self.sanctions.update(one.subject.sanctions)
        if rank > self.furthest:
            self.furthest, self.reached = rank, day
        elif rank == self.furthest and day:
            self.reached = min(self.reached or day, day)
        self.last = max(filter(None, (self.last, day)), default=None)

    def retold(self, one: Told) -> int:
        """How much of it a case tells again, as a reprint or a later account does; 0 where it may be another.

        Two cases of one document are two matters.
        """
        if one.source.document.id in self.sources:
            return 0
        return len(self.amounts & _yuan(one)) + _REPRINT * (_facts(one) in self.facts)

    def ends_before(self, one: Told) -> bool:
        """Whether a case begins another matter: of one document, or at a stage that this matter left long ago."""
        day = one.source.date
        if one.source.document.id in self.sources:
            return True
        if day is None:
            return False
        if _rank(one) >= self.furthest:
            return self.last is not None and _days(self.last, day) > _LONG_AFTER
        looks_on = bool(one.subject.sanctions) and self.sanctions.issuperset(one.subject.sanctions)
        return self.reached is not None and _days(self.reached, day) > _EARLIER and not looks_on


def lifecycles(told: Sequence[Told]) -> tuple[Lifecycle, ...]:
    """The matters that these cases tell of, the earliest first. `told` is in order of date."""
    matters: list[_Matter] = []
    for one in told:
        again = max(matters, key=lambda matter: matter.retold(one), default=None)
        if again is None or not again.retold(one):
            if not matters or matters[-1].ends_before(one):
                matters.append(_Matter())
            again = matters[-1]
        again.add(one)
    return tuple(_lifecycle(matter.told) for matter in matters)


def _facts(one: Told) -> object:
    amounts = tuple(sorted(amount.yuan or 0 for amount in one.case.amounts))
    return one.subject.stage, one.subject.sanctions, one.case.violations, amounts, one.source.date


def _yuan(one: Told) -> set[int]:
    return {amount.yuan for amount in one.case.amounts if amount.yuan}


def _rank(one: Told) -> int:
    return STAGES.index(one.subject.stage) if one.subject.stage else -1


def _days(earlier: str, later: str) -> int:
    """Days between two ISO dates, of which month and day may be missing."""
    return (_day(later) - _day(earlier)).days


def _day(iso: str) -> date:
    year, month, day = (*map(int, iso.split("-")), 1, 1)[:3]
    return date(year, month, day)


def _lifecycle(told: Sequence[Told]) -> Lifecycle:
    firsts = [one.case.conduct_from for one in told if one.case.conduct_from]
    lasts = [one.case.conduct_to for one in told if one.case.conduct_to]
    return Lifecycle(
        cases=tuple(dict.fromkeys(one.id for one in told)),
        stages=tuple(_reached("stage", stage, told) for stage in STAGES if any(_tells(one, stage) for one in told)),
        sanctions=tuple(
            _reached("sanction", sanction, told)
            for sanction in dict.fromkeys(sanction for one in told for sanction in one.subject.sanctions)
        ),
        violations=_all(one.case.violations for one in told),
        offences=_all(one.case.offences for one in told),
        amounts=_amounts(told),
        conduct_from=min(firsts, default=None),
        conduct_to=max(lasts, default=None),
    )


def _all(several: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for values in several for value in values))


def _tells(one: Told, stage: str) -> bool:
    """Whether a case tells that its subject came to a stage: it is the furthest, or named within the case."""
    return one.subject.stage == stage or any(
        mention.kind == "stage" and mention.value == stage and _within(one.case, (mention.start, mention.end))
        for mention in one.source.extraction.mentions
        if len(one.case.subjects) == 1
    )


def _reached(kind: str, name: str, told: Sequence[Told]) -> Reached:
    if kind == "stage":
        here = [one for one in told if one.subject.stage == name] or [one for one in told if _tells(one, name)]
    else:
        here = [one for one in told if name in one.subject.sanctions]
    places = [(one, _place(one, kind, name)) for one in here]
    days = [day for one, place in places if (day := _day_told(one, place or one.subject.span, told=place is not None))]
    first = min(days, default="")
    exact = min((day for day in days if day.startswith(first) and day != first), default=first)
    evidence = [one.source.evidence(place or one.subject.span) for one, place in places]
    return Reached(name, exact or None, few(evidence))


def _day_told(one: Told, place: Span, *, told: bool) -> str | None:
    """The day, month or year that the sentence gives for what is `told` at a place, else the day of the document."""
    text = one.source.document.text
    before = text[sentence(text, place)[0] : place[0]]
    if back := _LOOKS_BACK.search(before):
        return back[1]
    dated = list(_DATED.finditer(before))
    if not told or not dated:
        return one.source.date
    low = place[0] - len(before) + dated[-1].end()
    if place[0] - low > _NEAR or any(low <= start < place[0] for start in _deeds(one)):
        return one.source.date
    return "-".join(part.rjust(2, "0") for part in dated[-1].groups() if part)


def _deeds(one: Told) -> Iterator[int]:
    """Where the document tells of deeds, and not only names an offence: 收受礼品, but not 受贿一案."""
    text = one.source.document.text
    for mention in one.source.extraction.mentions:
        if mention.kind == "violation" and not text.startswith(("罪", "案", "一案"), mention.end):
            yield mention.start


def _place(one: Told, kind: str, name: str) -> Span | None:
    """Where a case tells of a stage or sanction: the mention nearest after its subject; None where there is none."""
    places = [
        (mention.start, mention.end)
        for mention in one.source.extraction.mentions
        if mention.kind == kind and mention.value == name and _within(one.case, (mention.start, mention.end))
    ]
    after = [place for place in places if place[0] >= one.subject.span[0]]
    return min(after or places, default=None)


def _within(case: Case, span: Span) -> bool:
    return case.span[0] <= span[0] < case.span[1]


def _amounts(told: Sequence[Told]) -> tuple[Sum, ...]:
    """The amounts of a matter: one that several documents give of the same thing once."""
    found: dict[tuple[str | int, str | None], list[tuple[Told, Amount]]] = {}
    for one in told:
        for amount in one.case.amounts:
            found.setdefault((amount.yuan or fold(amount.text), amount.of), []).append((one, amount))
    return tuple(
        Sum(first.text, first.yuan, first.of, few([one.source.evidence(amount.span) for one, amount in several]))
        for several in found.values()
        for first in [several[0][1]]
    )
