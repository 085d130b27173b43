"""The report of a screening, for the files of an office: xlsx, docx or json.

Nothing here looks at a clock or a machine: the same screening and particulars give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from corpus.cause import cause
from reports.errors import ReportRefused
from reports.paper import Block, Heading, Paragraph, Table, Title, document
from reports.sheet import Cell, Column, Sheet, workbook
from search.screening import results
from search.screening.names import Unusable
from search.screening.results import Evidence, Grouping, Screened, Screening, Verdict
from search.screening.variants import Kind

TITLE = "人员名单核对情况报告"

METHOD = (
    "逐人把姓名与资料库中每一份文件的全文对照，不是抽查：凡文件中有与姓名完全相同的字（繁体、全角已统一），都在本报告中列出。",
    "“有此人记录”：文件中该姓名的人，单位（含改名前后的名称）或出生年与名单一致，且出生年没有不同之处；仅职务名称相同（如都是局长）不作此认定。",
    "“有同名者记录”：文件中有这个姓名的人，但名单没有提供、或文件没有写明可以认定是否同一人的情况，需人工核实。",
    "“没有记录”：资料库现有文件中没有这个姓名的人；不等于此人没有问题，只说明资料库中没有。",
    "同时按别名和曾用名、空格与间隔号、异体字、形近字、同音字查找其他写法，分组列出；形近字、同音字只供参考，单位或出生年不一致的不算此人记录。",
    "“字样出现但不是人名”：如“高明区”中的“高明”，列出备查，不算记录。",
)  # fmt: skip

_SIGNATURE = "核对人：＿＿＿＿＿＿　复核人：＿＿＿＿＿＿　日期：＿＿＿＿年＿＿月＿＿日"
_PEOPLE = (
    Column("行", 12), Column("姓名", 12), Column("单位", 28), Column("职务", 18), Column("出生年", 8),
    Column("结论", 16), Column("文件数", 8), Column("说明", 44),
)  # fmt: skip
_SOURCES = (
    Column("行", 12), Column("姓名", 12), Column("结论", 16), Column("如何找到", 24), Column("文中写法", 12),
    Column("一致之处", 30), Column("不同之处", 24), Column("文件", 36), Column("标题", 36), Column("日期", 12),
    Column("页", 6), Column("原句", 70), Column("文件编号", 18),
)  # fmt: skip
_UNUSED = (Column("行", 16), Column("内容", 36), Column("原因", 44))
_SHOWN_ON_PAPER = 10  # documents of one person that are printed with their sentences


@dataclass(frozen=True, slots=True)
class Particulars:
    """What the report says of itself: the list, the library as it stood, when and by whom it was made.

    `last_run` is ISO 8601, None where the library was never brought up to date; `unread` counts files and pages that
    are not in the library.
    """

    source: str
    library: str
    documents: int
    unread: int
    last_run: str | None
    made: datetime
    who: str


Maker = Callable[[Screening, Particulars], bytes]


def maker(path: Path) -> Maker:
    """What makes a report of the kind that the file's ending names. Raises ReportRefused for any other."""
    makers: dict[str, Maker] = {".xlsx": as_workbook, ".docx": as_paper, ".json": as_lines}
    if path.suffix.lower() not in makers:
        raise ReportRefused(f"不能写成“{path.name}”：报告的文件名应以 .xlsx、.docx 或 .json 结尾。")
    return makers[path.suffix.lower()]


def write(screening: Screening, about: Particulars, path: Path) -> None:
    """Write the report as the ending of the file says. Raises ReportRefused."""
    made = maker(path)(screening, about)
    try:
        path.write_bytes(made)
    except OSError as error:
        raise ReportRefused(
            f"报告“{path}”写不进去（{cause(error)}）。请关闭正在打开它的程序，或换一个位置。"
        ) from error


def as_json(screening: Screening, about: Particulars) -> dict[str, Any]:
    """The screening with its particulars as plain JSON values."""
    return {
        "title": TITLE,
        "made": about.made.isoformat(timespec="seconds"),
        "who": about.who,
        "names": about.source,
        "library": {
            "path": about.library,
            "documents": about.documents,
            "unread": about.unread,
            "last_run": about.last_run,
        },
        "method": list(METHOD),
        **results.as_json(screening),
    }


def as_lines(screening: Screening, about: Particulars) -> bytes:
    """The JSON values as a file."""
    return (json.dumps(as_json(screening, about), ensure_ascii=False, indent=1) + "\n").encode()


def as_workbook(screening: Screening, about: Particulars) -> bytes:
    """The xlsx file: the particulars, a row for each person, a row for each document, and the rows not checked."""
    sheets = (
        Sheet("说明", above=(TITLE, *_particulars(screening, about), "", "核对方法", *METHOD, "", _SIGNATURE)),
        Sheet("核对结论", _PEOPLE, map(_person, screening.rows)),
        Sheet("依据", _SOURCES, (_source(one, evidence) for one in screening.rows for evidence in one.evidence())),
        Sheet("未核对的行", _UNUSED, map(_unused, screening.names.unusable)),
    )
    return workbook(sheets, about.made, TITLE)


def as_paper(screening: Screening, about: Particulars) -> bytes:
    """The docx file: what an office signs."""
    return document(list(_blocks(screening, about)), about.made, TITLE)


