"""From when to when somebody held a post, as the curriculum vitae in a notice tells it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.extract import posts
from indexer.extract.extraction import Post, Span

_YEAR = r"((?:19|20)\d\d)(?:年|[.．/-])?(?:(?:0?[1-9]|1[0-2])(?!\d)(?:月)?)?(?:\d{1,2}日)?(?:起|后)?"
#: 2011年3月至2015年6月任…; 2011.03—2015.06 …; 2011年3月，任…: a line or clause of a curriculum vitae.
_LINE = re.compile(
    rf"(?:^|(?<=[。；;\n\r\s，,：:（(]))(?:自|于)?{_YEAR}"
    rf"(?P<to>\s*(?:至|到|[-—－–~～]+)\s*(?:{_YEAR}|今))?[，,\s]*(?P<what>[^。；;\n\r]{{2,80}})",
    re.MULTILINE,
)
#: The word that says that what follows was held, with what may stand before it.
_HOLDS = re.compile(
    r"^[^，,利在因]{0,12}?(?:起|先后|又|他|她)?(?:历任|曾任|担任|先后任|升任|调任|改任|转任|接任|出任|兼任|当选为?|被任命为|任)"
)
_NO_POST = re.compile(r"[，,、]?(?:其间|其中|期间).*|[（(].*")
_CLAUSE = re.compile(r"[，,]")


@dataclass(frozen=True, slots=True)
class Term:
    """A line of a career: first and last year (None: not told), the posts held, and where the line stands."""

    first: int
    last: int | None
    posts: tuple[Post, ...]
    span: Span


def terms(text: str, stretch: Span) -> Iterator[Term]:
    """The lines of a career in a stretch of a text, in its order. A term that is not told to end ends with the next."""
    found = [term for match in _LINE.finditer(text, *stretch) if (term := _term(text, match)) is not None]
    for number, term in enumerate(found):
        after = found[number + 1].first if number + 1 < len(found) else None
        open_end = term.last is None and after is not None and after >= term.first
        yield replace(term, last=after) if open_end else term


def _term(text: str, match: re.Match[str]) -> Term | None:
    first, last = int(match.group(1)), match.group(3)
    low, high = match.span("what")
    holds = _HOLDS.match(text[low:high])
    if holds is None and match["to"] is None and match.group().count("，") > 1:
        return None  # a date of something else: of birth, of joining the Party, of a deed
    if last is not None and int(last) < first:
        return None
    told = _posts(text, low + holds.end() if holds else low, high)
    return Term(first, int(last) if last else None, told, match.span()) if told else None


def _posts(text: str, low: int, high: int) -> tuple[Post, ...]:
    """The posts that the text lists from `low` on, as many clauses as are nothing else: X局副局长，党组书记、局长."""
    if aside := _NO_POST.search(text, low, high):
        high = aside.start()
    ends = [match.start() for match in _CLAUSE.finditer(text, low, high)]
    for end in (high, *reversed(ends)):
        read = posts.read(text, low, end, frozenset())
        if read.posts and read.start == low:
            return read.posts
    return ()
