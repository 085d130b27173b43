"""What a web page says of its article: title, date, source and author, from its head and the lines it prints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from lxml import html
from lxml.html import HtmlElement

from corpus.document import MetaValue
from corpus.readers.page_body import Block, collapse

_SITE_SEPARATOR = re.compile(
    r"[—–]{2,}|--+|_+| [-–|·] |[|｜](?=[^|｜]*$)|[-－—](?=[^-－—]*(?:网|网站|政府|杂志|门户|平台)$)"
)
_TITLE_NAMES = re.compile(r"(?<![a-z])(h1|tit|title|biaoti|headline|bt|art[-_]?tit(le)?)(?![a-z])|[-_]title|title[-_]")
_HEADINGS = ("h1", "h2", "h3")
_TITLE_META = ("ArticleTitle", "og:title", "twitter:title", "title", "DC.title")
_DATE_META = (
    "PubDate",
    "publishdate",
    "article:published_time",
    "publish_time",
    "publishtime",
    "datePublished",
    "og:release_date",
    "DC.date.issued",
    "DC.date",
    "date",
    "createDate",
)
_SOURCE_META = ("ContentSource", "source", "og:article:source", "article:source", "mediaid")
_AUTHOR_META = ("Author", "article:author", "og:article:author", "DC.creator")

_DAY = r"(?P<year>(?:19|20)\d\d)\s*[-－/.年]\s*(?P<month>\d{1,2})\s*[-－/.月]\s*(?P<day>\d{1,2})"
_LABELLED_DATES = (
    re.compile(rf"(?:发布|发文|发稿|刊发|公布|上线|发表)\s*(?:时间|日期)?\s*[：:]\s*{_DAY}"),
    re.compile(rf"(?:时\s*间|日\s*期|Date)\s*[：:]\s*{_DAY}"),
)
_BARE_DATES = (
    re.compile(rf"^\W*{_DAY}日?(?:\s+\d\d?:\d\d(?::\d\d)?)?(?:\s|$)"),
    re.compile(rf"{_DAY}日?\s+\d\d?:\d\d"),
)
_ANY_DATE = re.compile(_DAY)
_NAMED_DATE = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[-_]?(?P<month>[01]\d)[-_]?(?P<day>[0-3]\d)(?!\d)")
_LABEL = r"发布|发文|发稿|时间|日期|作者|编辑|责任|责编|字体|字号|浏览|点击|阅读|访问|打印|分享|来源|文号"
_NEXT_LABEL = rf"(?=\s|$|[|｜【\[（(]|{_LABEL})"
_SOURCE = re.compile(rf"(?:信息来源|文章来源|稿件来源|消息来源|来\s*源)\s*[：:]\s*(?P<value>\S{{2,40}}?){_NEXT_LABEL}")
_NAME = rf"(?:(?!{_LABEL})[^\W\d_·]|·){{2,20}}+"
_AUTHOR = re.compile(rf"(?:作\s*者|撰\s*稿|记\s*者|文)\s*[：:]\s*(?P<value>{_NAME}(?:[\s、，,/]+{_NAME}){{0,9}})")
_BYLINE = re.compile(r"^(?:本刊|本报|本网)?\s*(?:记者|特约记者|通讯员|作者)\s*\S+|^[\u4e00-\u9fff]{2,4}$")
_META_LINE = re.compile(r"(来\s*源|发布(时间|日期)?|时间|日期|作者|编辑|责编|浏览|字号|字体)\s*[：:]")
_META_LENGTH = 150
_SPACE = re.compile(r"\s+")


def title_of(root: HtmlElement) -> str | None:
    """The article's title: the heading that the page's own <title> begins with, else its best single witness."""
    stated = collapse(" ".join(root.xpath("string(//title)").split()))
    compact = squeeze(stated)
    headings = list(_headings(root))
    agreeing = [heading for heading in headings if len(squeeze(heading)) >= 4 and squeeze(heading) in compact]
    if agreeing:
        return max(agreeing, key=len)
    parts = [part.strip() for part in _SITE_SEPARATOR.split(stated) if part.strip()]
    if len(parts) > 1 and len(squeeze(parts[0])) >= 8:
        return parts[0]
    if headings:
        return headings[0]
    for value in _meta(root, _TITLE_META):
        plain = collapse(str(html.fromstring(value).xpath("string()")) if "<" in value else value)
        if plain:
            return plain
    return parts[0] if parts else None


def meta_of(root: HtmlElement, found: Iterable[Block], name: str) -> Mapping[str, MetaValue]:
    """Date (ISO), source and author of the page, as printed, else from its <meta>; a date also from the file name."""
    lines = [block.text.replace("\xa0", " ") for block in found if len(block.text) <= _META_LENGTH]
    values = {
        "date": _date(root, lines),
        "source": _first(_SOURCE, lines) or next(_meta(root, _SOURCE_META), None),
        "author": _first(_AUTHOR, lines) or next(_meta(root, _AUTHOR_META), None),
    }
    meta = {key: MetaValue(value, "markup") for key, value in values.items() if value}
    if "date" not in meta and (named := _day(_NAMED_DATE.search(name.rsplit("/", 1)[-1]))):
        meta["date"] = MetaValue(named, "file")
    return meta


def without_head(body: list[Block], title: str | None) -> list[Block]:
    """The main text without the title and the line of source and date that some pages print inside it."""
    wanted = squeeze(title or "")
    start = 0
    for number, block in enumerate(body[:6], start=1):
        plain = squeeze(block.text)
        if (wanted and plain == wanted) or (len(block.text) <= _META_LENGTH and _META_LINE.search(block.text)):
            start = number
    return body[start:]


def squeeze(text: str) -> str:
    """The text without any white space."""
    return _SPACE.sub("", text)


def _headings(root: HtmlElement) -> Iterator[str]:
    """Texts of the elements that look like the article's title, the likeliest first, bylines inside them left out."""
    marked = [node for node in root.iter() if isinstance(node.tag, str) and _TITLE_NAMES.search(_names(node))]
    for node in [*root.iter("h1"), *(node for node in marked if node.tag != "h1"), *root.iter("h2")]:
        lines = [collapse(line) for line in _lines(node)]
        while len(lines) > 1 and _BYLINE.match(lines[-1]):
            lines.pop()
        text = "".join(lines) if len(lines) > 1 and lines[0][-1:] in "——" else " ".join(lines)
        if 4 <= len(text) <= 120 and node.find(".//a") is None:
            yield text


