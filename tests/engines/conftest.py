"""The engines under test, each over a folder of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from indexer.entry import Entry
from search.engine import Ask, Engine
from search.engines import ENGINES, open_engine
from search.match import Match

Fill = Callable[..., Engine]


@pytest.fixture(params=list(ENGINES))
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Every engine in turn, empty."""
    opened = open_engine(request.param, tmp_path / "index")
    yield opened
    opened.close()


@pytest.fixture(params=[name for name in ENGINES if name != "memory"])
def disk_engine(request: pytest.FixtureRequest) -> str:
    """The name of every engine that keeps files, in turn."""
    return str(request.param)


@pytest.fixture
def entry() -> Callable[..., Entry]:
    """Make an entry from an id, a text of one-character tokens, keys and dates."""
    return make


@pytest.fixture
def fill() -> Fill:
    """Put entries into an engine, in one batch."""

    def filled(engine: Engine, entries: Iterable[Entry]) -> Engine:
        with engine.batch() as batch:
            for item in entries:
                batch.put(item)
        return engine

    return filled


@pytest.fixture
def ids() -> Callable[..., list[str]]:
    """Ask an engine, and tell the ids in order."""

    def asked(engine: Engine, match: Match, **rest: object) -> list[str]:
        return [row.id for row in engine.search(Ask(match, **{"limit": 100, **rest})).rows]  # type: ignore[arg-type]

    return asked


def make(
    name: str,
    text: str = "",
    *,
    keys: Mapping[str, Sequence[str]] | None = None,
    dates: Sequence[int] = (),
    title: str = "",
) -> Entry:
    """The same characters as words, grams (one character each: positions are what counts) and chars."""
    tokens = {"words": " ".join(text), "grams": " ".join(text), "chars": " ".join(sorted(set(text)))}
    if title:
        tokens |= {"title_words": " ".join(title), "title_grams": " ".join(title)}
    return Entry(name, tokens, {k: tuple(v) for k, v in (keys or {}).items()}, {"date": tuple(dates)})
