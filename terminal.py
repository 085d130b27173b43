"""What a terminal shows: colours where a person looks on, plain lines where a program reads.

Every text from a document passes `safe`, so that no file can send commands to the terminal.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.document import Document, Reason
from corpus.metadata import FIELDS, KINDS
from corpus.store import Failure
from indexer.changes import Why
from indexer.corrections import Correction
from indexer.judgements import Kind
from library import Status
from marking import LEGEND, Stretch
from search.duplicates import Copy
from search.facets import FACETS
from search.highlight import Fragment
from search.query import FIELDS as QUERY_FIELDS
from search.results import Hit, Results

if TYPE_CHECKING:
    from doctor import Finding
    from indexer.run import Report

#: How many copies of a hit are named; `show` in JSON names all.
SHOWN_COPIES = 5


@dataclass(frozen=True, slots=True)
class Style:
    """How words are set off: with colours, or where there are none with brackets around what matched."""

    colour: bool

    def mark(self, text: str) -> str:
        """What matched."""
        return f"\033[1;31m{text}\033[0m" if self.colour else f"【{text}】"

    def bold(self, text: str) -> str:
        """A heading."""
        return f"\033[1m{text}\033[0m" if self.colour else text

    def kind(self, kind: str, text: str) -> str:
        """Something extracted, by what it is."""
        label, colour = LEGEND[kind]
        if self.colour:
            return f"\033[{colour}m{text}\033[0m"
        return f"【{label}】" if text == label else f"【{label}：{text}】"

    def dim(self, text: str) -> str:
        """An aside."""
        return f"\033[2m{text}\033[0m" if self.colour else text


def safe(text: str) -> str:
    """The text on one line, without control characters."""
    return "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)


def results_lines(results: Results, offset: int, style: Style) -> Iterator[str]:
    """A page of results."""
    for problem in results.problems:
        yield style.dim(f"注意：{safe(problem.message)}")
    for word, meaning in results.expansions:
        yield style.dim(f"“{safe(word)}”同时按“{safe(meaning)}”查找（加引号则只查原词）")
    if results.relaxed:
        yield style.bold(f"{safe(results.relaxed)}：")
    if results.suggestions:
        yield f"您要找的是不是：{'　'.join(safe(query) for query in results.suggestions)}"
    if results.sounding:
        listed = "　".join(f"{safe(item.word)}（{item.documents} 份）" for item in results.sounding)
        yield f"读音相同的姓名：{listed}"
    if not results.total:
        yield f"没有找到：{safe(results.query)}"
        return
    covered = len(results.hits) + results.folded
    shown = f"，显示第 {offset + 1} 至 {offset + covered} 份" if covered < results.total else ""
    folded = f"，其中 {results.folded:,} 份与所列的相同或相近，没有另列" if results.folded else ""
    yield style.bold(f"共 {results.total:,} 份文件{shown}{folded}（{results.took_ms:.0f} 毫秒）")
    for number, hit in enumerate(results.hits, offset + 1):
        yield ""
        yield from _hit_lines(number, hit, style)
    yield ""
    yield from _facet_lines(results, style)


def _hit_lines(number: int, hit: Hit, style: Style) -> Iterator[str]:
    yield f"{number}. {style.bold(safe(hit.title))}"
    about = [KINDS.get(hit.kind, hit.kind), hit.date or "", safe(hit.source), f"编号 {hit.id}"]
    yield style.dim("   " + " · ".join(part for part in about if part))
    for fragment in hit.fragments:
        place = fragment.time or f"第 {fragment.page} 页{' ' * bool(fragment.passage)}{safe(fragment.passage)}"
        yield f"   {style.dim(place)}  {_marked(fragment, style)}"
    yield from (f"   {line}" for line in copies_lines(hit.duplicates, style))


def copies_lines(copies: Sequence[Copy], style: Style) -> Iterator[str]:
    """The copies of a document on one line, if there are any."""
    if copies:
        listed = "；".join(f"{safe(copy.source)}（编号 {copy.id}）" for copy in copies[:SHOWN_COPIES])
        rest = "；等" if len(copies) > SHOWN_COPIES else ""
        yield style.dim(f"另有 {len(copies):,} 份相同或相近的文件：{listed}{rest}")


def _marked(fragment: Fragment, style: Style) -> str:
    pieces, end = [], fragment.start
    for start, stop in fragment.marks:
        pieces.append(safe(fragment.text[end - fragment.start : start - fragment.start]))
        pieces.append(style.mark(safe(fragment.text[start - fragment.start : stop - fragment.start])))
        end = stop
    return "".join([*pieces, safe(fragment.text[end - fragment.start :])])


def _facet_lines(results: Results, style: Style) -> Iterator[str]:
    for field in FACETS:
        values = results.facets.get(field, ())
        if values:
            listed = "　".join(
                f"{'✓' if value.selected else ''}{safe(value.label)}（{value.count}）" for value in values
            )
            yield f"{style.dim(QUERY_FIELDS[field].label + '：')}{listed}"


def document_lines(
    document: Document,
    page: int | None,
    style: Style,
    copies: Sequence[Copy] = (),
    stretches: Sequence[Stretch] = (),
) -> Iterator[str]:
    """A document: what is known of it, then its text, or one page of it, with the stretches marked."""
    yield style.bold(safe(document.title))
    yield style.dim(f"{safe(document.source)} · 编号 {document.id} · 共 {len(document.pages)} 页")
    for name, value in document.meta.items():
        shown = KINDS.get(value.value, value.value) if name == "kind" else value.value
        yield style.dim(f"{FIELDS[name].label if name in FIELDS else name}：{safe(shown)}")
    yield from copies_lines(copies, style)
    for number in [page] if page else range(1, len(document.pages) + 1):
        start, end = document.page_span(number)
        yield ""
        leaf = document.pages[number - 1]
        if len(document.pages) > 1 or leaf.source == "ocr":
            origin = f"，文字识别，质量 {leaf.quality:.2f}" if leaf.source == "ocr" else ""
            yield style.dim(f"—— {leaf.time or f'第 {number} 页'}{origin} ——")
        for line in document.text[start:end].split("\n"):
            yield _coloured(line, start, stretches, style)
            start += len(line) + 1
    if stretches:
        yield ""
        yield "图例：" + "　".join(style.kind(kind, label) for kind, (label, _) in LEGEND.items())


def _coloured(line: str, offset: int, stretches: Sequence[Stretch], style: Style) -> str:
    """A line that stands at `offset`, with what is marked in it."""
    pieces, at = [], 0
    for stretch in stretches:
        start, end = max(stretch.start - offset, 0), min(stretch.end - offset, len(line))
        if start < end:
            pieces += [safe(line[at:start]), style.kind(stretch.kind, safe(line[start:end]))]
            at = end
    return "".join([*pieces, safe(line[at:])])


def examined_lines(examined: Mapping[str, Any], style: Style) -> Iterator[str]:
    """What was found in a file, for people to read."""
    yield style.bold(safe(examined["title"] or examined["source"]))
    kind = KINDS.get(examined["kind"], "没有读成")
    yield style.dim(f"{safe(examined['source'])} · {kind} · {examined['pages']} 页")
    yield from case_lines(examined["cases"])
    for label, field in (("人员", "officials"), ("机构", "agencies")):
        if examined[field]:
            yield safe(f"  {label}：{'、'.join(item['name'] for item in examined[field])}")
    for article in examined["articles"]:
        yield safe(f"  引用：{article_text(article)}")
    for problem in examined["problems"]:
        yield f"  注意：{safe(problem)}"
    yield ""


def case_lines(cases: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The cases of a document by number: who is dealt with, for what, and what followed."""
    for number, case in enumerate(cases, 1):
        yield f"  案件 {number}"
        for subject in case["subjects"]:
            posts = "、".join(("原" if p["former"] else "") + (p["org"] or "") + p["title"] for p in subject["posts"])
            yield safe(f"    {subject['name']}　{posts}　{'、'.join(subject['sanctions'])}")
        for label, values in (
            ("问题", case["violations"]),
            ("罪名", case["offences"]),
            ("金额", [amount["text"] for amount in case["amounts"]]),
        ):
            if values:
                yield safe(f"    {label}：{'、'.join(values)}")


