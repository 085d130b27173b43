"""What a person judged of an extraction, and the extraction as it reads with that.

A judgement about a name holds wherever the name stands; one with a span only for what stands there. What it does not
find to correct it leaves as it is, so that applying judgements twice gives what applying them once gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from indexer.extract.extraction import Case, Extraction, Mention, Named, Span, Subject


class Kind(StrEnum):
    """What is judged. The values are stored, and do not change."""

    NOT_OFFICIAL = "not_official"
    NOT_AGENCY = "not_agency"
    AGENCY = "agency"
    SANCTION = "sanction"
    NO_SANCTION = "no_sanction"
    VIOLATION = "violation"
    NO_VIOLATION = "no_violation"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One thing that a person judged.

    `name` is who or what is spoken of, as extracted ("" where a case is); `value` the label given or taken, or an
    agency's full name. `span` is where a name stands or the span of a case, in the text that was judged; None:
    everywhere.
    """

    kind: Kind
    name: str = ""
    value: str = ""
    span: Span | None = None


def apply(extraction: Extraction, judgements: Iterable[Judgement]) -> Extraction:
    """The extraction with the judgements, in their order: the later one wins."""
    for judgement in judgements:
        extraction = _CORRECTIONS[judgement.kind](extraction, judgement)
    return extraction


def _without_official(extraction: Extraction, judgement: Judgement) -> Extraction:
    return replace(
        extraction,
        officials=_without(extraction.officials, judgement),
        cases=tuple(_without_subject(case, judgement, "person") for case in extraction.cases),
    )


def _without_agency(extraction: Extraction, judgement: Judgement) -> Extraction:
    return replace(
        extraction,
        agencies=_without(extraction.agencies, judgement),
        cases=tuple(_without_subject(case, judgement, "org") for case in extraction.cases),
    )


def _without(named: Iterable[Named], judgement: Judgement) -> tuple[Named, ...]:
    """The names, less the places that are judged to be none, and less a name without any place left."""
    kept = (
        replace(one, spans=tuple(span for span in one.spans if not _meant(one.name, span, judgement))) for one in named
    )
    return tuple(one for one in kept if one.spans)


def _without_subject(case: Case, judgement: Judgement, kind: str) -> Case:
    subjects = (s for s in case.subjects if s.type != kind or not _meant(s.name, s.span, judgement))
    return replace(case, subjects=tuple(subjects))


def _meant(name: str, span: Span, judgement: Judgement) -> bool:
    return name == judgement.name and (judgement.span is None or _shared(span, judgement.span) > 0)


def _with_agency(extraction: Extraction, judgement: Judgement) -> Extraction:
    agencies = (
        replace(agency, normal=judgement.value) if agency.name == judgement.name else agency
        for agency in extraction.agencies
    )
    return replace(extraction, agencies=tuple(agencies))


def _with_sanction(extraction: Extraction, judgement: Judgement) -> Extraction:
    def given(case: Case) -> Case:
        subjects = case.subjects
        if all(subject.name != judgement.name for subject in subjects):
            subjects += new_subject(extraction, case, judgement.name)
        return replace(
            case,
            subjects=tuple(
                replace(subject, sanctions=_and(subject.sanctions, judgement.value))
                if subject.name == judgement.name
                else subject
                for subject in subjects
            ),
        )

    return _in_cases(extraction, judgement, given)


def new_subject(extraction: Extraction, case: Case, name: str) -> tuple[Subject, ...]:
    """The official or agency of this name that the case names, as a subject of it."""
    for kind, named in (("person", extraction.officials), ("org", extraction.agencies)):
        for one in named:
            inside = [span for span in one.spans if _shared(span, case.span)]
            if one.name == name and inside:
                return (Subject(name, kind, inside[0]),)
    return ()


def _without_sanction(extraction: Extraction, judgement: Judgement) -> Extraction:
    def taken(case: Case) -> Case:
        subjects = (
            replace(subject, sanctions=_less(subject.sanctions, judgement.value))
            if subject.name == judgement.name
            else subject
            for subject in case.subjects
        )
        return replace(case, subjects=tuple(subjects))

    corrected = _in_cases(extraction, judgement, taken)
    left = any(
        judgement.value in subject.sanctions
        for case in corrected.cases
        if judgement.span is None or _shared(case.span, judgement.span)
        for subject in case.subjects
    )
    return corrected if left or corrected == extraction else _unmarked(corrected, "sanction", judgement)


def _with_violation(extraction: Extraction, judgement: Judgement) -> Extraction:
    return _in_cases(
        extraction, judgement, lambda case: replace(case, violations=_and(case.violations, judgement.value))
    )


def _without_violation(extraction: Extraction, judgement: Judgement) -> Extraction:
    corrected = _in_cases(
        extraction, judgement, lambda case: replace(case, violations=_less(case.violations, judgement.value))
    )
    return _unmarked(corrected, "violation", judgement)


def _unmarked(extraction: Extraction, kind: str, judgement: Judgement) -> Extraction:
    """The extraction without the mentions of the label, in the span judged."""

    def kept(mention: Mention) -> bool:
        here = judgement.span is None or _shared((mention.start, mention.end), judgement.span) > 0
        return (mention.kind, mention.value) != (kind, judgement.value) or not here

    return replace(extraction, mentions=tuple(filter(kept, extraction.mentions)))


def _in_cases(extraction: Extraction, judgement: Judgement, correct: Callable[[Case], Case]) -> Extraction:
    """Correct the case judged: every one, or the one that shares most with the span, which may be cut otherwise now."""
    cases = list(extraction.cases)
    numbers: Iterable[int] = range(len(cases))
    if judgement.span is not None:
        span = judgement.span
        best = max(numbers, key=lambda number: _shared(cases[number].span, span), default=None)
        numbers = [best] if best is not None and _shared(cases[best].span, span) else []
    for number in numbers:
        cases[number] = correct(cases[number])
    return replace(extraction, cases=tuple(cases))


def _shared(one: Span, other: Span) -> int:
    """How many characters two spans share."""
    return max(min(one[1], other[1]) - max(one[0], other[0]), 0)


def _and(labels: tuple[str, ...], label: str) -> tuple[str, ...]:
    return labels if label in labels else (*labels, label)


def _less(labels: tuple[str, ...], label: str) -> tuple[str, ...]:
    return tuple(one for one in labels if one != label)


_CORRECTIONS: Mapping[Kind, Callable[[Extraction, Judgement], Extraction]] = {
    Kind.NOT_OFFICIAL: _without_official,
    Kind.NOT_AGENCY: _without_agency,
    Kind.AGENCY: _with_agency,
    Kind.SANCTION: _with_sanction,
    Kind.NO_SANCTION: _without_sanction,
    Kind.VIOLATION: _with_violation,
    Kind.NO_VIOLATION: _without_violation,
}
