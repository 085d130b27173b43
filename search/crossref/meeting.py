"""How a document names two people together, with the sentence that says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from indexer.extract.extraction import Span
from indexer.identity.appearance import Appearance
from search.crossref.sources import Evidence, Source, sentence


class How(StrEnum):
    """How two are named together. The values are part of the JSON contract; the closest comes first."""

    GAVE_TO = "gave_to"
    RECEIVED_FROM = "received_from"
    SAME_CASE = "same_case"
    SAME_SENTENCE = "same_sentence"
    SAME_DOCUMENT = "same_document"

    @property
    def label(self) -> str:
        """In the user's words; the person spoken of stands first."""
        return _LABELS[self]

    @property
    def seen_by_the_other(self) -> How:
        """The same, where the other person is spoken of first."""
        return _TURNED.get(self, self)


_LABELS = {
    How.GAVE_TO: "送给对方财物",
    How.RECEIVED_FROM: "收受对方财物",
    How.SAME_CASE: "同一案件",
    How.SAME_SENTENCE: "同一句话",
    How.SAME_DOCUMENT: "同一份文件",
}
_TURNED = {How.GAVE_TO: How.RECEIVED_FROM, How.RECEIVED_FROM: How.GAVE_TO}
#: 甲(收受)…乙(所送); 甲向乙(行贿); 乙(送给)甲; 甲(送)乙….
_TAKES = re.compile(r"(?:收受|索取|接受|收取|索要|收下)[^。；]{0,30}$")
_GIVEN = re.compile(
    r"^(?:等\S{0,3}?)?(?:先后)?(?:多次)?(?:以[^，。；]{0,10}?)?(?:所)?(?:送|给予|贿送|赠送|提供|给|安排)"
)
_GIVES = re.compile(r"(?<!面)(?:向|给|为)[^，。；]{0,16}$")
_BRIBES = re.compile(r"^[^。；，]{0,8}?(?:行贿|送[上去给]?|贿送|输送)")
_HANDS = re.compile(r"^[^。；，]{0,12}?(?:送给|送予|贿送|行贿|赠送|塞给|转给)[^。；，]{0,16}$")
#: What makes a name none: a place (石舂县), the head of a number (石纪通〔2019〕), 石舂人.
_PLACE_AFTER = "省市县区州盟旗镇乡村"
_NUMBER_AFTER = re.compile(r"\s?[〔\[［（(]\s?(?:19|20|１９|２０)")
#: 男，1981年生，岚江石舂人，大学学历.
_ORIGIN_BEFORE, _ORIGIN_AFTER = re.compile(r"[，,、][\u4e00-\u9fff]{0,8}$"), re.compile(r"人[，,、]")
_BY_LINE = re.compile(r"(?:记者|通讯员|编辑|作者|摄影|摄|校对|审核|供稿|撰稿)[\s:：|｜/]*$")


def meeting(source: Source, own: Sequence[Span], others: Sequence[Span]) -> tuple[How, Evidence]:
    """The closest way in which a document names two together, at these places, with the sentence."""
    text = source.document.text
    met: list[tuple[How, Span]] = []
    for mine in own:
        low, high = sentence(text, mine)
        for other in others:
            if low <= other[0] < high:
                how = _dealing(text, mine, other) or (
                    How.SAME_CASE if _case(source, mine, other) else How.SAME_SENTENCE
                )
                met.append((how, mine))
    if met:
        how, place = min(met, key=lambda one: list(How).index(one[0]))
        return how, source.evidence(place)
    for other in others:
        if any(_case(source, mine, other) for mine in own):
            return How.SAME_CASE, source.evidence(other)
    return How.SAME_DOCUMENT, source.evidence(others[0])


def plainly_none(source: Source, one: Appearance) -> bool:
    """Whether what was taken for a name of somebody without a post is part of something else, or signs the text."""
    return not one.posts and all(_is_part(source.document.text, span) for span in one.spans)


def _is_part(text: str, span: Span) -> bool:
    start, end = span
    name, after = text[start:end], text[end : end + 8]
    bare = name.removesuffix("人")
    ends = start + len(bare)
    from_there = _ORIGIN_AFTER.match(text, ends) and _ORIGIN_BEFORE.search(text, max(0, start - 10), start)
    return bool(
        (after and after[0] in _PLACE_AFTER)
        or any(bare + ending in text for ending in _PLACE_AFTER)
        or from_there
        or _NUMBER_AFTER.match(after)
        or (name.endswith("性") and after[:1] in {"、", "的", "问"})
        or _BY_LINE.search(text, max(0, start - 8), start)
    )


def _case(source: Source, mine: Span, other: Span) -> bool:
    """Whether both stand in one case, one of them as its subject."""
    return any(
        case.span[0] <= mine[0] < case.span[1]
        and case.span[0] <= other[0] < case.span[1]
        and any(_named(source, subject.name, mine, other) for subject in case.subjects)
        for case in source.extraction.cases
    )


def _named(source: Source, name: str, *spans: Span) -> bool:
    return any(source.document.text[start:end] == name for start, end in spans)


def _dealing(text: str, mine: Span, other: Span) -> How | None:
    """Whether the sentence says that one took from the other, or gave to him: 收受乙所送, 向乙行贿, 乙送给."""
    first, second = sorted((mine, other))
    between, after = text[first[1] : second[0]], text[second[1] : second[1] + 24]
    if _TAKES.search(between) and _GIVEN.match(after):
        return How.RECEIVED_FROM if first == mine else How.GAVE_TO
    if (_GIVES.search(between) and _BRIBES.match(after)) or _HANDS.search(between):
        return How.GAVE_TO if first == mine else How.RECEIVED_FROM
    return None
