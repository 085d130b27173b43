"""The graded matters: queries, texts and judgments of two collections, and what they are compared by.

`gold/prec_*` are discipline matters; `lecard/` is LeCaRD v1, whose queries each have about thirty judged candidates.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from benchmarks.corpora import DATA
from indexer.extract.pipeline import extract
from indexer.extractions import fingerprint as extraction_fingerprint
from indexer.matter.comparing import fingerprint, matter_of
from indexer.matter.matter import Matter, as_json, from_json
from indexer.segment import Dictionary, Segmenter
from indexer.segment import fingerprint as words_fingerprint


@dataclass(frozen=True, slots=True)
class Graded:
    """A collection: `queries` and `texts` by id, `grades` of documents by query, `group` of a reprint, `titles`.

    Where `rerank` is set, only the judged documents of a query are ranked.
    """

    name: str
    queries: Mapping[str, str]
    texts: Mapping[str, str]
    grades: Mapping[str, Mapping[str, int]]
    group: Mapping[str, str]
    titles: Mapping[str, str]
    rerank: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """A collection with its matters: one a query, and the cases of each text, by "text id/number"."""

    graded: Graded
    queries: Mapping[str, Matter]
    cases: Mapping[str, Matter]


def precedents(data: Path) -> Graded:
    """The discipline matters of `data`/gold."""
    gold = data / "gold"
    queries = _rows(gold / "prec_queries_dev.jsonl")
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    for line in (gold / "prec_qrels_dev.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        query, document, grade = line.split("\t")
        grades[query][document] = int(grade)
    group = json.loads((gold / "prec_dups.json").read_text(encoding="utf-8"))
    texts = {row["_id"]: row["text"] for row in _rows(gold / "prec_corpus.jsonl")}
    titles = {row["_id"]: row["title"] for row in queries}
    return Graded("precedents", {r["_id"]: r["text"] for r in queries}, texts, grades, group, titles, rerank=False)


def lecard(data: Path) -> Graded:
    """LeCaRD of `data`/lecard; the charges of its queries are not read."""
    home = data / "lecard"
    queries = {row["_id"]: row["text"] for row in _rows(home / "queries.jsonl")}
    texts = {row["_id"]: row["text"] for row in _rows(home / "corpus.jsonl")}
    grades = json.loads((home / "label_top30_dict.json").read_text(encoding="utf-8"))
    return Graded("lecard", queries, texts, grades, {}, {}, rerank=True)


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def compared(graded: Graded) -> Compared:
    """The collection with its matters, made once for each version of what makes them."""
    queries = _kept(graded.queries, _whole)
    return Compared(
        graded,
        {key: matter for key, (matter, *_) in queries.items()},
        {
            f"{key}/{number}": matter
            for key, found in _kept(graded.texts, _whole if graded.rerank else _cases).items()
            for number, matter in enumerate(found)
        },
    )


def _kept(texts: Mapping[str, str], read: Callable[[str, Segmenter], list[Matter]]) -> dict[str, list[Matter]]:
    """The matters of each text; from a file beside the benchmarks where nothing has changed since."""
    versions = (extraction_fingerprint(), fingerprint(), words_fingerprint(Dictionary()))
    depends = (read.__name__, *versions, sorted(texts.items()))
    path = DATA / f"graded-{blake2b(repr(depends).encode(), digest_size=8).hexdigest()}.json"
    if not path.exists():
        segmenter = Segmenter()
        found = {key: [as_json(matter) for matter in read(text, segmenter)] for key, text in texts.items()}
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    plain = json.loads(path.read_text(encoding="utf-8"))
    return {key: [from_json(matter) for matter in matters] for key, matters in plain.items()}


def _whole(text: str, segmenter: Segmenter) -> list[Matter]:
    return [matter_of(text, None, extract(text), segmenter)]


def _cases(text: str, segmenter: Segmenter) -> list[Matter]:
    found = extract(text)
    return [matter_of(text, case, found, segmenter) for case in found.cases or (None,)]