def article_text(article: Mapping[str, Any]) -> str:
    """A cited article in words."""
    parts = [f"《{article['law']}》第 {article['article']} 条"]
    parts += [f"之{article['inserted']}"] if article.get("inserted") else []
    parts += [f"第 {article['paragraph']} 款"] if article["paragraph"] else []
    parts += [f"第（{article['item']}）项"] if article["item"] else []
    return "".join(parts)


def report_lines(report: Report) -> Iterator[str]:
    """What a run did."""
    for why, count in report.changes.items():
        yield f"{Why(why).label}：{count:,}"
    if report.unchanged:
        yield f"改动了时间而内容未变：{report.unchanged:,}"
    for reason, count in report.skipped.items():
        yield f"未能读取（{Reason(reason).label}）：{count:,}"
    if report.failed:
        yield "逐个查看原因和办法：anjian failures"
    yield f"资料库现有文件 {report.documents:,} 份"


def failure_lines(failures: Sequence[Failure]) -> Iterator[str]:
    """What was not read, one a line."""
    for failure in failures:
        tried = f"自 {failure.first_seen[:10]} 起" + (f"已试 {failure.tries} 次" if failure.tries > 1 else "")
        yield f"{safe(str(failure.skip))}（{tried}）"


def correction_lines(corrections: Sequence[Correction]) -> Iterator[str]:
    """What people corrected, one a line."""
    for one in corrections:
        undone = f"（{one.undone[:10]} 已撤销）" if one.undone else ""
        judged = safe(_JUDGED[one.judgement.kind].format(name=one.judgement.name, value=one.judgement.value))
        place = f"（位置 {one.judgement.span[0]}）" if one.judgement.span else ""
        yield f"第 {one.id} 条{undone}：{judged}{place} · {safe(one.source)} · {safe(one.who)} · {one.made[:10]}"


