"""How well people are told apart, and what a new document costs in a small library and in a large one.

    python -m benchmarks.identity DATA [--cache DIR] [--sizes 10000 100000] [--diff]

DATA holds gold/identity_dev.json and gold/identity_corpus_dev.jsonl.gz. What is extracted of them is kept in the cache,
a folder outside the project. `--sizes` are those of the generated libraries (none: quality only); `--diff` prints every
pair that is wrong.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.generate import Generated
from benchmarks.report import Table, lines, machine
from corpus import frontmatter
from corpus.document import Document, Page
from corpus.store import FileRecord, Folder, Kept, Store, open_store
from indexer import extractions
from indexer.extract import pipeline
from indexer.extract.extraction import Extraction, Person, Post, as_json, from_json
from indexer.identity import people
from indexer.identity.appearance import Appearance, appearances
from indexer.identity.resolve import resolve

#: People of a name: the documents of each.
People = Sequence[frozenset[str]]


# -- quality ----------------------------------------------------------------------------------------------------------


def read(gold: Path, cache: Path) -> Iterator[tuple[Document, Extraction]]:
    """The documents of the gold corpus, with what is extracted of them by the present version."""
    kept = cache / "identity.jsonl"
    known: dict[str, Any] = {}
    if kept.exists():
        with kept.open(encoding="utf-8") as rows:
            known = {row["_id"]: row for row in map(json.loads, rows) if row["by"] == extractions.fingerprint()}
    with gzip.open(gold, "rt", encoding="utf-8") as rows, kept.open("w", encoding="utf-8") as written:
        for row in map(json.loads, rows):
            told = frontmatter.read(row["text"])
            title = told["title"].value if "title" in told else ""
            found = known.get(row["_id"])
            if found is None:
                plain = as_json(pipeline.extract(row["text"], title))
                found = {"_id": row["_id"], "by": extractions.fingerprint(), "extraction": plain}
            written.write(json.dumps(found, ensure_ascii=False) + "\n")
            document = Document(row["_id"], row["_id"], row["_id"], title, row["text"], (Page(0),), told)
            yield document, from_json(found["extraction"])


def identified(documents: Iterable[tuple[Document, Extraction]]) -> dict[str, People]:
    """The people of each name, told apart."""
    by_name: defaultdict[str, list[Appearance]] = defaultdict(list)
    for document, extraction in documents:
        for one in appearances(document, extraction):
            by_name[one.name].append(one)
    return {
        name: [frozenset(one.document for one in person.appearances) for person in resolve(found)]
        for name, found in by_name.items()
    }


@dataclass(slots=True)
class Pairs:
    """Pairs of documents that name one person (or two), as the gold says and as was found; `wrong` tells which."""

    same_together: int = 0
    same_apart: int = 0
    different_together: int = 0
    different_apart: int = 0

    @property
    def precision(self) -> float:
        """Of the pairs put together, those that are one person."""
        return _share(self.same_together, self.different_together)

    @property
    def recall(self) -> float:
        """Of the pairs that are one person, those put together."""
        return _share(self.same_together, self.same_apart)


def _share(right: int, wrong: int) -> float:
    return right / (right + wrong) if right + wrong else 1.0


def score(gold: Mapping[str, Any], found: Mapping[str, People]) -> Table:
    """What the gold's persons, collisions and false names say of the people found."""
    pairs, kept_apart = Pairs(), 0
    for row in gold["persons"]:
        _same(pairs, found.get(row["name"], ()), row["docs"])
    for row in gold["collisions"]:
        of = found.get(row["name"], ())
        for group in row["groups"]:
            _same(pairs, of, group)
        met = [
            _together(of, a, b) for one, other in combinations(row["groups"], 2) for a in one for b in other if a != b
        ]
        pairs.different_together += sum(met)
        pairs.different_apart += len(met) - sum(met)
        kept_apart += not any(met)
    true, taken = (
        [_named(found.get(row["name"], ()), key) for row in gold["false_names"] for key in row[what]]
        for what in ("true_docs", "false_docs")
    )
    precision, recall = b_cubed(gold, found)
    rows = (
        ("pairs, precision", f"{pairs.precision:.3f}"),
        ("pairs, recall", f"{pairs.recall:.3f}"),
        ("B³, precision", f"{precision:.3f}"),
        ("B³, recall", f"{recall:.3f}"),
        ("names of several people kept apart", f"{kept_apart} of {len(gold['collisions'])}"),
        ("mentions of people found", f"{sum(true)} of {len(true)}"),
        ("what only looks like a name, taken for one", f"{sum(taken)} of {len(taken)}"),
    )
    return Table("Who is who", ("figure", "found"), rows)


def b_cubed(gold: Mapping[str, Any], found: Mapping[str, People]) -> tuple[float, float]:
    """B³ precision and recall over the documents of the gold's people (Bagga and Baldwin 1998)."""
    groups: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
    for row in gold["persons"]:
        groups[row["name"]].append(frozenset(row["docs"]))
    for row in gold["collisions"]:
        groups[row["name"]] += map(frozenset, row["groups"])
    precision, recall = list[float](), list[float]()
    for name, meant in groups.items():
        known = frozenset().union(*meant)
        for group in meant:
            for key in sorted(group):
                got = max((one & known for one in found.get(name, ()) if key in one), key=len, default=frozenset({key}))
                precision.append(len(got & group) / len(got))
                recall.append(len(got & group) / len(group))
    return sum(precision) / len(precision), sum(recall) / len(recall)


def _same(pairs: Pairs, of: People, keys: Sequence[str]) -> None:
    for a, b in combinations(keys, 2):
        together = _together(of, a, b)
        pairs.same_together += together
        pairs.same_apart += not together