def _particulars(screening: Screening, about: Particulars) -> Iterator[str]:
    counts = screening.counts()
    yield f"名单：{about.source}"
    yield f"核对时间：{about.made:%Y年%m月%d日 %H:%M}"
    yield f"核对人：{about.who}"
    updated = datetime.fromisoformat(about.last_run).astimezone(about.made.tzinfo) if about.last_run else None
    when = f"{updated:%Y年%m月%d日 %H:%M}" if updated else "无"
    yield f"资料库：{about.library}，文件 {about.documents:,} 份，最近一次更新 {when}"
    if about.unread:
        yield f"资料库中另有 {about.unread:,} 处（文件或页）未能读取，不在核对范围内；逐个查看：anjian failures"
    told = "，".join(f"{verdict.label} {counts[verdict]:,} 人" for verdict in Verdict)
    yield f"核对 {len(screening.rows):,} 人：{told}"
    if lost := screening.names.lost:
        yield f"另有 {lost:,} 行未能核对，见“未核对的行”"


def _person(one: Screened) -> tuple[Cell, ...]:
    row = one.row
    return str(row.place), row.written, row.unit, row.post, row.birth, one.verdict.label, recorded(one), explained(one)


def recorded(one: Screened) -> int:
    """How many documents hold a record of the person, or of someone of the name."""
    if one.verdict is Verdict.THIS_PERSON:
        return len(one.group(Grouping.CONTEXT).documents)
    named = (group for group in one.groups if isinstance(group.name, Kind) and group.name.is_same_name)
    return len({key for group in named for key in group.documents})


def explained(one: Screened) -> str:
    """What was found for a row, in one line: 姓名完全一致 3 份；形近字 1 份."""
    found = [f"{group.name.label} {len(group.documents)} 份" for group in one.groups]
    if one.similar and one.verdict is Verdict.NO_RECORD:
        found.append("有相近写法，请核对")
    return "；".join(found)


def _source(one: Screened, evidence: Evidence) -> tuple[Cell, ...]:
    return (
        str(one.row.place), one.row.written, one.verdict.label, evidence.kind.label, evidence.written,
        "；".join(evidence.comparison.agrees), "；".join(evidence.comparison.differs), evidence.source, evidence.title,
        evidence.date, evidence.page, evidence.sentence, evidence.document,
    )  # fmt: skip


def _unused(one: Unusable) -> tuple[Cell, ...]:
    place = f"{one.place}至第 {one.last} 行" if one.last and one.last > one.place.number else str(one.place)
    return place, one.shown, one.reason.label


def _blocks(screening: Screening, about: Particulars) -> Iterator[Block]:
    yield Title(TITLE)
    for line in _particulars(screening, about):
        yield Paragraph(line, indented=False)
    yield Heading("一、核对方法")
    for line in METHOD:
        yield Paragraph(line)
    found = [one for one in screening.rows if one.verdict is not Verdict.NO_RECORD]
    yield Heading("二、有记录的人员")
    if found:
        headings = ("行", "姓名", "单位", "职务", "结论", "文件数")
        rows = [[str(cell or "") for cell in (*_person(one)[:4], *_person(one)[5:7])] for one in found]
        yield Table(headings, rows, (2.2, 2.0, 4.6, 2.8, 2.8, 1.6))
    else:
        yield Paragraph("没有。")
    yield Heading("三、没有记录的人员")
    absent = [one for one in screening.rows if one.verdict is Verdict.NO_RECORD]
    yield Paragraph("、".join(f"{one.row.written}（{one.row.place}）" for one in absent) + "。" if absent else "没有。")
    yield Heading("四、依据")
    for one in screening.rows:
        if one.verdict is not Verdict.NO_RECORD or one.similar:
            yield from _told(one)
    yield Paragraph("只有“字样出现但不是人名”的，不在此印出，见本报告的 xlsx 或 json。")
    yield Heading("五、未核对的行")
    lost = [[str(cell) for cell in _unused(unused)] for unused in screening.names.unusable if unused.reason.is_loss]
    yield Table(("行", "内容", "原因"), lost, (3.0, 6.0, 7.0)) if lost else Paragraph("没有。")
    yield Paragraph("")
    yield Paragraph(_SIGNATURE, indented=False)


def _told(one: Screened) -> Iterator[Block]:
    """The documents that bear on a row, group by group, with page and sentence."""
    shown = list(one.evidence())
    if not shown:
        return
    yield Heading(f"{one.row.written}（{one.row.place}）：{one.verdict.label}", level=2)
    yield Paragraph(explained(one) + "。")
    for evidence in shown[:_SHOWN_ON_PAPER]:
        comparison = "；".join((*evidence.comparison.agrees, *evidence.comparison.differs))
        date = f"，{evidence.date}" if evidence.date else ""
        lead = f"〔{evidence.kind.label}〕《{evidence.title}》（{evidence.source}{date}，第 {evidence.page} 页）："
        text = f"{lead}“{evidence.sentence}”" + (f"（{comparison}）" if comparison else "")
        at = text.find(evidence.written, len(lead))
        yield Paragraph(text, marks=[(at, at + len(evidence.written))] if at >= 0 else ())
    if len(shown) > _SHOWN_ON_PAPER:
        yield Paragraph(f"另有 {len(shown) - _SHOWN_ON_PAPER} 处未印出；全部依据请导出 xlsx 或 json。")
