"""What people made, written down and taken in: the same there as here, all or nothing, as often as one likes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from corpus.schema import alerts, judgements, links, watches
from corpus.store import Store, open_store
from indexer import corrections
from search.engine import Ask
from search.match import Key
from tests.upkeep.desk import TODAY, Desk, notice
from upkeep import watches as watching
from upkeep.human import Taken, records, take, write_records
from upkeep.records import RecordsRefused, columns, read_records
from upkeep.replacing import FileUnwritable

NAMED = {"dictionary": "词典.txt", "expansions": ""}
LINK = {
    "kind": "same",
    **{
        f"{side}_{what}": f"{side} {what}" for side in ("one", "other") for what in ("name", "document", "content_hash")
    },
    "who": "周维岱",
    "made": "2026-05-01T00:00:00+00:00",
    "undone": None,
}


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    """A library with something of everything that people make."""
    made = Desk(store, tmp_path)
    made.write("甲.txt", notice("孟广河", "上坪村"))
    made.run(extract=True)
    (key,) = made.store.find_ids("甲.txt")
    document = made.store.fetch([key])[key]
    made.review.correct(document, {"sanction": "政务记过", "of": "孟广河"}, "周维岱")
    made.review.undo(1)
    made.review.correct(document, {"sanction": "政务记过", "of": "孟广河"}, "周维岱")
    made.save("受贿 日期:近一年")
    watching.follow(made.store, "official", "孟广河", "苏眉")
    watching.remove(made.store, 1)
    with made.store.begin() as writing:
        writing.connection.execute(sa.insert(links), [LINK])
    library = tmp_path / "library"
    (library / "anjian.toml").write_text('dictionary = "词典.txt"\n', encoding="utf-8")
    (library / "词典.txt").write_text("上坪村\n", encoding="utf-8")
    return made


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    """Another library, empty."""
    opened = open_store(tmp_path / "other", create=True)
    yield opened
    opened.close()


def exported(desk: Desk, tmp_path: Path) -> Path:
    path = tmp_path / "人工.jsonl"
    write_records(records(desk.store, tmp_path / "library", NAMED), path)
    return path


def taken(desk: Desk, library: Path, path: Path) -> Taken:
    return take(desk.review, library, read_records(path))


def state(store: Store) -> list[list[tuple[Any, ...]]]:
    """Everything people made, without the numbers that are a library's own."""
    with store.reading() as connection:
        return [
            sorted((tuple(row) for row in connection.execute(sa.select(*columns(kind).values()))), key=repr)
            for kind in ("correction", "link", "watch")
        ]


def given(desk: Desk, sanction: str) -> int:
    return desk.engine.search(Ask(Key("sanction", frozenset({sanction})))).total


def test_a_library_built_from_nothing_is_what_it_was(desk: Desk, other: Store, tmp_path: Path) -> None:
    path = exported(desk, tmp_path)
    again = Desk.__new__(Desk)  # a desk without its folder: that comes with the file
    again.store, again.engine, again.cases = other, type(desk.engine)(), type(desk.engine)()
    again.segmenter, again.folder = desk.segmenter, desk.folder
    done = taken(again, tmp_path / "other", path)
    assert done == Taken({"correction": 2, "link": 1, "watch": 2, "folder": 1, "file": 2}, ())
    assert state(other) == state(desk.store)
    assert other.folders() == desk.store.folders()
    for name in ("anjian.toml", "词典.txt"):
        assert (tmp_path / "other" / name).read_text("utf-8") == (tmp_path / "library" / name).read_text("utf-8")
    assert again.run(extract=True) == {}  # what lies there when it is built again is not new
    assert given(again, "政务记过") == given(desk, "政务记过") == 1
    again.write("乙.txt", notice("孟广河", "下湾村"))
    assert again.run(extract=True) == {2: 1}
    assert exported(again, tmp_path).read_text("utf-8") == path.read_text("utf-8")


def test_taking_in_twice_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    path = exported(desk, tmp_path)
    before = state(desk.store), path.read_bytes()
    for _ in range(2):
        assert taken(desk, tmp_path / "library", path) == Taken({}, ())
    assert (state(desk.store), exported(desk, tmp_path).read_bytes()) == before


def test_corrections_hold_at_once_where_the_documents_are(desk: Desk, other: Store, tmp_path: Path) -> None:
    there = Desk(other, tmp_path)
    there.run(extract=True)
    assert given(there, "政务记过") == 0
    taken(there, tmp_path / "other", exported(desk, tmp_path))
    assert given(there, "政务记过") == 1
    assert there.run() == {}


def test_what_either_side_undid_is_undone(desk: Desk, tmp_path: Path) -> None:
    before = exported(desk, tmp_path).read_text("utf-8")
    desk.review.undo(2)
    watching.remove(desk.store, 2)
    after = state(desk.store)
    (tmp_path / "旧.jsonl").write_text(before, encoding="utf-8")
    taken(desk, tmp_path / "library", tmp_path / "旧.jsonl")
    assert state(desk.store) == after
    path = exported(desk, tmp_path)
    with desk.store.begin() as writing:
        for table in (judgements, watches):
            writing.connection.execute(sa.update(table).values(undone=None))
    assert taken(desk, tmp_path / "library", path).added == {}
    assert state(desk.store) == after
    assert not corrections.in_force(desk.store, desk.store.find_ids("甲.txt"))
    assert given(desk, "政务记过") == 0