def _together(of: People, a: str, b: str) -> bool:
    return any(a in one and b in one for one in of)


def _named(of: People, key: str) -> bool:
    return any(key in one for one in of)


def wrong(gold: Mapping[str, Any], found: Mapping[str, People]) -> Iterator[str]:
    """A line for each person that is split and each two that are put together."""
    for row in gold["persons"]:
        of = [one & set(row["docs"]) for one in found.get(row["name"], ())]
        sizes = sorted((len(one) for one in of if one), reverse=True)
        if len(sizes) > 1 or sum(sizes) < len(row["docs"]):
            yield f"split\t{row['name']}\t{sizes} of {len(row['docs'])}"
    for row in gold["collisions"]:
        for one, other in combinations(row["groups"], 2):
            met = [(a, b) for a in one for b in other if a != b and _together(found.get(row["name"], ()), a, b)]
            if met:
                yield f"merged\t{row['name']}\t{met[:3]}"


# -- cost -------------------------------------------------------------------------------------------------------------

_INTRODUCED = re.compile(
    r"([\u4e00-\u9fff]{2}[市县区][\u4e00-\u9fff]{2,8}?(?:局|医院|社))(?:原)?((?:党组书记、|党组成员、)?[副局长主任四级调研员财务科办公室]{2,7}?)"
    r"(?=([王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕][\u4e00-\u9fff]{1,2})(?:违规|公车|利用|隐瞒|虚报|截留|涉嫌|收受))"
)
#: One who is named in every fifth document of any library.
_EVERYWHERE, _EVERYWHERE_POST = "高知远", ("澜汀省委", "书记")
_BATCH = 2000
#: New documents that are put one by one.
_NEW = 100


def generated(count: int, seed: int, first: int = 0) -> Iterator[tuple[Document, Extraction]]:
    """Generated documents with the people their sentences introduce, found by the generator's own forms."""
    texts, chance = Generated(count, seed), Random(seed)
    for number in range(count):
        text = texts[number]
        if chance.random() < 0.2:
            text += f"会议传达了{''.join(_EVERYWHERE_POST)}{_EVERYWHERE}的讲话精神。"
        key = f"{first + number:016x}"
        document = Document(key, key, key, "", text, (Page(0),))
        yield document, Extraction("circular", 1.0, people=tuple(_people(text)))


def _people(text: str) -> Iterator[Person]:
    named: dict[str, list[Post]] = {}
    for match in _INTRODUCED.finditer(text):
        named.setdefault(match.group(3), []).append(Post(match.group(1), match.group(2), False, match.span()))
    if (at := text.find("".join(_EVERYWHERE_POST) + _EVERYWHERE)) >= 0:
        named[_EVERYWHERE] = [Post(*_EVERYWHERE_POST, False, (at, at + 6))]
    for name, posts in named.items():
        spans = tuple(match.span() for match in re.finditer(re.escape(name), text))
        yield Person(name, spans, tuple(posts))


def cost(sizes: Sequence[int]) -> Table:
    """What it costs to note the people of a new document in libraries of these sizes."""
    rows = []
    for size in sizes:
        with TemporaryDirectory() as home:
            store = open_store(Path(home) / "library", create=True)
            with store.begin() as writing:
                writing.add_folder(Folder("资料", Path(home)))
            began = time.process_time()
            for start in range(0, size, _BATCH):
                _put(store, list(generated(min(_BATCH, size - start), start, start)))
            built = time.process_time() - began
            alone = [_clocked(store, [one]) for one in generated(_NEW, size + 1, size)]
            together = _clocked(store, list(generated(_NEW, size + 2, size + _NEW))) / _NEW
            store.close()
        seconds = (median(alone), max(alone), together, built / size)
        rows.append((f"{size:,}", *(f"{value * 1000:.1f}" for value in seconds)))
    columns = ("documents", "alone, median", "alone, worst", f"of {_NEW} together", "of the build")
    note = f"One name stands in every fifth document. {_NEW} documents alone, then {_NEW} in one batch."
    return Table("Milliseconds of processor time per new document", columns, tuple(rows), (note,))


def _put(store: Store, found: Sequence[tuple[Document, Extraction]]) -> None:
    with store.begin() as writing:
        writing.put_files([Kept(FileRecord("资料", one.id, 0, 0, one.content_hash, ""), [one]) for one, _ in found])
        people.put(writing, {one.id: (one, extraction) for one, extraction in found})


def _clocked(store: Store, found: Sequence[tuple[Document, Extraction]]) -> float:
    """The seconds of noting the people of documents that the store has just received."""
    with store.begin() as writing:
        writing.put_files([Kept(FileRecord("资料", one.id, 0, 0, one.content_hash, ""), [one]) for one, _ in found])
        began = time.process_time()
        people.put(writing, {one.id: (one, extraction) for one, extraction in found})
        return time.process_time() - began


def main() -> None:
    """Measure quality, then cost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache/anjian/extraction")
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--diff", action="store_true")
    options = parser.parse_args()
    options.cache.mkdir(parents=True, exist_ok=True)
    gold = json.loads((options.data / "gold/identity_dev.json").read_text(encoding="utf-8"))
    found = identified(read(options.data / "gold/identity_corpus_dev.jsonl.gz", options.cache))
    print(
        machine(), "", *lines(score(gold, found)), *(wrong(gold, found) if options.diff else ()), sep="\n", flush=True
    )
    if options.sizes:
        print(*lines(cost(options.sizes)), sep="\n")


if __name__ == "__main__":
    main()
