"""A document, what was found in it, and what people corrected of that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from corpus.document import Document
from corpus.metadata import FIELDS, KINDS
from indexer.corrections import Correction
from indexer.judgements import Kind
from marking import LEGEND, Stretch
from search.duplicates import Copy
from terminal.results import copies_lines
from terminal.style import Style, safe


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
