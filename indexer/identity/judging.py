"""From what a person says of two people to a judgement that is kept and at once obeyed.

People are named by the id of an official, by `文件编号:姓名`, or by a name that one person alone bears.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from corpus.schema import appearances, documents
from corpus.store import Store
from indexer.fold import fold
from indexer.identity import links, people
from indexer.identity.appearance import Appearance
from indexer.identity.judged import Kind
from indexer.identity.links import Link, LinkRefused, Ref
from indexer.identity.profiles import read

#: So many people of a name are listed where one of them must be chosen.
_LISTED = 8
#: Of somebody whom more documents name, so many are looked at.
_LOOKED_AT = 500


def judge(store: Store, kind: Kind, one: str, other: str, who: str) -> Link:
    """Record that two are one person, are different, or are one under two names, and settle who is who.

    SAME of people with different names is ALIAS. Raises LinkRefused. The caller holds the writer's lock.
    """
    first, second = refer(store, one), refer(store, other)
    if kind is Kind.SAME and first.name != second.name:
        kind = Kind.ALIAS
    with store.begin() as writing:
        people.settle(writing, links.record(writing, kind, first, second, who))
    return links.recorded(store)[-1]


def undo(store: Store, number: int) -> bool:
    """Put a judgement out of force and settle who is who; False where none of this number is in force."""
    with store.begin() as writing:
        names = links.undo(writing, number)
        people.settle(writing, names)
    return bool(names)


def refer(store: Store, said: str) -> Ref:
    """The person meant, as one document names him. Raises LinkRefused with what would do."""
    document, colon, name = said.replace("：", ":").rpartition(":")
    with store.reading() as connection:
        if colon:
            return _in_document(connection, store.find_ids(document.strip()), name.strip(), said)
        bearing = sa.select(appearances.c.official).where(
            (appearances.c.official == said) | (appearances.c.name == fold(said))
        )
        found = sorted(connection.execute(bearing.distinct()).scalars())
        if not found:
            raise LinkRefused(f"资料库里没有编号或姓名为“{said}”的人。请用 anjian official 姓名 查看编号。")
        if len(found) > 1:
            listed = "、".join(found[:_LISTED]) + ("…" if len(found) > _LISTED else "")
            raise LinkRefused(f"叫“{said}”的有 {len(found)} 人，请写其中一人的编号：{listed}。")
        return _most_telling(connection, found[0])


def _in_document(connection: sa.Connection, ids: Sequence[str], name: str, said: str) -> Ref:
    if len(ids) != 1:
        problem = "有不止一份文件的编号这样开头，请多写几位" if ids else "资料库里没有这份文件"
        raise LinkRefused(f"“{said}”：{problem}。请写成 文件编号:姓名。")
    query = sa.select(appearances.c.name).where(appearances.c.document == ids[0], appearances.c.name == fold(name))
    if connection.execute(query.limit(1)).first() is None:
        raise LinkRefused(f"文件 {ids[0]} 里没有提取到“{name}”。请用 anjian show {ids[0]} --extracted 查看。")
    return links.ref(name, ids[0], _content(connection, ids[0]))


def _most_telling(connection: sa.Connection, official: str) -> Ref:
    """The person as the document names him that tells most of who he is.

    What it tells goes with the judgement, so that a year of birth there cannot speak against it.
    """
    query = sa.select(appearances).where(appearances.c.official == official)
    rows = connection.execute(query.order_by(appearances.c.document, appearances.c.number).limit(_LOOKED_AT))
    one = max(map(read, rows), key=_told)
    return links.ref(one.name, one.document, _content(connection, one.document))


def _told(one: Appearance) -> tuple[int, int, int]:
    facts = one.facts
    return len(facts.born) + len(facts.origins), len(facts.posts) + len(facts.called), len(facts.bodies)


def _content(connection: sa.Connection, document: str) -> str:
    query = sa.select(documents.c.content_hash).where(documents.c.id == document)
    return str(connection.execute(query).scalar_one())
