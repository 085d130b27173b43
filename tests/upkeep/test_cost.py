"""What a run costs follows what changed: what is whole is not made again, nor looked through."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
import sqlalchemy as sa

from corpus.store import Store, open_store
from indexer import deriving, extractions, indexes, ledger
from tests.upkeep.desk import notice
from tests.upkeep.whole import PEOPLE, SEGMENTER, Whole, make


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    return make(tmp_path_factory.mktemp("built"), extract=True)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (f"1/{PEOPLE[1]}.txt", notice(PEOPLE[1], "下坪村") * 2),  # changed
        (f"0/{PEOPLE[0]}.txt", ""),  # no case is left in it
        ("9/又一份.txt", notice("石望岳", "石桥村")),  # new
    ],
)
def test_cases_that_come_and_go_leave_their_index_in_force(built: Whole, path: str, text: str) -> None:
    before = in_force(built)
    built.write(path, text)
    built.index()
    assert in_force(built) == before
    assert built.check().sound


def in_force(whole: Whole) -> str | None:
    with closing(open_store(whole.path)) as store:
        return indexes.in_force(store, indexes.CASES)


QUESTIONS: tuple[Callable[[Store], object], ...] = (
    extractions.missing,
    lambda store: deriving.stale(store, deriving.fingerprint(SEGMENTER)),
    ledger.gone,
    ledger.lacking,
)


@pytest.mark.parametrize("ask", QUESTIONS)
def test_what_is_left_to_do_is_told_without_reading_long_rows(built: Whole, ask: Callable[[Store], object]) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, values: object, *_: object) -> None:
        asked.append((statement, values))

    with closing(open_store(built.path)) as store:
        with store.reading() as connection:
            sa.event.listen(connection.engine, "before_cursor_execute", note)
        ask(store)
        with store.reading() as connection:
            plans = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}", values) for said, values in list(asked)]
            steps = {row[3] for plan in plans for row in plan}
    reading = {step for step in steps if step.startswith(("SCAN", "SEARCH")) and "COVERING INDEX" not in step}
    assert steps
    assert reading <= {"SCAN ledger"}  # its rows are short
