"""A screening as lines: who has a record, where, and which rows were not checked."""

from __future__ import annotations

from collections.abc import Iterator

from reports.screening import explained
from search.screening.results import Evidence, Screened, Screening, Verdict
from terminal.style import Style, safe

SHOWN = 3  # documents of one person


def screening_lines(screening: Screening, style: Style) -> Iterator[str]:
    """Those with a record first, with the newest documents; then who only resembles somebody; then what is wanting."""
    for verdict in (Verdict.THIS_PERSON, Verdict.SAME_NAME):
        for one in screening.rows:
            if one.verdict is verdict:
                yield from _person(one, style)
    for one in screening.rows:
        if one.verdict is Verdict.NO_RECORD and one.similar:
            yield from _person(one, style)
    for unusable in screening.names.unusable:
        if unusable.reason.is_loss:
            yield f"！{safe(str(unusable.place))}（{safe(unusable.shown)}）：{unusable.reason.label}"
    counts = screening.counts()
    told = "，".join(f"{verdict.label} {counts[verdict]:,} 人" for verdict in Verdict)
    yield f"对照文件 {screening.documents:,} 份，核对 {len(screening.rows):,} 人：{told}"


def _person(one: Screened, style: Style) -> Iterator[str]:
    about = " ".join(part for part in (one.row.unit, one.row.post, str(one.row.birth or "")) if part)
    yield style.bold(safe(f"{one.row.written} {about}".strip())) + safe(f"（{one.row.place}）：{one.verdict.label}")
    yield f"  {explained(one)}"
    shown = list(one.evidence())
    for evidence in shown[:SHOWN]:
        yield from _evidence(evidence, style)
    if len(shown) > SHOWN:
        yield style.dim(f"  另有 {len(shown) - SHOWN} 处，可用 --out 导出全部")


def _evidence(evidence: Evidence, style: Style) -> Iterator[str]:
    compared = "；".join((*evidence.comparison.agrees, *evidence.comparison.differs))
    where = f"{evidence.source} 第 {evidence.page} 页"
    yield style.dim(safe(f"  {evidence.document[:8]} {where}" + (f" · {compared}" if compared else "")))
    before, name, after = safe(evidence.sentence).partition(evidence.written)
    yield f"    {before}{style.mark(name) if name else ''}{after}"