def _lines(node: HtmlElement) -> Iterator[str]:
    children = [
        child for child in node if child.tag in {"p", "div", "span", "h1", "h2", "h3"} and child.text_content().strip()
    ]
    own = node.text and node.text.strip()
    texts = [child.text_content() for child in children] if len(children) > 1 and not own else [node.text_content()]
    return (text for text in texts if text.strip())


def _names(node: HtmlElement) -> str:
    return f"{node.get('class') or ''} {node.get('id') or ''}".lower()


def _meta(root: HtmlElement, names: Iterable[str]) -> Iterator[str]:
    stated: dict[str, str] = {}
    for node in root.iter("meta"):
        key = node.get("name") or node.get("property") or node.get("itemprop") or ""
        stated.setdefault(key.lower(), (node.get("content") or "").strip())
    return (value for key in names if (value := stated.get(key.lower())))


def _date(root: HtmlElement, lines: list[str]) -> str | None:
    for pattern in _LABELLED_DATES:
        for line in lines:
            if day := _day(pattern.search(line)):
                return day
    stated = [*_meta(root, _DATE_META), *(node.get("datetime") or "" for node in root.iter("time"))]
    for value in stated:
        if day := _day(_ANY_DATE.search(value)) or _day(_NAMED_DATE.search(value)):
            return day
    short = [line for line in lines if len(line) <= 60]
    return next((day for pattern in _BARE_DATES for line in short if (day := _day(pattern.search(line)))), None)


def _day(found: re.Match[str] | None) -> str | None:
    if not found:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"])).isoformat()
    except ValueError:
        return None


def _first(pattern: re.Pattern[str], lines: list[str]) -> str | None:
    return next((match["value"] for line in lines if (match := pattern.search(line))), None)
