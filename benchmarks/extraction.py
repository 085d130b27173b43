"""Extraction measured on annotated texts, with what a change newly finds and loses against the last accepted output.

    python -m benchmarks.extraction DATA [--cache DIR] [--accept] [--diff]

DATA holds gold/cases_dev.jsonl, gold/kinds_dev.jsonl and score/. Predictions are written to the cache, a folder outside
the project (by default ~/.cache/anjian/extraction); `--accept` makes them what the next run is compared with. `--diff`
lets the scorers print every miss and false alarm.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from corpus import frontmatter
from indexer.extract import pipeline
from indexer.extract.extraction import as_json

#: Gold file and the scorer that judges it.
SCORED = {"cases_dev": "score_cases.py", "kinds_dev": "score_kinds.py"}


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def predict(row: Mapping[str, Any]) -> dict[str, Any]:
    """What extraction says of the text of a gold row, as `anjian extract --json` prints it."""
    told = frontmatter.read(row["text"])
    title = told["title"].value if "title" in told else ""
    meta = {name: told[name].value if name in told else None for name in ("title", "date", "source", "doc_number")}
    return {"_id": row["_id"], "title": title, "meta": meta, **as_json(pipeline.extract(row["text"], title))}


def facts(prediction: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the facts of a prediction as (what, value), for comparing two outputs."""
    yield "kind", prediction["kind"]
    for case in prediction["cases"]:
        names = "、".join(subject["name"] for subject in case["subjects"])
        for subject in case["subjects"]:
            yield "subject", subject["name"]
            yield from (
                ("post", f"{subject['name']} {post['org']} {post['title']} {post['former']}")
                for post in subject["posts"]
            )
            yield from (("sanction", f"{subject['name']} {sanction}") for sanction in subject["sanctions"])
        yield from (("violation", f"{names} {violation}") for violation in case["violations"])
        yield from (("offence", f"{names} {offence}") for offence in case["offences"])
        yield from (("amount", f"{names} {amount['text']} ({amount['of']})") for amount in case["amounts"])
        yield "years", f"{names} {case['conduct_from']} {case['conduct_to']}"
    for article in prediction["articles"]:
        yield "article", " ".join(str(article[part]) for part in ("law", "article", "paragraph", "item", "edition"))
    yield from (("agency", agency["name"]) for agency in prediction["agencies"])
    yield from (("official", official["name"]) for official in prediction["officials"])
    yield from ((mention["kind"], mention["value"]) for mention in prediction["mentions"])


def changes(accepted: list[dict[str, Any]], now: list[dict[str, Any]]) -> list[str]:
    """A line for each fact newly found (+) or lost (-), and at the end how many of each kind."""
    before = {row["_id"]: set(facts(row)) for row in accepted}
    lines, counts = [], Counter[tuple[str, str]]()
    for row in now:
        found, known = set(facts(row)), before.get(row["_id"], set())
        for sign, only in (("+", found - known), ("-", known - found)):
            counts.update((what, sign) for what, _ in only)
            lines += [f"{sign} {what}\t{value}\t{row['_id']}" for what, value in sorted(only)]
    kinds = sorted({what for what, _ in counts})
    totals = [f"{what:<12}{counts[what, '+']:>6} found{counts[what, '-']:>6} lost" for what in kinds]
    return [*lines, *(totals or ["as accepted"])]


def main() -> None:
    """Run, score, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache/anjian/extraction")
    parser.add_argument("--accept", action="store_true")
    parser.add_argument("--diff", action="store_true")
    options = parser.parse_args()
    options.cache.mkdir(parents=True, exist_ok=True)
    for name, scorer in SCORED.items():
        gold, written = options.data / "gold" / f"{name}.jsonl", options.cache / f"{name}.jsonl"
        accepted = options.cache / f"{name}.accepted.jsonl"
        predictions = [predict(row) for row in rows(gold)]
        written.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in predictions), encoding="utf-8")
        print(f"\n{name}", flush=True)
        command = [sys.executable, str(options.data / "score" / scorer), str(gold), str(written)]
        subprocess.run([*command, *(["--diff"] if options.diff else [])], check=True)
        if accepted.exists():
            print(*changes(rows(accepted), predictions), sep="\n")
        if options.accept:
            written.replace(accepted)


if __name__ == "__main__":
    main()
