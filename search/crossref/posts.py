"""The posts of an official over time: what each document prints, and from when to when where that is told."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.extract.extraction import Post, Span
from indexer.fold import fold
from search.crossref.career import Term, terms
from search.crossref.naming import Named, alone
from search.crossref.sources import Evidence, Source, few

#: How far after a name its curriculum vitae may go on, in characters.
_CAREER = 1_500
#: The legal form of an enterprise, which speech leaves out.
_FORM = re.compile(r"(?:集团)?(?:股份)?(?:有限)?(?:责任)?公司|集团")
#: A short form has more characters than this.
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Held:
    """A post somebody held. `first` and `last` are years, None where not told; `former`: a document says it is over.

    `agency` is the normal name of `org`, "" without one; `seen` the span of the dates of the documents that print the
    post; `starts` every year in which documents let it begin.
    """

    org: str | None
    title: str
    agency: str
    first: str | None
    last: str | None
    former: bool
    seen: tuple[str | None, str | None]
    starts: tuple[int, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """A post as one document prints it where it names the person; `term` is the line of a career that it stands in."""

    source: Source
    post: Post
    agency: str
    term: Term | None = None


def printed(posts: Sequence[tuple[Source, Post]], places: Mapping[str, Sequence[Span]], named: Named) -> list[Printed]:
    """The posts that documents print at a person's name, and those of his careers in them.

    `places` are where the person is named, by document id; `posts` come in the order of their documents.
    """
    known = {source.document.id: source for source, _ in posts}
    careers = [(source, post, term) for source in known.values() for post, term in _careers(source, places)]
    dated = {(source.document.id, post.span) for source, post, _ in careers}
    plain = [(source, post, None) for source, post in posts if (source.document.id, post.span) not in dated]
    return [
        Printed(source, post, named.normal(source.document.id, post.org) if post.org else "", term)
        for source, post, term in (*careers, *plain)
    ]


def held(several: Sequence[Printed]) -> tuple[Held, ...]:
    """The posts that are printed, each once, the latest first."""
    found = [_held(together) for together in _together(several)]
    return tuple(sorted(found, key=lambda one: (one.last or one.first or one.seen[1] or "", one.title), reverse=True))


def _careers(source: Source, places: Mapping[str, Sequence[Span]]) -> Iterator[tuple[Post, Term]]:
    """The posts of the curricula vitae that follow a person's name, as far as no other official is named."""
    own = places.get(source.document.id, ())
    mine = {span[0] for span in own}
    others = sorted(
        span[0] for person in source.extraction.people if person.posts for span in person.spans if span[0] not in mine
    )
    reached = 0
    for start, end in own:
        stop = next((at for at in others if at > start), len(source.document.text))
        stretch = max(end, reached), min(stop, end + _CAREER)
        reached = max(reached, stretch[1])
        if stretch[0] < stretch[1]:
            for term in terms(source.document.text, stretch):
                yield from ((post, term) for post in term.posts)


def _together(several: Sequence[Printed]) -> Iterator[list[Printed]]:
    """Posts of one title at one agency, printed in full and in short: 墨阳市财政局 and 市财政局."""
    by_title: defaultdict[str, defaultdict[str, list[Printed]]] = defaultdict(lambda: defaultdict(list))
    for one in several:
        by_title[fold(one.post.title)][one.agency].append(one)
    for agencies in by_title.values():
        merged: dict[str, list[Printed]] = {}
        for agency in sorted(agencies, key=lambda agency: (not _placed(agency), -len(agencies[agency]), agency)):
            same = next((known for known in merged if may_be_one(known, agency)), agency)
            merged.setdefault(same, []).extend(agencies[agency])
        yield from merged.values()


def _placed(agency: str) -> bool:
    return bool(agency) and alone(agency).certain


def may_be_one(one: str, other: str) -> bool:
    """Whether two normal names may be one agency: equal, one printed without its place, or short for the other."""
    short, long = sorted((one, other), key=len)
    if not short or short == long:
        return short == long
    if long.endswith(short) or (not _placed(short) and alone(long).body == alone(short).body):
        return True
    return not (alone(short).place or alone(long).place) and _abbreviates(short, long)


def _abbreviates(short: str, long: str) -> bool:
    """Whether an enterprise or association without a place is called by characters of its name: 云岭足协 (足球协会).

    What only goes on after the whole of the other name is a part of it, but for the legal form.
    """
    if long.startswith(short):
        return _FORM.fullmatch(long, len(short)) is not None
    rest = iter(long)
    return short[:2] == long[:2] and len(short) > _SHORTEST and all(character in rest for character in short)


def _held(several: Sequence[Printed]) -> Held:
    by_date = sorted(several, key=lambda one: (one.source.date or "9", one.source.document.id, one.post.span))
    shown = _most_frequent(by_date)
    told = [(one, one.term) for one in by_date if one.term]
    first = min((term.first for _, term in told), default=None)
    last = max((term.last for _, term in told if term.last), default=None)
    dates = [one.source.date for one in by_date if one.source.date]
    evidence = [one.source.evidence(term.span) for one, term in told]
    evidence += [one.source.evidence(one.post.span) for one in by_date if not one.term]
    return Held(
        org=shown.post.org,
        title=shown.post.title,
        agency=shown.agency,
        first=str(first) if first else None,
        last=str(last) if last else None,
        former=any(one.post.former for one in several),
        seen=(dates[0], dates[-1]) if dates else (None, None),
        starts=_starts(told),
        evidence=few(evidence),
    )


def _most_frequent(several: Sequence[Printed]) -> Printed:
    """The printed form to show: of those that name the place the most frequent, of equals the longest."""
    counts = Counter(one.post.org for one in several)
    return max(several, key=lambda one: (_placed(one.agency), counts[one.post.org], len(one.post.org or "")))


def _starts(told: Sequence[tuple[Printed, Term]]) -> tuple[int, ...]:
    """The first years of the post as each document gives them: where one tells of several terms, the first."""
    firsts: dict[str, int] = {}
    for one, term in told:
        key = one.source.document.id
        firsts[key] = min(term.first, firsts.get(key, term.first))
    return tuple(sorted(set(firsts.values())))
