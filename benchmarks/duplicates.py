"""What is taken for a copy, and what finding copies costs: `python -m benchmarks.duplicates DATA_DIR [--show N]`.

DATA_DIR is searched for JSON lines with an `_id` and a `text` (`*.jsonl`, `*.jsonl.gz`). Every pair of texts that share
a clause is compared, which no library could afford, to tell what the keys miss. Where DATA_DIR holds `prec_dups.json`
(text -> the text that stands for its matter), pairs are counted by whether both report one matter. Times are of the
processor.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

import sqlalchemy as sa

from corpus.document import Document, Page, document_id
from corpus.schema import bands, duplicates
from corpus.store import FileRecord, Folder, Kept, open_store
from indexer.duplicates import put
from indexer.signature import Signature, alike, clauses, read_clauses, read_keys, sign

Pair = tuple[str, str]

_BATCH = 2_000
_COMMON = 600  # a clause in more texts than this is no reason to compare them: only the exhaustive search needs bounds
_CHARACTERS = 1_500


def texts_below(folder: Path) -> dict[str, str]:
    """The distinct texts of all files below the folder, by `_id`."""
    found: dict[str, str] = {}
    for path in sorted([*folder.rglob("*.jsonl"), *folder.rglob("*.jsonl.gz")]):
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for row in map(json.loads, data.splitlines()):
            if isinstance(row, dict) and "_id" in row and "text" in row:
                found.setdefault(str(row["_id"]), row["text"])
    return found


def similar(signed: Mapping[str, Signature]) -> set[Pair]:
    """Every pair that is alike, found without the keys."""
    compared = {key: read_clauses(signature.clauses) for key, signature in signed.items()}
    holding: defaultdict[int, list[str]] = defaultdict(list)
    for key, numbers in compared.items():
        for number in numbers:
            holding[number].append(key)
    shared: Counter[Pair] = Counter()
    for number, keys in holding.items():
        if len(keys) <= _COMMON:
            for pair in combinations(sorted(keys), 2):
                shared[pair] += number & 0xFF
    lengths = {key: sum(number & 0xFF for number in numbers) for key, numbers in compared.items()}
    return {
        (one, other)
        for (one, other), length in shared.items()
        if 2 * length > max(lengths[one], lengths[other]) and alike(compared[one], compared[other])
    }


def meeting(signed: Mapping[str, Signature]) -> set[Pair]:
    """Every pair that shares a key."""
    holding: defaultdict[int, list[str]] = defaultdict(list)
    for key, signature in signed.items():
        for number in set(read_keys(signature.keys)):
            holding[number].append(key)
    return {pair for keys in holding.values() for pair in combinations(sorted(keys), 2)}


def kept(texts: Mapping[str, str], signed: Mapping[str, Signature]) -> Iterator[str]:
    """Put all into a store, batch by batch as a run does, and tell what it takes."""
    with tempfile.TemporaryDirectory() as place:
        store = open_store(Path(place), create=True)
        keys = list(texts)
        ids = {key: document_id("", key) for key in keys}
        seconds: list[float] = []
        with store.begin() as writing:
            writing.add_folder(Folder("all", Path("/")))
        for start in range(0, len(keys), _BATCH):
            batch = keys[start : start + _BATCH]
            with store.begin() as writing:
                found = [Document(ids[key], key, "", "", texts[key], (Page(0),)) for key in batch]
                writing.put_files([Kept(FileRecord("all", str(start), 0, 0, "", ""), found)])
                began = time.process_time()
                put(writing, {ids[key]: signed[key] for key in batch})
                seconds.append(time.process_time() - began)
        with store.reading() as connection:
            sizes = Counter(connection.execute(sa.select(duplicates.c.group)).scalars())
            rows = connection.execute(sa.select(sa.func.count()).select_from(bands)).scalar_one()
        store.close()
        yield f"keeping: {1000 * sum(seconds) / len(keys):.3f} ms a document ({len(keys):,} documents); batch by batch:"
        yield "  " + " ".join(f"{1000 * second / _BATCH:.2f}" for second in seconds[: len(keys) // _BATCH])
        size = sum(len(signature.clauses) for signature in signed.values()) / len(keys)
        yield f"kept: {rows / len(keys):.1f} keys and {size:.0f} bytes of clauses a document"
        largest = [many for _, many in sizes.most_common(5)]
        yield f"groups: {len(sizes):,} with {sum(sizes.values()):,} documents; the largest {largest}"


def cost(texts: Sequence[str]) -> float:
    """Milliseconds to sign a text of 1,500 characters: the best of three rounds."""
    samples = [(text * (_CHARACTERS // len(text) + 1))[:_CHARACTERS] for text in texts if text]
    rounds = []
    for _ in range(3):
        began = time.process_time()
        for sample in samples:
            sign(sample)
        rounds.append(time.process_time() - began)
    return 1000 * min(rounds) / len(samples)


def side_by_side(one: str, other: str) -> Iterator[str]:
    """What each text has that the other has not, and how what they share begins."""
    first, second = clauses(one), clauses(other)
    yield "  = " + " | ".join([clause for clause in first if clause in second])[:160]
    yield "  < " + " | ".join([clause for clause in first if clause not in second])[:320]
    yield "  > " + " | ".join([clause for clause in second if clause not in first])[:320]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--show", type=int, default=0, metavar="N", help="N pairs, drawn at random, to be judged")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    texts = texts_below(options.data)
    began = time.process_time()
    signed = {key: sign(text) for key, text in texts.items()}
    print(f"signing: {1000 * (time.process_time() - began) / len(texts):.3f} ms a text", end="; ")
    print(f"of {_CHARACTERS:,} characters {cost(list(texts.values())[:500]):.3f} ms")
    pairs, met = similar(signed), meeting(signed)
    print(
        f"pairs: {len(pairs):,} alike, {len(pairs & met):,} of them share a key; {len(met - pairs):,} share one in vain"
    )
    for path in options.data.rglob("prec_dups.json"):
        matters = json.loads(path.read_text(encoding="utf-8"))
        judged = [pair for pair in pairs if pair[0] in matters and pair[1] in matters]
        right = sum(matters[one] == matters[other] for one, other in judged)
        print(f"one matter by {path.name}: {right} of {len(judged)} pairs")
    for line in kept(texts, signed):
        print(line)
    random.seed(options.seed)
    for one, other in random.sample(sorted(pairs), min(options.show, len(pairs))):
        print(one, other, *side_by_side(texts[one], texts[other]), sep="\n")


if __name__ == "__main__":
    main()