_JUDGED: Mapping[Kind, str] = {
    Kind.NOT_OFFICIAL: "“{name}”不是人员",
    Kind.NOT_AGENCY: "“{name}”不是机构",
    Kind.AGENCY: "“{name}”是{value}",
    Kind.SANCTION: "“{name}”受到{value}",
    Kind.NO_SANCTION: "“{name}”没有受到{value}",
    Kind.VIOLATION: "案件中有“{value}”",
    Kind.NO_VIOLATION: "案件中没有“{value}”",
}


def status_lines(status: Status) -> Iterator[str]:
    """The library as it stands."""
    yield f"资料库：{safe(status.library)}"
    for name, path in status.folders.items():
        yield f"文件夹“{safe(name)}”：{safe(path)}"
    of = status.coverage
    yield f"文件 {of.files:,} 个：读成 {of.read:,}，部分读成 {of.partly:,}，没有读成 {of.unread:,}"
    yield f"文件内容 {status.documents:,} 份，索引 {status.indexed:,} 份（{status.engine}）"
    yield f"共 {of.pages:,} 页，其中文字识别 {of.recognised:,} 页，文字质量不好 {of.poor:,} 页"
    for reason, count in status.skipped.items():
        yield f"未能读取（{Reason(reason).label}）：{count:,}"
    if status.last_run:
        yield f"最近一次更新：{status.last_run}"


def doctor_lines(findings: Sequence[Finding]) -> Iterator[str]:
    """What was examined, one a line, with a mark before what is wanting."""
    for finding in findings:
        yield f"{'  ' if finding.good else '！'}{finding.part}：{safe(finding.found)}"
