"""How well saved web pages are read: `python -m benchmarks.readers PAGES_DIR ARTICLES.jsonl`.

ARTICLES holds one object a line: `_id` (the page's file name without its ending), `title`, `date`, `text`.
"""

from __future__ import annotations

import argparse
import json
import time
from html import unescape
from pathlib import Path
from statistics import mean

from rapidfuzz.fuzz import ratio

from corpus.document import Skip
from corpus.readers import read
from corpus.readers.contract import Blob, Limits, Reading

LOW = 0.98


def squeeze(text: str) -> str:
    """The text without white space, entities resolved."""
    return "".join(unescape(text).split()).replace("\u200b", "")


def read_page(path: Path) -> Reading | None:
    """The one reading of a page; None, with the reason printed, where there is none."""
    for found in read(Blob(path.name, path.read_bytes()), Limits()):
        if isinstance(found, Skip):
            print(found)
        else:
            return found
    return None


def main() -> None:
    """Print each page that falls short, then the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path)
    parser.add_argument("articles", type=Path)
    arguments = parser.parse_args()
    similar: list[float] = []
    titles = dates = 0
    seconds = 0.0
    for line in arguments.articles.read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        began = time.perf_counter()
        reading = read_page(arguments.pages / f"{gold['_id']}.html")
        seconds += time.perf_counter() - began
        text = "\n".join(leaf.text for leaf in reading.leaves) if reading else ""
        similar.append(ratio(squeeze(text), squeeze(gold["text"])) / 100)
        title = (reading.title if reading else None) or ""
        day = reading.meta["date"].value if reading and "date" in reading.meta else ""
        titles += squeeze(title) == squeeze(gold["title"])
        dates += day == gold["date"]
        if similar[-1] < LOW or squeeze(title) != squeeze(gold["title"]) or day != gold["date"]:
            print(f"{gold['_id']}  {similar[-1]:.4f}  {title!r} / {gold['title']!r}  {day} / {gold['date']}")
    count = len(similar)
    print(f"pages {count}  mean similarity {mean(similar):.4f}  lowest {min(similar):.4f}")
    print(f"title {titles}/{count}  date {dates}/{count}  {count / seconds:.0f} pages/s")


if __name__ == "__main__":
    main()
