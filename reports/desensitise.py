"""Names of people replaced by 王某甲, 王某乙, one alias a person; a finished report searched for leaks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from io import BytesIO
from itertools import chain, count
from zipfile import ZipFile

from indexer.extract.people import surnames
from search.parse import Problem
from search.precedents.asking import Asked
from search.precedents.found import Comparison, Precedent, Precedents, Sentence
from search.precedents.sameness import full_names

#: Who is meant by a name in a document: (document id, name) -> the person's id.
Identities = Mapping[tuple[str, str], str]

_ORDINALS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
_TAKEN = re.compile(rf"[\u4e00-\u9fff]{{1,2}}某[{_ORDINALS}]")
#: What may stand between the characters of a name as documents print it.
_GAP = r"[\s·•・]*"
_PARAGRAPH_END = re.compile(r"</(?:\w+:)?(?:p|tc|title|creator|subject|keywords|description)>")
_TAG = re.compile(r"<[^>]*>")
#: Stands where one paragraph ends, so that no name is read across.
_END = "\0"


@dataclass(frozen=True, slots=True)
class Aliases:
    """What each person is called in a report: by document and name, and by the name alone where that is all known."""

    by_document: Mapping[tuple[str, str], str]
    by_name: Mapping[str, str]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that must not be read in the report."""
        return tuple(self.by_name)

    def mask(self, text: str, document: str = "") -> str:
        """The text of a document with the alias of each name in it, however the name is spaced."""
        pattern = _any_of(self.by_name)
        return pattern.sub(lambda match: self._alias(_bare(match.group()), document), text) if pattern else text

    def _alias(self, name: str, document: str) -> str:
        return self.by_document.get((document, name)) or self.by_name[name]


def aliases_of(found: Precedents, identities: Identities) -> Aliases:
    """An alias for everyone named in the matter and in the cases shown, in the order in which they come."""
    taken = set(_TAKEN.findall("".join(_texts(found))))
    people: dict[str, str] = {}
    by_document: dict[tuple[str, str], str] = {}
    by_name: dict[str, str] = {}
    told = [(found.asked.document_id, found.asked.names), *((hit.document_id, hit.names) for hit in found.hits)]
    for document, names in told:
        for name in sorted(full_names(names), key=names.index):
            bare = _bare(name)
            if len(bare) > 1:
                person = identities.get((document, name), bare)
                alias = people.get(person) or _free(bare, taken)
                taken.add(alias)
                people[person] = by_document[document, bare] = alias
                by_name.setdefault(bare, alias)
    return Aliases(by_document, by_name)


def desensitised(found: Precedents, aliases: Aliases) -> Precedents:
    """The answer with aliases for names in all its texts, titles, sources and sentences."""
    asked = found.asked
    facts = aliases.mask(asked.facts, asked.document_id)
    return replace(
        found,
        asked=Asked(facts, (0, len(facts)), asked.matter, asked.case_id, (), asked.within),
        hits=tuple(_hit(hit, asked.document_id, aliases) for hit in found.hits),
        filters=aliases.mask(found.filters),
        notes=tuple(map(aliases.mask, found.notes)),
        problems=tuple(Problem(one.start, one.end, aliases.mask(one.message)) for one in found.problems),
    )


def leaks(data: bytes, names: Iterable[str]) -> tuple[str, ...]:
    """Those of the names that can be read anywhere in an office file: texts, properties, names of parts."""
    pattern = _any_of(names)
    with ZipFile(BytesIO(data)) as parts:
        texts = [text for part in parts.infolist() for text in (part.filename, *_readable(parts.read(part)))]
    found = (_bare(match.group()) for text in texts for match in pattern.finditer(text)) if pattern else ()
    return tuple(dict.fromkeys(found))


def _readable(data: bytes) -> Iterator[str]:
    """A part as it is written, and as it is read: without its tags, by which a name may be cut in two."""
    written = data.decode("utf-8", errors="replace")
    yield unescape(written)
    yield unescape(_TAG.sub("", _PARAGRAPH_END.sub(_END, written)))


def _hit(hit: Precedent, query: str, aliases: Aliases) -> Precedent:
    def comparison(one: Comparison) -> Comparison:
        return Comparison(
            aliases.mask(one.text, hit.document_id),
            tuple(Sentence(aliases.mask(said.text, query), said.page) for said in one.query),
            tuple(Sentence(aliases.mask(said.text, hit.document_id), said.page) for said in one.candidate),
        )

    return replace(
        hit,
        source=aliases.mask(hit.source, hit.document_id),
        title=aliases.mask(hit.title, hit.document_id),
        text=aliases.mask(hit.text, hit.document_id),
        why=tuple(map(comparison, hit.why)),
        differs=tuple(map(comparison, hit.differs)),
        matter=replace(hit.matter, subjects=()),
        reprints=tuple(
            replace(
                one,
                source=aliases.mask(one.source, hit.document_id),
                title=aliases.mask(one.title, hit.document_id),
            )
            for one in hit.reprints
        ),
        names=(),
    )


def _texts(found: Precedents) -> Iterator[str]:
    yield found.asked.facts
    for hit in found.hits:
        yield from (hit.title, hit.source, hit.text)


def _free(name: str, taken: set[str]) -> str:
    """The first alias of the surname that nobody has, in the texts or of those named before."""
    surname = name[:2] if len(name) > 2 and name[:2] in surnames() else name[0]
    ordinals: Iterable[object] = chain(_ORDINALS, count(len(_ORDINALS) + 1))
    return next(alias for alias in (f"{surname}某{ordinal}" for ordinal in ordinals) if alias not in taken)


def _bare(name: str) -> str:
    return re.sub(_GAP, "", name)


def _any_of(names: Iterable[str]) -> re.Pattern[str] | None:
    ordered: Sequence[str] = sorted(names, key=lambda name: (-len(name), name))
    return re.compile("|".join(_GAP.join(map(re.escape, name)) for name in ordered)) if ordered else None
