"""Why a candidate is like a matter, and in what it differs: short statements, each with the places that show it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.extract.extraction import Span
from indexer.matter.matter import CIRCUMSTANCE, CONDUCT, RELATION, Matter, Trait
from search.precedents.profile import vector
from search.precedents.statistics import Statistics

#: From this confidence on a violation or an offence is worth telling.
TOLD = 0.5
#: How many shared words, and how many differences of one kind, are told.
WORDS, MOST = 6, 3
#: Amounts further apart than this factor differ.
_APART = 10
_KINDS = {CONDUCT: "同样的手段", RELATION: "同样的关系", CIRCUMSTANCE: "同样的情节"}


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement in Chinese, and where the query and the candidate tell it: spans into either text, perhaps none."""

    text: str
    query: tuple[Span, ...] = ()
    candidate: tuple[Span, ...] = ()


def why(query: Matter, candidate: Matter, known: Statistics) -> list[Statement]:
    """What is alike: labels, means, relations and circumstances, level, sectors, articles, and the rarest words."""
    statements = []
    if shared := _shared(_labels(query), _labels(candidate)):
        statements.append(Statement(f"同类问题：{'、'.join(shared)}"))
    for kind, lead in _KINDS.items():
        ours, theirs = _traits(query, kind), _traits(candidate, kind)
        names = sorted(_shared(ours, theirs), key=lambda name: -known.rarity(kind, name))
        statements += [
            Statement(f"{lead}：{_form(name)}", (ours[name].span,), (theirs[name].span,)) for name in names[:MOST]
        ]
    if query.level and query.level == candidate.level:
        statements.append(Statement(f"职务层级相同：{query.level}级"))
    if shared := _shared(query.sectors, candidate.sectors):
        statements.append(Statement(f"同一领域：{'、'.join(shared)}"))
    if shared := _shared(query.articles, candidate.articles):
        statements.append(Statement(f"引用相同条文：{'、'.join(map(_article, shared))}"))
    if rare := _rare_words(query, candidate, known):
        statements.append(Statement(f"共同的用语：{'、'.join(rare)}"))
    return statements


def differs(query: Matter, candidate: Matter) -> list[Statement]:
    """What differs: labels and means that only one has, another level, amounts of another order."""
    statements = []
    for lead, has, lacks in (("该案另有", candidate, query), ("该案没有", query, candidate)):
        if names := [name for name in _labels(has) if name not in _labels(lacks)]:
            statements.append(Statement(f"{lead}：{'、'.join(names[:MOST])}"))
    means, theirs_too = _traits(query, CONDUCT), _traits(candidate, CONDUCT)
    missing = [name for name in means if name not in theirs_too][:MOST]
    if missing:
        places = tuple(means[name].span for name in missing)
        statements.append(Statement(f"手段不同，该案没有：{'、'.join(map(_form, missing))}", places))
    if query.level and candidate.level and query.level != candidate.level:
        statements.append(Statement(f"职务层级不同：本案{query.level}级，该案{candidate.level}级"))
    if query.amounts and candidate.amounts:
        low, high = sorted((max(query.amounts), max(candidate.amounts)))
        if high >= low * _APART:
            ours_told, theirs_told = _yuan(max(query.amounts)), _yuan(max(candidate.amounts))
            statements.append(Statement(f"数额悬殊：本案最高{ours_told}，该案最高{theirs_told}"))
    return statements


def _labels(matter: Matter) -> list[str]:
    return [label.name for label in (*matter.violations, *matter.offences) if label.confidence >= TOLD]


def _traits(matter: Matter, kind: str) -> dict[str, Trait]:
    return {trait.name: trait for trait in matter.traits if trait.kind == kind}


def _shared(ours: Iterable[str], theirs: Iterable[str]) -> list[str]:
    held = set(theirs)
    return [name for name in ours if name in held]


def _form(name: str) -> str:
    return name.rpartition("/")[2]


def _article(value: str) -> str:
    law, _, number = value.rpartition("#")
    return f"{law}第{number}条"


def _rare_words(query: Matter, candidate: Matter, known: Statistics) -> Sequence[str]:
    """The words of both that weigh most; of equal ones the first in the alphabet of the code points."""
    shared = {word: count for word, count in query.words.items() if word in candidate.words}
    weights = vector("words", shared, known).weights
    return sorted(shared, key=lambda word: (-weights[word], word))[:WORDS]


def _yuan(amount: int) -> str:
    return f"{amount / 10_000:g}万元" if amount >= 10_000 else f"{amount}元"
