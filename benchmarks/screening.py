"""Is a list of names checked exactly, and how fast? `python -m benchmarks.screening [--news FILE] [--texts N]`.

Every name is looked for in every text by Python's `in` on folded text, and what differs from screening is printed.
Names are made of common surnames and given names, so that many are found by chance, also inside longer words.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

from benchmarks.corpora import Corpus, chosen
from benchmarks.measure import memory
from corpus.document import Document, Page, document_id
from corpus.store import FileRecord, Folder, Kept, Store, open_store
from indexer.fold import fold
from indexer.pinyin import is_surname
from search.screening.names import Names, Place, Row
from search.screening.people import Nobody
from search.screening.results import Grouping, Screening
from search.screening.screen import screen
from search.screening.variants import Kind

_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚玲辉鹏华红英文建国志海东林武广新春生"
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆"
)
_UNITS = ("某市审计局", "某县财政局", "")


def named(number: int) -> Names:
    """A list of so many different names, some with a unit and a year of birth."""
    random = Random(7)
    assert all(map(is_surname, _SURNAMES))
    names: dict[str, None] = {}
    while len(names) < number:
        names["".join([random.choice(_SURNAMES), *random.choices(_GIVEN, k=random.choice((1, 2, 2)))])] = None
    rows = (
        Row(Place("", at), name, name, unit=random.choice(_UNITS), birth=random.choice((None, 1970)))
        for at, name in enumerate(names, start=2)
    )
    return Names(tuple(rows))


def filled(store: Store, texts: Sequence[str]) -> dict[str, str]:
    """Put the texts into the store; the folded texts by the id of their document."""
    with store.begin() as writing:
        writing.add_folder(Folder("all", Path("/all")))
        for start in range(0, len(texts), 1000):
            some = texts[start : start + 1000]
            found = [
                Document(document_id("all", str(at)), str(at), "", f"第 {at} 篇", text, (Page(0),))
                for at, text in enumerate(some, start)
            ]
            writing.put_files([Kept(FileRecord("all", str(start), 0, 0, "", ""), found)])
    return {document_id("all", str(at)): fold(text) for at, text in enumerate(texts)}


def compared(screening: Screening, folded: Mapping[str, str]) -> tuple[int, int, int, list[str]]:
    """Documents wanted, found as names and found inside other words, and the names for which these are not all."""
    wanted = whole = inside = 0
    wrong = []
    held: defaultdict[str, set[str]] = defaultdict(set)
    every = [one.row.name for one in screening.rows]
    for key, text in folded.items():
        for name in [name for name in every if name in text]:
            held[name].add(key)
    for one in screening.rows:
        expected = held[one.row.name]
        names = set(one.group(Kind.EXACT).documents)
        others = set(one.group(Grouping.INSIDE).documents)
        wanted, whole, inside = wanted + len(expected), whole + len(names), inside + len(others)
        if names | others != expected or names & others:
            wrong.append(one.row.name)
    return wanted, whole, inside, wrong


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--news", type=Path, metavar="FILE", help="JSON lines with a `text`, or .gz of them")
    parser.add_argument("--texts", type=int, default=30_000, metavar="N")
    parser.add_argument("--names", type=int, default=10_000, metavar="N")
    options = parser.parse_args()
    corpus: Corpus = chosen(options.texts, options.news)
    names = named(options.names)
    with tempfile.TemporaryDirectory() as place:
        store = open_store(Path(place), create=True)
        folded = filled(store, list(corpus.texts)[: options.texts])
        before = memory_held()
        began, used = time.perf_counter(), time.process_time()
        screening = screen(names, store, Nobody())
        seconds, used = time.perf_counter() - began, time.process_time() - used
        held = memory_held() - before
        store.close()
    print(f"{len(names.rows):,} names against {len(folded):,} documents: {seconds:.1f} s", end=" ")
    print(f"({used:.1f} s of the processor), {held / 2**20:+.0f} MB held")
    print("verdicts:", ", ".join(f"{verdict.label} {count:,}" for verdict, count in screening.counts().items()))
    wanted, whole, inside, wrong = compared(screening, folded)
    print(f"documents that hold a name: {wanted:,}; as a name {whole:,}, inside another word {inside:,}")
    print(f"names that differ from the brute-force scan: {len(wrong):,} of {len(names.rows):,}", *wrong[:10])


def memory_held() -> int:
    """The bytes this process holds now."""
    import os

    return memory(os.getpid())[1]


if __name__ == "__main__":
    main()
