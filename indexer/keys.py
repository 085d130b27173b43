"""What a search may ask of an extraction: its values as keys to filter and count by, and as numbers to compare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from indexer.extract.extraction import Article, Case, Extraction
from indexer.fields import KEY_LENGTH
from indexer.fold import fold

#: Stages of a matter, as they are shown and asked for.
STAGES: Mapping[str, str] = {
    "investigated": "审查调查",
    "detained": "留置",
    "sanctioned": "处分",
    "arrested": "逮捕",
    "prosecuted": "起诉",
    "tried": "审理",
    "sentenced": "判决",
}

#: What stands before the name of a statute or party regulation in its full title, and is left out in speech.
_BEFORE_LAW = ("中华人民共和国", "中国共产党")


def keys(extraction: Extraction) -> dict[str, tuple[str, ...]]:
    """The key fields of an extraction, each value once, in order of the text."""
    subjects = [subject for case in extraction.cases for subject in case.subjects]
    posts = [post for subject in subjects for post in subject.posts]
    found: dict[str, Iterable[str]] = {
        "official": (official.name for official in extraction.officials),
        "agency": (name for agency in extraction.agencies for name in (agency.name, agency.normal) if name),
        "post": (name for post in posts for name in (post.title, f"{post.org or ''}{post.title}")),
        "sanction": (sanction for subject in subjects for sanction in subject.sanctions),
        "violation": (violation for case in extraction.cases for violation in case.violations),
        "offence": (offence for case in extraction.cases for offence in case.offences),
        "article": (key for article in extraction.articles for key in article_keys(article)),
        "sector": (mention.value for mention in extraction.mentions if mention.kind == "sector"),
        "stage": (STAGES[subject.stage] for subject in subjects if subject.stage),
    }
    return {name: tuple(dict.fromkeys(_clip(value) for value in values)) for name, values in found.items()}


def numbers(extraction: Extraction) -> dict[str, tuple[int, ...]]:
    """The number fields of an extraction: amounts in yuan, and each year of conduct."""
    amounts = {amount.yuan for case in extraction.cases for amount in case.amounts if amount.yuan is not None}
    years = {year for case in extraction.cases for year in _years(case)}
    return {"amount": tuple(sorted(amounts)), "conduct_year": tuple(sorted(years))}


def article_keys(article: Article) -> tuple[str, ...]:
    """The ways to ask for an article: by its paragraph and item or without, by the law's full or spoken name.

    Paragraph 1 of article 85 is found by 第八十五条 and by 第八十五条第一款: "处分条例#85", "处分条例#85.1"; and by the
    law alone.
    """
    number = f"{article.article}-{article.inserted}" if article.inserted else str(article.article)
    levels = [number]
    if article.paragraph or article.item:
        levels.append(f"{number}.{article.paragraph or ''}")
    if article.item:
        levels.append(f"{number}.{article.paragraph or ''}.{article.item}")
    return tuple(key for law in law_names(article.law) for key in (law, *(f"{law}#{level}" for level in levels)))


def law_names(law: str) -> tuple[str, ...]:
    """The full name of a law and, where it begins with the state's or the Party's name, the name without."""
    folded = fold(law)
    short = next((folded.removeprefix(start) for start in _BEFORE_LAW if folded.startswith(start)), folded)
    return tuple(dict.fromkeys((folded, short)))


def _years(case: Case) -> range:
    """The years of conduct; a case whose years are not told has none."""
    if case.conduct_from is None:
        return range(0)
    return range(case.conduct_from, (case.conduct_to or case.conduct_from) + 1)


def _clip(value: str) -> str:
    """A key as it is indexed: folded, so that every way to write it is one, and no longer than a key may be."""
    return fold(value)[:KEY_LENGTH]
