"""What is new to each watch, listed once.

A document is new to a watch where it answers the query, came to the library after the watch was made, and was not
listed before, itself or under another name, nor any copy of it that answers the query too. What came is told by
content (`arrivals`), so that moving, reading again, extracting again and rebuilding make nothing new.

The cost follows the change. The ledger writes a row anew with each change of an entry and thereby forgets that the
watches have `seen` it; after a run each watch is asked only of those documents, and of those only about the ones whose
content came after the watch was made. A run that is cut off leaves them unseen, and the next run lists them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from corpus.metadata import KINDS
from corpus.moments import written
from corpus.schema import alerts, arrivals, documents, duplicates, ledger, watches
from corpus.store import Store, Writing
from reports.digest import Digest, Item, Section
from search.results import Hit
from search.searcher import Searcher
from upkeep.watches import Watch, arrive, listed, newest

_ASKED = 1_000  # documents a watch is asked of at once
_VARIABLES = 500  # in one statement; a database may refuse more
_UNSEEN = ledger.c.seen.is_(sa.false()) & (ledger.c.fingerprint != "")


def collect(store: Store, searcher: Searcher, now: datetime | None = None) -> Counter[int]:
    """List what is new to each watch since this was last done; how many documents, by number of watch.

    To be called at the end of a run, under the writer's lock, when the index has what the store has. Stopping it at
    any moment loses nothing. Raises StoreError or EngineError.
    """
    now = now or datetime.now(UTC)
    with store.begin() as writing:
        unseen = sa.select(ledger.c.id).where(ledger.c.seen.is_(sa.false()))
        arrive(writing, among=documents.c.id.in_(unseen))
        if last := newest(writing):
            writing.connection.execute(sa.update(watches).where(watches.c.since.is_(None)).values(since=last))
    asked = [watch for watch in listed(store) if not watch.undone]
    counts: Counter[int] = Counter()
    while some := _unseen(store):
        rows = [row for watch in asked for row in _found(store, searcher, watch, some, now)]
        with store.begin() as writing:
            if rows:
                writing.connection.execute(sa.insert(alerts), rows)
            _see(writing, some)
        counts.update(row["watch"] for row in rows if row["new"])
    return counts


def digest(
    store: Store, library: str, day: date, *, since: date | None = None, watch: int | None = None, unsent: bool = False
) -> Digest:
    """What was listed, by watch, the newest first; `library` is the name it is shown under.

    `since` leaves out what was found before that day (local time), `watch` every other watch, `unsent` what was
    mailed. A watch without anything to show is left out, and one out of force unless it is named.
    """
    query = sa.select(alerts).where(alerts.c.new.is_(sa.true()))
    if since:
        query = query.where(alerts.c.found >= written(datetime.combine(since, datetime.min.time())))
    if unsent:
        query = query.where(alerts.c.mailed.is_(None))
    held: defaultdict[int, list[Item]] = defaultdict(list)
    with store.reading() as connection:
        for row in connection.execute(query.order_by(alerts.c.found.desc(), alerts.c.document)):
            held[row.watch].append(_item(row))
    shown = [one for one in listed(store) if (one.id == watch if watch else not one.undone)]
    sections = (Section(w.id, w.kind, w.label, w.query, w.made, tuple(held[w.id])) for w in shown if w.id in held)
    return Digest(library, day.isoformat(), tuple(sections))


def mailed(store: Store, sent: Digest, now: datetime) -> None:
    """Note that all of a digest was mailed, so that it is not mailed again."""
    rows = [{"w": section.watch, "d": item.document} for section in sent.sections for item in section.items]
    this = (alerts.c.watch == sa.bindparam("w")) & (alerts.c.document == sa.bindparam("d"))
    if rows:
        with store.begin() as writing:
            statement = sa.update(alerts).where(this).values(mailed=written(now))
            writing.connection.execute(statement, rows)


@dataclass(frozen=True, slots=True)
class _Came:
    """What a document holds, and as which arrival that came."""

    content: str
    number: int


_WITH_ARRIVAL = (
    sa.select(documents.c.id, documents.c.content_hash, arrivals.c.number)
    .select_from(documents)
    .join(arrivals, arrivals.c.content_hash == documents.c.content_hash)
)


def _unseen(store: Store) -> dict[str, _Came]:
    """Some documents in the index that the watches have not seen."""
    query = _WITH_ARRIVAL.join(ledger, ledger.c.id == documents.c.id).where(_UNSEEN)
    with store.reading() as connection:
        rows = connection.execute(query.order_by(ledger.c.id).limit(_ASKED))
        return {row.id: _Came(row.content_hash, row.number) for row in rows}


def _see(writing: Writing, ids: Iterable[str]) -> None:
    rows = [{"key": key} for key in ids]
    writing.connection.execute(sa.update(ledger).where(ledger.c.id == sa.bindparam("key")).values(seen=True), rows)


def _found(
    store: Store, searcher: Searcher, watch: Watch, some: Mapping[str, _Came], now: datetime
) -> Iterator[dict[str, Any]]:
    """The rows of `alerts` that come of some documents, for one watch."""
    fresh = some.keys() - _spent(store, watch, some)
    today = now.astimezone().date()
    hits = searcher.look(watch.query, fresh, today) if fresh else ()
    copies = _copies(store, [hit.id for hit in hits])
    spent = _spent(store, watch, {key: came for group in copies.values() for key, came in group.items()})
    spent &= {key for part in _parts(spent, _ASKED) for key in searcher.among(watch.query, part, today)}
    contents: set[str] = set()
    for hit in hits:
        content = some[hit.id].content
        again = content in contents or not spent.isdisjoint(copies.get(hit.id, {}))
        spent.add(hit.id)
        contents.add(content)
        yield {
            "watch": watch.id,
            "document": hit.id,
            "content_hash": content,
            "found": written(now),
            "new": not again,
            "about": _about(hit),
        }


def _spent(store: Store, watch: Watch, some: Mapping[str, _Came]) -> set[str]:
    """Those of some documents that came before the watch was made, or that it knows, by themselves or by content."""
    later = {key: came.content for key, came in some.items() if came.number > (watch.since or 0)}
    known: set[str] = set()
    of_watch = sa.select(alerts.c.document, alerts.c.content_hash).where(alerts.c.watch == watch.id)
    with store.reading() as connection:
        for column, values in ((alerts.c.document, later.keys()), (alerts.c.content_hash, set(later.values()))):
            for part in _parts(values, _VARIABLES):
                for row in connection.execute(of_watch.where(column.in_(part))):
                    known |= {row.document, row.content_hash}
    return {key for key in some if key not in later or key in known or later[key] in known}


def _copies(store: Store, ids: Collection[str]) -> dict[str, dict[str, _Came]]:
    """The other documents in the group of each of these; those without are left out."""
    groups: dict[str, str] = {}
    members: defaultdict[str, dict[str, _Came]] = defaultdict(dict)
    held = _WITH_ARRIVAL.add_columns(duplicates.c.group).join(duplicates, duplicates.c.id == documents.c.id)
    with store.reading() as connection:
        for part in _parts(ids, _VARIABLES):
            rows = connection.execute(sa.select(duplicates).where(duplicates.c.id.in_(part)))
            groups.update((row.id, row.group) for row in rows)
        for part in _parts(set(groups.values()), _VARIABLES):
            for row in connection.execute(held.where(duplicates.c.group.in_(part))):
                members[row.group][row.id] = _Came(row.content_hash, row.number)
    return {key: {k: came for k, came in members[group].items() if k != key} for key, group in groups.items()}


def _parts(values: Collection[str], size: int) -> Iterator[list[str]]:
    """The values in order, so many at once."""
    ordered = sorted(values)
    return (ordered[start : start + size] for start in range(0, len(ordered), size))


def _about(hit: Hit) -> dict[str, Any]:
    """What is shown of a document, as it reads when it is found."""
    best = hit.fragments[0]
    return {
        "title": hit.title,
        "kind": KINDS.get(hit.kind, hit.kind),
        "date": hit.date,
        "source": hit.source,
        "page": best.page,
        "place": best.time or f"第 {best.page} 页{' ' * bool(best.passage)}{best.passage}",
        "passage": best.text,
        "marks": [(start - best.start, end - best.start) for start, end in best.marks],
    }


def _item(row: sa.Row[Any]) -> Item:
    marks = tuple((start, end) for start, end in row.about["marks"])
    return Item(row.document, found=row.found, **{**row.about, "marks": marks})
