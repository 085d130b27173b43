"""Agencies: organs of state and Party, courts, public institutions, state enterprises, in the longest form printed.

The tagger says where names of organisations and places are; the grammar of names joins them (place, body, part of a
body) and says where the name ends. A shorter form of a name that is printed longer elsewhere is the same agency.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from functools import cache

from indexer.extract import lexicons, marks, organisations, places, tagger, titles
from indexer.extract.extraction import Named, Span

_SENTENCE = re.compile(r"[^。！？\n\r]+[。！？\n\r]?")
#: A sentence without one of these says nothing of where the agencies of a text are.
_OF_A_PLACE = re.compile(r"[委局厅处科部署院校所站队政府社会行组厂矿中心公司集团委办检法馆台]")
_STARTS = frozenset({"ORG", "LOC", "nt", "ns"})
#: 北京航空航天大学 is not 北京市航空航天大学.
_OWN_NAME = ("公司", "集团", "大学", "学院", "银行", "学校", "医院", "兵团", "交易所")
#: Longest name that is looked for, in characters.
_LONGEST = 48
_GOES_ON = frozenset({"ORG", "LOC", "n", "nz", "vn", "nt", "ns", "an", "j", "s", "nw"})
_JOINS = re.compile(
    r"第?[一二三四五六七八九十]+|和|与|（|）|驻|自然|发展|改革|综合|监督|管理|建设|服务|卫生|安全|保障|直属|派驻"
)
_STOP = re.compile(r"纪律|审查|调查|联合|督促|指定|会同|领域|系统|网站|官网|公众号")
_FORMER_PARTY = re.compile(r"原(?:党委|党组|党总支|党支部|纪委)$")
_MASKED = re.compile(r"某|[A-ZＡ-Ｚ甲乙丙丁](?=[省市县区镇乡村公银医局]|$)")
#: A name that only tells its level: 省发改委 (市政工程 tells none).
_LEVEL = re.compile(r"^(自治区|自治州|[省县州]|市(?!政(?!府|协)|场)|区(?!域)|旗(?!舰|下))(?=[\u4e00-\u9fff])")


def find(text: str, title: str = "") -> tuple[Named, ...]:  # noqa: ARG001 - every finder of names is called alike
    """The agencies named in `text`, each once with all its places, in the order of their first.

    `normal` is the full name: short names are spelled out, and a name that only tells its level (省发改委) is completed
    with the place the text is about.
    """
    even = marks.even(text)
    sentences = [span for match in _SENTENCE.finditer(even) if organisations.holds_body(even, span := match.span())]
    words = tagger.words(even, sentences)
    spans = _longest(_spans(even, sentences, words) + _listed(even))
    found: dict[str, list[Span]] = defaultdict(list)
    for start, end in spans:
        found[text[start:end]].append((start, end))
    kept = _distinct(found)
    # which places the text is about only matters where a name leaves its place out
    named = _divisions(even) if any(map(_LEVEL.match, kept)) else []
    context = _most_named(named)
    return tuple(
        Named(name, tuple(at), _normal(marks.even(name), (*_before(even, at[0][0], named), *context)))
        for name, at in kept.items()
    )


def _spans(text: str, sentences: list[Span], words: tuple[tagger.Word, ...]) -> list[Span]:
    """The stretches that the tagger and the grammar of names take for agencies, none in the title of a statute."""
    quoted = [match.span() for match in re.finditer(r"《[^》\n]{2,60}》", text)]
    starts = [word.start for word in words]
    found: list[Span] = []
    for low, high in sentences:
        part = words[bisect_left(starts, low) : bisect_left(starts, high)]
        found += [span for span in _in_sentence(text, part) if not any(a <= span[0] < b for a, b in quoted)]
    return found


def _in_sentence(text: str, words: tuple[tagger.Word, ...]) -> list[Span]:
    found: list[Span] = []
    number = 0
    while number < len(words):
        word = words[number]
        if not _may_begin(text[word.start : word.end], word.tag):
            number += 1
            continue
        end, number = _name_end(text, words, number)
        if end is not None and not _MASKED.search(text[max(0, word.start - 1) : word.start]):
            start = organisations.begins(text, word.start, end)
            party = _FORMER_PARTY.search(text, start, end)
            end = party.start() if party else end
            if _is_agency(text[start:end]):
                found.append((start, end))
    return found


def _may_begin(piece: str, tag: str) -> bool:
    return tag in _STARTS or (_LEVEL.match(piece) is not None and organisations.is_body(piece))


def _name_end(text: str, words: tuple[tagger.Word, ...], first: int) -> tuple[int | None, int]:
    """Where the name that begins with the word `first` ends, if it is an agency's; and the next word to look at."""
    start = words[first].start
    title = titles.ends_organisation().search(text, start + 1, start + _LONGEST)
    stops = title.start() if title else start + _LONGEST
    end: int | None = None
    following = first + 1
    for number in range(first, len(words)):
        word = words[number]
        piece = text[word.start : word.end]
        if number > first and (word.start >= stops or _breaks(piece, word.tag, after_body=end == word.start)):
            break
        stop = _body_end(text, word.start, min(word.end, stops), start)
        if stop is not None:
            end, following = stop, number + 1
    return end, following


