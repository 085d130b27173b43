"""From a case, or from pasted facts, to the matter that it is compared by."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from importlib.resources import files

from indexer.extract import amounts, times
from indexer.extract.extraction import Case, Extraction, Span, Subject
from indexer.fold import fold
from indexer.matter import labels, posts, traits
from indexer.matter.facts import BLANK, facts
from indexer.matter.lexicons import expression
from indexer.matter.matter import Matter, Outcome
from indexer.segment import Segmenter

#: Goes up with every change of what a matter holds; the lexicons count by themselves. History: 1 first;
#: 2 tells whether the facts are told of a defendant.
VERSION = 2

_STAGES = ("investigated", "detained", "sanctioned", "arrested", "prosecuted", "tried", "sentenced")
_DEFENDANT = re.compile("被告人|被告单位")
_HAN_WORD = re.compile(r"[\u4e00-\u9fff]{2,}|[a-z]{2,}")


def fingerprint() -> str:
    """What a matter depends on besides the text, its extraction and its words: this version and the lexicons."""
    lexicons = sorted((file.name, file.read_bytes()) for file in (files("indexer.matter") / "lexicon").iterdir())
    return f"matter {VERSION}, lexicons {blake2b(repr(lexicons).encode(), digest_size=6).hexdigest()}"


def matter_of(text: str, case: Case | None, extraction: Extraction, segmenter: Segmenter) -> Matter:
    """The matter of `case` in a document's `text`, of which `extraction` tells; the whole text without a case."""
    span = case.span if case else (0, len(text))
    told = facts(text, span)
    found = traits.find(told, span[0])
    subjects = case.subjects if case else ()
    names = tuple(dict.fromkeys(subject.name for subject in subjects))
    return Matter(
        words=_words(_without_offices(told, span, subjects, extraction), names, segmenter),
        violations=labels.violations(_values(extraction, "violation", span, told), found),
        offences=labels.offences((*(case.offences if case else ()), *_values(extraction, "offence", span, told)), told),
        traits=found,
        level=posts.level(subjects, told),
        sectors=tuple(dict.fromkeys(_values(extraction, "sector", span, told))),
        amounts=tuple(amount.yuan for amount in (case.amounts if case else amounts.find(told)) if amount.yuan),
        articles=tuple(dict.fromkeys(f"{a.law}#{a.article}" for a in extraction.articles if _within(a.span, span))),
        years=(case.conduct_from, case.conduct_to) if case else times.conduct_years(told),
        subjects=names,
        charged=_DEFENDANT.search(text, *span) is not None,
        outcome=Outcome(
            tuple(dict.fromkeys(sanction for subject in subjects for sanction in subject.sanctions)),
            max((subject.stage for subject in subjects if subject.stage), key=_STAGES.index, default=None),
        ),
    )


def _without_offices(told: str, span: Span, subjects: Iterable[Subject], extraction: Extraction) -> str:
    """The facts without agencies and posts: who holds the same office has not done the same."""
    named = [place for agency in extraction.agencies for place in agency.spans]
    named += [post.span for subject in subjects for post in subject.posts]
    for start, end in named:
        if _within((start, end), span):
            low, high = start - span[0], min(end - span[0], len(told))
            told = told[:low] + BLANK * (high - low) + told[high:]
    return expression("office").sub(lambda match: BLANK * len(match.group()), told)


def _values(extraction: Extraction, kind: str, span: Span, told: str) -> Iterator[str]:
    """The values of the mentions of a kind within `span`, whose facts are `told`; offences count in formulas too."""
    for mention in extraction.mentions:
        inside = mention.kind == kind and _within((mention.start, mention.end), span)
        if inside and (kind == "offence" or told[mention.start - span[0]] != BLANK):
            yield mention.value


def _within(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] < outer[1]


def _words(told: str, names: tuple[str, ...], segmenter: Segmenter) -> dict[str, int]:
    """The counts of the words of two characters or more, names of the subjects left out."""
    own = {fold(part) for name in names for part in (name, name[1:])}
    words = (word for word in segmenter.words(fold(told)) if _HAN_WORD.fullmatch(word) and word not in own)
    return dict(Counter(words))
