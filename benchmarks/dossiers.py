"""How long a dossier takes in a large library, and how long a graph.

    python -m benchmarks.dossiers [--sizes 10000 100000]

The tables are filled with invented people, agencies and cases at once, as a run fills them document by document. One
person and one agency stand in every fifth document.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa

from benchmarks.report import Table, lines, machine
from corpus.schema import appearances, cases, documents, extractions, files, namings, texts
from corpus.store import Folder, Store, open_store
from search.crossref.agency import agencies
from search.crossref.choosing import bearers
from search.crossref.graph import around
from search.crossref.official import officials
from search.crossref.paths import between

_BATCH = 5_000
_ASKED = 40
_EVERYWHERE, _EVERYWHERE_AGENCY = "高知远", "澜汀市纪委监委"
_SURNAMES, _GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "朝晖文斌志刚海涛明远立群国栋雪梅秀兰建平永清德昌春燕"
_PLACES = "澜汀岚屿珞栖霁沅汐芷榆槿淞滨崤峪岑浔泓蒲"
_BUREAUS = ("审计局", "自然资源局", "财政局", "教育局", "水利局", "公安局", "林业局", "民政局")


def _person(number: int) -> tuple[str, str]:
    """The name and id of an invented person; three share each name."""
    third = number // 3
    name = _SURNAMES[third % 20] + _GIVEN[third // 20 % 26] + _GIVEN[third // 520 % 26]
    return name, f"{number:016x}"


def _agency(number: int) -> str:
    return f"{_PLACES[number % 20]}{_PLACES[number // 20 % 20]}县{_BUREAUS[number // 400 % 8]}"


class Library:
    """A library of `size` documents, each a notice of one case with three people and three agencies."""

    def __init__(self, home: Path, size: int) -> None:
        self.store, self.size, self._chance = open_store(home / "library", create=True), size, Random(size)
        with self.store.begin() as writing:
            writing.add_folder(Folder("资料", home))
        for start in range(0, size, _BATCH):
            rows = [
                list(table) for table in zip(*map(self._rows, range(start, min(start + _BATCH, size))), strict=True)
            ]
            with self.store.begin() as writing:
                tables = (files, documents, texts, extractions, appearances, namings, cases)
                for table, several in zip(tables, rows, strict=True):
                    writing.connection.execute(sa.insert(table), [row for part in several for row in part])

    def _rows(self, number: int) -> Iterator[list[dict[str, Any]]]:
        key, chance = f"{number:016x}", self._chance
        everywhere = number % 5 == 0
        people = [_person(chance.randrange(max(self.size // 2, 9))) for _ in range(3)]
        people = [(_EVERYWHERE, "f" * 16), *people[1:]] if everywhere else people
        places = [_agency(chance.randrange(3_200)) for _ in range(3)]
        places = [_EVERYWHERE_AGENCY, *places[1:]] if everywhere else places
        text, spans, posts = "", list[tuple[int, int]](), list[tuple[int, int]]()
        for (name, _), agency in zip(people, places, strict=True):
            posts.append((len(text), len(text) + len(agency) + 2))
            text += f"{agency}局长{name}"
            spans.append((len(text) - len(name), len(text)))
            text += "在2015年至2019年收受礼品礼金共计3.2万元，" * 4 + "受到党内警告处分。\n"
        year, month = 2012 + number % 12, number % 12 + 1
        yield [
            {
                "folder": "资料",
                "path": key,
                "size": 1,
                "mtime_ns": 1,
                "content_hash": key,
                "reader": "",
                "inode": 0,
                "beside": "",
            }
        ]
        yield [{
            "id": key, "folder": "资料", "path": key, "source": f"{key}.txt", "content_hash": key, "title": text[:20],
            "pages": [{"start": 0, "time": None, "source": "text", "quality": 1.0}], "reader": "",
            "meta": {"date": {"value": f"{year}-{month:02}-11", "origin": "text"}},
        }]  # fmt: skip
        yield [{"id": key, "text": text}]
        yield [
            {"id": key, "fingerprint": "", "derived": "", "extraction": _extraction(text, people, places, spans, posts)}
        ]
        yield [
            {
                "document": key, "name": name, "number": 0, "profile": "x", "official": official,
                "evidence": {"spans": [list(span)], "posts": [[agency, "局长", False, *post]],
                             "facts": {"posts": [[agency, "局长"]], "bodies": [agency], "dealt": [True]}},
            }
            for (name, official), agency, span, post in {
                one[0][0]: one for one in zip(people, places, spans, posts, strict=True)
            }.values()
        ]  # fmt: skip
        yield [{"document": key, "agency": agency, "name": agency} for agency in set(places)]
        yield [{"id": f"{key}-1", "document": key, "number": 1, "matter": {}}]


def _extraction(
    text: str, people: list[tuple[str, str]], places: list[str], spans: list[tuple[int, int]],
    posts: list[tuple[int, int]],
) -> dict[str, Any]:  # fmt: skip
    """What is extracted of a document, with as many mentions as one of its length has."""
    post = {"org": places[0], "title": "局长", "former": False, "span": list(posts[0])}
    subject = {"name": people[0][0], "type": "person", "span": list(spans[0]), "posts": [post],
               "sanctions": ["党内警告"], "stage": "sanctioned"}  # fmt: skip
    amount = {"text": "3.2万元", "yuan": 32_000, "span": [text.find("3.2"), text.find("3.2") + 5], "of": "礼金"}
    case = {"span": [0, len(text)], "subjects": [subject], "violations": ["违规收受礼品礼金"], "offences": [],
            "amounts": [amount], "conduct_from": 2015, "conduct_to": 2019}  # fmt: skip
    named = list(zip(people, places, spans, posts, strict=True))
    held = [{"org": agency, "title": "局长", "former": False, "span": list(post)} for _, agency, _, post in named]
    deeds = [
        {"kind": "violation", "start": at, "end": at + 2, "value": "违规收受礼品礼金"} for at in range(20, 240, 12)
    ]
    return {
        "kind": "case_notice", "kind_confidence": 1.0, "cases": [case],
        "officials": [{"name": name, "spans": [list(span)]} for (name, _), span in zip(people, spans, strict=True)],
        "agencies": [{"name": name, "normal": name, "spans": [[span[0], span[0] + len(name)]]}
                     for name, span in zip(places, posts, strict=True)],
        "articles": [{"law": "中国共产党纪律处分条例", "article": 97, "span": [0, 2], "paragraph": None, "item": None,
                      "edition": None, "inserted": None}],
        "mentions": deeds,
        "people": [{"name": name, "spans": [list(span)], "posts": [post]}
                   for ((name, _), _, span, _), post in zip(named, held, strict=True)],
    }  # fmt: skip


def _clocked(ask: Callable[[str], object], names: list[str]) -> str:
    """Median and worst milliseconds of processor time of asking for each name once."""
    took = list[float]()
    for name in names:
        began = time.process_time()
        ask(name)
        took.append((time.process_time() - began) * 1000)
    return f"{median(took):.0f} / {max(took):.0f}"


def _measured(store: Store, size: int) -> Iterator[tuple[str, str]]:
    chance = Random(1)
    names = [_person(chance.randrange(size // 2))[0] for _ in range(_ASKED)]
    bodies = [_agency(chance.randrange(3_200)) for _ in range(_ASKED)]
    ids = [bearers(store, name)[:1] for name in names]
    yield "official", _clocked(lambda name: officials(store, name), names)
    yield f"official in {size // 5:,} documents", _clocked(lambda name: officials(store, name), [_EVERYWHERE] * 3)
    yield "agency", _clocked(lambda name: agencies(store, name), bodies)
    yield "agency by a short name", _clocked(lambda name: agencies(store, name), list(_BUREAUS[:3]))
    yield f"agency in {size // 5:,} documents", _clocked(lambda name: agencies(store, name), [_EVERYWHERE_AGENCY] * 3)
    yield "graph, one step", _clocked(lambda name: around(store, bearers(store, name)[:1]), names[:10])
    yield "graph, two steps", _clocked(lambda name: around(store, bearers(store, name)[:1], 2), names[:5])
    pairs = {str(number): (ids[number], ids[number + 1]) for number in range(5)}
    yield "ways between two", _clocked(lambda number: between(store, *pairs[number]), list(pairs))


def main() -> None:
    """Fill libraries and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--keep", type=Path, help="a folder in which the libraries stay, to measure them again")
    options = parser.parse_args()
    print(machine(), end="\n\n")
    for size in options.sizes:
        with TemporaryDirectory() as away:
            home = (options.keep or Path(away)) / str(size)
            kept = (home / "library").exists()
            store = open_store(home / "library") if kept else Library(home, size).store
            rows = tuple(_measured(store, size))
            store.close()
        table = Table(f"{size:,} documents", ("asked", "processor milliseconds, median / worst"), rows)
        print(*lines(table), sep="\n", flush=True)


if __name__ == "__main__":
    main()
