"""Articles of laws that a text cites, each with its law, paragraph and item; lists and ranges spelled out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from corpus.numerals import ordinal
from indexer.extract import laws
from indexer.extract.extraction import Article, Span
from indexer.extract.laws import Law, Laws

#: A range longer than this is not spelled out: 第一条至第四百五十二条 says "all of it".
LONGEST_RANGE = 100
#: A reference that names no law means the last one named within so many characters before.
MEMORY = 600

_N = r"[一二三四五六七八九十百千零〇0-9０-９]{1,7}"
_MARKED = rf"[（(]{_N}[）)]"
_TO = "至|到|[-—~～]{1,2}"
_JOIN = rf"(?:、|和|或者?|及|以及|与|{_TO})"
# 第三十三、三十四条 · 第一、二款 · 第（一）、（三）项 · （一）（二）项 · 三十二条
_GROUP = re.compile(
    rf"(?:第\s?(?P<plain>{_N}(?:{_JOIN}第?{_N})*)\s?|第?(?P<marked>{_MARKED}(?:{_JOIN}?第?{_MARKED})*)|(?P<loose>{_N}))"
    r"(?P<unit>[条款项])?(?:之(?P<inserted>[一二三四五六七八九十])(?![般切致定]))?"
)
_FIRST = re.compile(rf"第\s?{_N}(?:{_JOIN}第?{_N})*\s?条")
_BETWEEN = re.compile(rf"(?P<join>{_JOIN})|的|之|中的?|")
_NUMBER = re.compile(rf"(?P<range>{_TO})?第?[（(]?(?P<number>{_N})")
_ASIDE = r"[（(](?![一二三四五六七八九十]+[）)])[^（）()\n]*(?:[（(〔][^（）()〔〕\n]*[）)〕][^（）()\n]*)*[）)]"
# What may stand between a law and its article: 《…》（以下简称《…》）第二章第六条.
_GAP = re.compile(rf"(?:{_ASIDE}|[ \t\u3000_:：*]|的|之|中|分则|总则|第{_N}[编章节])*$")
_LINE_START = re.compile(r"(?:^|\n)[ \t\u3000#*_>]*$")
# What stands before and after a reference that names no law: 根据第二十五条, 。第二十五条规定; and after what is none.
_WITHIN = re.compile(r"[依据照按用反由合和与及或在以是对从其而但即如又中至到有除为成于作意、，,（(的][ \u3000]*$")
_OPENING = re.compile(r"(?:^|[。；;：:”）)！？!?\n])[ \u3000]*$")
_USED = re.compile(
    r"(?:的|之|中|所|明确|也|还|则|均|都|主要)*(?:规定|列举|要求|明确|关于|所列|所称|所述|情形|强调|是针对|将|不|“|的)"
)
_UNUSED = re.compile(r"是[：:]|约定|即提示")


@dataclass(frozen=True, slots=True)
class _Reference:
    """One article, paragraph or item, as it is spelled out."""

    span: Span
    article: int
    inserted: int | None = None
    paragraph: int | None = None
    item: int | None = None


def find(text: str, title: str = "") -> tuple[Article, ...]:
    """Return every citation of an article in the text of a document titled `title`, in order, repeated ones too.

    A list or range is spelled out. Headings of a statute are no citations. The span of the first of a run begins with
    the law's name where that stands right before it.
    """
    if "条" not in text or "第" not in text:
        return ()
    known = laws.read(text, title)
    found: list[Article] = []
    last: Law | None = None
    position = 0
    while match := _FIRST.search(text, position):
        references, position = _run(text, match.start())
        if not references:
            position = match.end()
            continue
        detailed = any(reference.paragraph or reference.item for reference in references)
        law = _named(text, match.start(), known, last)
        begin = law.span[0] if law else match.start()
        law = law or _meant(text, (match.start(), position), known, last, detailed=detailed)
        if law is None:
            continue
        last = replace(law, span=(begin, position))
        first = replace(references[0], span=(begin, references[0].span[1]))
        found.extend(_cited(law, reference) for reference in (first, *references[1:]))
    return tuple(found)


def distinct(articles: Iterable[Article]) -> tuple[Article, ...]:
    """Return each article once, in the order of its first citation, with the edition if any citation tells one."""
    first: dict[tuple[object, ...], Article] = {}
    for article in articles:
        key = (article.law, article.article, article.inserted, article.paragraph, article.item)
        known = first.setdefault(key, article)
        if known.edition is None:
            first[key] = replace(known, edition=article.edition)
    return tuple(first.values())


def _cited(law: Law, reference: _Reference) -> Article:
    return Article(
        law.title,
        reference.article,
        reference.span,
        reference.paragraph,
        reference.item,
        laws.edition(law),
        reference.inserted,
    )


def _run(text: str, start: int) -> tuple[list[_Reference], int]:
    """The references that begin at `start` and belong together, and where they end."""
    references: list[_Reference] = []
    position, join, into = start, "", start
    while group := _GROUP.match(text, into):
        unit = group["unit"] or ("项" if group["marked"] else "")
        if not unit or (references and unit == "条" and not join) or (group["loose"] and join != "、"):
            break
        numbers = list(_numbers(group["plain"] or group["marked"] or group["loose"]))
        if not numbers:
            break
        _extend(references, group.span(), unit, numbers, join)
        if group["inserted"] and unit == "条":
            references[-1] = replace(references[-1], inserted=ordinal(group["inserted"]))
        position = group.end()
        between = _BETWEEN.match(text, position)
        join = (between and between["join"]) or ""
        into = between.end() if between else position
    return references, position


def _extend(references: list[_Reference], span: Span, unit: str, numbers: list[int], join: str) -> None:
    """Add what one group says: further articles, or paragraphs or items of the last reference."""
    if unit == "条":
        if re.fullmatch(_TO, join) and references:
            numbers = [*_between(references[-1].article, numbers[0]), *numbers]
        references.extend(_Reference(span, number) for number in numbers)
        return
    parent = references[-1]
    if not join:
        # 第一款 right after 第八条 says more exactly what was meant.
        if (parent.paragraph is None or unit == "项") and parent.item is None:
            references.pop()
            span = (parent.span[0], span[1])
    elif re.fullmatch(_TO, join):
        numbers = [*_between((parent.paragraph if unit == "款" else parent.item) or numbers[0], numbers[0]), *numbers]
    if unit == "款":
        references.extend(replace(parent, span=span, paragraph=number, item=None) for number in numbers)
    else:
        references.extend(replace(parent, span=span, item=number) for number in numbers)


def _numbers(written: str) -> Iterator[int]:
    """Yield the numbers of 三十三、三十四 and of （一）至（三）."""
    last = 0
    for match in _NUMBER.finditer(written):
        number = ordinal(match["number"])
        if number is None:
            continue
        if match["range"]:
            yield from _between(last, number)
        yield number
        last = number


def _between(first: int, last: int) -> range:
    """The numbers that a range leaves out: those between its ends."""
    return range(first + 1, last) if last - first <= LONGEST_RANGE else range(0)


def _named(text: str, start: int, known: Laws, last: Law | None) -> Law | None:
    """The law whose name stands right before `start`, with or without 《》."""
    for end in (start, _before_gap(text, start)):
        if law := known.ending(end) or laws.unbracketed(text, end, known, last):
            return law
    return None


def _before_gap(text: str, start: int) -> int:
    gap = _GAP.search(text, max(0, start - 120), start)
    return gap.start() if gap else start


def _meant(text: str, span: Span, known: Laws, last: Law | None, *, detailed: bool) -> Law | None:
    """The law that a reference without a name means: the statute itself, or the law named or cited last."""
    start, end = span
    used = detailed or _USED.match(text, end) is not None
    if _UNUSED.match(text, end) or (not used and _LINE_START.search(text, max(0, start - 12), start)):
        return None
    lead = min(start, _before_gap(text, start))
    within = any(_WITHIN.search(text, max(0, place - 4), place) for place in (start, lead))
    if not within and not (used and _OPENING.search(text, max(0, start - 4), start)):
        return None
    if known.own:
        return Law(known.own, span)
    near = [law for law in (last, known.last(start)) if law and start - law.span[1] <= MEMORY]
    return max(near, key=lambda law: law.span[1], default=None)
