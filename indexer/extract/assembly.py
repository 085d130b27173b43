"""From what the components found to one Extraction: each case receives the amounts, offences and years of its facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from indexer.extract import amounts, articles, times
from indexer.extract.extraction import Amount, Article, Case, Extraction, Mention, Named, Span
from indexer.extract.kind import Kind

_PRONOUN = re.compile("其|他|她|本人")
_SENTENCE = re.compile("[^。\n]*(?:。|\n|$)")


def assemble(text: str, kind: Kind, found: Mapping[str, Any]) -> Extraction:
    """Return the extraction of a document, from what each component found in its text."""
    return Extraction(
        kind=kind.label,
        kind_confidence=kind.confidence,
        cases=tuple(_with_facts(case, text, found) for case in found["cases"]),
        officials=found["officials"],
        agencies=found["agencies"],
        articles=articles.distinct(found["articles"]),
        mentions=_mentions(found),
        people=found["everyone"],
    )


def _with_facts(case: Case, text: str, found: Mapping[str, Any]) -> Case:
    """The case with what was found inside its span, in the sentences that do not speak of somebody else alone."""
    start, end = case.span
    told = list(_sentences_about(case, text, found["officials"]))
    inside: list[Amount] = [
        a for a in found["amounts"] if any(low <= a.span[0] and a.span[1] <= high for low, high in told)
    ]
    charges: list[Mention] = [m for m in found["offences"] if start <= m.start and m.end <= end]
    first, last = times.conduct_years("".join(text[low:high] for low, high in told))
    return replace(
        case,
        amounts=amounts.distinct(text, inside),
        offences=tuple(dict.fromkeys(charge.value for charge in charges)),
        conduct_from=first,
        conduct_to=last,
    )


def _sentences_about(case: Case, text: str, officials: Iterable[Named]) -> Iterator[Span]:
    """Yield the sentences of a case, without those that name other officials only: a predecessor's fine, in passing."""
    names = {subject.name for subject in case.subjects}
    others = {official.name for official in officials} - names
    persons = all(subject.type == "person" for subject in case.subjects)
    for match in _SENTENCE.finditer(text, *case.span):
        sentence = match.group()
        if (
            persons
            and any(other in sentence for other in others)
            and not any(name in sentence for name in names)
            and not _PRONOUN.search(sentence)
        ):
            continue
        yield match.span()


def _mentions(found: Mapping[str, Any]) -> tuple[Mention, ...]:
    """Everything that was found as a mention, and every place where an article is cited, in the order of the text."""
    mentions = [m for values in found.values() if isinstance(values, tuple) for m in values if isinstance(m, Mention)]
    cited: tuple[Article, ...] = found["articles"]
    mentions += [Mention("article", *article.span, article_value(article)) for article in cited]
    return tuple(sorted(mentions, key=lambda m: (m.start, m.end, m.kind, m.value)))


def article_value(article: Article) -> str:
    """The normal form of a cited article: "law:中国共产党纪律处分条例#85.1.2", "law:刑法#388-1" for 第388条之一."""
    number = f"{article.article}-{article.inserted}" if article.inserted else str(article.article)
    levels = [number, str(article.paragraph or ""), str(article.item or "")]
    return f"law:{article.law}#{'.'.join(levels).rstrip('.')}"
