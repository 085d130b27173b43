"""What a document prints about itself at its head and foot: title, date, publisher, author, 发文字号 and the rest.

Nothing is read from the running text: a number or a date that a sentence mentions is not the document's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus import headline, origin
from corpus.dates import PATTERN
from corpus.document import MetaValue, Page
from corpus.metadata import clean

#: Heads and feet are looked for this many characters from either end.
HEAD, FOOT = 1500, 1000
#: A dateline stands before the first sentence, perhaps after a headline.
DATELINE = 160

_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,16}\s?[〔\[［（(【]\s?(?:19|20|１９|２０)[0-9０-９]{2}\s?年?\s?[〕\]］）)】]"
    r"\s?第?\s?[\u4e00-\u9fff]{0,6}\s?[0-9０-９]{1,6}\s?号"
)
_SECRECY = re.compile(
    r"(?:密\s?级\s*[:：]\s*)?((?:绝\s?密|机\s?密|秘\s?密|内部(?:资料|文件|材料))(?:\s*[★☆*]\s*\S{1,8}(?:\s?年)?)?)"
)
_DATED = re.compile(
    r"(?=[发更成时日])(?:(?:发布|发表|发稿|更新)(?:时间|日期)\s*[:：]?|成文日期\s*[:：]?|(?<![\u4e00-\u9fff])(?:时\s?间|日\s?期)\s*[:：])\s*"
    rf"(?P<date>{PATTERN})"
)
_AT_START = re.compile(rf"\s*(?P<date>{PATTERN})(?:[ T]?\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?(?=，正文|\s*\n|\s{{2}})")
_DATELINE = re.compile(rf"[\u4e00-\u9fff]\s?(?P<date>{PATTERN})\s?(?:电|讯|消息)(?=[\s（(，,：:据])")
_ADOPTED = re.compile(rf"[（(][^（()）]{{0,200}}?{PATTERN}[^（()）]{{0,300}}[）)]")
_ADOPTION = re.compile(rf"(?P<date>{PATTERN})(?=[^，。；年]{{0,60}}?(?:通过|修订|修正|公布|发布|印发|批准))")
_LINE_DATE = re.compile(rf"(?P<date>{PATTERN})")
_AUTHOR = re.compile(
    r"作(?<![\u4e00-\u9fff]作)\s?者(?:\s*[:：]\s*|\s+)"
    r"(?P<name>[\u4e00-\u9fff·]{2,12}(?:[ 、\u3000][\u4e00-\u9fff·]{2,4}(?![:：\u4e00-\u9fff]))*)"
)
_REPORTER = re.compile(
    r"[（(](?:见习|实习)?记者\s*(?P<name>[\u4e00-\u9fff·]{2,4}(?:[ 、\u3000][\u4e00-\u9fff·]{2,4})*)[^）)]{0,30}[）)]"
)
_RECIPIENTS = re.compile(
    r"(?P<name>[^。；：:]{2,200}(?:委|局|组|府|单位|部门|公司|机关|办|会|院|校|同志|支部|乡镇|街道|室|所|站|中心)[^。；：:]{0,12})[:：]"
)
_TITLE_END = re.compile(
    r"(?:通报|通知|意见|决定|办法|规定|方案|报告|函|批复|公告|请示|简报|纪要|条例|细则|准则|规则|通告|说明|解读|名单|要点|计划|总结)(?:[（(][^）)]*[）)])?$"
)
_LETTERHEAD = re.compile(r"(?P<name>[\u4e00-\u9fff（）()]{4,40}?)\s*(?:文\s?件|简\s?报)$")
_NOT_TITLE = re.compile(
    r"首页|当前位置|您(?:所在的|现在的)?位置|扫码|分享|字号|【?(?:编者按|案情简介|基本案情|典型案例|案例简介|分歧意见|评析意见|内容提要|摘要)"
    r"|第[一二三四五六七八九十百零\d]+[条章节编]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|特急|加急|平急|急件|签发人|抄[送报]|图为|图说|ISBN|\d+$|[-—\d\s/]+$"
    r"|(?:据|日前|近日|去年|今年)|[\u4e00-\u9fff]{2,10}(?:新闻网|网站|日报|晚报|在线|客户端)$|责任编辑|编辑|审核|点击|来\s?源\s*[:：]|作\s?者\s*[:：]|时\s?间\s*[:：]|\d{1,2}:\d{2}"
)
_ISSUE = re.compile(r"[（(]?(?:\d{4}年)?(?:第|总第)\s?[\d一二三四五六七八九十百]+\s?期")
_ISSUED = re.compile(rf"(?P<name>[\u4e00-\u9fff（）()]{{4,30}})[ \u3000]+(?P<date>{PATTERN})\s*(?P<print>印\s?发)?")
_SHORT_TITLE = re.compile(r"[\u4e00-\u9fff]{0,2}(?:(?:忏悔|悔过|警示|反思)(?:录|书|材料)|通报|通知|公告|纪要)$")
_MARKUP = re.compile(r"^[#>*_\s\u3000\ufeff]+|[*_\s\u3000]+$")
_MARKUP_BEFORE = re.compile(r"[#>*_\s\u3000\ufeff]*")


@dataclass(frozen=True, slots=True)
class Printed:
    """A value as printed at text[start:end] (a date: in ISO form)."""

    value: str
    start: int
    end: int


def read(text: str, pages: Sequence[Page] = ()) -> dict[str, MetaValue]:
    """Return what the document prints about itself, by name of `metadata.FIELDS`, each with origin "text"."""
    return {name: MetaValue(printed.value, "text") for name, printed in find(text, pages).items()}


def find(text: str, pages: Sequence[Page] = ()) -> dict[str, Printed]:
    """Return the same with the place of each value. Cues of a transcript (pages with a time) have no letterhead."""
    found: dict[str, tuple[int, int]] = {}
    head = tuple(_lines(text, 0, HEAD))
    if not (pages and pages[0].time):
        found = _first({**_foot(text), **_letterhead(text, head)}, _title(text, head))
    found = _first(found, _labels(text, head))
    if "date" not in found and "signed" in found:
        found["date"] = found["signed"]
    values = {name: (clean(name, _joined(text[start:end])), start, end) for name, (start, end) in found.items()}
    return {name: Printed(value, start, end) for name, (value, start, end) in values.items() if value}


def _first(*found: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Of several findings, for each field the first."""
    return {name: span for finding in reversed(found) for name, span in finding.items()}


