"""A library looked over, mended, and copied: what is told of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from terminal.style import safe

if TYPE_CHECKING:
    from upkeep.backup import Contents
    from upkeep.check import Checked
    from upkeep.findings import Finding

_SHOWN = 20  # findings of a kind


def checked_lines(checked: Checked) -> Iterator[str]:
    """What was found, by kind: where, what it means, what to do."""
    for kind in dict.fromkeys(finding.wrong for finding in checked.findings):
        yield from _kind_lines([finding for finding in checked.findings if finding.wrong is kind])
    if checked.sound:
        yield f"资料库完好：文件内容 {checked.documents:,} 份，核对原文件 {checked.sources:,} 个。"


def _kind_lines(findings: Sequence[Finding]) -> Iterator[str]:
    first = findings[0]
    yield f"{'注意' if first.harmless else '！'}{'：' if first.harmless else ''}{first.label}"
    for finding in findings[:_SHOWN]:
        yield f"  {safe(finding.where)}" + (f"（{safe(finding.what)}）" if finding.what else "")
    if len(findings) > _SHOWN:
        yield f"  …… 另有 {len(findings) - _SHOWN:,} 处（--json 列出全部）"
    yield f"  意味着：{first.meaning}。"
    yield f"  怎么办：{first.remedy}。"


def backup_line(path: str, contents: Contents) -> str:
    """What a backup holds."""
    return f"{safe(path)}：{safe(contents.made)} 的备份，文件内容 {contents.documents:,} 份，已核对。"
