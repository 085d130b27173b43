"""Watching folders: patience, what matters, and folders that come and go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upkeep.attempt import RunFailed
from upkeep.stop import Stop
from upkeep.watch import Watch, identity, settled, told_by_system, wanted

A, B = Path("/资料/甲"), Path("/资料/乙")


class Ticks:
    """A clock that is one second later at every event."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def over(self, events: Sequence[str]) -> Iterator[frozenset[str]]:
        for event in events:
            self.now += 1
            yield frozenset(event.split())


def batches(events: Sequence[str], quiet: float = 3, longest: float = 10) -> list[str]:
    """What settles after each second's events, as words."""
    clock = Ticks()
    return [" ".join(sorted(some)) for some in settled(clock.over(events), clock, quiet=quiet, longest=longest)]


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        (["", "", ""], ["", "", ""]),
        (["a", "", "", "", ""], ["", "", "", "a", ""]),
        (["a", "", "b", "", "", "", ""], ["", "", "", "", "", "a b", ""]),
        (["a", "a", "a", "", "", ""], ["", "", "", "", "", "a"]),
        (["a", "", "", "", "b", "", "", ""], ["", "", "", "a", "", "", "", "b"]),
        (["a"] * 12, [""] * 10 + ["a", ""]),  # without end: at the latest after ten seconds
    ],
)
def test_changes_are_told_once_all_is_quiet(events: list[str], expected: list[str]) -> None:
    assert batches(events) == expected


@given(st.lists(st.sampled_from(["", "", "a", "b", "a c"]), max_size=60), st.integers(1, 5), st.integers(6, 20))
def test_no_change_is_lost_or_told_twice_or_late(events: list[str], quiet: int, longest: int) -> None:
    told = batches([*events, *[""] * (quiet + 1)], quiet, longest)
    assert set(" ".join(events).split()) == set(" ".join(told).split())
    waiting, since = set[str](), 0
    for second, (event, some) in enumerate(zip([*events, *[""] * (quiet + 1)], told, strict=True)):
        since = since if waiting else second
        waiting |= set(event.split())
        if some:
            assert set(some.split()) == waiting
            waiting = set()
        assert not waiting or second - since < longest


@pytest.mark.parametrize(
    ("path", "matters"),
    [
        ("/资料/甲/通报.docx", True),
        ("/资料/甲/2023/通报.docx", True),
        ("/资料/甲", True),
        ("/资料/甲/~$通报.docx", False),
        ("/资料/甲/.git/x", False),
        ("/资料/甲/a/Thumbs.db", False),
        ("/资料/甲乙/通报.docx", False),
        ("/别处/通报.docx", False),
        ("/.隐藏/x/通报.docx", True),  # what lies above a folder does not matter
    ],
)
def test_what_matters(path: str, matters: bool) -> None:
    assert wanted(path, [A, Path("/.隐藏/x")], (".*", "~$*", "Thumbs.db")) is matters


def test_the_system_tells_nothing_once_told_to_end(tmp_path: Path) -> None:
    assert list(told_by_system(Stop(asked=True))([tmp_path])) == []


def test_a_folder_that_is_gone_has_no_identity(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    before = identity(gone)
    assert before == identity(gone)
    gone.rmdir()
    assert identity(gone) is None
    assert identity(tmp_path) not in (before, None)


class Office:
    """Folders that are there or not, second by second, and what happens in them."""

    def __init__(self, seconds: Sequence[tuple[str, str]]) -> None:
        """`seconds`: the folders that are there ("甲乙"; another letter after one is another mount), and the event."""
        self.seconds, self.second = seconds, 0
        self.log: list[str] = []
        self.fails: Callable[[], None] = lambda: None

    def present(self, folder: Path) -> object:
        there = self.seconds[min(self.second, len(self.seconds) - 1)][0]
        return {part[0]: part for part in there.split()}.get(folder.name)

    def source(self, folders: Sequence[Path]) -> Iterator[frozenset[str]]:
        self.log.append("看" + "".join(folder.name for folder in folders))
        yield frozenset()
        while not self.tick():
            yield frozenset(self.seconds[self.second][1].split())

    def tick(self) -> bool:
        self.second += 1
        return self.second >= len(self.seconds)

    def run(self, folders: Sequence[Path]) -> None:
        self.log.append("做" + "".join(folder.name for folder in folders))
        self.fails()

    def tell(self, sentence: str) -> None:
        self.log.append(sentence)

    def keep(self) -> list[str]:
        Watch(
            [A, B], self.run, self.source, clock=lambda: float(self.second), wait=lambda _seconds: self.tick(),
            tell=self.tell, ignored=(".*",), present=self.present, quiet=2,
        ).keep()  # fmt: skip
        return self.log


def test_a_run_at_the_start_and_after_every_change() -> None:
    still = ("甲 乙", "")
    log = Office(
        [still, ("甲 乙", "/资料/甲/a /资料/乙/b"), still, still, still, ("甲 乙", "/资料/甲/.b"), *[still] * 4]
    ).keep()
    assert log == ["看甲乙", "做甲乙", "有 2 处变化，开始更新。", "做甲乙"]


def test_a_folder_that_vanishes_is_told_once_and_taken_up_again() -> None:
    log = Office(
        [("甲 乙", "")] * 2 + [("甲", "")] * 4 + [("甲", "/资料/甲/a")] + [("甲", "")] * 3 + [("甲 乙", "")] * 3
    ).keep()
    gone, back = [line for line in log if "“" in line]
    assert "共享盘" in gone
    assert "又连上" in back
    assert [line for line in log if "“" not in line] == [
        "看甲乙", "做甲乙", "看甲", "做甲", "有 1 处变化，开始更新。", "做甲", "看甲乙", "做甲乙",
    ]  # fmt: skip


def test_another_share_in_the_place_of_a_folder_is_watched_anew() -> None:
    assert Office([("甲 乙", "")] * 3 + [("甲 乙二", "")] * 3).keep() == ["看甲乙", "做甲乙", "看甲乙", "做甲乙"]


def test_without_any_folder_it_waits() -> None:
    log = Office([("", "")] * 3 + [("乙", "")] * 2).keep()
    assert [line for line in log if "“" not in line] == ["看乙", "做乙"]


def test_a_run_that_fails_does_not_end_the_watch() -> None:
    office = Office([("甲 乙", "")] * 2 + [("甲 乙", "/资料/甲/a")] + [("甲 乙", "")] * 3)

    def fail() -> None:
        raise RunFailed("磁盘已满")

    office.fails = fail
    assert office.keep().count("磁盘已满") == 2
