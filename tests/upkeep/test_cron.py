"""When to run: the times of a schedule, what was missed, and a clock that does as it likes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.records import Run
from upkeep.attempt import RunFailed
from upkeep.cron import LOOK_SECONDS, CronInvalid, missed, serve, times
from upkeep.polite import parse_window
from upkeep.stop import Stopped

SUNDAY = datetime(2026, 3, 1, 12, tzinfo=UTC)  # noon
GOOD: dict[str, object] = {"changes": {}, "skipped": {}, "error": ""}


def at(text: str) -> datetime:
    """A moment of March 2026 in UTC: "2 02:00" is the second at two o'clock."""
    return datetime.strptime(f"2026-03-{text} +0000", "%Y-%m-%d %H:%M %z")


def run(started: str, *, finished: bool = True, **report: object) -> Run:
    moment = at(started).isoformat()
    return Run(1, moment, moment if finished else None, {**GOOD, **report} if finished else None)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("0 2 * * *", "2 02:00"),
        ("*/15 * * * *", "1 12:15"),
        ("30 12 * * *", "1 12:30"),
        ("@daily", "2 00:00"),
        ("@hourly", "1 13:00"),
        ("@weekly", "8 00:00"),
        ("0 2 * * 0", "8 02:00"),  # Sunday, as crontab counts
        ("0 2 * * 7", "8 02:00"),
        ("0 2 * * sun", "8 02:00"),
        ("0 2 * * 1", "2 02:00"),
        ("0 2 * * 1-5", "2 02:00"),
        ("0 2 * * 6-7", "7 02:00"),
        ("0 2 * * sat-sun", "7 02:00"),
        ("0 2 * * 5-1", "2 02:00"),
        ("0 2 * * */3", "4 02:00"),
        ("0 2 * * 2,4", "3 02:00"),
        ("0 2 * * 3/2", "4 02:00"),
        ("0 2 13 * 5", "6 02:00"),  # the thirteenth or a Friday
        ("0 2 4 * 5", "4 02:00"),
        ("0 2 31 mar *", "31 02:00"),
    ],
)
def test_times_are_those_of_crontab(expression: str, expected: str) -> None:
    assert times(expression, UTC)(SUNDAY) == at(expected)


@pytest.mark.parametrize(
    "expression",
    ["", "2:00", "0 2 * *", "0 2 * * * *", "60 2 * * *", "0 2 * * 8", "0 2 * * 周日", "0 2 * * 1/x", "@reboot"],
)
def test_what_is_no_schedule_is_told(expression: str) -> None:
    with pytest.raises(CronInvalid, match="看不懂"):
        times(expression, UTC)


def test_a_day_that_never_comes_is_told() -> None:
    with pytest.raises(CronInvalid, match="永远不会到"):
        times("0 2 30 2 *", UTC)


def test_times_go_by_the_clock_on_the_wall() -> None:
    assert times("0 2 * * *", ZoneInfo("Asia/Shanghai"))(SUNDAY) == at("1 18:00")


@given(st.integers(0, 400_000_000).map(lambda seconds: SUNDAY + timedelta(seconds=seconds)))
def test_the_next_time_is_always_later_and_never_skipped(moment: datetime) -> None:
    after = times("0 2 * * *", UTC)(moment)
    assert moment < after <= moment + timedelta(days=1)
    assert (after.hour, after.minute, after.second) == (2, 0, 0)


@pytest.mark.parametrize(
    ("runs", "now", "expected"),
    [
        ([], "5 12:00", False),
        ([run("5 02:00")], "5 12:00", False),
        ([run("4 02:00")], "5 12:00", True),
        ([run("4 02:00")], "5 01:59", False),
        ([run("1 02:00")], "20 12:00", True),
        ([run("4 14:00")], "5 01:00", False),  # someone ran it by hand
        ([run("5 02:00", finished=False)], "5 12:00", True),  # power cut
        ([run("5 02:00", error="磁盘已满")], "5 12:00", True),
        ([run("5 02:00", stopped="时段已过")], "5 12:00", True),
        ([run("5 02:00", skipped={"broken": 3})], "5 12:00", False),
        ([run("5 02:00", finished=False)] * 3, "5 12:00", False),  # it brings the program down: not again till its time
        ([run("5 02:00", finished=False)] * 3, "6 02:00", True),
        ([run("5 02:00", finished=False)] * 2 + [run("4 02:00")], "5 12:00", True),
        ([run("5 02:00")], "4 12:00", False),  # the clock was put back
        ([run("25 02:00")], "5 12:00", False),  # the clock was wrong then
    ],
)
def test_what_was_missed(runs: list[Run], now: str, expected: bool) -> None:
    assert missed(times("0 2 * * *", UTC), runs, at(now)) is expected