def _joined(printed: str) -> str:
    """A title over several lines as one."""
    return "".join(_MARKUP.sub("", line) for line in printed.split("\n"))


def _lines(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the lines in text[begin:end] without blanks and marks of Markdown around them."""
    while begin < min(end, len(text)):
        stop = text.find("\n", begin)
        stop = len(text) if stop < 0 else stop
        start, last = _MARKUP_BEFORE.match(text, begin, stop).end(), stop  # type: ignore[union-attr]  # "" is one too
        while start < last and (text[last - 1] in "*_" or text[last - 1].isspace()):
            last -= 1
        if start < last:
            yield start, last
        begin = stop + 1


def _letterhead(text: str, head: Sequence[tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Number, secrecy, publisher and addressees, where lines of the head hold them and nothing else."""
    found: dict[str, tuple[int, int]] = {}
    for place, (start, end) in enumerate(head[:20]):
        line = text[start:end]
        if len(line) > 120 and not line.endswith(("：", ":")):
            break
        if (number := _NUMBER.match(line)) and (number.end() == len(line) or line[number.end()] in " \u3000"):
            found.setdefault("doc_number", (start, start + number.end()))
            if place and "source" not in found and (issuer := _LETTERHEAD.match(text[slice(*head[place - 1])])):
                found["source"] = (head[place - 1][0], head[place - 1][0] + issuer.end("name"))
        elif issued := _ISSUED.fullmatch(line):
            found.setdefault("source", (start, start + issued.end("name")))
            found.setdefault("date", (start + issued.start("date"), start + issued.end("date")))
        elif labelled := re.match(r"(?:发文字号|文\s?号)\s*[:：]\s*", line):
            if number := _NUMBER.match(line, labelled.end()):
                found.setdefault("doc_number", (start + number.start(), start + number.end()))
        elif (secrecy := _SECRECY.match(line)) and len(line) <= 20 and place < 6:
            found.setdefault("secrecy", (start + secrecy.start(1), start + secrecy.end(1)))
        elif place and "title" not in found and (to := _RECIPIENTS.fullmatch(line)) and _is_salutation(line):
            found.setdefault("recipients", (start, start + to.end("name")))
    return found


def _is_salutation(line: str) -> bool:
    return line.startswith("各") or "、" in line or "，各" in line or len(line) <= 25


def _title(text: str, head: Sequence[tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """The title, and the publisher that a byline under it names."""
    found: dict[str, tuple[int, int]] = {}
    official = any(_NUMBER.match(text[start:end]) for start, end in head[:8])
    for place, (start, end) in enumerate(head[:12]):
        line = text[start:end]
        if outlet := origin.byline(line):
            return _first(found, {"source": (start + outlet[0], start + outlet[1]), **_names(line, start, outlet[1])})
        if "title" in found:
            if place > 6:
                break
            continue
        if suffix := re.search(r"--([\u4e00-\u9fff]{2,20}(?:网站|网|报|杂志|社))$", line):
            found["source"] = (start + suffix.start(1), end)
        briefing = line.endswith("简报") and any(_ISSUE.match(text, *span) for span in head[place + 1 : place + 3])
        if not briefing and _is_title(line, last=end >= len(text.rstrip())):
            found["title"] = (start, _title_end(text, head[place : place + 4], joined=official))
        elif not briefing and not _is_furniture(line):
            break
    if "title" not in found and (span := headline.find(text)):
        found["title"] = span
    return found


def _names(line: str, start: int, after: int) -> dict[str, tuple[int, int]]:
    """The reporters after the outlet in a byline."""
    names = re.match(r"\s*((?:[\u4e00-\u9fff·]{2,4}[ \u3000]?)+?)(?=\s*(?:通讯员|自\S+报道|$))", line[after:])
    return {"author": (start + after + names.start(1), start + after + names.end(1))} if names else {}


def _is_furniture(line: str) -> bool:
    """Tell whether a line of the head is neither title nor text: numbers, labels, marks, the way to the page."""
    return (
        bool(_NUMBER.match(line) or _ISSUE.match(line) or _ISSUED.fullmatch(line))
        or bool(_NOT_TITLE.match(line) or _LETTERHEAD.match(line) or _LINE_DATE.match(line))
        or bool(_SECRECY.fullmatch(line))
    ) and len(line) <= 80


def _is_title(line: str, *, last: bool) -> bool:
    return (
        not last
        and len(line) <= headline.LONGEST
        and (len(line) >= headline.SHORTEST - 1 or _SHORT_TITLE.match(line) is not None)
        and line[-1] not in "。；;，,、：:"
        and "。" not in line
        and not _NUMBER.match(line)
        and not _ISSUE.match(line)
        and not _ISSUED.fullmatch(line)
        and not _NOT_TITLE.match(line)
        and not _LETTERHEAD.match(line)
        and not _SECRECY.fullmatch(line)
        and not _LINE_DATE.fullmatch(line)
        and not line.startswith("原标题")
    )


def _title_end(text: str, lines: Sequence[tuple[int, int]], *, joined: bool) -> int:
    """The end of a title that may be broken over several lines: it ends with 通报, 通知 or the like."""
    first = text[slice(*lines[0])]
    if not _TITLE_END.search(first) and (joined or first.startswith(("关于", "中共", "中国共产党"))):
        for start, end in lines[1:]:
            line = text[start:end]
            if len(line) > 45 or line[-1] in "。；：:，" or _RECIPIENTS.fullmatch(line):
                break
            if _TITLE_END.search(line):
                return end
    return lines[0][1]


def _foot(text: str) -> dict[str, tuple[int, int]]:
    """The signature: a line with nothing but a date, the line above it, and 2023年6月5日印发."""
    lines = tuple(_lines(text, max(len(text) - FOOT, 0), len(text)))[-15:]
    found: dict[str, tuple[int, int]] = {}
    for place, (start, end) in enumerate(lines):
        if start == 0:  # a text of one line, and no foot
            continue
        line = text[start:end]
        date = _LINE_DATE.search(line)
        if date is None:
            continue
        if date.group() == line or re.fullmatch(r"[（(].*此件.*[）)]", line):
            found["signed"] = (start, end)
            above = text[slice(*lines[place - 1])] if place else ""
            if 4 <= len(above) <= 40 and not re.search(r"[，。；：:！？、\d]", above):
                found["source"] = lines[place - 1]
        elif re.search(r"印\s?发$", line):
            found["date"] = (start + date.start(), start + date.end())
    return found


def _labels(text: str, head: Sequence[tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """What labels and datelines say at either end, on lines of their own or run into the text."""
    found: dict[str, tuple[int, int]] = {}
    dateline = origin.dateline(text)
    source = origin.labelled(text) or (dateline[0] if dateline else None) or origin.signature(text)
    if source:
        found["source"] = source
    dated = _DATED.search(text, 0, HEAD) or _AT_START.match(text) or _DATELINE.search(text, 0, DATELINE)
    found.update({"date": dated.span("date")} if dated else _head_line_date(text, head))
    author = _AUTHOR.search(text, 0, HEAD) or _AUTHOR.search(text, max(len(text) - FOOT, 0))
    if match := author or _REPORTER.search(text, 0, 400):
        found["author"] = match.span("name")
    return found


def _head_line_date(text: str, head: Sequence[tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """The date in a line of labels under the title, or of adoption in brackets under the title of a regulation."""
    for start, end in head[:10]:
        line = text[start:end]
        if _ADOPTED.fullmatch(line):
            dates = tuple(_ADOPTION.finditer(line))
            if dates:
                return {"date": (start + dates[-1].start(), start + dates[-1].end())}
        match = _LINE_DATE.search(line) if len(line) <= 100 else None
        if match and (match.group() == line or re.search(r"来源|作者|编辑|浏览|字号|\d:\d\d", line)):
            return {"date": (start + match.start("date"), start + match.end("date"))}
    return {}
