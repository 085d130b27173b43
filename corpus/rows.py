"""Many small rows at once, where making a dictionary of each would take longer than writing it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa


def put_rows(connection: sa.Connection, statement: sa.Insert, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows with a value for every column of the statement's table, in its order; nothing where there is none.

    The values go to the driver as they are: strings, bytes and integers, no JSON.
    """
    if rows:
        columns = [column.name for column in statement.table.columns]
        written = statement.compile(dialect=connection.dialect, column_keys=columns)
        connection.exec_driver_sql(str(written), list(rows))
