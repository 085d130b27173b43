"""The commands that keep a library fresh, as a machine's scheduler calls them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from commands.schedule import schedule
from commands.unattended import unattended
from commands.watch import watch
from corpus import lock
from corpus.records import Folder
from corpus.store import Store
from upkeep.attempt import RunFailed
from upkeep.errors import UpkeepError
from upkeep.stop import Stop, Stopped


@pytest.fixture
def library(store: Store, tmp_path: Path) -> Path:
    """A library with one folder and one empty file in it, never run."""
    folder = tmp_path / "资料"
    folder.mkdir()
    (folder / "甲.txt").touch()
    with store.begin() as writing:
        writing.add_folder(Folder("资料", folder))
    return tmp_path / "library"


def call(*words: str, status: int = 0) -> str:
    done = CliRunner().invoke(schedule, words)
    assert done.exit_code == status, (done.output, done.exception)
    return done.output


@pytest.mark.parametrize("kind", ["systemd", "cron", "windows"])
def test_a_timer_is_installed_shown_and_removed(kind: str, library: Path, tmp_path: Path) -> None:
    here = ("--library", str(library), "--to", str(tmp_path / "定时"))
    said = call("install", "--daily", "02:00", "--as", kind, "--between", "22:00-06:00", *here)
    assert "要启用，请输入" in said
    shown = json.loads(call("show", "--json", *here))
    assert (shown["as"], shown["daily"]) == (kind, "02:00")
    assert all(file in said for file in shown["files"])
    assert "要停用，请输入" in call("remove", *here)
    assert not any(Path(file).exists() for file in shown["files"])
    assert "没有定时任务" in call("show", *here, status=1)
    assert "没有定时任务" in call("remove", *here, status=1)


def test_the_command_of_a_timer_names_the_library_and_the_limits(library: Path, tmp_path: Path) -> None:
    call("install", "--daily", "2:00", "--as", "cron", "--cores", "1", "--library", str(library), "--to", str(tmp_path))
    (path,) = tmp_path.glob("*.cron")
    assert f"schedule run --once --library {library} --cores 1 " in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["install", "--daily", "02:00", "--between", "12:00-13:00"], "不在"),
        (["install", "--daily", "02:00", "--as", "cron", "--cpu", "50"], "systemd"),
        (["install", "--daily", "两点"], "--daily"),
        (["run"], "--once"),
    ],
)
def test_what_cannot_be_is_told(words: list[str], said: str, library: Path) -> None:
    assert said in call(*words, "--library", str(library), status=2)


@pytest.mark.parametrize("words", [["run", "--cron", "每天"], ["run", "--once", "--between", "夜里"]])
def test_times_that_cannot_be_read_are_told(words: list[str], library: Path) -> None:
    done = CliRunner().invoke(schedule, [*words, "--library", str(library)])
    assert isinstance(done.exception, UpkeepError)


def test_one_run_reports_and_writes_its_figures(library: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANJIAN_METRICS_FILE", "anjian.prom")
    said = call("run", "--once", "--library", str(library), status=2)
    assert "完成，有文件没有读成" in said
    assert "新增 1" in said
    assert "anjian_files 1.0" in (library / "anjian.prom").read_text(encoding="utf-8")
    # Nothing is due right after a run, so an hourly look costs nothing and says nothing.
    assert call("run", "--once", "--cron", "0 0 1 1 *", "--library", str(library)) == ""
    assert len(store.runs()) == 1


def test_figures_that_cannot_be_written_are_told_and_the_run_counts(
    library: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANJIAN_METRICS_FILE", "missing/anjian.prom")
    assert "metrics_file" in call("run", "--once", "--library", str(library), status=2)
    assert len(store.runs()) == 1


def test_a_run_waits_for_the_one_under_way_and_is_given_up_with_its_name(
    library: Path, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    stop = Stop(clock=iter(range(100)).__next__, sleep=lambda _: None)
    with lock.writing(library), pytest.raises(RunFailed, match="写入"):
        unattended(library, stop, UTC).run(pauses=(60,))
    assert "1 分钟后再试" in capsys.readouterr().err
    assert store.runs() == []


def test_outside_its_hours_a_run_does_not_begin(library: Path, store: Store) -> None:
    hour = datetime.now(UTC).hour
    between = f"{(hour + 2) % 24:02}:00-{(hour + 3) % 24:02}:00"
    with pytest.raises(Stopped, match=between):
        unattended(library, Stop(), UTC, between).run(pauses=())
    assert store.runs() == []


def test_a_library_without_folders_cannot_be_watched(store: Store, tmp_path: Path) -> None:
    assert store.folders() == []
    done = CliRunner().invoke(watch, ["--library", str(tmp_path / "library")])
    assert isinstance(done.exception, UpkeepError)


def test_a_watch_that_is_told_to_end_ends(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commands.watch.Stop", lambda: Stop(asked=True))
    done = CliRunner().invoke(watch, ["--library", str(library)])
    assert (done.exit_code, "已停止" in done.output) == (0, True)
