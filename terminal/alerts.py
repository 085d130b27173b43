"""What is watched, what is new to it, and what people made taken in and out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reports.digest import Digest, about, asked, heading
from terminal.style import Style, safe
from upkeep.watches import Watch

_MADE: Mapping[str, str] = {
    "correction": "更正",
    "link": "人员关系",
    "watch": "保存的查询和关注",
    "folder": "文件夹",
    "settings": "设置文件",
    "file": "词典等文件",
}


def watch_lines(watches: Sequence[Watch]) -> Iterator[str]:
    """What is watched, one a line."""
    for watch in watches:
        undone = f"（{watch.undone[:10]} 已取消）" if watch.undone else ""
        said = f"{safe(asked(watch.kind, watch.query))} · {safe(watch.who)} · {watch.made[:10]}"
        yield f"第 {watch.id} 项{undone}：{safe(watch.label)} · {said}"


def digest_lines(digest: Digest, style: Style) -> Iterator[str]:
    """What is new, by watch."""
    yield style.bold(safe(digest.heading))
    for section in digest.sections:
        yield ""
        yield style.bold(safe(heading(section)))
        for item in section.items:
            yield f"  {safe(item.title)}"
            yield style.dim(f"    {safe(about(item))} · 编号 {item.document}")
            pieces, end = [], 0
            for start, stop in item.marks:
                pieces += [safe(item.passage[end:start]), style.mark(safe(item.passage[start:stop]))]
                end = stop
            yield "    " + "".join([*pieces, safe(item.passage[end:])])


def made_told(counts: Mapping[str, int]) -> str:
    """How many records of each kind, in one sentence's part; "没有新的内容" for none."""
    return "、".join(f"{_MADE[kind]} {counts[kind]:,} 项" for kind in _MADE if counts.get(kind)) or "没有新的内容"
