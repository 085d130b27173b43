"""The blocks of a web page, and which of them are its main text: by prose, links and structure, not by site."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from corpus.repair import WIDE

_DROPPED = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "svg",
        "canvas",
        "select",
        "option",
        "button",
        "input",
        "textarea",
        "head",
    )
)
_BLOCKS = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    )
)
_CELLS = frozenset(("td", "th"))
#: Elements that may hold a whole article; a paragraph or a list item is never one.
_CONTAINERS = frozenset(
    (
        "article",
        "body",
        "center",
        "div",
        "fieldset",
        "form",
        "html",
        "main",
        "section",
        "table",
        "tbody",
        "td",
        "tr",
        "font",
        "span",
    )
)
_FRAME_TAGS = frozenset(
    (
        "nav",
        "footer",
        "aside",
        "form",
    )
)
_FRAME_NAMES = re.compile(
    r"(?<![a-z])(nav|navbar|menu|foot|crumbs?|position|location|related?|recommend|comments?|pager|pagination|toolbar"
    r"|login|search|side|ads?|advert|banner|links?|topbar|modal|popup|tips?|top|relate[ds]?)(?![a-z])"
    r"|share|breadcrumb|copyright|footer|sidebar|qrcode|friendlink|hidden"
)
_BODY_NAMES = re.compile(r"content|article|editor|zoom|artic|detail|main[-_]?text|text[-_]?con|body|正文|con[-_]?txt")
_FRAME_TEXT = re.compile(
    r"版权所有|ICP备|公网安备|网站标识码|©|Copyright|未经(?:书面)?(?:许可|授权)[^。]{0,10}转载"
    r"|^(?:[【\[\s]*(?:打印(?:本页)?|关闭(?:窗口|本页)?|返回(?:顶部|首页|上级)?|收藏|分享(?:到)?|字号|大|中|小)[：:】\]\s]*)+$"
    r"|^(?:上一[篇条]|下一[篇条])[：:]|扫一扫"
)
_FRAME_LENGTH = 200
_HIDDEN = re.compile(r"display\s*:\s*none")
_PROSE = re.compile(r"[。！？；，：.!?;,]")
_INK = re.compile(rf"(?<=[{WIDE}])[ \t\r\n\f]*[\r\n][ \t\r\n\f]*(?=[{WIDE}])")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_SHORT_CELL = 100
#: The share of the prose around it that makes a part of a page its main text; less where its name says so.
_SHARE, _NAMED_SHARE = 0.85, 0.4


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a page: its text, the share of it that stands in links, and the element that holds it."""

    text: str
    linked: float
    holder: HtmlElement

    @property
    def is_frame(self) -> bool:
        """Whether the words themselves are those of a page's foot or of its buttons."""
        return len(self.text) <= _FRAME_LENGTH and _FRAME_TEXT.search(self.text) is not None

    @property
    def prose(self) -> float:
        """How much running text the block is: characters outside links, little where it is a mere label."""
        if self.is_frame:
            return 0.0
        weight = len(self.text) * (1 - self.linked) ** 2
        return weight if len(self.text) >= 20 or _PROSE.search(self.text) else weight / 5


def blocks(root: HtmlElement) -> Iterator[Block]:
    """Yield the paragraphs of a page in order, each table row of short cells as one, scripts and forms left out."""
    parts: list[tuple[str, bool]] = []
    holder, links, cells = root, 0, 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, node in walk:
        tag = node.tag if isinstance(node.tag, str) else "script"
        start = event == "start"
        if start and tag in _DROPPED:
            walk.skip_subtree()
            continue
        if tag in _BLOCKS or tag == "br":
            if cells and tag not in _CELLS:
                parts.append((" ", False))
            elif tag in _CELLS and _is_cell(node):
                cells += 1 if start else -1
                parts.append(("" if start else "\t", False))
            else:
                yield from _flush(parts, holder)
                holder = node if start and tag != "br" else _holder(node)
        links += (1 if start else -1) if tag == "a" else 0
        if text := node.text if start else node.tail:
            parts.append((text, links > 0))
    yield from _flush(parts, holder)


