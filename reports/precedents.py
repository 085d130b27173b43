"""类案检索报告: the matter, the search as it was run, the cases found, what differs and what followed, as a docx.

Nothing here looks at a clock or a machine: the same answer and particulars give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from corpus.cause import cause
from indexer.keys import STAGES
from reports.desensitise import Identities, aliases_of, desensitised, leaks
from reports.errors import ReportRefused
from reports.paper import Block, Heading, Paragraph, Table, Title, document
from search.precedents.followed import Bar, Distribution, yuan
from search.precedents.found import BASES, Comparison, Precedent, Precedents, about

TITLE = "类案检索报告"
METHOD = (
    "以案件为单位：一份通报有几起案件就分别比对，同一案件的多次报道和转载只计一次，本案自身及其报道不列入。",
    "先按事实用语、问题类型、罪名、手段从资料库中选出候选案件，再逐案比对问题、手段、关系、情节、职务层级、领域、金额、条文和时间。",
    "候选案件按相近程度排列；处理结果和人员姓名不参与比对。",
    "问题类型、处分等由程序从文件中识别，可能有遗漏或差错，引用前请核对原文。",
)  # fmt: skip

_SIGNATURE = "检索人：＿＿＿＿＿＿　复核人：＿＿＿＿＿＿　日期：＿＿＿＿年＿＿月＿＿日"
_MASKED = "本报告中的人名已作脱敏处理：同一人用同一代称，同姓的不同人以甲、乙、丙区分。"
_FACTS, _QUERY_FACTS = 200, 3_000  # characters that are printed of a case, and of the matter itself
_BLOCKS = 16  # of the longest bar


@dataclass(frozen=True, slots=True)
class Particulars:
    """What the report says of itself: the library as it stood, when and by whom the search was made.

    `last_run` is ISO 8601, None where the library was never brought up to date; `unread` counts files and pages that
    are not in the library.
    """

    library: str
    documents: int
    cases: int
    unread: int
    last_run: str | None
    made: datetime
    who: str


def check(path: Path) -> None:
    """Raises ReportRefused where the report cannot be of the kind that the file's ending names."""
    if path.suffix.lower() != ".docx":
        raise ReportRefused(f"不能写成“{path.name}”：类案检索报告的文件名应以 .docx 结尾。")


def write(found: Precedents, particulars: Particulars, path: Path, people: Identities | None = None) -> None:
    """Write the report; with `people`, who is meant by each name, under aliases. Raises ReportRefused."""
    check(path)
    made = as_paper(found, particulars) if people is None else under_aliases(found, particulars, people)
    try:
        path.write_bytes(made)
    except OSError as error:
        raise ReportRefused(
            f"报告“{path}”写不进去（{cause(error)}）。请关闭正在打开它的程序，或换一个位置。"
        ) from error


def under_aliases(found: Precedents, particulars: Particulars, people: Identities) -> bytes:
    """The docx file with aliases for all names. Raises ReportRefused where a name can still be read in it."""
    aliases = aliases_of(found, people)
    made = as_paper(desensitised(found, aliases), particulars, masked=True)
    if left := leaks(made, aliases.names):
        raise ReportRefused(
            f"脱敏没有做干净，报告中还能读到 {len(left)} 个人名（{'、'.join(left[:5])}），所以没有写出。"
            "请不加 --desensitise 写出后手工处理，并把这一情况告诉维护人员。"
        )
    return made


def as_paper(found: Precedents, particulars: Particulars, *, masked: bool = False) -> bytes:
    """The docx file: what an office signs."""
    return document(list(_blocks(found, particulars, masked=masked)), particulars.made, TITLE)


def _blocks(found: Precedents, particulars: Particulars, *, masked: bool) -> Iterator[Block]:
    yield Title(TITLE)
    for line in _particulars(particulars):
        yield Paragraph(line, indented=False)
    if masked:
        yield Paragraph(_MASKED, indented=False)
    yield Heading("一、检索的案件")
    yield from _matter(found)
    yield Heading("二、检索方法和范围")
    for line in (*_search(found), *METHOD):
        yield Paragraph(line)
    yield Heading("三、类案一览")
    if found.hits:
        headings = ("序号", "案件", "基本事实", "处理结果", "引用条文", "来源和页码")
        rows = [_row(number, hit) for number, hit in enumerate(found.hits, 1)]
        yield Table(headings, rows, (1.0, 2.8, 5.2, 2.4, 2.0, 2.6))
    else:
        yield Paragraph("没有找到相近的案件。")
    yield Heading("四、相同与不同之处")
    for number, hit in enumerate(found.hits, 1):
        yield from _compared(number, hit)
    yield Heading("五、处理情况统计")
    yield from _followed(found.distribution, {hit.case_id: number for number, hit in enumerate(found.hits, 1)})
    yield Paragraph("")
    yield Paragraph(_SIGNATURE, indented=False)


