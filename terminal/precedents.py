"""Precedents on a terminal: each with what is alike and what differs side by side, then what followed."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.keys import STAGES
from search.precedents.followed import Distribution
from search.precedents.found import BASES, Comparison, Precedent, Precedents, about
from terminal.style import Style, safe

_FACTS = 160  # characters of the facts that are shown
_BAR = 24  # blocks of the longest bar
_REPORTS = 3  # other reports of a matter that are named
_OPENED = 6  # cases named behind a bar


def precedents_lines(found: Precedents, style: Style) -> Iterator[str]:
    """The whole answer."""
    yield f"本案：{safe(about(found.asked.matter)) or '（没有识别出问题类型）'}"
    for problem in found.problems:
        yield style.dim(f"注意：{safe(problem.message)}")
    for note in found.notes:
        yield style.dim(f"注意：{safe(note)}")
    if not found.hits:
        yield "没有找到相近的案件。可以放宽条件，或多写几句事实。"
        return
    yield style.dim(f"{BASES[found.like]}，比对了 {found.total:,} 起案件，列出最相近的 {len(found.hits)} 起。")
    for number, hit in enumerate(found.hits, 1):
        yield ""
        yield from _hit_lines(number, hit, style)
    yield ""
    yield from distribution_lines(found.distribution, style)


def _hit_lines(number: int, hit: Precedent, style: Style) -> Iterator[str]:
    yield f"{number}. {style.bold(safe(hit.title))}"
    about = [hit.date or "", safe(hit.source), f"第 {hit.page} 页", f"相近程度 {hit.score:.2f}"]
    yield style.dim(f"   {' · '.join(part for part in about if part)}　编号 {hit.case_id}")
    facts = safe(" ".join(hit.text.split()))
    yield f"   {facts[:_FACTS]}{'…' if len(facts) > _FACTS else ''}"
    outcome = "、".join(hit.sanctions) or (STAGES[hit.stage] if hit.stage else "没有写明")
    yield f"   {style.bold('处理')}：{safe(outcome)}"
    for one in hit.why:
        yield from _comparison_lines("像", one, style)
    for one in hit.differs:
        yield from _comparison_lines("异", one, style)
    if hit.reprints:
        more = f" 等 {len(hit.reprints)} 份" if len(hit.reprints) > _REPORTS else ""
        told = "；".join(f"{safe(one.title)}（{safe(one.source)}）" for one in hit.reprints[:_REPORTS])
        yield style.dim(f"   其他报道：{told}{more}")


def _comparison_lines(mark: str, one: Comparison, style: Style) -> Iterator[str]:
    yield f"   {mark}　{safe(one.text)}"
    if not one.query or not one.candidate:
        return
    yield from (style.dim(f"       本案：{safe(sentence.text)}") for sentence in one.query)
    yield from (style.dim(f"       该案：{safe(sentence.text)}（第 {sentence.page} 页）") for sentence in one.candidate)


def distribution_lines(told: Distribution, style: Style) -> Iterator[str]:
    """What followed, each bar with the cases behind it."""
    yield style.bold("后来怎样处理")
    yield f"   {told.basis}，其中 {told.told} 起写明了处理结果。"
    longest = max((len(bar.case_ids) for bar in told.bars), default=1)
    kind = ""
    for bar in told.bars:
        if bar.kind != kind:
            kind = bar.kind
            yield f"   〔{kind}〕"
        blocks = "█" * max(1, round(len(bar.case_ids) / longest * _BAR))
        yield f"   {bar.name}　{blocks} {len(bar.case_ids)} 起"
        more = " …" if len(bar.case_ids) > _OPENED else ""
        yield style.dim(f"       {'、'.join(bar.case_ids[:_OPENED])}{more}")
    if told.amounts:
        yield f"   金额：{told.amounts}"
    if told.bars:
        yield style.dim("   看其中一起：anjian show 编号（写“-”前面的一段）；以它查类案：anjian precedents 编号")
    yield style.dim(f"   {told.note}")
