"""The laws that a text names: full titles in 《》, what its short forms stand for, and the editions that it tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from indexer.extract.extraction import Span
from indexer.extract.lexicons import alternation, entries

_KIND = "法典|法|条例|准则|规定|办法|细则|规则|规程|章程|解释|意见|决定|通知|纪要|批复|答复|标准|修正案"
_NUMBERED = "(?:[（(][一二三四五六七八九十]+[）)])?"
_GENERIC = re.compile(rf"(?:{_KIND}){_NUMBERED}")
_TITLE = re.compile(r"《([^《》\n]*(?:《[^《》\n]*》[^《》\n]*)*)》")
_PARENTHESIS = re.compile(r"[ \u3000]?[（(]([^（）()\n]*(?:[（(〔][^（）()〔〕\n]*[）)〕][^（）()\n]*)*)[）)]")
_ALIAS = re.compile(r"(?:简称为?|下称|统称)[:：]?[《“\"]?([^《》“”\"，,；;、）)]{1,25})")
_OWN = re.compile(r"[\u4e00-\u9fff]+?(?:法典?|条例|准则|规定|办法|细则|规则|章程)(?![\u4e00-\u9fff])")
_TAIL = re.compile(r"[（(][^（）()]*[）)]$")
_HEADING = re.compile(r"^[\s\u3000#*]*第[一二三四五六七八九十百零〇\d]{1,7}条[*\s\u3000]", re.MULTILINE)

_DAY = r"(?:\d{1,2}月(?:\d{1,2}日)?)?"
_MADE = "(?:修订|修正|修改|颁布|公布|印发|制定|发布|实施|施行|通过|出台)"
_BEFORE = re.compile(rf"((?:19|20)\d\d)\s?年{_DAY}(?:(?:最?新|重新)?{_MADE}{{0,2}})(?:后|前|的|版|新|原|旧)*$")
_AFTER = re.compile(rf"((?:19|20)\d\d)\s?年?{_DAY}[^，,；;）)]{{0,8}}?(?:{_MADE}|版)")


@dataclass(frozen=True, slots=True)
class Law:
    """A law named at `span`: its full title, or the printed name where the text gives no other; and its edition."""

    title: str
    span: Span
    edition: int | None = None


@dataclass(frozen=True, slots=True)
class Laws:
    """The laws of one text. `own` is the title of the statute that the text itself is, or None."""

    named: tuple[Law, ...]
    aliases: dict[str, Law]
    own: str | None = None

    def ending(self, end: int) -> Law | None:
        """The law in 《》 whose name ends at `end`, its short form resolved."""
        return next((self._resolved(law) for law in self.named if law.span[1] == end), None)

    def last(self, position: int) -> Law | None:
        """The last law named in 《》 before `position`, its short form resolved."""
        law = next((law for law in reversed(self.named) if law.span[1] <= position and _is_law(law.title)), None)
        return self._resolved(law) if law else None

    def standing_for(self, name: str, position: int) -> Law | None:
        """The law that the short form `name`, printed at `position`, stands for; None where the text does not tell.

        What the text says itself (以下简称) comes first; a bare kind (条例) is the last full title of that kind; any
        other short form is the last full title that holds its characters in order (党纪处分条例).
        """
        if name in self.aliases:
            return self.aliases[name]
        generic = _GENERIC.fullmatch(name) is not None
        kind = _TAIL.sub("", name) if generic else name[-2:]
        like = [
            law
            for law in self.named
            if len(law.title) > len(name)
            and not _GENERIC.fullmatch(law.title)
            and _TAIL.sub("", law.title).endswith(kind)
            and (generic or _in_order(name, law.title))
        ]
        return next((law for law in reversed(like) if law.span[0] <= position), like[0] if like else None)

    def _resolved(self, law: Law) -> Law:
        full = self.standing_for(law.title, law.span[0])
        if full is None:
            return law
        inherited = full.edition if law.title in self.aliases else None
        return Law(full.title, law.span, law.edition or inherited)


def read(text: str, title: str) -> Laws:
    """Return the laws that `text` (of a document titled `title`, or "") names, with the short forms it sets."""
    named: list[Law] = []
    aliases: dict[str, Law] = {}
    for match in _TITLE.finditer(text):
        asides = list(_asides(text, match.end()))
        law = Law(match[1], match.span(), _edition(text[: match.start()][-24:], (*asides, match[1])))
        named.append(law)
        for aside in asides:
            for alias in _ALIAS.findall(aside):
                aliases.setdefault(alias, law)
    aliases = {alias: law for alias, law in aliases.items() if alias != law.title}
    return Laws(tuple(named), aliases, _own(text, title))


def unbracketed(text: str, end: int, laws: Laws) -> Law | None:
    """The law whose name without 《》 ends at `end`: 刑法, 中国共产党纪律处分条例, 该条例, 条例."""
    match = _name().search(text, max(0, end - 45), end)
    if match is None or match.end() != end:
        return None
    name, span = match.group(), match.span()
    if match["kind"]:
        if match["pointer"] == "本" and laws.own:
            return Law(laws.own, span)
        full = laws.standing_for(match["kind"], span[0]) or laws.last(span[0])
        return replace(full, span=span) if full else None
    if match["bare"]:
        full = laws.standing_for("条例", span[0])
        return replace(full, span=span) if full else None
    # A code keeps its printed name, unless the text itself has made it a short form.
    full = laws.aliases.get(name) if name.endswith("法") else laws.standing_for(name, span[0])
    edition = _edition(text[: span[0]][-24:], ())
    return Law(full.title, span, edition or full.edition) if full else Law(name, span, edition)


@cache
def _name() -> re.Pattern[str]:
    nation = "中华人民共和国|中国共产党"
    return re.compile(
        rf"(?:(?P<pointer>该|本|同|此|前述|上述)(?P<kind>{_KIND})"
        rf"|(?:{nation})?(?:{alternation(entries('codes'))})(?:实施条例|修正案)?{_NUMBERED}"
        rf"|(?:{nation})[\u4e00-\u9fff]{{2,30}}(?:{_KIND}){_NUMBERED}|(?P<bare>条例))$"
    )


def _asides(text: str, position: int) -> Iterator[str]:
    """Yield what stands in parentheses right after a title."""
    while match := _PARENTHESIS.match(text, position):
        yield match[1]
        position = match.end()


def _edition(before: str, after: tuple[str, ...]) -> int | None:
    """The year of the edition, told right before a title (2018年修订的) or in parentheses after or in it."""
    if match := _BEFORE.search(before):
        return int(match[1])
    return next((int(match[1]) for aside in after if (match := _AFTER.search(aside))), None)


def _own(text: str, title: str) -> str | None:
    """The title of the statute that a text of articles is."""
    if len(_HEADING.findall(text)) < 3:
        return None
    quoted, printed = _TITLE.search(title), _OWN.search(title)
    return quoted[1] if quoted else printed.group() if printed else None


def _is_law(title: str) -> bool:
    return re.search(rf"(?:{_KIND})$", _TAIL.sub("", title)) is not None


def _in_order(short: str, full: str) -> bool:
    """Whether the characters of `short` stand in `full` in their order."""
    rest = iter(full)
    return all(character in rest for character in short)
