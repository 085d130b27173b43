"""A batch into an empty index passes over deletions that have nothing to delete; an id must still be there once."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.entry import Entry
from search.engines import default_engine, open_engine


def _entry(name: str) -> Entry:
    return Entry(id=name, tokens={"chars": name}, keys={}, numbers={})


@pytest.mark.parametrize("emptied", [False, True], ids=["new", "emptied"])
def test_an_id_put_again_in_the_batch_that_begins_empty_is_there_once(tmp_path: Path, emptied: bool) -> None:
    engine = open_engine(default_engine(), tmp_path)
    if emptied:
        with engine.batch() as batch:
            batch.put(_entry("a"))
        with engine.batch() as batch:
            batch.delete("a")
    with engine.batch() as batch:
        for name in ("a", "b", "a", "c", "a"):
            batch.put(_entry(name))
        batch.delete("c")
    assert engine.count() == 2
    with engine.batch() as batch:
        batch.put(_entry("a"))
    assert engine.count() == 2
