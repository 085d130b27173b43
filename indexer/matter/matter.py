"""A matter: what a case is compared by with others. Compact, made once of each case, kept beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from indexer.extract.extraction import Span

#: The kinds of traits, each with the lexicon that finds it.
CONDUCT, RELATION, CIRCUMSTANCE = "conduct", "relation", "circumstance"


@dataclass(frozen=True, slots=True)
class Label:
    """A violation or an offence with the confidence, 0 to 1, that the matter is one."""

    name: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Trait:
    """What a lexicon found in the facts: its kind, its name, in how many places, and where first.

    A conduct is named by a violation and the form it took: "受贿或权钱交易/干股分红". `share` is how much of the facts
    tells of it, 0 to 1. `span` points into the text of the document.
    """

    kind: str
    name: str
    count: int
    share: float
    span: Span


@dataclass(frozen=True, slots=True)
class Outcome:
    """What followed: the sanctions of all subjects and the furthest stage. It never takes part in a comparison."""

    sanctions: tuple[str, ...] = ()
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """What a case is compared by.

    `words` counts the words of the facts, in their order, formulas, names and figures left out. `level` is that of the
    highest post of a subject, None where none is known; `amounts` are in yuan; `articles` are "law#article"; `years`
    are the first and last of the conduct. `charged` tells whether the facts are told of a defendant, as a court does.
    """

    words: Mapping[str, int]
    violations: tuple[Label, ...] = ()
    offences: tuple[Label, ...] = ()
    traits: tuple[Trait, ...] = ()
    level: str | None = None
    sectors: tuple[str, ...] = ()
    amounts: tuple[int, ...] = ()
    articles: tuple[str, ...] = ()
    years: tuple[int | None, int | None] = (None, None)
    subjects: tuple[str, ...] = ()
    charged: bool = False
    outcome: Outcome = Outcome()


def as_json(matter: Matter) -> dict[str, Any]:
    """The matter as plain JSON values."""
    return {
        "words": dict(matter.words),
        "violations": {label.name: label.confidence for label in matter.violations},
        "offences": {label.name: label.confidence for label in matter.offences},
        "traits": [[trait.kind, trait.name, trait.count, trait.share, *trait.span] for trait in matter.traits],
        "level": matter.level,
        "sectors": list(matter.sectors),
        "amounts": list(matter.amounts),
        "articles": list(matter.articles),
        "years": list(matter.years),
        "subjects": list(matter.subjects),
        "charged": matter.charged,
        "sanctions": list(matter.outcome.sanctions),
        "stage": matter.outcome.stage,
    }


def from_json(plain: dict[str, Any]) -> Matter:
    """The matter that `as_json` gave."""
    first, last = plain["years"]
    return Matter(
        words=plain["words"],
        violations=tuple(Label(*item) for item in plain["violations"].items()),
        offences=tuple(Label(*item) for item in plain["offences"].items()),
        traits=tuple(
            Trait(kind, name, count, share, (start, end)) for kind, name, count, share, start, end in plain["traits"]
        ),
        level=plain["level"],
        sectors=tuple(plain["sectors"]),
        amounts=tuple(plain["amounts"]),
        articles=tuple(plain["articles"]),
        years=(first, last),
        subjects=tuple(plain["subjects"]),
        charged=plain.get("charged", False),  # of the first version, read once more to be taken out, none tells
        outcome=Outcome(tuple(plain["sanctions"]), plain["stage"]),
    )
