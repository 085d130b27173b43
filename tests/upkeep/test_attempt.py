"""A run that fails is tried again, after growing pauses, a few times."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from upkeep.attempt import PAUSES, RunFailed, attempt
from upkeep.stop import Stopped


class Known(Exception):
    """An error whose message says enough."""


class Office:
    """A run that goes as listed, and a wait that is told to end after so many pauses."""

    def __init__(self, *results: str | Exception, patience: int = 99) -> None:
        self.results, self.patience = list(results), patience
        self.waited: list[float] = []
        self.told: list[str] = []

    def run(self) -> str:
        result = self.results.pop(0)
        if isinstance(result, Exception):
            raise result
        return result

    def wait(self, seconds: float) -> bool:
        self.waited.append(seconds)
        return len(self.waited) > self.patience

    def attempt(self) -> str:
        return attempt(self.run, wait=self.wait, tell=self.told.append, expected=(Known,), pauses=(60, 300))


def test_a_good_run_is_run_once() -> None:
    office = Office("好")
    assert office.attempt() == "好"
    assert (office.waited, office.told) == ([], [])


def test_a_failed_run_is_tried_again_and_told() -> None:
    office = Office(Known("共享盘没有连上"), Known("资料库被占用"), "好")
    assert office.attempt() == "好"
    assert office.waited == [60, 300]
    assert office.told == [
        "更新没有成功，1 分钟后再试：共享盘没有连上",
        "更新没有成功，5 分钟后再试：资料库被占用",
    ]


def test_it_is_given_up_after_the_last_pause() -> None:
    office = Office(*[Known("磁盘已满")] * 5)
    with pytest.raises(RunFailed, match="共试了 3 次：磁盘已满"):
        office.attempt()
    assert len(office.results) == 2


def test_where_an_unforeseen_error_happened_is_told() -> None:
    office = Office(ZeroDivisionError("division"), "好")
    office.attempt()
    assert "in run" in office.told[0]
    assert "ZeroDivisionError: division" in office.told[0]


def stopped_in_the_run(office: Office) -> None:
    office.results.insert(0, Stopped("到点了"))


def stopped_in_the_pause(office: Office) -> None:
    office.patience = 0


@pytest.mark.parametrize("stop", [stopped_in_the_run, stopped_in_the_pause])
def test_what_is_ended_on_purpose_is_not_tried_again(stop: Callable[[Office], None]) -> None:
    office = Office(Known("磁盘已满"), "好")
    stop(office)
    with pytest.raises(Stopped):
        office.attempt()
    assert office.results[-1] == "好"


def test_what_interrupts_a_program_passes() -> None:
    def run() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        attempt(run, wait=lambda _: False, tell=print, expected=())


def test_pauses_grow() -> None:
    assert list(PAUSES) == sorted(set(PAUSES))
