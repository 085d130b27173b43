"""The graph of who is named with whom on a terminal: the ways between two people, and the ties with their sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from search.crossref.graph import Edge, Graph, Node, Path
from terminal.dossiers import evidence_lines
from terminal.style import Style, safe

_SHOWN = 40  # ties
_PATHS = {"shortest": "最短", "strongest": "最紧密"}


def graph_lines(graph: Graph, style: Style) -> Iterator[str]:
    """The ways, then the ties, the closest first, each with a sentence."""
    people = {node.id: node for node in graph.nodes}
    if len(graph.centre) == 2 and not graph.paths:
        yield "没有找到这两个人之间的联系：没有文件同时提到他们，也没有能把他们连起来的人。"
    for path in graph.paths:
        yield _path(path, people, style)
    for edge in graph.edges[:_SHOWN]:
        yield _edge(edge, people, style)
        yield from (f"   {line}" for line in evidence_lines(edge.evidence[:1], style))
    if len(graph.edges) > _SHOWN:
        yield f"…共 {len(graph.edges):,} 条关系。用 --out 关系图.html 看全部。"
    if not graph.edges and not graph.paths and len(graph.centre) < 2:
        yield "没有找到一同被提到的人。"
    if graph.cut:
        yield style.dim(graph.cut)


def _path(path: Path, people: Mapping[str, Node], style: Style) -> str:
    names = " → ".join(people[who].name for who in path.people)
    return style.bold(safe(f"{_PATHS[path.kind]}的联系（{len(path.people) - 1} 步）：{names}"))


def _edge(edge: Edge, people: Mapping[str, Node], style: Style) -> str:
    how = "、".join(f"{kind.label} {count} 次" for kind, count in edge.how.items())
    return f"{style.bold(safe(f'{people[edge.one].name} — {people[edge.other].name}'))}　{how}"
