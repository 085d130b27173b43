"""Invented notices about invented people, read by the program itself, in a store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from corpus.document import Document, MetaValue, Page
from corpus.store import FileRecord, Folder, Kept, Store, open_store
from indexer import extractions
from indexer.extract import pipeline
from indexer.extract.extraction import Case, Extraction, Person, Post, Subject
from indexer.identity import people
from indexer.register import namings
from search.crossref.sources import Source

FOLDER = "资料"


def document(key: str, text: str, date: str = "", *, title: str = "", source: str = "") -> Document:
    meta = {"date": MetaValue(date, "text")} if date else {}
    meta |= {"source": MetaValue(source, "text")} if source else {}
    return Document(key, f"{key}.txt", f"hash of {text}", title, text, (Page(0),), meta)


def told(
    text: str,
    name: str,
    *,
    key: str = "a",
    date: str = "",
    stage: str | None = None,
    sanctions: tuple[str, ...] = (),
    cases: int = 1,
) -> Source:
    """A document with cases of one person, as if it had been extracted so."""
    start = text.find(name)
    subject = Subject(name, "person", (start, start + len(name)), (), sanctions, stage)
    case = Case((0, len(text)), (subject,))
    return Source(document(key, text, date), Extraction("case_notice", 1.0, cases=(case,) * cases))


def naming(text: str, *names: str) -> Source:
    """A document that names people without posts."""
    found = tuple(Person(name, ((text.find(name), text.find(name) + len(name)),)) for name in names)
    return Source(document("a", text), Extraction("other", 1.0, people=found))


def post(text: str, org: str, title: str, *, former: bool = False) -> Post:
    start = text.find(org + title)
    return Post(org, title, former, (start, start + len(org) + len(title)))


class Shelf:
    """A library of documents that are extracted as they are put there."""

    def __init__(self, home: Path) -> None:
        self.path = home
        self.store: Store = open_store(home, create=True)
        self.found: dict[str, tuple[Document, Extraction]] = {}
        with self.store.begin() as writing:
            writing.add_folder(Folder(FOLDER, home))

    def put(self, *documents: Document) -> None:
        found: Mapping[str, tuple[Document, Extraction]] = {
            one.id: (one, pipeline.extract(one.text, one.title)) for one in documents
        }
        self.found |= found
        with self.store.begin() as writing:
            writing.put_files(
                [Kept(FileRecord(FOLDER, one.id, 0, 0, one.content_hash, ""), [one]) for one in documents]
            )
            extractions.put(writing, {key: extraction for key, (_, extraction) in found.items()})
            people.put(writing, found)
            namings.put(writing, found)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(tmp_path / "library")
    yield made
    made.store.close()


INVESTIGATED = "栖霞县水利局党组书记、局长冯启舟涉嫌严重违纪违法，目前正接受栖霞县纪委监委纪律审查和监察调查。"
NOTICES = (
    document("0001", INVESTIGATED, "2021-03-04", title="栖霞县水利局局长冯启舟接受审查调查"),
    document("0002", "据栖霞县纪委监委消息：" + INVESTIGATED, "2021-03-05", title="栖霞县水利局局长冯启舟被查"),
    document(
        "0003",
        "日前，经栖霞县委批准，栖霞县纪委监委对栖霞县水利局原党组书记、局长冯启舟严重违纪违法问题进行了立案审查调查。\n"
        "经查，冯启舟违规收受礼品礼金，收受商人陆远桥所送现金38万元，涉嫌受贿犯罪。"
        "依据《中国共产党纪律处分条例》第八十八条等规定，决定给予冯启舟开除党籍处分；由栖霞县监委给予其开除公职处分。\n"
        "冯启舟简历\n冯启舟，男，汉族，1970年5月生，临江沙洲人。\n"
        "2008年3月至2014年6月，任栖霞县林业局副局长；\n2014年6月至2021年3月，任栖霞县水利局党组书记、局长。",
        "2021-08-20",
        title="栖霞县水利局原局长冯启舟被双开",
    ),
    document(
        "0004",
        "日前，栖霞县水利局原局长冯启舟涉嫌受贿一案，由栖霞县人民检察院依法向栖霞县人民法院提起公诉。",
        "2022-01-10",
        title="栖霞县水利局原局长冯启舟被提起公诉",
    ),
    document(
        "0005",
        "2022年6月2日，栖霞县人民法院公开宣判栖霞县水利局原局长冯启舟受贿一案，以受贿罪判处冯启舟有期徒刑三年，"
        "并处罚金20万元。",
        title="冯启舟受贿案一审宣判",
    ),
    document(
        "0006",
        "松陵市教育局副局长冯启舟违规操办婚丧喜庆事宜问题。2016年10月，冯启舟违规为其子操办婚宴，收受礼金1.2万元。"
        "2017年3月，冯启舟受到党内警告处分。\n冯启舟，男，1962年1月生。",
        "2017-04-01",
        title="松陵市通报一起典型问题",
    ),
)
