"""What a run leaves behind, for people to read: when, how long, what changed, what failed, how it ended.

From the record of a run in the store. Its report has the keys `changes` and `skipped` (counts by reason), `unchanged`,
`documents`, `characters`, `extracted` (counts), `seconds` (by phase), `error` (what ended the run, "" where nothing
did), and `stopped` (why it was ended on purpose, "" where it was not); a report of an older version lacks some.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import Any

from corpus.document import Reason
from corpus.records import Run
from indexer.changes import Why


class Outcome(StrEnum):
    """How a run ended."""

    DONE = "done"
    SOME_FAILED = "some_failed"  # done, and some files could not be read
    STOPPED = "stopped"
    FAILED = "failed"
    OPEN = "open"  # without an end: it is under way, or was cut off (power, kill)

    @property
    def label(self) -> str:
        """The outcome in the user's words."""
        return _LABELS[self]


_LABELS = {
    Outcome.DONE: "完成",
    Outcome.SOME_FAILED: "完成，有文件没有读成",
    Outcome.STOPPED: "中途停止，下次接着做",
    Outcome.FAILED: "没有成功",
    Outcome.OPEN: "没有结束",
}


def outcome(run: Run) -> Outcome:
    """How a run ended, by its record."""
    if not run.finished:
        return Outcome.OPEN
    report = run.report or {}
    if report.get("stopped"):
        return Outcome.STOPPED
    if report.get("error"):
        return Outcome.FAILED
    return Outcome.SOME_FAILED if report.get("skipped") else Outcome.DONE


#: The phases of a run, as `seconds` of its report names them.
_PHASES = {
    "reconcile": "核对索引",
    "read": "读取文件",
    "recognise": "文字识别",
    "derive": "归并人员、机构和案件",
    "tell": "核对关注的内容",
    "extract": "提取人员和案件",
}


@dataclass(frozen=True, slots=True)
class Summary:
    """A run as it is told. Times are local; `seconds` is None while the run has no end."""

    id: int
    started: datetime
    finished: datetime | None
    outcome: Outcome
    seconds: float | None
    changes: Mapping[str, int]
    skipped: Mapping[str, int]
    documents: int
    phases: Mapping[str, float]
    error: str

    def as_json(self) -> dict[str, Any]:
        """The summary as plain values."""
        return {
            "id": self.id,
            "started": self.started.isoformat(),
            "finished": self.finished.isoformat() if self.finished else None,
            "outcome": self.outcome.value,
            "seconds": self.seconds,
            "changes": dict(self.changes),
            "skipped": dict(self.skipped),
            "documents": self.documents,
            "phases": dict(self.phases),
            "error": self.error,
        }


def summary(run: Run, zone: tzinfo | None = None) -> Summary:
    """What a record tells, with times in a zone (None: this machine's)."""
    report = run.report or {}
    started = datetime.fromisoformat(run.started).astimezone(zone)
    finished = datetime.fromisoformat(run.finished).astimezone(zone) if run.finished else None
    return Summary(
        id=run.id,
        started=started,
        finished=finished,
        outcome=outcome(run),
        seconds=max(0.0, (finished - started).total_seconds()) if finished else None,  # 0: the clock was put back
        changes=report.get("changes", {}),
        skipped=report.get("skipped", {}),
        documents=report.get("documents", 0),
        phases=report.get("seconds", {}),
        error=report.get("stopped") or report.get("error") or "",
    )


def run_lines(runs: Sequence[Run], *, writing: bool = False, zone: tzinfo | None = None) -> Iterator[str]:
    """Runs, newest first, some lines each. `writing`: a program is at work on the library now."""
    for number, run in enumerate(runs):
        yield from _lines(summary(run, zone), under_way=writing and number == 0)
    if not runs:
        yield "还没有更新过。"


def _lines(told: Summary, *, under_way: bool) -> Iterator[str]:
    ended = told.outcome.label
    if told.outcome is Outcome.OPEN:
        ended = "正在进行" if under_way else "中断（断电或被强行结束），已完成的部分没有丢失，下次接着做"
    took = f"，用时 {duration(told.seconds)}" if told.seconds is not None else ""
    yield f"{told.started:%Y-%m-%d %H:%M}　{ended}{took}"
    if told.error:
        yield f"  原因：{told.error}"
    changed = [f"{_why(name)} {count:,}" for name, count in told.changes.items() if count]
    if changed:
        yield f"  变化：{'，'.join(changed)}"
    elif told.outcome in (Outcome.DONE, Outcome.SOME_FAILED):
        yield "  没有变化"
    skipped = [f"{_reason(name)} {count:,}" for name, count in told.skipped.items() if count]
    if skipped:
        yield f"  没有读成：{'，'.join(skipped)}（逐个查看：anjian failures）"
    if told.phases:
        longest = sorted(told.phases.items(), key=lambda phase: -phase[1])
        yield f"  各步用时：{'，'.join(f'{_PHASES.get(name, name)} {duration(seconds)}' for name, seconds in longest)}"


def duration(seconds: float) -> str:
    """A length of time in words, to the second."""
    whole = round(seconds)
    hours, minutes = divmod(whole // 60, 60)
    if hours:
        return f"{hours} 小时 {minutes} 分"
    return f"{minutes} 分 {whole % 60} 秒" if minutes else f"{whole} 秒"


def _why(name: str) -> str:
    """A reason of change in words; one that only a newer version knows as it stands."""
    return Why(name).label if name in set(Why) else name


def _reason(name: str) -> str:
    return Reason(name).label if name in set(Reason) else name