def _particulars(particulars: Particulars) -> Iterator[str]:
    yield f"检索时间：{particulars.made:%Y年%m月%d日 %H:%M}"
    yield f"检索人：{particulars.who}"
    zone = particulars.made.tzinfo
    updated = datetime.fromisoformat(particulars.last_run).astimezone(zone) if particulars.last_run else None
    when = f"{updated:%Y年%m月%d日 %H:%M}" if updated else "无"
    yield (
        f"资料库：{particulars.library}，文件 {particulars.documents:,} 份，其中案件 {particulars.cases:,} 起，"
        f"最近一次更新 {when}"
    )
    if particulars.unread:
        yield f"资料库中另有 {particulars.unread:,} 处（文件或页）未能读取，不在检索范围内"


def _matter(found: Precedents) -> Iterator[Block]:
    asked, matter = found.asked, found.asked.matter
    if asked.case_id:
        yield Paragraph(f"资料库案件，编号 {asked.case_id}。")
    facts = " ".join(asked.facts.split())
    yield Paragraph(f"{facts[:_QUERY_FACTS]}{'……' if len(facts) > _QUERY_FACTS else ''}")
    yield Paragraph(f"识别的问题和手段：{about(matter) or '没有识别出'}。")
    told = [
        f"职务层级 {matter.level}" if matter.level else "",
        f"领域 {'、'.join(matter.sectors)}" if matter.sectors else "",
    ]
    told.append(f"最大一笔金额 {yuan(max(matter.amounts))}" if matter.amounts else "")
    if any(told):
        yield Paragraph(f"{'；'.join(part for part in told if part)}。")


def _search(found: Precedents) -> Iterator[str]:
    conditions = [f"{found.since} 年以来的文件" if found.since else "", found.filters]
    told = "；".join(part for part in conditions if part)
    yield f"比对方式：{BASES[found.like]}。条件：{told or '无'}。"
    yield f"共比对 {found.total:,} 起候选案件，列出最相近的 {len(found.hits)} 起。"
    yield from found.notes
    yield from (f"{problem.message}。" for problem in found.problems)


def _row(number: int, hit: Precedent) -> tuple[str, ...]:
    facts = " ".join(hit.text.split())
    outcome = "、".join(hit.sanctions) or (STAGES[hit.stage] if hit.stage else "没有写明")
    articles = "、".join(_article(article) for article in hit.matter.articles)
    also = "".join(f"；另见 {again.source}" for again in hit.reprints)
    return (
        str(number),
        f"{hit.title}{f'（{hit.date}）' if hit.date else ''}",
        f"{facts[:_FACTS]}{'……' if len(facts) > _FACTS else ''}",
        outcome,
        articles or "没有引用",
        f"{hit.source} 第 {hit.page} 页{also}（编号 {hit.case_id}）",
    )


def _article(value: str) -> str:
    law, _, number = value.rpartition("#")
    return f"《{law}》第{number}条"


def _compared(number: int, hit: Precedent) -> Iterator[Block]:
    yield Heading(f"案例 {number}　{hit.title}", level=2)
    for lead, comparisons in (("相同", hit.why), ("不同", hit.differs)):
        for one in comparisons:
            yield Paragraph(f"〔{lead}〕{one.text}。")
            if one.query and one.candidate:
                yield Table(("本案", "该案"), [_sides(one)], (8.0, 8.0))


def _sides(one: Comparison) -> tuple[str, str]:
    ours = "\n".join(said.text for said in one.query)
    theirs = "\n".join(f"{said.text}（第 {said.page} 页）" for said in one.candidate)
    return ours, theirs


def _followed(told: Distribution, numbers: Mapping[str, int]) -> Iterator[Block]:
    yield Paragraph(f"可比案件：{told.basis}，其中 {told.told} 起写明了处理结果。")
    if told.bars:
        longest = max(len(bar.case_ids) for bar in told.bars)
        rows = [_bar(bar, longest, numbers) for bar in told.bars]
        yield Table(("类别", "处理", "起数", "比例图", "案件"), rows, (2.4, 3.0, 1.2, 5.4, 4.0))
    if told.amounts:
        yield Paragraph(f"金额：{told.amounts}。")
    yield Paragraph(told.note)


def _bar(bar: Bar, longest: int, numbers: Mapping[str, int]) -> Sequence[str]:
    """A row of the chart: blocks in a cell need no picture and no font, and open in every office program."""
    listed = sorted(numbers[case] for case in bar.case_ids if case in numbers)
    others = [case for case in bar.case_ids if case not in numbers]
    opened = [f"案例 {'、'.join(map(str, listed))}"] if listed else []
    if others:
        opened.append(f"未列出的：{'、'.join(others)}")
    blocks = "█" * max(1, round(len(bar.case_ids) / longest * _BLOCKS))
    return bar.kind, bar.name, str(len(bar.case_ids)), blocks, "；".join(opened)
