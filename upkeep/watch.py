"""A library brought up to date shortly after its files change.

The operating system tells what changes (watchfiles); nothing is believed but that something did, since a run finds out
what by itself. Changes that other machines make on a network share are often not told: such folders are polled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

from upkeep.attempt import RunFailed
from upkeep.errors import UpkeepError
from upkeep.stop import Stop, Stopped, Tell

QUIET_SECONDS = 5.0  # files must have been left alone so long: a copy under way is not half a document
LONGEST_SECONDS = 600.0  # where something changes without end, the others do not wait for it longer than this
BEAT_MILLISECONDS = 1_000  # how often events come, though they be empty

Events = Iterator[frozenset[str]]
"""What changed, as absolute paths, again and again; empty where nothing did for a while. It ends when told to."""

Source = Callable[[Sequence[Path]], Events]
"""Opens the events of some folders, all of which are there."""

Present = Callable[[Path], object]
"""What a folder is: equal as long as it is the same folder, None while it is not there."""


class WatchUnavailable(UpkeepError):
    """Files cannot be watched here; the message says what else to do."""


def identity(folder: Path) -> tuple[int, int] | None:
    """A folder's device and number, which differ when a share is mounted in its place; None where it is not there."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def told_by_system(stop: Stop, poll_seconds: float | None = None) -> Source:
    """Events as the operating system tells them, or, given `poll_seconds`, found by looking so often.

    The source raises WatchUnavailable where the system cannot watch so many folders.
    """

    def events(folders: Sequence[Path]) -> Events:
        try:
            from watchfiles import watch
        except ImportError as error:
            raise WatchUnavailable(
                "这台机器上没有监视文件的部件 watchfiles。请用 anjian schedule 定时更新。"
            ) from error
        try:
            for some in watch(
                *folders,
                watch_filter=None,
                stop_event=stop,
                rust_timeout=BEAT_MILLISECONDS,
                yield_on_timeout=True,
                force_polling=poll_seconds is not None,
                poll_delay_ms=round((poll_seconds or 0) * 1000),
                ignore_permission_denied=True,
            ):
                yield frozenset(path for _, path in some)
        except FileNotFoundError:
            return  # a folder vanished just now; whoever asked sees that by itself
        except OSError as error:
            raise WatchUnavailable(
                "系统不能监视这么多文件夹。请改用 anjian watch --poll 60，或用 anjian schedule 定时更新。"
            ) from error

    return events


def settled(
    events: Iterable[frozenset[str]],
    clock: Callable[[], float],
    *,
    quiet: float = QUIET_SECONDS,
    longest: float = LONGEST_SECONDS,
) -> Iterator[frozenset[str]]:
    """What changed since the last time, once all has been quiet for `quiet` seconds, at the latest after `longest`.

    Yields with every event, empty where nothing has settled. `clock` is in seconds and never goes back.
    """
    changed: set[str] = set()
    first = last = 0.0
    for some in events:
        now = clock()
        if some:
            first = first if changed else now
            last = now
            changed |= some
        if changed and (now - last >= quiet or now - first >= longest):
            yield frozenset(changed)
            changed = set()
        else:
            yield frozenset()


def wanted(path: str, folders: Sequence[Path], ignored: tuple[str, ...]) -> bool:
    """Whether a changed path matters: below a folder, and nothing on the way there has an ignored name."""
    for folder in folders:
        if Path(path).is_relative_to(folder):
            parts = Path(path).relative_to(folder).parts
            return not any(fnmatch(part, pattern) for part in parts for pattern in ignored)
    return False


@dataclass(slots=True)
class Watch:
    """Folders under watch.

    `run` does one run over the folders that are there, with its tries, and may raise Stopped or RunFailed, which are
    told. Times are in seconds.
    """

    folders: Sequence[Path]
    run: Callable[[Sequence[Path]], None]
    source: Source
    clock: Callable[[], float]
    wait: Callable[[float], bool]
    tell: Tell
    ignored: tuple[str, ...] = ()
    present: Present = identity
    quiet: float = QUIET_SECONDS
    _seen: Mapping[Path, object] = field(default_factory=dict)

    def keep(self) -> None:
        """Run once for what changed before, then after every change, until told to end. Raises WatchUnavailable."""
        while True:
            before, self._seen = self._seen, {folder: self.present(folder) for folder in self.folders}
            self._tell_vanished(before)
            there = [folder for folder, is_there in self._seen.items() if is_there]
            if there:
                # Watched before it is read: what changes during the run is told after it.
                self._keep(self.source(there), there)
            if self.wait(BEAT_MILLISECONDS / 1000):
                return

    def _keep(self, events: Events, there: Sequence[Path]) -> None:
        """Until the events end, or a folder comes, goes or is another one."""
        next(events, None)
        self._run(there)
        for changed in settled(self._relevant(events, there), self.clock, quiet=self.quiet):
            if changed:
                self.tell(f"有 {len(changed):,} 处变化，开始更新。")
                self._run(there)
            if any(self.present(folder) != seen for folder, seen in self._seen.items()):
                return

    def _relevant(self, events: Events, there: Sequence[Path]) -> Iterator[frozenset[str]]:
        for some in events:
            yield frozenset(path for path in some if wanted(path, there, self.ignored))

    def _run(self, there: Sequence[Path]) -> None:
        try:
            self.run(there)
        except (Stopped, RunFailed) as error:
            self.tell(str(error))

    def _tell_vanished(self, before: Mapping[Path, object]) -> None:
        for folder, is_there in self._seen.items():
            if not is_there and before.get(folder, True):
                self.tell(f"找不到文件夹“{folder}”，可能是共享盘没有连上；资料库里的内容不动，连上后自动继续。")
            elif is_there and folder in before and not before[folder]:
                self.tell(f"文件夹“{folder}”又连上了。")
