"""Measure document kinds and metadata against annotated texts.

    python -m benchmarks.kinds GOLD.jsonl [--diff] [--predictions OUT.jsonl]

GOLD holds one object a line: `_id`, `text`, `kind`, `meta` (title, date, source, doc_number), and perhaps `kind_alt`,
`title_alt` and so on: answers that count as right too. A value the text does not print (null) is not judged.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from time import process_time
from typing import Any

from corpus import frontmatter
from indexer.extract import kind

JUDGED = ("title", "date", "source", "doc_number")


def predict(row: dict[str, Any]) -> dict[str, Any]:
    """Return kind and metadata of a gold row's text, in the form that `anjian extract` prints."""
    found = {name: value.value for name, value in frontmatter.read(row["text"]).items()}
    decided = kind.classify(found.get("title", ""), row["text"])
    return {
        "_id": row["_id"],
        "title": found.get("title"),
        "kind": decided.label,
        "kind_confidence": decided.confidence,
        "kind_evidence": decided.evidence,
        "meta": {name: found.get(name) for name in JUDGED},
    }


def main(arguments: Iterable[str] | None = None) -> None:
    """Print accuracy, confusions and metadata scores, and write the predictions where asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kinds", description="文档类型和元数据的准确率")
    parser.add_argument("gold", type=Path)
    parser.add_argument("--diff", action="store_true", help="列出每处差异")
    parser.add_argument("--predictions", type=Path, metavar="OUT.jsonl", help="写出预测结果")
    options = parser.parse_args(None if arguments is None else list(arguments))
    gold = [json.loads(line) for line in options.gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    predicted = [predict(row) for row in gold]
    if options.predictions:
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in predicted)
        options.predictions.write_text("".join(lines), encoding="utf-8")
    _kinds(gold, predicted, diff=options.diff)
    _metadata(gold, predicted, diff=options.diff)
    _speed([row["text"] for row in gold])


def _kinds(gold: list[dict[str, Any]], predicted: list[dict[str, Any]], *, diff: bool) -> None:
    wrong = [
        (want, got)
        for want, got in zip(gold, predicted, strict=True)
        if got["kind"] not in (want["kind"], want.get("kind_alt"))
    ]
    right = len(gold) - len(wrong)
    print(f"kind accuracy {right} of {len(gold)} = {right / len(gold):.3f}")
    for (want_kind, got_kind), count in Counter((w["kind"], g["kind"]) for w, g in wrong).most_common():
        print(f"  {want_kind} taken for {got_kind}: {count}")
    for want, got in wrong if diff else ():
        print(f"kind\t{want['_id']}\t{want['kind']}\t{got['kind']} {got['kind_confidence']} {got['kind_evidence']}")


def _metadata(gold: list[dict[str, Any]], predicted: list[dict[str, Any]], *, diff: bool) -> None:
    print(f"{'measure':<16}{'P':>8}{'R':>8}{'F1':>8}{'gold':>8}")
    for name in JUDGED:
        hit = given = wanted = 0
        for row, found in zip(gold, predicted, strict=True):
            want, got = (row.get("meta") or {}).get(name), found["meta"][name]
            if not want:
                continue
            right = got == want or got in row.get(f"{name}_alt", ())
            hit, given, wanted = hit + right, given + bool(got), wanted + 1
            if diff and not right:
                print(f"{name}\t{row['_id']}\t- {want}\t+ {got}")
        precision, recall = hit / given if given else 1.0, hit / wanted if wanted else 1.0
        f1 = 2 * precision * recall / (precision + recall) if hit else float(not wanted)
        print(f"{name:<16}{precision:8.3f}{recall:8.3f}{f1:8.3f}{wanted:8d}")


def _speed(texts: list[str]) -> None:
    """Time, in processor time, kind and metadata over all texts, after one round that loads the lexicons."""
    for name, work in (("kind", lambda text: kind.classify("", text)), ("metadata", frontmatter.read)):
        begun = process_time()
        for text in texts:
            work(text)
        took = (process_time() - begun) / len(texts)
        print(f"{name}: {took * 1e6:.0f} µs a text of {sum(map(len, texts)) // len(texts)} characters")


if __name__ == "__main__":
    main()
