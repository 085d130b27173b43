"""Articles of laws that a text cites, each with its law, paragraph and item; lists and ranges spelled out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.extract import laws
from indexer.extract.extraction import Article, Span
from indexer.extract.laws import Law, Laws
from indexer.extract.numerals import ordinal

#: A range longer than this is not spelled out: 第一条至第四百五十二条 says "all of it".
LONGEST_RANGE = 100
#: A reference that names no law means the last one named within so many characters before.
MEMORY = 600

_N = r"[一二三四五六七八九十百千零〇0-9０-９]{1,7}"
_MARKED = rf"[（(]{_N}[）)]"
_JOIN = r"(?:、|，|,|和|或者?|及|以及|与|至|到|[-—~～])"
_TO = re.compile(r"至|到|[-—~～]")
_BRANCH = r"(?:之(?P<branch>[一二三四五六七八九十])(?![一-龥]*[款项]))?"
# 第三十三、三十四条 · 第一款 · 第（一）、（三）项 · （一）（二）项
_GROUP = re.compile(
    rf"(?:第\s?(?P<plain>{_N}(?:{_JOIN}第?{_N})*)\s?(?P<unit>[条款项]){_BRANCH}"
    rf"|第?(?P<marked>{_MARKED}(?:{_JOIN}?第?{_MARKED})*)(?P<item>[款项]?)"
    rf"|(?P<loose>{_N})(?P<looseunit>[条款项]))"
)
_FIRST = re.compile(rf"第\s?(?:{_N}(?:{_JOIN}第?{_N})*)\s?条")
_BETWEEN = re.compile(rf"(?P<join>{_JOIN})|(?P<into>的|之|中的?)?")
_NUMBER = re.compile(_N)
_GAP = re.compile(
    r"(?:[（(][^（）()\n]*(?:[（(〔][^（）()〔〕\n]*[）)〕][^（）()\n]*)*[）)]|[ \t\u3000_:：*]|的|之|中|分则|总则"
    rf"|第{_N}[编章节])*$"
)
_LINE_START = re.compile(r"(?:^|\n)[\s\u3000#*_>]*$")
_SENTENCE = re.compile(r"[。；;\n]")
# What follows a reference that names no law: 第二十五条规定, 第十一条第二项.
_USED = re.compile(r"\s?(?:的|之|中|所|明确|也|还|则|均|都)*(?:规定|列举|要求|明确|关于|所列|所称|所述|之情形|情形|[“])")
_LEAD = re.compile(
    r"(?:依|据|照|按|用|反|由|合|[，,。；;：:、”）)和与及或在以是对从其而但即如又中至到的有]|^|\n)[ \u3000]*$"
)


@dataclass(slots=True)
class _Reference:
    """One article, paragraph or item as it is spelled out."""

    span: Span
    article: int
    inserted: int | None = None
    paragraph: int | None = None
    item: int | None = None


def find(text: str, title: str = "") -> tuple[Article, ...]:
    """Return every citation of an article in the text of a document titled `title`, in order, repeated ones too.

    The headings of a statute are no citations. The span of the first of a run goes from the law's name.
    """
    if "条" not in text or "第" not in text:
        return ()
    known = laws.read(text, title)
    found: list[Article] = []
    last: Law | None = None
    position = 0
    while match := _FIRST.search(text, position):
        references, position = _run(text, match.start())
        law = _law(text, match.start(), position, known, last)
        if law is None:
            continue
        last = law
        begin = law.span[0] if match.start() - law.span[1] < 60 and law.span[1] <= match.start() else match.start()
        first, *rest = references
        for reference in (replace(first, span=(begin, first.span[1])), *rest):
            found.append(
                Article(
                    law.title, reference.article, reference.span, reference.paragraph, reference.item, law.edition,
                    reference.inserted,
                )
            )  # fmt: skip
    return tuple(found)
