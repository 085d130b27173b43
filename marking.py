"""Where a text's people, agencies, sanctions, amounts and the rest stand, as stretches to be coloured."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.extract.extraction import Extraction

#: What is marked: its name in the legend and its colour on a terminal (ANSI). The first wins where two overlap.
LEGEND: dict[str, tuple[str, str]] = {
    "official": ("人员", "1;31"),
    "post": ("职务", "36"),
    "agency": ("机构", "34"),
    "sanction": ("处分", "1;35"),
    "stage": ("阶段", "35"),
    "violation": ("问题", "33"),
    "offence": ("罪名", "1;33"),
    "amount": ("金额", "32"),
    "article": ("引用", "4"),
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A marked stretch of text and what it is, a name of LEGEND."""

    start: int
    end: int
    kind: str


def highlights(extraction: Extraction) -> tuple[Stretch, ...]:
    """The marked stretches of a text, in order, none inside or across another."""
    found = [Stretch(*span, "official") for official in extraction.officials for span in official.spans]
    found += [Stretch(*span, "agency") for agency in extraction.agencies for span in agency.spans]
    for case in extraction.cases:
        found += [Stretch(*post.span, "post") for subject in case.subjects for post in subject.posts]
        found += [Stretch(*amount.span, "amount") for amount in case.amounts]
    found += [Stretch(m.start, m.end, m.kind) for m in extraction.mentions if m.kind in LEGEND]
    order = list(LEGEND)
    kept: list[Stretch] = []
    taken: set[int] = set()
    for stretch in sorted(found, key=lambda s: (order.index(s.kind), s.start, -s.end)):
        places = set(range(stretch.start, stretch.end))
        if places and not places & taken:
            kept.append(stretch)
            taken |= places
    return tuple(sorted(kept, key=lambda s: s.start))