def _breaks(piece: str, tag: str, *, after_body: bool) -> bool:
    """Whether a name cannot go on with this word."""
    if _STOP.match(piece) or (tag not in _GOES_ON and not _JOINS.fullmatch(piece)):
        return True
    if not after_body:
        return False
    another = tag == "ORG" and places.end(piece, 0) > 0 and not piece.startswith(("中国", "国家"))
    return another or piece in {"和", "与", "（"}


def _body_end(text: str, low: int, high: int, start: int) -> int | None:
    """Where in the word from `low` to `high` a body's name ends, the last such place."""
    for end in range(high, low, -1):
        name = text[start:end]
        if organisations.ends_body(name, text[end : end + 1]) and not organisations.is_place(name):
            return end
    return None


def _listed(text: str) -> list[Span]:
    return [match.span() for match in _national().finditer(text)]


@cache
def _national() -> re.Pattern[str]:
    return re.compile(lexicons.alternation(lexicons.entries("national")))


def _is_agency(name: str) -> bool:
    if len(name) < 2 or _MASKED.search(name) or organisations.is_place(name):
        return False
    return not _generic().fullmatch(name)


def _longest(spans: list[Span]) -> list[Span]:
    """The spans without those inside others."""
    kept: list[Span] = []
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _distinct(found: dict[str, list[Span]]) -> dict[str, list[Span]]:
    """The names with their places, in order, without those that end another: 县纪委 is 青禾县纪委, named short."""
    kept: list[str] = []
    for name in sorted(found, key=len, reverse=True):
        if not any(other.endswith(name) and _only_place(other, name) for other in kept):
            kept.append(name)
    return {name: found[name] for name in sorted(kept, key=lambda name: found[name][0])}


def _only_place(longer: str, name: str) -> bool:
    """Whether the longer name only adds the place to the shorter."""
    return bool(places.end(longer, 0)) or len(name) >= 4


def _divisions(text: str) -> list[tuple[int, str]]:
    """The divisions that the text names, by their full names, with where the chain of each begins."""
    sentences = [match.span() for match in _SENTENCE.finditer(text) if _OF_A_PLACE.search(match.group())]
    return [
        (word.start, full)
        for word in tagger.words(text, sentences)
        if word.tag in _STARTS
        for name in places.chain(text, word.start)
        if (full := places.full(name))
    ]


def _most_named(named: list[tuple[int, str]]) -> tuple[str, ...]:
    """The divisions that the text is about: those it names most."""
    return tuple(name for name, _ in Counter(name for _, name in named).most_common(12))


def _before(text: str, start: int, named: list[tuple[int, str]]) -> tuple[str, ...]:
    """The divisions named before `start` in the same paragraph, the nearest first: of them a short name speaks."""
    paragraph = text.rfind("\n", 0, start) + 1
    return tuple(name for at, name in reversed(named) if paragraph <= at < start)


def _normal(name: str, context: tuple[str, ...]) -> str:
    """The full name of an agency in a text about the places of `context`."""
    if (level := _LEVEL.match(name)) and (above := _above(level.group(), context)):
        name = above + name[len(level.group()) :]
    at = places.end(name, 0)
    place, body = name[:at], name[at:]
    if not any(word in body for word in _OWN_NAME):
        place = places.full(place) or place
    return place + _abbreviations().get(body, body)


def _above(level: str, context: tuple[str, ...]) -> str | None:
    """The place of a level that the text is about: one it names, or what that lies in."""
    for place in context:
        for division in places.upward(place):
            if division.endswith(level) and not (level == "区" and division.endswith("自治区")):
                return division
    return None


@cache
def _generic() -> re.Pattern[str]:
    return re.compile(lexicons.patterns(lexicons.entries("generic_agencies")))


@cache
def _abbreviations() -> dict[str, str]:
    rows = (row.partition("\t") for row in lexicons.entries("abbreviations"))
    return {short: full for short, _, full in rows}
