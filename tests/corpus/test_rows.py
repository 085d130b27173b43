"""Many rows at once: the values as they were given, in their columns."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from corpus.rows import put_rows

TABLE = sa.Table(
    "held",
    sa.MetaData(),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("count", sa.BigInteger),
    sa.Column("data", sa.LargeBinary),
)
ROWS = [("甲", 2**63 - 1, b"\0\xff"), ("'); DROP TABLE held; --", -1, b"")]


def test_rows_are_written_as_they_are(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'rows.db'}")
    with engine.begin() as connection:
        TABLE.create(connection)
        put_rows(connection, sa.insert(TABLE), ROWS)
        put_rows(connection, sa.insert(TABLE), [])
        adding = insert(TABLE)
        adding = adding.on_conflict_do_update(
            index_elements=["id"], set_={"count": TABLE.c.count + adding.excluded.count}
        )
        put_rows(connection, adding, [("甲", -1, b""), ("乙", 5, b"x")])
        held = {tuple(row) for row in connection.execute(sa.select(TABLE))}
    assert held == {("甲", 2**63 - 2, b"\0\xff"), ROWS[1], ("乙", 5, b"x")}
    engine.dispose()


def test_the_last_of_equal_keys_is_kept(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'rows.db'}")
    with engine.begin() as connection:
        TABLE.create(connection)
        put_rows(connection, sa.insert(TABLE).prefix_with("OR REPLACE"), [("甲", 1, b""), ("甲", 2, b"")])
        assert connection.execute(sa.select(TABLE.c.count)).scalars().all() == [2]
    engine.dispose()
