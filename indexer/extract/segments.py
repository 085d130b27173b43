"""Where the cases of a circular begin and end: numbered problems, headings that end in 问题 or 案, closing comments."""

from __future__ import annotations

import re
from itertools import pairwise

from indexer.extract.extraction import Span

_SENTENCE = re.compile(r"[^。！？\n\r]+(?:[。！？]+[”’）]?|$|(?=[\n\r]))")
_NUMBER = re.compile(
    r"[\s\u3000]*(?:(?P<arabic>\d{1,2})[.、．](?!\d)|(?P<han>[一二三四五六七八九十]{1,3})、|（(?P<bracket>[一二三四五六七八九十]{1,3})）)"
)
#: A number in the middle of a line: a page whose line breaks were lost.
_ITEM = re.compile(r"(?<![\d年月日第.])(\d{1,2})[.、．] ?(?=[\u4e00-\u9fff])")
_HEADING = re.compile(r"(?:问题|[一]?案|案件|错误)[”]?(?:被(?:通报|查处))?[。：\s]*$")
_NO_HEADING = re.compile(
    r"典型(?:问题|案例|案件)|(?:通报|曝光)了?[^，。]{0,20}[\d一二三四五六七八九十两多]+[起个例]|其中包括|还包括|分别为|分别是|立案审查调查|公开通报|通报显示|"
    r"涉嫌犯罪问题|发现(?!问题)|暴露|反映|反馈|显示|交代|查清|掌握|介绍|存在的?问题|一些问题|收到|举报|其他(?:严重)?(?:违纪|违规|违法)|进行(?:了)?(?:审查|调查|核查)"
)
#: 上述问题造成不良影响 may stand between the facts and the sanction.
_LOOKS_BACK = re.compile(r"上述|以上|这些")
#: How a circular begins, and within how many characters.
_ANNOUNCES = re.compile(
    r"(?:通报|曝光|公布)(?:了)?[^，。；]{0,24}?(?:\d+|[两二三四五六七八九十多]+)[起个例]|(?:\d+|[两二三四五六七八九十多]+)[起个例][^，。；]{0,40}(?:典型)?(?:问题|案例|案件)"
)
_LEAD = 400
_SANCTIONED = re.compile(
    r"受到[^。；]{0,30}(?:处分|处理)|被(?:给予|开除|免职|诫勉|处以)|给予[^。；]{0,30}处分|判处|移送"
)
#: What tells of conduct, beside a sanction in the same sentence.
_FACTS = re.compile(r"违规|违反|收受|接受|套取|挪用|期间|年\d|\d年|利用|长期|多次|问题")
_CLOSING = re.compile(
    r"^[\s\u3000“]*(?:(?:会议|通报|通知|省纪委|市纪委|县纪委|区纪委|中央纪委)?[^，。]{0,14}(?:指出|强调|要求|说|表示|认为)[，：]|各级|各地|上述(?!\d?[二两三四五六七八九]?[名人])|以上|这些|"
    r"广大党员|全[省市县区州]各?|其他\d|(?:通报的)?(?:其他|另外)[^，。]{0,6}(?:典型|案例|\d起)|通报的典型案例|此次通报|当前|要(?:坚持|深入|认真|严格)|"
    r"希望|元旦|中秋|春节|端午|“?[两四]节|临近|来源|原标题|责任编辑|编辑|📷|✍|返回搜狐|（责|\(责|【编辑)"
)


def cut(text: str, starts: frozenset[int]) -> tuple[Span, ...]:
    """The spans of the problems of a circular, () where the text is not one.

    `starts` are offsets at which an introduction or an organisation's name begins. `text` has even punctuation.
    """
    heads = _heads(text, starts)
    if not heads:
        return ()
    spans = []
    for number, head in enumerate(heads):
        following = heads[number + 1] if number + 1 < len(heads) else len(text)
        spans.append((head, _until_closing(text, head, following)))
    return tuple(spans)


def paragraphs(text: str, names: tuple[tuple[int, str], ...]) -> tuple[Span, ...]:
    """The problems of a circular that has no headings: each goes from who and what to the sanction; () for no circular.

    `names` are the places where people are named, with their names.
    """
    if not _ANNOUNCES.search(text, 0, _LEAD):
        return ()
    starts: list[int] = []
    seen: set[str] = set()
    closed = True
    since = -1  # where what is told since the last sanction begins
    for first, end in _sentences(text):
        announced = _ANNOUNCES.search(text, first, end)
        start = max(first, text.rfind("：", first, end) + 1) if announced else first
        if announced and any(first <= at < start or start == first <= at < end for at, _ in names):
            return ()  # an article about one of the problems
        here = {name for at, name in names if start <= at < end}
        sanctioned = _SANCTIONED.search(text, start, end) is not None
        if announced and start == first:
            continue
        since = start if since < 0 else since
        if closed and here - seen and not (sanctioned and starts and not _FACTS.search(text, start, end)):
            starts.append(since)
            closed = False
        seen |= here
        if sanctioned:
            closed, since = True, end
    spans = [(start, _until_closing(text, start, end)) for start, end in pairwise([*starts, len(text)])]
    return tuple(spans) if len(spans) > 1 else ()


def heading_end(text: str, span: Span) -> int:
    """Where the first sentence of the problem ends."""
    match = _SENTENCE.match(text, *span)
    return match.end() if match else span[1]


def _heads(text: str, starts: frozenset[int]) -> list[int]:
    """Where problems begin: at sentences that name who and what and end in 问题 or 案."""
    heads = []
    for start, end in _sentences(text):
        number = _NUMBER.match(text, start)
        begin = number.end() if number else start
        while begin < end and text[begin] in " \u3000“":
            begin += 1
        if not starts & set(range(begin, begin + 3)):
            continue
        sentence = text[start:end]
        if _HEADING.search(sentence) and not _NO_HEADING.search(sentence):
            heads.append(start)
    return heads


def _sentences(text: str) -> list[Span]:
    """The sentences of the text; numbers that count 1, 2, 3 begin one wherever they stand."""
    items, wanted = [], 1
    for match in _ITEM.finditer(text):
        if int(match.group(1)) == wanted:
            items.append(match.start())
            wanted += 1
    cuts = items if len(items) > 1 else []
    spans = []
    for match in _SENTENCE.finditer(text):
        edges = [match.start(), *(cut for cut in cuts if match.start() < cut < match.end()), match.end()]
        spans += list(pairwise(edges))
    return spans


def _until_closing(text: str, start: int, end: int) -> int:
    """`end`, or where closing comments begin."""
    for match in _SENTENCE.finditer(text, start, end):
        at = match.start()
        if at > start and _CLOSING.match(match.group()):
            looks_back = _LOOKS_BACK.match(match.group()) and _SANCTIONED.search(text, at, end)
            if not looks_back:
                return at
    return end
