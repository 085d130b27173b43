"""What a search for precedents gives back: one object, printed, as JSON, or written as a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from indexer.matter import matter as plain
from indexer.matter.matter import CONDUCT, Matter
from search.parse import Problem
from search.precedents.asking import Asked
from search.precedents.explain import TOLD
from search.precedents.followed import Distribution

#: What was raised, as it is shown.
BASES: Mapping[str | None, str] = {
    None: "综合比对",
    "conduct": "以问题和罪名为主",
    "means": "以手段为主",
    "post": "以职务层级为主",
    "sector": "以领域为主",
    "articles": "以引用条文为主",
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that shows something; `page` is where it stands in its document, from 1, None in pasted facts."""

    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is alike or differs, in Chinese, with the sentences of either side that show it."""

    text: str
    query: tuple[Sentence, ...] = ()
    candidate: tuple[Sentence, ...] = ()


def merged(comparisons: Iterable[Comparison]) -> tuple[Comparison, ...]:
    """Those that say the same of something (同样的手段：…) and show it by the same sentences as one."""
    found: dict[tuple[object, ...], list[str]] = {}
    for one in comparisons:
        lead, colon, name = one.text.partition("：")
        key = (lead, one.query, one.candidate) if colon and (one.query or one.candidate) else (one.text, (), ())
        found.setdefault(key, []).append(name)
    return tuple(
        Comparison(f"{lead}：{'、'.join(names)}" if query or candidate else str(lead), query, candidate)  # type: ignore[arg-type]
        for (lead, query, candidate), names in found.items()
    )


@dataclass(frozen=True, slots=True)
class Reprint:
    """Another report of the same matter."""

    case_id: str
    document_id: str
    source: str
    title: str


@dataclass(frozen=True, slots=True)
class Precedent:
    """A case found. `signals` add up to `score`; `sanctions` and `stage` are those of all reports of the matter."""

    case_id: str
    document_id: str
    source: str
    title: str
    date: str | None
    page: int
    score: float
    signals: Mapping[str, float]
    why: tuple[Comparison, ...]
    differs: tuple[Comparison, ...]
    matter: Matter
    sanctions: tuple[str, ...]
    stage: str | None
    text: str
    reprints: tuple[Reprint, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Precedents:
    """The answer. `total` counts the matters compared, of which `hits` are the best; `notes` are sentences in Chinese.

    `like` is the basis that was raised; `filters` is the query as understood, `since` the first year asked for.
    """

    asked: Asked
    hits: tuple[Precedent, ...]
    total: int
    distribution: Distribution
    like: str | None = None
    since: int | None = None
    filters: str = ""
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    took_ms: float = field(default=0.0, compare=False)


def about(matter: Matter) -> str:
    """What a matter is held to be about, in one line: violations and offences, then the means; "" for nothing."""
    labels = (label.name for label in (*matter.violations, *matter.offences) if label.confidence >= TOLD)
    forms = (trait.name.rpartition("/")[2] for trait in matter.traits if trait.kind == CONDUCT)
    return "；".join(part for part in ("、".join(dict.fromkeys(labels)), "、".join(dict.fromkeys(forms))) if part)


def as_json(found: Precedents) -> dict[str, Any]:
    """The answer as plain JSON values, in the shape of the contract."""
    asked = found.asked
    return {
        "query": {
            "case_id": asked.case_id or None,
            "text": asked.facts,
            "like": found.like,
            "since": found.since,
            "filters": found.filters,
        },
        "matter": matter_json(asked.matter),
        "hits": [_hit(hit) for hit in found.hits],
        "distribution": asdict(found.distribution),
        "total": found.total,
        "notes": [*found.notes, *(problem.message for problem in found.problems)],
        "took_ms": found.took_ms,
    }


def matter_json(matter: Matter) -> dict[str, Any]:
    """What a case is held to be about, without its words; labels with their confidence."""
    told = plain.as_json(matter)
    for name in ("words", "sanctions", "stage"):
        del told[name]
    traits: dict[str, list[str]] = {}
    for trait in matter.traits:
        traits.setdefault(trait.kind, []).append(trait.name)
    return {**told, "traits": traits}


def _hit(hit: Precedent) -> dict[str, Any]:
    return {
        "case_id": hit.case_id,
        "document_id": hit.document_id,
        "source": hit.source,
        "page": hit.page,
        "score": round(hit.score, 4),
        "why": [asdict(one) for one in hit.why],
        "differs": [asdict(one) for one in hit.differs],
        "sanctions": list(hit.sanctions),
        "text": hit.text,
        "title": hit.title,
        "date": hit.date,
        "stage": hit.stage,
        "signals": {name: round(value, 4) for name, value in hit.signals.items() if value},
        **{name: value for name, value in matter_json(hit.matter).items() if name != "traits"},
        "reprints": [asdict(one) for one in hit.reprints],
    }
