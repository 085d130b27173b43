"""From what the components found to one Extraction: each case receives the amounts, offences and years of its facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from indexer.extract import amounts, times
from indexer.extract.extraction import Amount, Case, Extraction, Mention
from indexer.extract.kind import Kind


def assemble(text: str, kind: Kind, found: Mapping[str, Any]) -> Extraction:
    """Return the extraction of a document, from what each component found in its text."""
    return Extraction(
        kind=kind.label,
        kind_confidence=kind.confidence,
        cases=tuple(_with_facts(case, text, found) for case in found.get("cases", ())),
        officials=found.get("officials", ()),
        agencies=found.get("agencies", ()),
        articles=found["articles"],
        mentions=_mentions(found),
    )


def _with_facts(case: Case, text: str, found: Mapping[str, Any]) -> Case:
    """The case with what was found inside its span."""
    start, end = case.span
    inside: list[Amount] = [a for a in found["amounts"] if start <= a.span[0] and a.span[1] <= end]
    charges: list[Mention] = [m for m in found["offences"] if start <= m.start and m.end <= end]
    first, last = times.conduct_years(text[start:end])
    return replace(
        case,
        amounts=amounts.distinct(text, inside),
        offences=tuple(dict.fromkeys(charge.value for charge in charges)),
        conduct_from=first,
        conduct_to=last,
    )


def _mentions(found: Mapping[str, Any]) -> tuple[Mention, ...]:
    """Everything that was found as a mention, in the order of the text."""
    mentions = [m for values in found.values() if isinstance(values, tuple) for m in values if isinstance(m, Mention)]
    return tuple(sorted(mentions, key=lambda m: (m.start, m.end, m.kind)))
