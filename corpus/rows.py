"""Many rows at once: written without a dictionary of each, asked for in parts that fit one statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa

Value = TypeVar("Value")

#: Values in one statement; a database may refuse more.
IN_ONE = 500


def put_rows(connection: sa.Connection, statement: sa.Insert, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows with a value for every column of the statement's table, in its order; nothing where there is none.

    The values go to the driver as they are: strings, bytes and integers, no JSON.
    """
    if rows:
        columns = [column.name for column in statement.table.columns]
        written = statement.compile(dialect=connection.dialect, column_keys=columns)
        connection.exec_driver_sql(str(written), list(rows))


def parts(values: Sequence[Value], size: int = IN_ONE) -> Iterator[Sequence[Value]]:
    """The values in parts of `size`, such as fit one statement."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
