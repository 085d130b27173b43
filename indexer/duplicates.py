"""Which documents are copies of one another, kept up to date as documents come and go.

A group is what similar documents connect, and its name the smallest id in it: the same documents make the same groups
in whatever order they came. Similar pairs are not stored, since a notice in n copies makes n² of them: what a document
that goes had held together is compared anew.

A cache like the index: everything here can be computed from the texts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, TypeVar

import sqlalchemy as sa

from corpus.rows import put_rows
from corpus.schema import bands, duplicates, signatures
from corpus.store import Writing
from indexer.signature import Signature, alike, read_clauses, read_keys

_VARIABLES = 900  # in one statement; a database may refuse more

_Value = TypeVar("_Value", str, int)


def put(writing: Writing, signed: Mapping[str, Signature]) -> None:
    """Note the signatures of documents that the store holds, in place of earlier ones, and group what is alike."""
    known = {row.id: Signature(row.keys, row.clauses) for row in _rows(writing.connection, signatures.c.id, signed)}
    changed = {key: signature for key, signature in signed.items() if known.get(key) != signature}
    remove(writing, changed.keys() & known.keys())
    if changed:
        rows = [{"id": key, "keys": made.keys, "clauses": made.clauses} for key, made in changed.items()]
        writing.connection.execute(sa.insert(signatures), rows)
        held = _held({of: made.keys for of, made in changed.items()})
        put_rows(writing.connection, sa.insert(bands).prefix_with("OR REPLACE"), held)
        _group(writing.connection, changed.keys())


def remove(writing: Writing, ids: Collection[str]) -> None:
    """Forget documents, before the store does, and compare anew what they held together."""
    connection = writing.connection
    named = {row.group for row in _rows(connection, duplicates.c.id, ids)}
    left = {member for members in _members(connection, named).values() for member in members} - set(ids)
    held = _held({row.id: row.keys for row in _rows(connection, signatures.c.id, ids)})
    if held:
        one = (bands.c.key == sa.bindparam("a_key")) & (bands.c.id == sa.bindparam("an_id"))
        connection.execute(sa.delete(bands).where(one), [{"a_key": key, "an_id": of} for key, of in held])
    _delete(connection, signatures.c.id, ids)
    _delete(connection, duplicates.c.group, named)
    _group(connection, left)


def _held(keys: Mapping[str, bytes]) -> list[tuple[int, str]]:
    """The rows of `bands` of these documents, in the order of the table: keys are scattered all over it."""
    return sorted((key, of) for of, packed in keys.items() for key in set(read_keys(packed)))


def _group(connection: sa.Connection, ids: Collection[str]) -> None:
    """Find what is alike to these documents, and write the groups that this makes or joins."""
    joined = _Joined()
    for one, other in _similar(connection, ids):
        joined.join(one, other)
    named = {row.group for row in _rows(connection, duplicates.c.id, joined.members())}
    for members in _members(connection, named).values():
        for member in members:
            joined.join(members[0], member)
    _delete(connection, duplicates.c.group, named)
    rows = [{"id": member, "group": joined.first(member)} for member in joined.members()]
    if rows:
        connection.execute(sa.insert(duplicates), rows)


def _similar(connection: sa.Connection, ids: Collection[str]) -> Iterator[tuple[str, str]]:
    """Enough pairs of similar documents, one of them among `ids`, to connect all that are."""
    keys = {key for row in _rows(connection, signatures.c.id, ids) for key in read_keys(row.keys)}
    buckets = _shared(connection, keys)
    near = {member for bucket in buckets for member in bucket}
    texts = {row.id: row.clauses for row in _rows(connection, signatures.c.id, near)}
    # Of documents with the same clauses one stands for all: many copies are no more work than one.
    standing: dict[bytes, str] = {}
    for member in sorted(texts):
        first = standing.setdefault(texts[member], member)
        if first != member:
            yield first, member
    fresh = {standing[texts[member]] for member in ids if member in texts}
    pairs: set[tuple[str, str]] = set()
    for bucket in buckets:
        meeting = {standing[texts[member]] for member in bucket if member in texts}
        pairs.update((min(pair), max(pair)) for pair in product(meeting & fresh, meeting) if pair[0] != pair[1])
    compared = {key: read_clauses(texts[key]) for key in {key for pair in pairs for key in pair}}
    yield from (pair for pair in pairs if alike(compared[pair[0]], compared[pair[1]]))


def _shared(connection: sa.Connection, keys: Iterable[int]) -> list[list[str]]:
    """The ids under each of these keys that has more than one."""
    sharing: defaultdict[int, list[str]] = defaultdict(list)
    for part in _parts(keys):
        several = sa.select(bands.c.key).where(bands.c.key.in_(part)).group_by(bands.c.key).having(sa.func.count() > 1)
        for row in connection.execute(sa.select(bands).where(bands.c.key.in_(several))).all():
            sharing[row.key].append(row.id)
    return list(sharing.values())


def _members(connection: sa.Connection, named: Iterable[str]) -> dict[str, list[str]]:
    members: defaultdict[str, list[str]] = defaultdict(list)
    for row in _rows(connection, duplicates.c.group, named):
        members[row.group].append(row.id)
    return members


class _Joined:
    """Sets of ids that grow together."""

    def __init__(self) -> None:
        self._towards: dict[str, str] = {}

    def join(self, one: str, other: str) -> None:
        low, high = sorted((self.first(one), self.first(other)))
        self._towards[high] = self._towards[low] = low

    def first(self, member: str) -> str:
        """The smallest id in the set that holds `member`."""
        while (further := self._towards.get(member, member)) != member:
            self._towards[member] = self._towards.get(further, further)
            member = further
        return member

    def members(self) -> list[str]:
        return list(self._towards)


def _rows(connection: sa.Connection, column: sa.Column[_Value], wanted: Iterable[_Value]) -> Iterator[sa.Row[Any]]:
    """The rows of the column's table with one of these values."""
    for part in _parts(wanted):
        yield from connection.execute(sa.select(column.table).where(column.in_(part))).all()


def _delete(connection: sa.Connection, column: sa.Column[str], wanted: Iterable[str]) -> None:
    for part in _parts(wanted):
        connection.execute(sa.delete(column.table).where(column.in_(part)))


def _parts(wanted: Iterable[_Value]) -> Iterator[Sequence[_Value]]:
    values = sorted(wanted)  # near rows are read together
    for start in range(0, len(values), _VARIABLES):
        yield values[start : start + _VARIABLES]
