"""The default engine: tantivy, a Rust library. It is handed ready tokens and query objects, never text to parse."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from importlib.metadata import version
from math import inf
from pathlib import Path
from random import randrange
from typing import Any

import tantivy
from tantivy import Order, Query

from indexer.entry import Entry
from search.engine import Ask, EngineUnavailable, IndexMissing, Page, Row
from search.engines.bm25 import rounded
from search.engines.spelling import read, written, written_tokens
from search.engines.storage import check, guarded, locked, missing, prepare
from search.engines.tantivy_best import COMMON, best
from search.engines.tantivy_query import (
    ID_START,
    SCHEMA,
    SHARE,
    SHARES,
    SPLITTER,
    Queries,
    id_start,
    shares,
    up_to,
)
from search.engines.ties import Placed, cut
from search.match import Match, phrases_of

#: Goes up when the schema below does; a new minor version of tantivy may write its files otherwise.
LAYOUT = f"tantivy/4/{'.'.join(version('tantivy').split('.')[:2])}"
# Each writer thread makes a segment of its own in every batch, and what more threads gain is lost again in merges.
_CORES = os.cpu_count() or 1
_THREADS = min(2, _CORES)
_HEAP = _THREADS * 128 * 2**20  # bytes for the writer threads; what lies in their queue comes on top

#: Hits fetched beyond those asked for, so that a tie at the end of a page is mostly whole at the first try.
_MARGIN = 256
#: So many entries that are put one after another are of one share.
_RUN = 1_000
#: tantivy gives up counting a field with more distinct values than this.
_COUNTABLE = 65_000
_TOTAL = "total"  # among the names of fields; none of them is called so

#: Counts while the caller searches. Its threads start with the first searches that count.
_BESIDE = ThreadPoolExecutor(max_workers=_CORES, thread_name_prefix="counting")


class TantivyEngine:
    """An index in the folder `path`. Any number of processes may search it while one writes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._index: tantivy.Index | None = None
        self._seen: tuple[int, int, int] | None = None

    @contextmanager
    def batch(self) -> Iterator[_Batch]:
        """Begin a batch; the index is made where there is none. The caller bounds a batch: its queue is memory."""
        prepare(self._path, LAYOUT)
        with guarded(self._path):
            writer = _writer(self._path)
        try:
            with guarded(self._path):
                _drop_unfinished(self._path)
            yield _Batch(writer, self._path, empty=self.count() == 0)
            with guarded(self._path):
                writer.commit()
                # Merges what is due and lets go of the lock, which would else stay as long as the batch object.
                writer.wait_merging_threads()
        except BaseException:
            for undo in (writer.rollback, writer.wait_merging_threads):
                with suppress(EngineUnavailable), guarded(self._path):
                    undo()
            raise

    def count(self) -> int:
        """How many entries the index holds after the last closed batch; 0 where there is none."""
        try:
            with guarded(self._path):
                return self._searcher().num_docs
        except IndexMissing:
            return 0

    def search(self, ask: Ask) -> Page:
        """Answer one question from the state of the last closed batch."""
        with guarded(self._path):
            searcher = self._searcher()
            if ask.limit and not ask.count:
                return Page(*_page(searcher, ask, count=True))
            # Counting goes on beside: the page is looked for meanwhile.
            tallies = [_BESIDE.submit(_tally, searcher, share, ask.count) for share in _shares(searcher, ask.match)]
            rows = (best(searcher, ask) or _page(searcher, ask, count=False)[1]) if ask.limit else ()
            total, counts = _sum([tally.result() for tally in tallies])
            return Page(total, rows, counts)

    def close(self) -> None:
        """Let go of the files."""
        self._index, self._seen = None, None

    def _searcher(self) -> tantivy.Searcher:
        """A searcher on the last committed state, whichever process committed it."""
        check(self._path, LAYOUT)
        try:
            state = (self._path / "meta.json").stat()
        except FileNotFoundError as error:
            raise missing(self._path) from error
        seen = (state.st_ino, state.st_mtime_ns, state.st_size)
        if self._index is None:
            self._index = _open(self._path)
        elif seen != self._seen:
            self._index.reload()
        self._seen = seen
        return self._index.searcher()


