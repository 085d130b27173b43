"""Which texts are measured, and where what is built of them is kept."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.generate import Generated

#: Texts, libraries and peers' indexes; too big to be committed, and built again when missing.
DATA = Path(__file__).with_name(".data")

#: Documents in one folder. Below the widest page an engine gives, so that a folder's hits can be listed whole.
_A_FOLDER = 5_000


@dataclass(frozen=True, slots=True)
class Corpus:
    """`count` texts: generated, or the first of a file of real ones (JSON lines with a `text`, perhaps gzipped)."""

    count: int
    news: Path | None = None

    @property
    def name(self) -> str:
        """What tables and folders call it."""
        return f"{'news' if self.news else 'generated'}-{self.count}"

    @property
    def folder(self) -> Path:
        """Where what is built of it is kept."""
        return DATA / self.name

    @property
    def texts(self) -> Sequence[str]:
        """The texts, by number."""
        return _read(self.news)[: self.count] if self.news else Generated(self.count)

    def first(self, count: int) -> Corpus:
        """The same, no more than `count` texts."""
        return Corpus(min(count, self.count), self.news)


def chosen(count: int, news: Path | None) -> Corpus:
    """`count` real texts, or as many as there are; generated ones where no file is given."""
    return Corpus(min(count, len(_read(news))), news) if news else Corpus(count)


@cache
def _read(path: Path) -> list[str]:
    data = path.read_bytes()
    lines = (gzip.decompress(data) if path.suffix == ".gz" else data).splitlines()
    return [json.loads(line)["text"] for line in lines]


def file_name(number: int) -> str:
    """The path of a text in the folder that is indexed."""
    return f"{number // _A_FOLDER:03}/{number:07}.txt"


def write(corpus: Corpus, folder: Path) -> Path:
    """Write the texts as files into `folder`, once; the folder."""
    done = folder.with_name(f"{folder.name}.done")
    if not done.exists():
        for number, text in enumerate(corpus.texts):
            path = folder / file_name(number)
            if number % _A_FOLDER == 0:
                path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        done.touch()
    return folder
