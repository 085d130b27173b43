"""What the store keeps of names of agencies, and which agency somebody means who types one."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.document import Document, Page, document_id
from corpus.records import FileRecord, Folder, Kept
from corpus.store import Store
from indexer.extract.extraction import Extraction, Named
from indexer.register import namings
from indexer.register.namings import Registered


def document(name: str) -> Document:
    return Document(document_id("资料", name), name, name, name.removesuffix(".txt"), "文", (Page(0),), {}, "text/1")


def naming(*names: str) -> Extraction:
    agencies = tuple(Named(name, ((number, number + 1),)) for number, name in enumerate(names))
    return Extraction("circular", 1.0, agencies=agencies)


FOUND = {
    one.id: (one, extraction)
    for one, extraction in (
        (document("甲.txt"), naming("墨阳市国土资源局", "墨阳市望汀区审计局", "区纪委")),
        (document("乙.txt"), naming("云岭省墨阳市自然资源局", "墨阳市国土局")),
        (document("丙.txt"), naming("石门市自然资源局")),
    )
}


@pytest.fixture
def library(store: Store, tmp_path: Path) -> Store:
    with store.begin() as writing:
        writing.add_folder(Folder("资料", tmp_path))
        writing.put_files(
            [
                Kept(FileRecord("资料", one.source, 1, 1, one.content_hash, one.reader), (one,))
                for one, _ in FOUND.values()
            ]
        )
        namings.put(writing, FOUND)
    return store


def test_an_agency_is_found_by_every_way_to_name_it(library: Store) -> None:
    bureau = Registered("墨阳市国土资源局", ("墨阳市国土局", "墨阳市国土资源局"), 2)
    for typed in ("墨阳市国土资源局", "墨阳市国土局", "云岭省墨阳市国土资源局"):
        assert namings.named(library, typed) == (bureau,), typed
    assert namings.named(library, "墨阳市望汀区纪律检查委员会")[0].names == ("区纪委",)
    assert namings.named(library, "墨阳市教育局") == namings.named(library, " ") == ()


def test_a_name_without_its_place_means_that_of_every_place(library: Store) -> None:
    assert [one.agency for one in namings.named(library, "自然资源局")] == ["墨阳市自然资源局", "石门市自然资源局"]


def test_an_alias_that_people_judged_counts(library: Store) -> None:
    (meant,) = namings.named(library, "墨阳土地局", {"墨阳市国土资源局": ["墨阳土地局"]})
    assert meant.agency == "墨阳市国土资源局"


def test_the_agency_with_what_it_was_called_before(library: Store) -> None:
    found = namings.lineage(library, "墨阳市自然资源局")
    assert {one.agency: one.documents for one in found} == {"墨阳市国土资源局": 2, "墨阳市自然资源局": 1}


def test_documents_of_an_agency(library: Store) -> None:
    assert namings.documents_of(library, "石门市自然资源局") == [document("丙.txt").id]


def test_what_was_kept_of_a_document_gives_way(library: Store) -> None:
    key = document("丙.txt").id
    with library.begin() as writing:
        namings.put(writing, {key: (document("丙.txt"), naming("石门市财政局"))})
    assert namings.documents_of(library, "石门市自然资源局") == []
    assert namings.documents_of(library, "石门市财政局") == [key]
    with library.begin() as writing:
        namings.put(writing, {key: (document("丙.txt"), naming())})
    assert namings.documents_of(library, "石门市财政局") == []
