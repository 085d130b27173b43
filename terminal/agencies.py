"""Dossiers of agencies and of articles on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from search.crossref.agency import AgencyDossier
from search.crossref.article import ArticleDossier, CitingCase, Edition
from search.crossref.serving import CaseOf, Officer
from terminal.dossiers import SHOWN, evidence_lines, listed, post_line
from terminal.style import Style, safe

_ALL = 1_000_000


def agencies_lines(
    dossiers: Sequence[AgencyDossier], asked: str, style: Style, *, everything: bool = False
) -> Iterator[str]:
    """The agencies that a name may mean, one after the other."""
    if len(dossiers) > 1:
        yield style.bold(f"“{safe(asked)}”可能指 {len(dossiers)} 个机构，分别列出：")
    for number, dossier in enumerate(dossiers, 1):
        yield from _agency(number, dossier, style, _ALL if everything else SHOWN)


def _agency(number: int, dossier: AgencyDossier, style: Style, most: int) -> Iterator[str]:
    yield ""
    about = "，".join(part for part in (dossier.place, f"隶属{dossier.parent}" if dossier.parent else "") if part)
    yield f"{number}. {style.bold(safe(dossier.name))}{f'（{safe(about)}）' if about else ''}"
    yield from listed("又称", [safe(name) for name in dossier.aliases], most)
    for step in dossier.renamed:
        yield f"   沿革：{step.date}　{safe(step.before)} → {safe(step.after)}"
    yield from listed("历任人员", [_officer(one) for one in dossier.officials], most)
    yield from listed("各年案件", [f"{year} 年 {count} 件" for year, count in dossier.by_year.items()], _ALL)
    yield from listed("问题", [f"{name} {count} 件" for name, count in dossier.by_violation.items()], most)
    for case in dossier.cases[:most]:
        yield from _case(case, style)
    for circular in dossier.circulars[:most]:
        yield f"   通报　{circular.date or '日期不详'}　{safe(circular.title)}{safe(circular.number or '')}"
        yield from (f"     {line}" for line in evidence_lines([circular.evidence], style))
    if not dossier.documents:
        yield style.dim(f"   见于 {dossier.unread:,} 份文件。写全称可以看全部记录。")
        return
    more = f"，其中 {dossier.unread:,} 份没有逐份细读" if dossier.unread else ""
    yield style.dim(f"   见于 {len(dossier.documents):,} 份文件{more}：{'、'.join(dossier.documents[:most])}"
                    f"{'…' if len(dossier.documents) > most else ''}")  # fmt: skip


def _officer(one: Officer) -> str:
    return safe(f"{one.name}（{'、'.join(post_line(post) for post in one.posts)}）")


def _case(case: CaseOf, style: Style) -> Iterator[str]:
    about = "、".join((*case.matter.violations, *case.matter.offences)) or "（没有写明问题）"
    yield f"   案件　{case.date or '日期不详'}　{safe(case.name)}：{about}"
    yield from (f"     {line}" for line in evidence_lines([case.evidence], style))


def article_lines(dossier: ArticleDossier, style: Style, *, everything: bool = False) -> Iterator[str]:
    """What cites an article, edition by edition."""
    most = _ALL if everything else SHOWN
    asked = dossier.asked
    number = f"第{asked.article}条{f'之{asked.inserted}' if asked.inserted else ''}"
    number += f"第{asked.paragraph}款" if asked.paragraph else ""
    number += f"第（{asked.item}）项" if asked.item else ""
    law = "》《".join(dossier.laws) or asked.law
    yield style.bold(safe(f"《{law}》{number}：{dossier.documents:,} 份文件引用"))
    yield from listed("按处分", [f"{name} {count} 份" for name, count in dossier.by_sanction.items()], most)
    for edition in dossier.editions:
        yield from _edition(edition, style, most)
    if dossier.unread:
        yield style.dim(f"   另有 {dossier.unread:,} 份文件没有逐份细读。")


def _edition(edition: Edition, style: Style, most: int) -> Iterator[str]:
    guessed = any(not one.stated for one in edition.citations)
    name = f"{edition.year} 年版" if edition.year else "没有写明版本"
    note = "（有的文件没有写明版本，按文件日期推定）" if edition.year and guessed else ""
    yield f"   {style.bold(name)}{note}：引用 {len(edition.citations)} 处，案件 {len(edition.cases)} 件"
    yield from listed("  处分", [f"{label} {count} 件" for label, count in edition.by_sanction.items()], most)
    for case in edition.cases[:most]:
        yield f"     案件：{_citing(case)}"
    for one in edition.citations[:most]:
        yield from (f"     {one.date or '日期不详'}　{line}" for line in evidence_lines([one.evidence], style))


def _citing(case: CitingCase) -> str:
    return safe(f"{'、'.join(case.subjects)}：{'、'.join(case.sanctions) or '（没有写明处分）'}")
