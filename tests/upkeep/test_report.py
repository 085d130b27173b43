"""What is told of a run, from its record."""

from __future__ import annotations

from datetime import UTC
from zoneinfo import ZoneInfo

import pytest

from corpus.records import Run
from upkeep.report import Outcome, duration, outcome, run_lines, summary

REPORT = {
    "changes": {"new": 1200, "gone": 3, "moved_by_magic": 1},
    "skipped": {"encrypted": 2},
    "unchanged": 5,
    "documents": 90_000,
    "characters": 10,
    "extracted": 4,
    "seconds": {"read": 60.0, "extract": 3000.4},
    "error": "",
}


def run(report: dict[str, object] | None, finished: str | None = "2026-03-01T19:02:03+00:00") -> Run:
    return Run(7, "2026-03-01T18:00:00+00:00", finished, report)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (run({**REPORT, "skipped": {}}), Outcome.DONE),
        (run({}), Outcome.DONE),
        (run(REPORT), Outcome.SOME_FAILED),
        (run({**REPORT, "error": "磁盘已满"}), Outcome.FAILED),
        (run({**REPORT, "stopped": "时段已过"}), Outcome.STOPPED),
        (run(None, None), Outcome.OPEN),
    ],
)
def test_how_a_run_ended(record: Run, expected: Outcome) -> None:
    assert outcome(record) is expected
    assert expected.label in "".join(run_lines([record])) or expected is Outcome.OPEN


def test_a_run_is_told_whole() -> None:
    assert list(run_lines([run(REPORT)], zone=ZoneInfo("Asia/Shanghai"))) == [
        "2026-03-02 02:00　完成，有文件没有读成，用时 1 小时 2 分",
        "  变化：新增 1,200，已删除 3，moved_by_magic 1",
        "  没有读成：文件有密码 2（逐个查看：anjian failures）",
        "  各步用时：提取人员和案件 50 分 0 秒，读取文件 1 分 0 秒",
    ]


def test_nothing_new_is_said_to_be_nothing() -> None:
    assert list(run_lines([run({"changes": {"new": 0}})]))[1:] == ["  没有变化"]


def test_why_a_run_ended_is_told() -> None:
    assert "  原因：磁盘已满" in list(run_lines([run({"error": "磁盘已满"})]))


def test_a_run_without_an_end_was_cut_off_unless_it_is_under_way() -> None:
    two = [run(None, None), run(None, None)]
    first, second = run_lines(two, writing=True)
    assert "正在进行" in first
    assert "中断" in second
    assert "中断" in next(run_lines(two))


def test_no_runs_are_told_too() -> None:
    assert list(run_lines([])) == ["还没有更新过。"]


def test_a_clock_that_was_put_back_makes_no_negative_length() -> None:
    assert summary(run({}, "2026-03-01T17:00:00+00:00"), UTC).seconds == 0


def test_json_has_the_same() -> None:
    told = summary(run(REPORT), UTC).as_json()
    assert told["outcome"] == "some_failed"
    assert (told["started"], told["seconds"]) == ("2026-03-01T18:00:00+00:00", 3723)
    assert told["phases"] == REPORT["seconds"]


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.4, "0 秒"), (59.6, "1 分 0 秒"), (61, "1 分 1 秒"), (7325, "2 小时 2 分")]
)
def test_lengths_of_time(seconds: float, words: str) -> None:
    assert duration(seconds) == words
