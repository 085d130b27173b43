"""What extraction finds in one document. Spans are (start, end) offsets into the canonical text.

The JSON contract that users script against is `as_json`; its field names do not change.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that means something: `value` is its normal form, e.g. "law:中国共产党纪律处分条例#85"."""

    kind: str
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Post:
    """A post as it is printed where the person is introduced. `org` is None where no organisation is printed."""

    org: str | None
    title: str
    former: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is dealt with in a case: a person, or an organisation (`type` "org"), with what this text says befell it.

    `stage` is the furthest reached: investigated, detained, sanctioned, arrested, prosecuted, tried, sentenced; None
    where the text tells of none.
    """

    name: str
    type: str
    span: Span
    posts: tuple[Post, ...] = ()
    sanctions: tuple[str, ...] = ()
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money: `text` as printed, `yuan` rounded to the nearest, None in another `currency` ("USD").

    `of` says what it is an amount of ("收受礼金"), in the text's own words; None where that is not told.
    """

    text: str
    yuan: int | None
    span: Span
    currency: str | None = None
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A cited article: `law` is the full title, or the printed name of a code cited without 《》.

    `edition` is the year of the edition where that can be told; an article means nothing without its edition.
    `inserted` is n of 第…条之n, an article of its own.
    """

    law: str
    article: int
    span: Span
    paragraph: int | None = None
    item: int | None = None
    edition: int | None = None
    inserted: int | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One matter of one or several subjects: its facts and its outcome."""

    span: Span
    subjects: tuple[Subject, ...]
    violations: tuple[str, ...] = ()
    offences: tuple[str, ...] = ()
    amounts: tuple[Amount, ...] = ()
    conduct_from: int | None = None
    conduct_to: int | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """An official or an agency with every place where it is named. `normal` is an agency's full name."""

    name: str
    spans: tuple[Span, ...]
    normal: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Anyone a document names, official or not, with each place of the name and every post printed at one."""

    name: str
    spans: tuple[Span, ...]
    posts: tuple[Post, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything found in a document. `mentions` holds the rest: places, stages, sectors, document numbers.

    `people` are all who are named, `officials` those of them who hold or held a public post or are dealt with.
    """

    kind: str
    kind_confidence: float
    cases: tuple[Case, ...] = ()
    officials: tuple[Named, ...] = ()
    agencies: tuple[Named, ...] = ()
    articles: tuple[Article, ...] = ()
    mentions: tuple[Mention, ...] = field(default=())
    people: tuple[Person, ...] = ()


def from_json(plain: dict[str, Any]) -> Extraction:
    """The extraction that `as_json` gave, before the contract's own fields were added."""
    return Extraction(
        kind=plain["kind"],
        kind_confidence=plain["kind_confidence"],
        cases=tuple(_case(case) for case in plain["cases"]),
        officials=tuple(_named(official) for official in plain["officials"]),
        agencies=tuple(_named(agency) for agency in plain["agencies"]),
        articles=tuple(Article(**{**article, "span": _span(article)}) for article in plain["articles"]),
        mentions=tuple(Mention(**mention) for mention in plain["mentions"]),
        people=tuple(_person(person) for person in plain.get("people", ())),
    )


def _span(plain: dict[str, Any]) -> Span:
    start, end = plain["span"]
    return start, end


def _named(plain: dict[str, Any]) -> Named:
    return Named(plain["name"], tuple((start, end) for start, end in plain["spans"]), plain.get("normal"))


def _post(plain: dict[str, Any]) -> Post:
    return Post(**{**plain, "span": _span(plain)})


def _person(plain: dict[str, Any]) -> Person:
    spans = tuple((start, end) for start, end in plain["spans"])
    return Person(plain["name"], spans, tuple(_post(post) for post in plain["posts"]))


def _case(plain: dict[str, Any]) -> Case:
    subjects = (
        Subject(
            name=subject["name"],
            type=subject["type"],
            span=_span(subject),
            posts=tuple(_post(post) for post in subject["posts"]),
            sanctions=tuple(subject["sanctions"]),
            stage=subject["stage"],
        )
        for subject in plain["subjects"]
    )
    return Case(
        span=_span(plain),
        subjects=tuple(subjects),
        violations=tuple(plain["violations"]),
        offences=tuple(plain["offences"]),
        amounts=tuple(Amount(**{**amount, "span": _span(amount)}) for amount in plain["amounts"]),
        conduct_from=plain["conduct_from"],
        conduct_to=plain["conduct_to"],
    )


def as_json(extraction: Extraction) -> dict[str, Any]:
    """The extraction as plain JSON values, in the shape of the contract."""
    plain = asdict(extraction)
    for case in plain["cases"]:
        for amount in case["amounts"]:
            if amount["currency"] is None:
                del amount["currency"]
    for official in plain["officials"]:
        del official["normal"]
    return plain