class Machine:
    """A clock and a wait that moves it; `events` happen when their time (as truly passed) has come."""

    def __init__(self, now: datetime, hours: float) -> None:
        self.now, self.left = now, timedelta(hours=hours)
        self.ran: list[datetime] = []
        self.told: list[str] = []
        self.busy = False
        self.events: list[tuple[timedelta, Callable[[], None]]] = []
        self.takes = timedelta(minutes=20)
        self.error: Exception | None = None

    def clock(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> bool:
        assert 0 < seconds <= LOOK_SECONDS
        self.pass_(timedelta(seconds=seconds))
        return self.left <= timedelta()

    def pass_(self, span: timedelta) -> None:
        self.now += span
        self.left -= span
        for event in [event for event in self.events if self.left <= event[0]]:
            self.events.remove(event)
            event[1]()

    def run(self) -> None:
        assert not self.busy
        self.busy = True
        self.ran.append(self.now)
        self.pass_(self.takes)
        self.busy = False
        if self.error:
            raise self.error

    def set_clock(self, left: timedelta, text: str) -> None:
        """Set the clock when so much time is left."""
        self.events.append((left, lambda: setattr(self, "now", at(text))))

    def turn_clock(self, left: timedelta, by: timedelta) -> None:
        """Turn the clock forward or back when so much time is left."""
        self.events.append((left, lambda: setattr(self, "now", self.now + by)))

    def serve(self, expression: str, runs: list[Run] | None = None, between: str = "") -> list[str]:
        serve(
            times(expression, UTC), run=self.run, runs=runs or [], clock=self.clock, wait=self.wait,
            tell=self.told.append, window=parse_window(between) if between else None,
        )  # fmt: skip
        return [f"{moment.day} {moment:%H:%M}" for moment in self.ran]


def test_runs_come_at_their_times() -> None:
    machine = Machine(at("1 12:00"), 49)
    assert machine.serve("0 2 * * *") == ["2 02:00", "3 02:00"]
    assert [line for line in machine.told if "下次更新" in line] == [
        f"下次更新：2026-03-0{day} 02:00（UTC）。" for day in (2, 3, 4)
    ]


def test_a_missed_run_is_made_up_at_the_start() -> None:
    assert Machine(at("5 12:00"), 15).serve("0 2 * * *", [run("3 02:00")]) == ["5 12:00", "6 02:00"]


def test_times_that_pass_during_a_run_are_made_up_once() -> None:
    machine = Machine(at("5 11:59"), 5)
    machine.takes = timedelta(minutes=150)
    assert machine.serve("0 * * * *") == ["5 12:00", "5 14:30"]


def test_a_machine_that_slept_makes_up_one_run() -> None:
    machine = Machine(at("5 12:00"), 10)
    machine.set_clock(timedelta(hours=5), "9 09:00")
    assert machine.serve("0 2 * * *") == ["9 09:00"]


def test_a_clock_put_back_a_little_repeats_nothing() -> None:
    machine = Machine(at("5 01:00"), 10)
    machine.set_clock(timedelta(hours=8, minutes=30), "5 01:55")  # it was 02:30, after the run
    assert machine.serve("0 2 * * *") == ["5 02:00"]


def test_a_clock_that_was_years_ahead_does_not_stop_the_schedule() -> None:
    machine = Machine(at("5 12:00").replace(year=2031), 30)
    machine.set_clock(timedelta(hours=29), "5 13:00")
    assert machine.serve("0 2 * * *") == ["6 02:00"]


def test_a_last_run_in_the_future_does_not_stop_the_schedule() -> None:
    assert Machine(at("5 12:00"), 20).serve("0 2 * * *", [run("25 02:00")]) == ["6 02:00"]


def test_what_was_missed_waits_for_its_hours() -> None:
    machine = Machine(at("5 12:00"), 24)
    assert machine.serve("0 2 * * *", [run("3 02:00")], "22:00-06:00") == ["5 22:00", "6 02:00"]
    assert "22:00" in machine.told[0]


@pytest.mark.parametrize("error", [RunFailed("磁盘已满"), Stopped("时段已过")])
def test_a_run_that_ends_badly_is_told_and_the_next_comes(error: Exception) -> None:
    machine = Machine(at("5 01:00"), 26)
    machine.error = error
    assert machine.serve("0 2 * * *") == ["5 02:00", "6 02:00"]
    assert machine.told.count(str(error)) == 2


@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(-50, 30)), max_size=5),
    st.integers(1, 300),
)
def test_whatever_the_clock_does_runs_never_overlap_or_crowd(jumps: list[tuple[int, int]], minutes: int) -> None:
    machine = Machine(at("9 12:00"), 50)
    machine.takes = timedelta(minutes=minutes)
    for hour, by in jumps:
        machine.turn_clock(timedelta(hours=hour), timedelta(hours=by))
    machine.serve("0 2 * * *")
    forward = sum(by for _, by in jumps if by > 0)
    # 02:00 comes at most once in each true day, once more for each jump and each day jumped over.
    assert len(machine.ran) <= 50 / 24 + 1 + len(jumps) * 2 + forward / 24
    if not jumps:
        assert len(machine.ran) == 2
