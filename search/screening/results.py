"""What screening finds: for each row of the list a verdict, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from search.screening.context import NOTHING, Comparison
from search.screening.names import Names, Row
from search.screening.variants import Kind


class Verdict(StrEnum):
    """What the library has on the person of a row."""

    THIS_PERSON = "this_person"
    SAME_NAME = "same_name"
    NO_RECORD = "no_record"

    @property
    def label(self) -> str:
        """The verdict in the user's words."""
        return {"no_record": "没有记录", "this_person": "有此人记录", "same_name": "有同名者记录"}[self.value]


class Grouping(StrEnum):
    """Groups of documents beside those of `Kind`: one that agrees with the row, and one that holds no such person."""

    CONTEXT = "context"
    INSIDE = "inside"

    @property
    def label(self) -> str:
        """The group in the user's words."""
        return {"context": "单位或出生年一致", "inside": "字样出现但不是人名"}[self.value]


GroupName = Kind | Grouping


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a name stands: document, page from 1, sentence, the name as printed, and how that agrees with the row.

    `span` is that of the name in the document's text; `date` is the document's, ISO, "" where it has none.
    """

    document: str
    source: str
    title: str
    date: str
    page: int
    sentence: str
    written: str
    span: tuple[int, int]
    kind: GroupName
    comparison: Comparison = NOTHING


@dataclass(frozen=True, slots=True)
class Group:
    """The documents of one kind, all of them by id; `evidence` shows the newest of them."""

    name: GroupName
    documents: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Screened:
    """A row with its verdict. A document with several writings of the name is in several groups.

    The group CONTEXT repeats those documents of the others that agree with the row; EXACT and INSIDE together are
    the documents whose folded text holds the folded name.
    """

    row: Row
    verdict: Verdict
    groups: tuple[Group, ...] = ()

    def group(self, name: GroupName) -> Group:
        """The group of that name, empty where there is none."""
        return next((group for group in self.groups if group.name == name), Group(name, (), ()))

    @property
    def similar(self) -> int:
        """How many documents hold only a name that resembles this one: no record, but to be looked at."""
        return len({key for group in self.groups if _resembles(group.name) for key in group.documents})

    def evidence(self) -> Iterator[Evidence]:
        """Everything that is shown, each once: what agrees first, then by kind."""
        shown: dict[Evidence, None] = {}
        for group in self.groups:
            shown.update(dict.fromkeys(group.evidence))
        return iter(shown)


@dataclass(frozen=True, slots=True)
class Screening:
    """A list checked against a library of `documents` documents; `names` tells of the rows that gave nobody."""

    names: Names
    rows: tuple[Screened, ...]
    documents: int

    def counts(self) -> dict[Verdict, int]:
        """How many rows have each verdict."""
        return {verdict: sum(one.verdict is verdict for one in self.rows) for verdict in Verdict}


def as_json(screening: Screening) -> dict[str, Any]:
    """The screening as plain JSON values; all documents of a group are listed by id."""
    return {
        "documents": screening.documents,
        "counts": {verdict.value: count for verdict, count in screening.counts().items()},
        "rows": [_row(one) for one in screening.rows],
        "unusable": [
            {
                "sheet": one.place.sheet,
                "row": one.place.number,
                "last_row": one.last,
                "reason": one.reason.value,
                "label": one.reason.label,
                "text": one.shown,
            }
            for one in screening.names.unusable
        ],
    }


def _row(one: Screened) -> dict[str, Any]:
    row = one.row
    return {
        "sheet": row.place.sheet,
        "row": row.place.number,
        "name": row.written,
        "unit": row.unit or None,
        "post": row.post or None,
        "birth_year": row.birth,
        "verdict": one.verdict.value,
        "label": one.verdict.label,
        "similar_documents": one.similar,
        "groups": [
            {
                "group": group.name.value,
                "label": group.name.label,
                "documents": list(group.documents),
                "evidence": [_evidence(evidence) for evidence in group.evidence],
            }
            for group in one.groups
        ],
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "document": evidence.document,
        "source": evidence.source,
        "title": evidence.title,
        "date": evidence.date or None,
        "page": evidence.page,
        "span": list(evidence.span),
        "written": evidence.written,
        "text": evidence.sentence,
        "agrees": list(evidence.comparison.agrees),
        "differs": list(evidence.comparison.differs),
    }


def _resembles(name: GroupName) -> bool:
    return isinstance(name, Kind) and not name.is_same_name