class _Batch:
    """Changes that tantivy keeps to itself until the commit."""

    def __init__(self, writer: tantivy.IndexWriter, path: Path, *, empty: bool) -> None:
        self._writer = writer
        self._path = path
        #: The ids that may be in the index: any (None), or the batch's own where it began with nothing there. To delete
        #: before every entry costs 3 % of the time, and a new library has nothing to delete.
        self._present: set[str] | None = set() if empty else None
        self._put = randrange(len(SHARES) * _RUN)

    def put(self, entry: Entry) -> None:
        """Add the entry, or put it in place of the one with its id."""
        with guarded(self._path):
            if self._present is None or entry.id in self._present:
                self._writer.delete_documents_by_term("id", written(entry.id))
            if self._present is not None:
                self._present.add(entry.id)
            document = _document(entry)
            document.add_text(SHARE, SHARES[self._put // _RUN % len(SHARES)])
            self._writer.add_document(document)
            self._put += 1

    def delete(self, entry_id: str) -> None:
        """Remove the entry with this id; nothing happens where there is none."""
        with guarded(self._path):
            self._writer.delete_documents_by_term("id", written(entry_id))


def _open(path: Path) -> tantivy.Index:
    index = tantivy.Index(SCHEMA, str(path))
    index.config_reader("manual")
    index.register_tokenizer(SPLITTER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


def _writer(path: Path) -> tantivy.IndexWriter:
    try:
        return _open(path).writer(_HEAP, _THREADS)
    except ValueError as error:
        if "LockBusy" in str(error):
            raise locked(path) from error
        raise


def _drop_unfinished(path: Path) -> None:
    """Take away the lists of deletions of a commit that never came to its end, as on a full disk.

    They are named by the number that the next commit will have, which would be refused. No reader knows of them.
    """
    committed = json.loads((path / "meta.json").read_text(encoding="utf-8"))["opstamp"]
    for file in path.glob("*.*.del"):
        if int(file.name.split(".")[1]) > committed:
            file.unlink()


def _document(entry: Entry) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text("id", written(entry.id))
    document.add_unsigned(ID_START, id_start(entry.id))
    for name, tokens in entry.tokens.items():
        document.add_text(name, written_tokens(tokens))
    for name, values in entry.keys.items():
        for value in values:
            document.add_text(name, written(value))
    for name, numbers in entry.numbers.items():
        # A sort reads the first of several numbers: the largest goes first.
        for number in sorted(numbers, reverse=True):
            document.add_integer(name, number)
    return document


def _page(searcher: tantivy.Searcher, ask: Ask, *, count: bool) -> tuple[int, tuple[Row, ...]]:
    """The total, 0 unless it is to be counted, and the rows asked for.

    To count, all that match must be looked at, and not only what may be on the page.
    """
    return (_ordered if ask.sort or ask.rank else _by_id)(searcher, ask, count)


def _by_id(searcher: tantivy.Searcher, ask: Ask, count: bool) -> tuple[int, tuple[Row, ...]]:
    query, order = Queries(searcher).plain(ask.match), Order.Asc
    found = searcher.search(query, ask.limit, count, order_by_field="id", order=order, offset=ask.offset)
    return _counted(found), tuple(Row(read(name)) for name, _ in found.hits)


def _ordered(searcher: tantivy.Searcher, ask: Ask, count: bool) -> tuple[int, tuple[Row, ...]]:
    """The total, and the rows of a page ordered by score or by a number."""
    queries = Queries(searcher)
    query = queries.plain(ask.match) if ask.sort else queries.ranked(ask.match, ask.rank)
    field, down = (ask.sort.field, ask.sort.descending) if ask.sort else (None, True)
    total = 0

    def fetch(depth: int, ceiling: str | None) -> list[Placed[tantivy.DocAddress]]:
        nonlocal total
        narrowed = query if ceiling is None else up_to(query, ceiling)
        order = Order.Desc if down else Order.Asc
        found = searcher.search(narrowed, depth, count and ceiling is None, order_by_field=field, order=order)
        total = _counted(found) if ceiling is None else total
        return [Placed(place(value), address) for value, address in found.hits]

    def place(value: float | None) -> float:
        if value is None:
            return inf
        value = value if ask.sort else rounded(value)
        return -value if down else value

    def name(address: tantivy.DocAddress) -> str:
        return read(searcher.doc(address)["id"][0])

    page = cut(fetch, name, ask.offset, ask.limit, _MARGIN)
    return total, tuple(Row(entry, 0.0 if ask.sort else -standing) for entry, standing in page)


def _counted(found: tantivy.SearchResult) -> int:
    return int(found.count or 0)  # type: ignore[attr-defined]  # the library's stub forgot it


_Tally = tuple[int, dict[str, dict[str, int]]]


def _shares(searcher: tantivy.Searcher, match: Match) -> list[Query]:
    """The query to count: in shares where it takes long, to compare the places of phrases in many entries."""
    queries = Queries(searcher)
    query = queries.plain(match)
    compared = sum(map(queries.compared, phrases_of(match)))
    return shares(query, _CORES) if compared >= COMMON else [query]


def _tally(searcher: tantivy.Searcher, match: Query, names: tuple[str, ...]) -> _Tally:
    """How many entries match, and for each of these key fields, value -> entries.

    One pass for all of them, unless a field has too many values.
    """
    asked: dict[str, Any] = {name: {"terms": {"field": name, "size": _COUNTABLE}} for name in names}
    found = searcher.aggregate(match, {_TOTAL: {"value_count": {"field": ID_START}}, **asked})
    return int(found[_TOTAL]["value"]), {name: _buckets(searcher, match, name, found[name]) for name in names}


def _sum(tallies: Sequence[_Tally]) -> _Tally:
    """What the shares have, together."""
    counts = {name: Counter[str]() for name in tallies[0][1]}
    for _, more in tallies:
        for name, values in more.items():
            counts[name].update(values)
    return sum(total for total, _ in tallies), {name: dict(values) for name, values in counts.items()}


def _buckets(searcher: tantivy.Searcher, match: Query, name: str, found: Mapping[str, Any]) -> dict[str, int]:
    if found["sum_other_doc_count"] or found["doc_count_error_upper_bound"]:
        return {read(value): count for value, count in searcher.terms_with_prefix(name, "", match)}
    return {read(bucket["key"]): bucket["doc_count"] for bucket in found["buckets"]}
