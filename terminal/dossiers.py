"""Dossiers on a terminal: what is known of an official, an agency or an article, each fact with where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from indexer.keys import STAGES
from search.crossref.company import CoNamed
from search.crossref.lifecycle import Lifecycle, Reached
from search.crossref.official import Dossier
from search.crossref.posts import Held
from search.crossref.sources import Evidence
from terminal.style import Style, safe

#: So much of a list is shown without --all.
SHOWN = 8


def officials_lines(dossiers: Sequence[Dossier], style: Style, *, everything: bool = False) -> Iterator[str]:
    """The people of a name, one after the other, each with what tells them apart."""
    if len(dossiers) > 1:
        yield style.bold(f"叫“{safe(dossiers[0].name)}”的有 {len(dossiers)} 人，分别列出：")
    for number, dossier in enumerate(dossiers, 1):
        yield ""
        yield from _official_lines(number, dossier, style, SHOWN if not everything else len(dossier.documents) + 9999)


def _official_lines(number: int, dossier: Dossier, style: Style, most: int) -> Iterator[str]:
    about = [f"{'、'.join(map(str, dossier.born))} 年生" if dossier.born else "", "、".join(dossier.origins)]
    described = "，".join(part for part in about if part)
    aside = f"（{safe(described)}）" if described else ""
    yield f"{number}. {style.bold(safe(dossier.name))}{aside}　编号 {dossier.id}"
    others = [name for name in dossier.names if name != dossier.name]
    if others:
        yield f"   别名：{safe('、'.join(others))}"
    yield from listed("职务", [post_line(post) for post in dossier.posts], most)
    for case in dossier.cases:
        yield from _case_lines(case, style, most)
    yield from listed("一同提及", [_company(one) for one in dossier.co_named], most)
    yield from listed("相关机构", [f"{safe(name)}（{count} 份）" for name, count in dossier.agencies], most)
    if most > SHOWN:
        yield from (f"   {event.date}　{safe(event.what)}" for event in dossier.timeline)
    for conflict in dossier.conflicts:
        yield f"   注意：{safe(conflict)}"
    for one in dossier.perhaps_same:
        yield f"   可能是同一人：编号 {one.id}（{safe('；'.join(one.reasons))}）"
    more = f"，其中 {dossier.unread:,} 份没有逐份细读" if dossier.unread else ""
    yield style.dim(f"   见于 {len(dossier.documents):,} 份文件{more}：{'、'.join(dossier.documents[:most])}"
                    f"{'…' if len(dossier.documents) > most else ''}")  # fmt: skip


def post_line(post: Held) -> str:
    """A post with its years, or the dates of the documents that print it."""
    years = f"{post.first or ''}—{post.last or ''}".strip("—") if post.first or post.last else ""
    seen = next((f"见于 {day}" for day in post.seen if day), "")
    when = years or seen
    return safe(f"{'原' if post.former else ''}{post.org or ''}{post.title}{f'（{when}）' if when else ''}")


def _case_lines(case: Lifecycle, style: Style, most: int) -> Iterator[str]:
    years = f"{case.conduct_from}—{case.conduct_to} 年" if case.conduct_from else ""
    yield f"   {style.bold('案件')}　{years}{'、'.join((*case.violations, *case.offences)) or '（没有写明问题）'}"
    for reached in case.stages:
        yield from _reached_lines(STAGES[reached.name], reached, style)
    for reached in case.sanctions:
        yield from _reached_lines(reached.name, reached, style)
    yield from listed("  金额", [safe(f"{one.text}{f'（{one.of}）' if one.of else ''}") for one in case.amounts], most)


def _reached_lines(label: str, reached: Reached, style: Style) -> Iterator[str]:
    yield f"     {reached.date or '日期不详'}　{label}"
    yield from (f"       {line}" for line in evidence_lines(reached.evidence[:1], style))


def evidence_lines(evidence: Iterable[Evidence], style: Style) -> Iterator[str]:
    """Where facts stand: the source, the page, the sentence."""
    for one in evidence:
        yield style.dim(f"{safe(one.source)} 第 {one.page} 页：{safe(one.text)}")


def _company(one: CoNamed) -> str:
    how = "、".join(f"{kind.label} {count} 次" for kind, count in one.how.items())
    return safe(f"{one.name}（{how}）")


def listed(label: str, values: Sequence[str], most: int) -> Iterator[str]:
    """A line of values, `most` of them, with how many there are; none where there are none."""
    if values:
        more = f" …共 {len(values):,} 项" if len(values) > most else ""
        yield f"   {label}：{'；'.join(values[:most])}{more}"
