"""A small library of an office, updated as a run updates it, with what is new collected at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from corpus.store import Folder, Store
from indexer.review import Review
from indexer.run import Run
from indexer.segment import Dictionary, Segmenter
from reports.digest import Digest
from search.engines.memory import MemoryEngine
from search.expansion import shipped
from search.searcher import Searcher
from tests.conftest import Inline
from upkeep import alerts, watches
from upkeep.watches import Watch

TODAY = date(2026, 5, 20)
#: A segmenter takes a while to load its dictionary: all desks share one.
SEGMENTER, WORKERS = Segmenter(), Inline(Dictionary())
NOW = datetime(2026, 5, 20, 2, 30, tzinfo=UTC)


def notice(name: str, place: str) -> str:
    """A notice long enough to be told from others by its signature."""
    return (
        f"经查，{name}在担任{place}党支部书记期间，利用职务便利，虚报冒领惠农补贴资金用于个人开支，"
        f"并收受承包商礼金。{name}还存在其他违纪问题。{place}群众反映强烈，镇纪委已督促其全额退缴。"
        f"{name}受到开除党籍处分，其涉嫌犯罪问题移送检察机关依法审查起诉。\n"
    )


class Desk:
    """A library over a folder, and somebody who watches."""

    def __init__(self, store: Store, home: Path) -> None:
        self.store, self.engine, self.cases, self.segmenter = store, MemoryEngine(), MemoryEngine(), SEGMENTER
        self.folder = Folder("资料", home / "资料")
        self.folder.path.mkdir(exist_ok=True)
        with store.begin() as writing:
            writing.add_folder(self.folder)

    @property
    def searcher(self) -> Searcher:
        return Searcher(self.store, self.engine, self.segmenter, shipped())

    @property
    def review(self) -> Review:
        return Review(self.store, self.engine, self.cases, self.segmenter)

    def write(self, name: str, text: str) -> None:
        (self.folder.path / name).write_text(text, encoding="utf-8")

    def move(self, name: str, to: str) -> None:
        (self.folder.path / name).rename(self.folder.path / to)

    def index(self, *, full: bool = False, extract: bool = False) -> None:
        """A run, up to where the watches are asked."""
        run = Run(self.store, self.engine, WORKERS, self.segmenter)
        run.reconcile()
        run.update(self.folder, full=full, empty=True)
        if extract:
            run.extract()

    def run(self, *, full: bool = False, extract: bool = False) -> Counter[int]:
        self.index(full=full, extract=extract)
        return self.collect()

    def collect(self) -> Counter[int]:
        return alerts.collect(self.store, self.searcher, NOW)

    def save(self, query: str, label: str = "查询") -> Watch:
        watch, problems = watches.save(self.store, label, query, "周维岱", TODAY)
        assert not problems
        return watch

    def digest(self, **chosen: object) -> Digest:
        return alerts.digest(self.store, "资料库", TODAY, **chosen)  # type: ignore[arg-type]

    def listed(self) -> Iterator[tuple[int, str]]:
        """(watch, source) of everything listed."""
        for section in self.digest().sections:
            yield from ((section.watch, item.source) for item in section.items)
