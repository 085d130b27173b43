"""A page of search results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.metadata import KINDS
from search.duplicates import Copy
from search.facets import FACETS
from search.highlight import Fragment
from search.query import FIELDS as QUERY_FIELDS
from search.results import Hit, Results
from terminal.style import Style, safe

#: How many copies of a hit are named; `show` in JSON names all.
SHOWN_COPIES = 5


def results_lines(results: Results, offset: int, style: Style) -> Iterator[str]:
    """A page of results."""
    for problem in results.problems:
        yield style.dim(f"注意：{safe(problem.message)}")
    for word, meaning in results.expansions:
        yield style.dim(f"“{safe(word)}”同时按“{safe(meaning)}”查找（加引号则只查原词）")
    if results.relaxed:
        yield style.bold(f"{safe(results.relaxed)}：")
    for offer in results.offers:
        does, then = ("已加上", "去掉") if offer.chosen else ("也查", "查询")
        yield f"{does}机构改革前后的名称：{safe(offer.label)}　{then}：{safe(offer.query)}"
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
