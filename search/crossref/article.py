"""The dossier of an article: the documents and cases that cite it, edition by edition, counted by sanction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.store import Store
from indexer.cases import case_id
from indexer.extract import articles as citations
from indexer.extract.extraction import Article, Case
from indexer.keys import article_keys, law_names
from search.crossref.editions import in_force
from search.crossref.sources import Evidence, Source, sources
from search.engine import Ask, Engine
from search.match import Key

#: So many of the documents that cite an article are read; a dossier says where there are more.
MOST_DOCUMENTS = 60
#: What speech leaves out of a title: 处分条例 is 中国共产党纪律处分条例.
_LEFT_OUT = ("", "中国共产党", "中国共产党纪律", "中华人民共和国", "中华人民共和国公职人员")


class NoArticle(ValueError):
    """What was asked names no article; the message says in Chinese how to name one."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A document that cites the article. `stated` tells whether it prints the edition, or its date tells it."""

    document: str
    kind: str
    date: str | None
    edition: int | None
    stated: bool
    article: Article
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class CitingCase:
    """A case in which the article is cited, with what its subjects received."""

    id: str
    subjects: tuple[str, ...]
    sanctions: tuple[str, ...]
    violations: tuple[str, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class Edition:
    """What cites the article in one edition; None where it cannot be told."""

    year: int | None
    citations: tuple[Citation, ...]
    cases: tuple[CitingCase, ...]

    @property
    def by_sanction(self) -> Mapping[str, int]:
        """The number of cases for each sanction, the most frequent first."""
        return dict(Counter(sanction for case in self.cases for sanction in case.sanctions).most_common())


@dataclass(frozen=True, slots=True)
class ArticleDossier:
    """All that cites an article of a law. `documents` counts all; `by_sanction` all documents by the sanctions told.

    `unread` says how many documents more there are than the editions tell of.
    """

    asked: Article
    laws: tuple[str, ...]
    documents: int
    by_sanction: Mapping[str, int]
    editions: tuple[Edition, ...]
    unread: int


def article(store: Store, engine: Engine, text: str) -> ArticleDossier:
    """The dossier of the article that a text names: 处分条例第八十五条, 《刑法》第385条第1款.

    Where the text names an edition (2018年修订), of that one only. Raises NoArticle, StoreError or EngineError.
    """
    asked = _asked(text)
    ask = Ask(Key("article", frozenset(_keys(asked))), limit=MOST_DOCUMENTS, count=("sanction",))
    page = engine.search(ask)
    read = sources(store, [row.id for row in page.rows])
    cited = [one for source in read.values() for one in _citations(source, asked)]
    years = sorted({one.edition for one, _ in cited}, key=lambda year: -(year or 0))
    editions = (_edition(year, [one for one in cited if one[0].edition == year]) for year in years)
    counts = sorted(page.counts.get("sanction", {}).items(), key=lambda one: (-one[1], one[0]))
    return ArticleDossier(
        asked=asked,
        laws=tuple(sorted({one.article.law for one, _ in cited})),
        documents=page.total,
        by_sanction=dict(counts),
        editions=tuple(one for one in editions if asked.edition in {None, one.year}),
        unread=page.total - len(read),
    )


def _asked(text: str) -> Article:
    found = citations.find(text)
    if not found and (at := text.find("第")) > 0:
        found = citations.find(f"《{text[:at].strip(' 《》')}》{text[at:]}")
    if not found:
        raise NoArticle(
            f"“{text}”里没有认出法规和条号。请写成：处分条例第八十五条，或《中国共产党纪律处分条例》第85条。"
        )
    return found[0]


def _keys(asked: Article) -> Iterator[str]:
    """The keys under which the index has the article, by every title that the law's name may stand for."""
    depth = 1 + bool(asked.paragraph or asked.item) + bool(asked.item)
    for name in _names(asked.law):
        yield [key for key in article_keys(asked) if key.startswith(f"{law_names(asked.law)[0]}#")][depth - 1].replace(
            law_names(asked.law)[0], name, 1
        )


def _names(law: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for before in _LEFT_OUT for name in law_names(before + law)))


def _citations(source: Source, asked: Article) -> Iterator[tuple[Citation, tuple[CitingCase, ...]]]:
    """The citations of the article in a document, each with the cases that it stands in; of one edition the first."""
    titles, seen = set(_names(asked.law)), set[tuple[int | None, int | None]]()
    every = source.extraction.articles
    for one in every:
        if not titles.intersection(law_names(one.law)) or not _is(one, asked):
            continue
        stated = one.edition or next((other.edition for other in every if other.law == one.law and other.edition), None)
        year = stated or in_force(next((law for law in _full(one.law)), one.law), source.date)
        held = _holding(source, one)
        key = year, held[0] if held else None
        if key not in seen:
            seen.add(key)
            evidence = source.evidence(one.span)
            kind = source.extraction.kind
            cited = Citation(source.document.id, kind, source.date, year, stated is not None, one, evidence)
            number, case = held or (0, None)
            yield cited, ((_citing(source, number, case, cited),) if case else ())


def _full(law: str) -> tuple[str, ...]:
    return tuple(before + law for before in _LEFT_OUT if in_force(before + law, "9999") is not None)


def _is(one: Article, asked: Article) -> bool:
    return (
        (one.article, one.inserted) == (asked.article, asked.inserted)
        and asked.paragraph in {None, one.paragraph}
        and asked.item in {None, one.item}
    )


def _holding(source: Source, one: Article) -> tuple[int, Case] | None:
    """The case, with its number from 1, that cites the article: it holds the citation, or it is the only one."""
    numbered = list(enumerate(source.extraction.cases, 1))
    holding = next((held for held in numbered if held[1].span[0] <= one.span[0] < held[1].span[1]), None)
    return holding or (numbered[0] if len(numbered) == 1 else None)


def _citing(source: Source, number: int, case: Case, cited: Citation) -> CitingCase:
    sanctions = dict.fromkeys(sanction for subject in case.subjects for sanction in subject.sanctions)
    names = tuple(subject.name for subject in case.subjects)
    return CitingCase(case_id(source.document.id, number), names, tuple(sanctions), case.violations, cited)


def _edition(year: int | None, cited: Sequence[tuple[Citation, tuple[CitingCase, ...]]]) -> Edition:
    reprints: dict[object, CitingCase] = {}  # a case that copies of a notice tell counts once
    for case in (case for _, several in cited for case in several):
        reprints.setdefault((case.subjects, case.sanctions, case.citation.evidence.text), case)
    cases = {case.id: case for case in reprints.values()}
    return Edition(year, tuple(one for one, _ in cited), tuple(cases.values()))
