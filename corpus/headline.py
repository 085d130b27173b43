"""Where a printed title ends when no line break tells: 原标题：… run into the body, or a headline before a dateline."""

from __future__ import annotations

import re

from corpus.origin import Span, dateline

#: No title is longer, none shorter.
LONGEST, SHORTEST = 110, 5

_MARK = re.compile(r"\s*[（(]?原标题\s*[:：]?\s*")
_CITED = re.compile(
    r"原标题\s*[:：]?\s*《(?P<in>[^《》]{4,110}(?:《[^》]*》[^《》]*)*)》|[（(]原标题\s*[:：]\s*(?P<plain>[^（()）]{4,110}(?:[（(][^）)]*[）)][^（()）]*)*)[）)]"
)
# What begins a body: a date, "the other day", a quoted notice, a bracketed dateline, a reporter, a photo's credit.
_OPENER = re.compile(
    r"\s{2,}|\n|(?:20\d\d年|(?<![\d年.]))\d{1,2}月\d{1,2}日"
    r"|(?:日前|近日|近期|近段时间|今日|昨日|今天|昨天|当前|目前|上午|据悉|据了解|记者从|本文转自|本报讯|编者按)(?=[，,:：\u4e00-\u9fff【])"
    r"|(?<![数证根依收占票单论])据(?=[^。！？]{2,40}?(?:消息|通报|报道|发布|公众号|网站|披露|[:：]))"
    r"|【|来源[:：]|[一-龥]{0,6}(?:记者|通讯员|实习生)\s|为(?:深入|进一步|切实|全面|贯彻|推动|加强)|经[^，。]{2,20}批准[，,]"
    r"|(?:中央纪委国家监委|最高人民(?:检察院|法院)|最高检)(?:网站|官网)?\d{1,2}日"
)
# A title this long with a sentence in it has run into a body that begins like no other.
LONG = 45
_SENTENCE = re.compile(r".{8,}?[！？!?](?=.)")
_ENDS = "！？!?…】」”"
# How headlines of cases end, where nothing but a dateline follows.
_CASE_END = re.compile(
    r"(?:被查|被?双开|[”“]双开[”“]|公职|党籍|处分|调查|审查|公诉|宣判|获刑|判刑|被判|开庭|受审|落马|投案|逮捕|拘留|通报|无期|徒刑|免职|\d+年)[”！!]?\s*$"
)
_STRONG = re.compile(
    r"\s{2,}|(?:20\d\d年|(?<![\d年.]))\d{1,2}月\d{1,2}日|(?:日前|近日)[，,]|据[^，。！？]{2,40}?(?:消息|通报|[:：])"
)


def find(text: str) -> Span | None:
    """Return the span of the title that stands at the beginning of `text`, run into it, or is cited as 原标题."""
    mark = _MARK.match(text)
    if mark and (span := _marked(text, mark.end())):
        return span
    cited = _CITED.search(text)
    if cited:
        return cited.span("in") if cited["in"] else cited.span("plain")
    return None if mark else _unmarked(text)


def _marked(text: str, start: int) -> Span | None:
    """The title that begins at `start`, after 原标题：, and ends where the body begins."""
    if text.startswith("《", start) and (close := text.find("》", start, start + LONGEST)) > 0:
        return start + 1, close
    window = text[: start + LONGEST]
    ends = [m.start() for m in _OPENER.finditer(window, start + SHORTEST)][:1]
    ends += [line[1] for line in [dateline(text, start + LONGEST)] if line and line[1] >= start + SHORTEST]
    ends += [
        m.start()
        for m in re.finditer(r"“(?=[^”]{14,})", window)
        if m.start() >= start + 8 and "”" not in window[m.start() : m.start() + 14]
    ][:1]
    ends += [end for end in (_repeat(window, start), _echo(window, start)) if end]
    if not ends:
        return None
    end = min(ends)
    title = text[start:end].rstrip()
    if len(title) > LONG and (exclaimed := _SENTENCE.match(title)):
        title = exclaimed.group()
    stop = title.find("。")
    title = title[:stop] if stop >= SHORTEST else title
    return (start, start + len(title)) if len(title) >= SHORTEST else None


def _repeat(window: str, start: int) -> int | None:
    """Where the title that begins at `start` is printed once more."""
    again = window.find(window[start : start + SHORTEST + 1], start + SHORTEST)
    return again if again > 0 and window[again - 1] not in "《“" else None


def _echo(window: str, start: int) -> int | None:
    """Where, after the end of a sentence of the title, a later part of the title is printed once more."""
    for match in re.finditer("[！？!?]", window[start:]):
        end = start + match.end()
        if len(window) >= end + 6 and window[end : end + 6] in window[start:end]:
            return end
    return None


def _unmarked(text: str) -> Span | None:
    """The headline before a dateline, or before a body that begins as bodies do; None where none is printed."""
    window = text[:LONGEST]
    line = dateline(window)
    if line and line[1] >= SHORTEST and _headline(window[: line[1]]):
        return 0, len(window[: line[1]].rstrip())
    for match in _STRONG.finditer(window, SHORTEST):
        before = window[: match.start()].rstrip()
        if _headline(before) and (before[-1] in "！？!?…" or _CASE_END.search(before)):
            return 0, len(before)
    return None


def _headline(before: str) -> bool:
    """Tell whether what stands before the body can be a headline: one line, no full stop, not a body's beginning."""
    text = before.strip()
    return (
        SHORTEST <= len(text) <= LONGEST
        and not any(mark in text for mark in "。；\n")
        and text[-1] not in "，、：:（("
        and not _OPENER.match(text)
        and not text.startswith(("图为", "图说", "图/", "资料图"))
        and not text.endswith(("供图", "资料图", "摄", "图"))
        and ("，" not in text or text[-1] in _ENDS or _CASE_END.search(text) is not None or len(text) <= 60)
    )
