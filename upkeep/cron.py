"""A library kept fresh by a program in the foreground, for containers: when to run, and running.

APScheduler reads the times; the waiting is done here, in one thread. So runs cannot overlap, and what the clock does
(a machine asleep, a clock put right) is noticed within half a minute: a sleep of APScheduler's own schedulers goes by
a clock that stands still while the machine does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, tzinfo

from corpus.records import Run
from upkeep.attempt import RunFailed
from upkeep.errors import UpkeepError
from upkeep.polite import Clock, Window
from upkeep.report import Outcome, outcome
from upkeep.stop import Stopped, Tell, Wait

LOOK_SECONDS = 30.0  # the clock is looked at so often
SET_BACK = timedelta(hours=1)  # a clock that goes back further was wrong before, and so are the times told by it
TRIES = 3  # runs that ended badly one after another, before the next waits for its time

_NAMES = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_SHORT = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}

Times = Callable[[datetime], datetime]
"""The first time of a schedule after a moment."""


class CronInvalid(UpkeepError):
    """A schedule cannot be understood, or its time never comes."""


def local_zone() -> tzinfo:
    """The machine's time zone with its rules, or that of the environment (TZ), which a container often lacks."""
    from tzlocal import get_localzone

    return get_localzone()


def times(expression: str, zone: tzinfo) -> Times:
    """The times of a crontab expression (five fields, or a short form such as @daily). Raises CronInvalid.

    As in crontab(5), days of the week are 0 to 7 from Sunday to Sunday, and where both the day of the month and the
    day of the week are limited, either will do. (APScheduler counts from Monday, and wants both.)
    """
    from apscheduler.triggers.cron import CronTrigger

    fields = _SHORT.get(expression.strip().lower(), expression).lower().split()
    try:
        minute, hour, day, month, weekday = fields
        either = not day.startswith("*") and not weekday.startswith("*")
        days = [(day, "*"), ("*", _weekdays(weekday))] if either else [(day, _weekdays(weekday))]
        triggers = [
            CronTrigger(minute=minute, hour=hour, day=one, month=month, day_of_week=other, timezone=zone)
            for one, other in days
        ]
    except ValueError as error:
        raise CronInvalid(
            f"时间“{expression}”看不懂。请写五项：分 时 日 月 星期，如 0 2 * * *（每天凌晨两点）。"
        ) from error

    def after(moment: datetime) -> datetime:
        moment = moment.astimezone(zone) + timedelta(microseconds=1)
        found = [trigger.get_next_fire_time(None, moment) for trigger in triggers]
        try:
            first: datetime = min(time for time in found if time)
        except ValueError as error:
            raise CronInvalid(f"时间“{expression}”永远不会到，例如二月三十日。请改正。") from error
        return first

    after(datetime.now(zone))
    return after


def _weekdays(field: str) -> str:
    """Days of the week as crontab counts them, by name."""
    days: set[int] = set()
    for part in field.split(","):
        span, _, step = part.partition("/")
        first, _, last = ("0", "-", "6") if span == "*" else span.partition("-")
        start = _weekday(first)
        end = _weekday(last) if last else (6 if step else start)
        if end < start:  # sat-sun, fri-1
            end += 7
        days.update(day % 7 for day in range(start, end + 1, int(step or 1)))
    return ",".join(_NAMES[day] for day in sorted(days))


def _weekday(name: str) -> int:
    number = _NAMES.index(name) if name in _NAMES else int(name)
    if not 0 <= number <= 7:
        raise ValueError(name)
    return number


def missed(after: Times, runs: Sequence[Run], now: datetime) -> bool:
    """Whether a run should have been by now and was not, or did not end well.

    `runs` are the latest on record, newest first. A library that was never run has missed nothing; one whose last
    TRIES runs all ended badly waits for its time, so that a program that is started again and again does no harm.
    """
    if not runs:
        return False
    started = datetime.fromisoformat(runs[0].started)
    if started - now <= SET_BACK and after(started) <= now:
        return True
    badly = [outcome(run) not in (Outcome.DONE, Outcome.SOME_FAILED) for run in runs[:TRIES]]
    return badly[0] and not (len(badly) == TRIES and all(badly))


def serve(
    after: Times,
    *,
    run: Callable[[], None],
    runs: Sequence[Run],
    clock: Clock,
    wait: Wait,
    tell: Tell,
    window: Window | None = None,
) -> None:
    """Run at the times of a schedule until told to end, one run at a time.

    `run` does one run with its tries and may raise Stopped or RunFailed, which are told; `runs` are the latest on
    record. A time that passes during a run, outside the window, or while the machine sleeps, is made up once.
    """
    since = clock()
    due = missed(after, runs, since)
    next_time = after(since)
    said = ""
    while True:
        now = clock()
        if since - now > SET_BACK:
            since, next_time = now, after(now)
        due = due or now >= next_time
        if due and (window is None or window.holds(now)):
            due, since, next_time = False, now, after(now)
            _run(run, tell)
        coming = f"下次更新：{next_time:%Y-%m-%d %H:%M}（{next_time.tzname()}）。"
        if due and window:
            coming = f"有一次更新没有按时做，等到 {window.start:%H:%M} 再做。"
        if coming != said:
            tell(coming)
            said = coming
        left = (next_time - clock()).total_seconds()
        if wait(min(LOOK_SECONDS, left) if left > 0 else LOOK_SECONDS):
            return


def _run(run: Callable[[], None], tell: Tell) -> None:
    try:
        run()
    except (Stopped, RunFailed) as error:
        tell(str(error))
