"""All that people made of a library, written to one file and taken in from it: nothing that programs can make anew.

Corrections, links between people, watches, the names of folders, the settings, and the office's own word lists. What
is taken in keeps who made it, when, and whether it was undone; it may come before the documents it speaks of.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from corpus.cause import cause
from corpus.schema import documents, folders
from corpus.store import Store, Writing
from indexer.review import Review
from upkeep.records import TABLES, VERSION, Record, RecordsRefused, columns
from upkeep.replacing import replacing
from upkeep.watches import arrive, newest

SETTINGS = "anjian.toml"  # in the folder of the library
_VARIABLES = 400  # in one statement, twice; a database may refuse more


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in: how many lines of each kind were not here before, and sentences about what was left out."""

    added: Mapping[str, int]
    notes: tuple[str, ...]


def records(store: Store, library: Path, named: Mapping[str, str]) -> Iterator[Record]:
    """Everything that people made of a library, as lines of the format; the same library gives the same lines.

    `named` are the settings that name a file of the office, with the paths they give ("" for none). Raises StoreError,
    or RecordsRefused for a file that cannot be read.
    """
    with store.reading() as connection:
        for row in connection.execute(sa.select(folders).order_by(folders.c.name)):
            yield {"kind": "folder", "version": VERSION, "name": row.name, "path": row.path}
        for kind, (table, _) in TABLES.items():
            for held in connection.execute(sa.select(table).order_by(table.c.id)).mappings():
                said = {name: held[column.name] for name, column in columns(kind).items()}
                yield {"kind": kind, "version": VERSION, **said}
    if (library / SETTINGS).is_file():
        yield {"kind": "settings", "version": VERSION, "text": _text(library / SETTINGS)}
    for setting, path in named.items():
        if path:
            text = _text(library / path)
            yield {"kind": "file", "version": VERSION, "setting": setting, "path": path, "text": text}


def write_records(lines: Iterator[Record], path: Path) -> Counter[str]:
    """Write lines to a file, whole or not at all; how many of each kind. Raises FileUnwritable."""
    counts: Counter[str] = Counter()
    with replacing(path) as beside:
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            for record in lines:
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
                counts[record["kind"]] += 1
        beside.replace(path)
    return counts


def take(review: Review, library: Path, lines: Sequence[Record]) -> Taken:
    """Take in lines that `read_records` found good: all, or where something fails none.

    What is here already is left as it is, except that what either side undid is undone. The entries of the documents
    that corrections speak of are renewed. Raises StoreError, RecordsRefused, FileUnwritable
    or an error of the index.
    """
    store = review.store
    added: Counter[str] = Counter()
    notes: list[str] = []

    def change(writing: Writing) -> None:
        arrive(writing)
        for kind in TABLES:
            added[kind] = _take_rows(writing, kind, [line for line in lines if line["kind"] == kind])
        added["folder"] = _take_folders(writing, [line for line in lines if line["kind"] == "folder"], notes)

    with ExitStack() as open_files:
        files = _files(library, lines, notes)
        ready = [(open_files.enter_context(replacing(path)), path) for path in files]
        for beside, path in ready:
            beside.write_text(files[path], encoding="utf-8", newline="\n")
        ids = _spoken_of(store, [line for line in lines if line["kind"] == "correction"])
        if ids:
            review.renew(ids, change)
        else:
            with store.begin() as writing:
                change(writing)
        for beside, path in ready:
            beside.replace(path)
    added["file"] = len(files)
    return Taken(+added, tuple(notes))


def _take_rows(writing: Writing, kind: str, lines: Sequence[Record]) -> int:
    """Add the rows that are not there, and undo those that were undone elsewhere; how many were added.

    Rows that say the same are told apart by their number: something judged, undone and judged again in one second.
    """
    table, _ = TABLES[kind]
    held: defaultdict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for one in map(dict, writing.connection.execute(sa.select(table).order_by(table.c.id)).mappings()):
        held[_identity(kind, one)].append(one)
    met: Counter[tuple[Any, ...]] = Counter()
    fresh = []
    for line in lines:
        row = {column.name: line[name] for name, column in columns(kind).items()}
        identity = _identity(kind, row)
        known = held[identity][met[identity] :][:1]
        met[identity] += 1
        if not known:
            fresh.append({**row, "since": newest(writing)} if "since" in table.c else row)
        elif row["undone"] and not known[0]["undone"]:
            this = table.c.id == known[0]["id"]
            writing.connection.execute(sa.update(table).where(this).values(undone=row["undone"]))
    if fresh:
        writing.connection.execute(sa.insert(table), fresh)
    return len(fresh)


def _identity(kind: str, row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[column.name] for column in columns(kind).values() if column.name != "undone")


def _take_folders(writing: Writing, lines: Sequence[Record], notes: list[str]) -> int:
    """Add the folders that this machine has, so that their documents get the ids they had."""
    known = writing.connection.execute(sa.select(folders)).all()
    names, paths = {row.name for row in known}, {row.path for row in known}
    added = 0
    for line in lines:
        name, path = line["name"], line["path"]
        if name in names or path in paths:
            continue
        if not Path(path).is_dir():
            notes.append(
                f"文件夹“{name}”（{path}）在这台机器上没有找到，收录时请保持这个文件夹名：anjian index 文件夹。"
            )
            continue
        writing.connection.execute(sa.insert(folders).values(name=name, path=path))
        names.add(name)
        paths.add(path)
        added += 1
    return added


def _spoken_of(store: Store, lines: Sequence[Record]) -> list[str]:
    """The ids of the documents that corrections may hold for."""
    found: set[str] = set()
    said = sorted({(line["document"], line["content_hash"]) for line in lines})
    with store.reading() as connection:
        for start in range(0, len(said), _VARIABLES):
            ids, contents = zip(*said[start : start + _VARIABLES], strict=True)
            these = documents.c.id.in_(ids) | documents.c.content_hash.in_(contents)
            found.update(connection.execute(sa.select(documents.c.id).where(these)).scalars())
    return sorted(found)


def _files(library: Path, lines: Sequence[Record], notes: list[str]) -> dict[Path, str]:
    """The files to write, with their texts. Only what lies in the library is written, and nothing written over."""
    wanted = {line.get("path", SETTINGS): line["text"] for line in lines if line["kind"] in {"settings", "file"}}
    files: dict[Path, str] = {}
    for name, text in wanted.items():
        path = (library / name).resolve()
        if path.exists():
            if _text(path) != text:
                notes.append(f"文件 {path} 已经有了，内容不同，没有改动。")
        elif path.is_relative_to(library.resolve()):
            files[path] = text
        else:
            notes.append(f"文件 {path} 不在资料库文件夹里，没有写；请自行放好，或改设置。")
    return files


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RecordsRefused(
            f"文件 {path} 读不出来（{cause(error)}）。请检查设置里写的路径，并另存为 UTF-8 文本。"
        ) from error
