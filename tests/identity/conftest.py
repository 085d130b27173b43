"""Invented people in invented documents, and a store to keep them in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest
import sqlalchemy as sa

from corpus.document import Document, MetaValue, Page
from corpus.schema import appearances, metadata, perhaps, profiles
from corpus.store import FileRecord, Folder, Kept, Store
from indexer.extract.extraction import Extraction, Person, Post
from indexer.identity import people

FOLDER = "资料"
#: One sentence of a document: organisation, title ("" for a name without a post), name, and what follows the name.
Told = tuple[str, str, str, str]


def document(key: str, told: Iterable[Told], date: str = "") -> tuple[Document, Extraction]:
    """A document of these sentences, and what extraction finds in it."""
    text, named = "", dict[str, tuple[list[tuple[int, int]], list[Post]]]()
    for org, title, name, follows in told:
        start = len(text) + len(org) + len(title)
        spans, posts = named.setdefault(name, ([], []))
        spans.append((start, start + len(name)))
        if title:
            posts.append(Post(org or None, title, False, (len(text), start)))
        text += f"{org}{title}{name}{follows}。"
    found = tuple(Person(name, tuple(spans), tuple(posts)) for name, (spans, posts) in named.items())
    meta = {"date": MetaValue(date, "text")} if date else {}
    return Document(key, key, f"hash of {text}", "", text, (Page(0),), meta), Extraction("other", 1.0, people=found)


class Register:
    """A store in memory with the people of its documents."""

    def __init__(self) -> None:
        engine = sa.create_engine("sqlite://")
        sa.event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys=ON"))
        metadata.create_all(engine)
        self.store = Store(engine, Path("memory"))
        with self.store.begin() as writing:
            writing.add_folder(Folder(FOLDER, Path("memory")))

    def put(self, found: Mapping[str, tuple[Document, Extraction]]) -> None:
        """Keep documents that are new, and note who is named in all of them, as after another extraction."""
        present = {one.id for one in self.store.all_documents()}
        new = [one for key, (one, _) in found.items() if key not in present]
        with self.store.begin() as writing:
            writing.put_files([Kept(FileRecord(FOLDER, one.id, 0, 0, one.content_hash, ""), [one]) for one in new])
            people.put(writing, found)

    def remove(self, *keys: str) -> None:
        with self.store.begin() as writing:
            people.remove(writing, keys)
            for key in keys:
                writing.remove_file(FOLDER, key)

    def groups(self, name: str) -> set[frozenset[str]]:
        """The documents of each person of a name."""
        return {
            frozenset(one.document for one in person.appearances) for person in people.people_named(self.store, name)
        }

    def rows(self) -> list[list[tuple[object, ...]]]:
        """Everything the tables of people hold, in order."""
        with self.store.reading() as connection:
            return [
                sorted(tuple(map(str, row)) for row in connection.execute(sa.select(table)))
                for table in (appearances, profiles, perhaps)
            ]


@pytest.fixture
def register() -> Iterator[Register]:
    made = Register()
    yield made
    made.store.close()
