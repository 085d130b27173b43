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
_ITEM = re.compile(r"(?<![\d年月日第.])(\d{1,2})[.、．](?=[\u4e00-\u9fff])")
_HEADING = re.compile(r"(?:问题|[一]?案|案件|错误)[”]?(?:被(?:通报|查处))?[。：\s]*$")
_NO_HEADING = re.compile(
    r"典型(?:问题|案例|案件)|(?:通报|曝光)了?[^，。]{0,20}[\d一二三四五六七八九十两多]+[起个例]|其中包括|还包括|分别为|分别是|立案审查调查|公开通报|通报显示|"
    r"涉嫌犯罪问题|发现(?!问题)|暴露|反映|反馈|显示|交代|查清|掌握|介绍|存在的?问题|一些问题|收到|举报|其他(?:严重)?(?:违纪|违规|违法)|进行(?:了)?(?:审查|调查|核查)"
)
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
        if match.start() > start and _CLOSING.match(match.group()):
            return match.start()
    return end
