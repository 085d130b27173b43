"""How a library stands: what a run did, what was not read, what there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from corpus.document import Reason
from corpus.store import Failure
from indexer.changes import Why
from terminal.style import safe
from upkeep.status import Status

if TYPE_CHECKING:
    from doctor import Finding
    from indexer.report import Report
    from upkeep.outlook import Outlook

_SHOWN = 10  # files of a reason


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
    yield from map(safe, report.notes)
    yield f"资料库现有文件 {report.documents:,} 份"


def outlook_lines(outlook: Outlook) -> Iterator[str]:
    """What a run would do, by reason, with the first files of each."""
    for reason, count in outlook.changes.items():
        why = Why(reason)
        yield f"{why.label}：{count:,}"
        files = [file for file in outlook.files if file.why is why]
        for file in files[:_SHOWN]:
            was = f"（原为 {safe(file.was)}）" if file.was else ""
            yield f"  {safe(file.folder)}/{safe(file.path)}{was}"
        if len(files) > _SHOWN:
            yield f"  …… 另有 {len(files) - _SHOWN:,} 个（--json 列出全部）"
    if outlook.extracted:
        yield f"待提取案件和人员：{outlook.extracted:,}"
    yield from map(safe, (*outlook.unseen, *outlook.refused))
    if not (outlook.changes or outlook.extracted):
        yield "没有要做的。"
    yield "以上只是预计，没有作任何改动。"


def failure_lines(failures: Sequence[Failure]) -> Iterator[str]:
    """What was not read, one a line."""
    for failure in failures:
        tried = f"自 {failure.first_seen[:10]} 起" + (f"已试 {failure.tries} 次" if failure.tries > 1 else "")
        yield f"{safe(str(failure.skip))}（{tried}）"


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
