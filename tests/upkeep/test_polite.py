"""Work within hours, ends when told to, and steps back for others."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upkeep.polite import Checkpoint, WindowInvalid, checked, parse_window
from upkeep.stop import NAP_SECONDS, Stop, Stopped, told_by_signals

MIDNIGHT = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("window", "inside", "outside"),
    [
        ("22:00-06:00", ["22:00", "23:59", "00:00", "05:59"], ["06:00", "12:00", "21:59"]),
        ("12:00-13:30", ["12:00", "13:29"], ["11:59", "13:30", "00:00"]),
        ("18:00-24:00", ["18:00", "23:59"], ["00:00", "17:59"]),
        ("8：30 至 9：00", ["08:30"], ["09:00"]),
    ],
)
def test_a_window_holds_its_hours(window: str, inside: list[str], outside: list[str]) -> None:
    for expected, moments in ((True, inside), (False, outside)):
        for moment in moments:
            hour, minute = map(int, moment.split(":"))
            assert parse_window(window).holds(MIDNIGHT.replace(hour=hour, minute=minute)) is expected, moment


@pytest.mark.parametrize("text", ["", "22:00", "22-6", "25:00-06:00", "22:60-06:00", "06:00-06:00", "24:30-06:00"])
def test_what_is_no_window_is_told(text: str) -> None:
    with pytest.raises(WindowInvalid, match="22:00-06:00"):
        parse_window(text)


@given(st.times(), st.times(), st.integers(0, 24 * 60 - 1))
def test_a_window_and_its_complement_share_the_day(start: time, end: time, minute: int) -> None:
    first, last = f"{start:%H:%M}", f"{end:%H:%M}"
    if first != last:
        moment = MIDNIGHT + timedelta(minutes=minute)
        one, other = parse_window(f"{first}-{last}"), parse_window(f"{last}-{first}")
        assert one.holds(moment) is not other.holds(moment)
        assert parse_window(str(one)) == one


def test_work_goes_on_until_the_hours_end() -> None:
    now = MIDNIGHT.replace(hour=5, minute=58)
    seen: list[int] = []

    def clock() -> datetime:
        return now + timedelta(minutes=len(seen))

    checkpoint = Checkpoint(clock, Stop().check, parse_window("22:00-06:00"))
    step = checked(lambda done, _total, _name: seen.append(done), checkpoint)
    step(1, 9, "甲.txt")
    with pytest.raises(Stopped, match="22:00-06:00"):
        step(2, 9, "乙.txt")
    assert seen == [1, 2]  # what is done is told before the end


def test_a_signal_ends_work_at_the_next_checkpoint_and_is_given_back() -> None:
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    stop = Stop()
    checkpoint = Checkpoint(lambda: MIDNIGHT, stop.check)
    with told_by_signals(stop):
        checkpoint()
        signal.raise_signal(signal.SIGTERM)
        with pytest.raises(Stopped, match="下次会接着做"):
            checkpoint()
    assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == before


def test_a_second_interruption_ends_the_program() -> None:
    stop = Stop()
    with told_by_signals(stop):
        signal.raise_signal(signal.SIGINT)
        assert stop.asked
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


@pytest.mark.parametrize(("asked_after", "waited"), [(99, 5), (3, 3), (0, 0)])
def test_a_wait_ends_when_told_to(asked_after: int, waited: int) -> None:
    naps: list[float] = []

    def nap(seconds: float) -> None:
        naps.append(seconds)
        stop.asked = len(naps) == asked_after

    stop = Stop(asked=asked_after == 0, clock=lambda: sum(naps), sleep=nap)
    assert stop.wait(5) is (asked_after < 99)
    assert naps == [NAP_SECONDS] * waited


def test_a_process_steps_back_and_keeps_to_its_cores() -> None:
    program = (
        "import os; from upkeep.polite import keep_to_cores, step_back\n"
        "step_back(); step_back(); keep_to_cores(1); print(os.nice(0), len(os.sched_getaffinity(0)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(max(10, os.nice(0))), "1"]