def test_what_is_here_is_not_written_over(desk: Desk, other: Store, tmp_path: Path) -> None:
    path = exported(desk, tmp_path)
    library = tmp_path / "other"
    (library / "词典.txt").write_text("另一个词\n", encoding="utf-8")
    lines = read_records(path)
    lines.append({"kind": "file", "version": 1, "setting": "expansions", "path": "../外面.txt", "text": "x"})
    lines.append({"kind": "folder", "version": 1, "name": "远", "path": str(tmp_path / "没有")})
    done = take(Desk(other, tmp_path).review, library, lines)
    assert (library / "词典.txt").read_text("utf-8") == "另一个词\n"
    assert not (tmp_path / "外面.txt").exists()
    assert len(done.notes) == 3
    for said in ("没有改动", "没有写", "没有找到"):
        assert any(said in note for note in done.notes)
    assert {folder.name for folder in other.folders()} == {"资料"}
    assert [path.name for path in library.iterdir() if path.name.endswith(".part")] == []


WATCH = {
    "kind": "watch", "version": 1, "what": "search", "label": "受贿", "query": "受贿", "who": "苏眉",
    "made": "2026-05-01T00:00:00+00:00", "undone": None,
}  # fmt: skip

BROKEN = [
    "不是 JSON",
    '{"kind": "watch"',
    "[]",
    "3",
    "null",
    "[" * 100_000,
    json.dumps({**WATCH, "kind": "note"}),
    json.dumps({**WATCH, "kind": ["watch"]}),
    json.dumps({**WATCH, "version": 0}),
    json.dumps({**WATCH, "version": "1"}),
    json.dumps({**WATCH, "version": True}),
    json.dumps({**WATCH, "what": "place"}),
    json.dumps({**WATCH, "label": None}),
    json.dumps({**WATCH, "label": "\ud800"}),
    json.dumps({**WATCH, "made": "昨天"}),
    json.dumps({**WATCH, "made": "2026-05-01"}),
    json.dumps({**WATCH, "id": 3}),
    json.dumps({key: value for key, value in WATCH.items() if key != "query"}),
    json.dumps({"kind": "folder", "version": 1, "name": "甲", "path": "a\x00b"}),
    json.dumps({"kind": "settings", "version": 1, "text": "engine = "}),
]


@pytest.mark.parametrize("line", BROKEN)
def test_a_broken_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "坏.jsonl"
    path.write_text(json.dumps(WATCH) + "\n\n" + line + "\n", encoding="utf-8")
    with pytest.raises(RecordsRefused, match=r"第 3 行.*没有导入任何内容") as told:
        read_records(path)
    assert "\n" not in str(told.value)


def test_a_newer_version_is_named(tmp_path: Path) -> None:
    path = tmp_path / "新.jsonl"
    path.write_text(json.dumps({"kind": "who knows", "version": 2, "more": []}), encoding="utf-8")
    with pytest.raises(RecordsRefused, match=r"第 1 行.*请升级程序"):
        read_records(path)


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    (tmp_path / "图.jsonl").write_bytes(b"\xff\xfe\x00")
    for name in ("无.jsonl", "图.jsonl"):
        with pytest.raises(RecordsRefused, match="读不出来"):
            read_records(tmp_path / name)


def test_what_fails_half_way_leaves_all_as_it_was(
    desk: Desk, other: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = exported(desk, tmp_path)
    empty = state(other)
    monkeypatch.setattr("upkeep.human._take_folders", lambda *_: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        taken(Desk(other, tmp_path), tmp_path / "other", path)
    assert state(other) == empty
    assert not (tmp_path / "other" / "anjian.toml").exists()


def test_a_file_is_written_whole_or_not(desk: Desk, tmp_path: Path) -> None:
    path = exported(desk, tmp_path)
    before = path.read_bytes()
    (tmp_path / "library" / "词典.txt").write_bytes(b"\xff")
    with pytest.raises(RecordsRefused, match=r"词典\.txt"):
        exported(desk, tmp_path)
    assert path.read_bytes() == before
    with pytest.raises(FileUnwritable, match="不能写文件"):
        write_records(iter(()), path / "下面")


def test_the_format_is_what_the_document_says(desk: Desk, tmp_path: Path) -> None:
    """A new column is a new version of the format."""
    document = (Path(__file__).parents[2] / "docs" / "human-data.md").read_text("utf-8")
    for line in read_records(exported(desk, tmp_path)):
        _, _, section = document.partition(f"## {line['kind']} ")
        assert section
        assert all(f"`{name}`" in section.split("\n## ")[0] for name in line if name not in {"kind", "version"})


def test_alerts_are_not_what_people_made(desk: Desk, other: Store, tmp_path: Path) -> None:
    desk.write("乙.txt", notice("孟广河", "下湾村"))
    desk.run(extract=True)
    assert desk.digest().total == 1
    taken(Desk(other, tmp_path), tmp_path / "other", exported(desk, tmp_path))
    with other.reading() as connection:
        assert connection.execute(sa.select(alerts)).all() == []
    assert TODAY.isoformat() not in exported(desk, tmp_path).read_text("utf-8")