def main_text(root: HtmlElement, found: list[Block]) -> list[Block]:
    """Return the blocks of the page's main text; all that are not frame where no part of the page stands out."""
    prose: defaultdict[HtmlElement, float] = defaultdict(float)
    for block in found:
        node: HtmlElement | None = block.holder
        while node is not None:
            prose[node] += block.prose
            node = node.getparent()
    total = prose[root]
    chosen = _descend(root, prose, total)
    frame = {node for node in chosen.iterdescendants() if _is_frame(node) and prose[node] < total / 2}
    kept = [block for block in found if _inside(block.holder, chosen, frame)]
    while kept and kept[-1].is_frame:
        kept.pop()
    return [block for block in kept if block.linked < 0.6 or (block.linked < 1 and len(block.text) > 60)]


def _descend(node: HtmlElement, prose: Mapping[HtmlElement, float], total: float) -> HtmlElement:
    """Go down from the root as long as one child holds nearly all the prose that is not frame."""
    while True:
        parts = [child for child in node if prose.get(child, 0) and not (_is_frame(child) and prose[child] < total / 2)]
        held = prose[node] - sum(prose.get(child, 0) for child in node if child not in parts)
        containers = [child for child in parts if child.tag in _CONTAINERS]
        if not containers:
            return node
        best = max(containers, key=lambda child: prose[child])
        named = [child for child in containers if _BODY_NAMES.search(_names(child)) and prose[child] > held / 10]
        if prose[best] < held * (_NAMED_SHARE if named == [best] else _SHARE):
            return node
        node = best


def _is_frame(node: HtmlElement) -> bool:
    """Whether an element is by its own word a menu, a footer, a share box or the like."""
    if not isinstance(node.tag, str):
        return True
    if node.tag in _FRAME_TAGS or node.get("hidden") is not None or _HIDDEN.search(node.get("style") or ""):
        return True
    return bool(_FRAME_NAMES.search(_names(node))) and not _BODY_NAMES.search(_names(node))


def _names(node: HtmlElement) -> str:
    return f"{node.get('class') or ''} {node.get('id') or ''} {node.get('itemprop') or ''}".lower()


def _inside(holder: HtmlElement, chosen: HtmlElement, frame: set[HtmlElement]) -> bool:
    node: HtmlElement | None = holder
    while node is not None:
        if node is chosen:
            return True
        if node in frame:
            return False
        node = node.getparent()
    return False


def _holder(node: HtmlElement) -> HtmlElement:
    parent = node.getparent()
    while parent is not None and parent.tag not in _BLOCKS:
        parent = parent.getparent()
    return node if parent is None else parent


def _is_cell(node: HtmlElement) -> bool:
    """Whether a td is a cell of a table of data, and not the frame of a page laid out with tables."""
    row = node.getparent()
    if row is None or len(row) < 2 or node.find(".//table") is not None:
        return False
    return len(row.text_content().strip()) <= _SHORT_CELL * len(row)


def _flush(parts: list[tuple[str, bool]], holder: HtmlElement) -> Iterator[Block]:
    text = collapse("".join(part for part, _ in parts))
    if text:
        whole = sum(len(part.strip()) for part, _ in parts)
        linked = sum(len(part.strip()) for part, in_link in parts if in_link)
        yield Block(text, linked / whole if whole else 0.0, holder)
    parts.clear()


def collapse(text: str) -> str:
    """White space as a browser shows it, but a line of Chinese that was merely wrapped in the source is one line."""
    cells = (_BLANKS.sub(" ", _INK.sub("", cell)).strip(" \xa0\u3000") for cell in text.split("\t"))
    return "\t".join(cells).strip("\t")
