"""One writer at a time, on one machine and between machines; a dead one does not keep the others out."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from corpus import lease, lock
from corpus.lease import EXPIRY, Holder, Lease, read


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / lock.LEASE_NAME


def held(path: Path, *, host: str = "另一台", pid: int = 1, age: float = 0.0) -> Holder:
    """Somebody's lease, renewed `age` seconds ago by the clock of the folder."""
    holder = Holder(host, pid, "2026-01-01T08:00:00+08:00", "其")
    path.write_text(json.dumps(asdict(holder)), encoding="utf-8")
    now = path.stat().st_mtime
    os.utime(path, (now - age, now - age))
    return holder


def dead_process() -> int:
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


def test_it_is_made_named_and_taken_away(path: Path) -> None:
    mine = Lease(path)
    assert mine.take(alone=False) is None
    with mine:
        assert read(path) == mine.holder
        assert Lease(path).take(alone=False) == mine.holder
        assert str(os.getpid()) in str(mine.holder)
    assert list(path.parent.iterdir()) == []


@pytest.mark.parametrize(("age", "free"), [(0.0, False), (EXPIRY - 5, False), (EXPIRY + 5, True), (10 * EXPIRY, True)])
def test_that_of_another_machine_lasts_until_it_expires(path: Path, age: float, *, free: bool) -> None:
    holder = held(path, age=age)
    mine = Lease(path)
    assert mine.take(alone=True) == (None if free else holder)
    assert read(path) == (mine.holder if free else holder)


def test_that_of_a_dead_process_of_this_machine_is_free_at_once(path: Path) -> None:
    held(path, host=platform.node(), pid=dead_process())
    assert Lease(path).take(alone=False) is None


def test_a_number_given_to_another_process_does_not_help_the_dead(path: Path) -> None:
    """Only where the system's lock does not work is a process of that number taken for the holder."""
    holder = held(path, host=platform.node(), pid=os.getpid())
    assert Lease(path).take(alone=False) == holder
    assert Lease(path).take(alone=True) is None


@pytest.mark.parametrize("lives", [True, False])
def test_a_clock_that_was_set_back(path: Path, monkeypatch: pytest.MonkeyPatch, *, lives: bool) -> None:
    """The time of the lease lies ahead: whoever lives renews it soon."""
    holder = held(path, age=-3600)
    now = [0.0]

    def sleep(seconds: float) -> None:
        now[0] += seconds
        if lives and now[0] > lease.RENEWAL:
            os.utime(path)

    monkeypatch.setattr(lease.time, "sleep", sleep)
    monkeypatch.setattr(lease.time, "monotonic", lambda: now[0])
    assert Lease(path).take(alone=False) == (holder if lives else None)
    assert now[0] <= 2 * lease.RENEWAL + 2


def test_of_two_that_find_it_expired_one_gets_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held(path, age=2 * EXPIRY)
    quicker, slower = Lease(path), Lease(path)
    whole = Lease._discard

    def late(self: Lease, judged: Holder | None) -> None:
        if self is slower:
            monkeypatch.undo()
            assert quicker.take(alone=False) is None
        whole(self, judged)

    monkeypatch.setattr(Lease, "_discard", late)
    assert slower.take(alone=False) == quicker.holder
    assert read(path) == quicker.holder


@pytest.mark.parametrize("text", ["", "{", "[]", '{"host": 1}'])
def test_one_that_cannot_be_read_is_nobodys(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    assert Lease(path).take(alone=False) is None


def test_a_share_without_links(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    mine = Lease(path)
    assert mine.take(alone=False) is None
    assert Lease(path).take(alone=False) == mine.holder


def test_whoever_lost_it_notices_and_leaves_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "RENEWAL", 0.001)
    with lock.writing(path.parent) as mine:
        mine.check()
        other = held(path)
        assert mine.lease._renewing
        mine.lease._renewing.join(10)
        with pytest.raises(lock.LibraryLocked, match="接手"):
            mine.check()
    assert read(path) == other


def test_the_lock_of_another_machine_names_it(path: Path) -> None:
    held(path)
    with pytest.raises(lock.LibraryLocked, match="另一台 上的进程 1"), lock.writing(path.parent):
        pass


def test_a_file_system_without_locks(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    def refuse(*_: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with lock.writing(path.parent) as mine, pytest.raises(lock.LibraryLocked), lock.writing(path.parent):
        pass
    held(path, host=platform.node(), pid=dead_process())
    with lock.writing(path.parent) as again:
        assert again.lease.holder != mine.lease.holder


def test_what_claimants_left_is_taken_away(path: Path) -> None:
    left = path.with_name(f"{path.name}.0123")
    left.touch()
    os.utime(left, (1, 1))
    assert Lease(path).take(alone=False) is None
    assert not left.exists()
