"""What the text around a name tells: who stands beside it, which bodies are near, a birth year, a sentence to know."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b

from corpus.document import Document
from indexer.extract import marks, places
from indexer.extract.extraction import Extraction, Span
from indexer.fold import fold
from indexer.identity.facts import Facts, Held, divisions
from indexer.identity.rarity import masked

#: How many names on each side count as standing beside, and how near one in another sentence must be, in characters.
_BESIDE, _NEXT_DOOR = 8, 120
#: How near an agency must be named, in characters.
_NEAR = 250
#: Sentences that are remembered of each appearance, and the length from which one is told by its words.
_PASSAGES, _SHORTEST = 3, 14
_SENTENCE_END = re.compile(r"[。！？\n\r]")
_DESCRIBES = re.compile(r"，(?:[男女汉1]|[\u4e00-\u9fff]{1,4}族)")
_BORN = re.compile(r"[，,]?(?:男|女)?[^。；\n]{0,20}?((?:19|20)\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:出?生)")
_ORIGIN = re.compile(r"[^。；\n]{0,40}?(?:籍贯|，|祖籍)([\u4e00-\u9fff]{2,12}?)(?:人|籍)(?=[，。；])")
_MATTER = re.compile(r"[（(〔]?\d{4}[）)〕][\u4e00-\u9fff]{1,4}\d{0,4}[\u4e00-\u9fff]{1,3}\d+号")
#: What people are called who hold no public post: 某局高级统计师, 某网站记者, or an office's byline before the name.
_CALLED = re.compile(r"([\u4e00-\u9fffA-Za-z]{5,24})(?:[ \u3000](?=[\u4e00-\u9fff]{2,3}(?:\s|$)))?$")
_CALLING = re.compile(r"(?:[师员家手者官士授长任记席理裁]|网站|记者|[日晚时]报|电视台|广播)$")
#: Bodies that deal with a matter; they say nothing about whose it is.
_DEALING = re.compile(
    r"纪委|监委|纪检监察|检察|法院|监察|巡视|巡察|公安|中共中央$|中央政治局|中央委员会|党中央|国务院$|办公厅$|新华社|央视"
)
#: 中国全国政协, as it is called beside a body of another country.
_NATION = re.compile(r"^中国(?=全国|中央)")
_DEALT = re.compile(r"违规|违纪|违法|受贿|贪污|处分|被查|审查|双开|落马|开除|判处|逮捕|公诉")
_DISCIPLINE = frozenset({"circular", "case_notice", "warning_education"})


class Reading:
    """A document as it is read for its people."""

    def __init__(self, document: Document, extraction: Extraction) -> None:
        self.even = marks.even(document.text)
        self._folded = fold(document.text)
        self._ends = [match.end() for match in _SENTENCE_END.finditer(self.even)]
        self._year = _year(document)
        self._discipline = extraction.kind in _DISCIPLINE
        named = ((span, fold(person.name)) for person in extraction.people for span in person.spans)
        self._named = sorted((span, name) for span, name in named if not masked(name))
        self._at = [span[0] for span, _ in self._named]
        self._bodies = sorted(
            (span[0], _NATION.sub("", fold(agency.normal or agency.name)))
            for agency in extraction.agencies
            if not _DEALING.search(agency.name) and len(agency.name) > 3
            for span in agency.spans
        )
        self._body_at = [at for at, _ in self._bodies]
        self._subjects = [
            {fold(subject.name) for subject in case.subjects if subject.type == "person" and not masked(subject.name)}
            for case in extraction.cases
        ]

    def facts(self, name: str, spans: Sequence[Span], posts: frozenset[Held], note: str, *, shared: bool) -> Facts:
        """What the places of a name tell of its bearer, together with the posts and the note that are printed there.

        Where the name is `shared` by two people of the document, what stands around it says nothing of which.
        """
        telling = any(post.telling for post in posts)
        particulars = [self._particulars(pattern, spans) for pattern in (_BORN, _ORIGIN)]
        told = Facts(
            posts=posts,
            called=frozenset() if telling else frozenset(self._called(spans)),
            notes=frozenset({note} if note else ()),
            born=frozenset(map(int, particulars[0])),
            origins=frozenset(places.full(origin) or origin for origin in particulars[1]),
            seats=self._seats(posts),
        )
        if shared:
            return told
        sentences = list(dict.fromkeys(self._sentence(span[0]) for span in spans))
        matters = (match.group() for sentence in sentences for match in _MATTER.finditer(self.even, *sentence))
        return replace(
            told,
            bodies=frozenset(body for span in spans for body in self._bodies_near(span)),
            beside=frozenset(self._beside(name, spans)),
            matters=frozenset(matters),
            passages=frozenset(self._passages(sentences)),
            dealt=frozenset({True} if self._discipline or self._deals(sentences) else ()),
        )

    def _sentence(self, at: int) -> Span:
        number = bisect_left(self._ends, at + 1)
        low = self._ends[number - 1] if number else 0
        return low, self._ends[number] if number < len(self._ends) else len(self.even)

    def _particulars(self, pattern: re.Pattern[str], spans: Sequence[Span]) -> list[str]:
        """What stands right after the name where a person is described: ，男，汉族，1968年3月生，云岭人."""
        described = (end for _, end in spans if _DESCRIBES.match(self.even, end))
        return [match.group(1) for end in described if (match := pattern.match(self.even, end))]

    def _called(self, spans: Sequence[Span]) -> Iterator[str]:
        for start, _ in spans:
            match = _CALLED.search(self.even, max(0, start - 25), start)
            if match is not None and _CALLING.search(match.group(1)):
                yield fold(match.group(1))[-12:]

    def _seats(self, posts: frozenset[Held]) -> frozenset[str]:
        if self._year is None:
            return frozenset()
        return frozenset(f"{self._year} {where[-1]}" for post in posts if (where := divisions(post.org)))

    def _bodies_near(self, span: Span) -> Iterator[str]:
        low, high = bisect_left(self._body_at, span[0] - _NEAR), bisect_left(self._body_at, span[1] + _NEAR)
        for _, body in self._bodies[low:high]:
            yield body

    def _deals(self, sentences: Sequence[Span]) -> bool:
        return any(_DEALT.search(self.even, *sentence) for sentence in sentences)

    def _beside(self, name: str, spans: Sequence[Span]) -> Iterator[str]:
        for subjects in self._subjects:
            if name in subjects:
                yield from subjects - {name}
        for start, _ in spans:
            low, high = self._sentence(start)
            at = bisect_left(self._at, start)
            for (other, _), who in self._named[max(0, at - _BESIDE) : at + _BESIDE + 1]:
                if who != name and (low <= other < high or abs(other - start) <= _NEXT_DOOR):
                    yield who

    def _passages(self, sentences: Sequence[Span]) -> Iterator[str]:
        for low, high in sentences[:_PASSAGES]:
            words = re.sub(r"\W|_", "", self._folded[low:high])
            if len(words) >= _SHORTEST:
                yield blake2b(words.encode(), digest_size=6).hexdigest()


def _year(document: Document) -> int | None:
    date = document.meta.get("date")
    return int(date.value[:4]) if date is not None and date.value[:4].isdigit() else None
