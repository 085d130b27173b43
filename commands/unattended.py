"""A run that nobody looks on: how it is done, tried again and told, on a schedule or after changes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.common import print_lines, progress
from commands.expected import EXPECTED
from corpus.records import Run
from corpus.store import StoreError
from library import Library, open_library
from terminal.style import safe
from upkeep.attempt import attempt
from upkeep.errors import UpkeepError
from upkeep.polite import Checkpoint, checked, keep_to_cores, parse_window, step_back
from upkeep.report import run_lines
from upkeep.stop import Stop

if TYPE_CHECKING:
    from indexer.run import Report

between_option = click.option(
    "--between", metavar="时段", help="只在这段时间里工作，如 22:00-06:00；到点停下，下次接着做。"
)
polite_option = click.option("--polite", is_flag=True, help="降低优先级，让别的程序先用处理器和磁盘。")
cores_option = click.option("--cores", type=click.IntRange(1), metavar="几个", help="最多用几个处理器核。")


def be_polite(*, polite: bool, cores: int | None) -> None:
    """Bring this process, and all it will start, down to what it was allowed."""
    if polite:
        step_back()
    if cores:
        keep_to_cores(cores)


@dataclass(frozen=True, slots=True)
class Unattended:
    """Runs over a library, with what can end them."""

    library: Path
    stop: Stop
    checkpoint: Checkpoint
    zone: tzinfo

    def run(self, folders: Sequence[Path] = (), *, pauses: Sequence[float]) -> Report:
        """One run over folders (none named: all), tried again after each of the pauses (seconds) where it fails.

        Raises Stopped or RunFailed.
        """
        return attempt(
            lambda: self._once(folders), wait=self.stop.wait, tell=self.tell, expected=EXPECTED, pauses=pauses
        )

    def tell(self, sentence: str) -> None:
        """A sentence for whoever looks after the library, with the time."""
        lines = [safe(line) for line in sentence.splitlines()]
        click.echo(f"{datetime.now(self.zone):%m-%d %H:%M} " + "\n".join(lines), err=True)

    def _once(self, folders: Sequence[Path]) -> Report:
        self.checkpoint()
        with open_library(self.library) as library:
            before = library.store.runs(1)
            try:
                with progress() as bar:
                    return library.index(folders, checked(bar, self.checkpoint))
            finally:
                self._leave(library, before)

    def _leave(self, library: Library, before: Sequence[Run]) -> None:
        """Print the report of the run, if one was begun, and write the figures.

        What goes wrong here is told and no more: it must not hide how the run went, nor have it done again.
        """
        try:
            latest = library.store.runs(1)
            if latest != before:
                print_lines(safe(line) for line in run_lines(latest, zone=self.zone))
                sys.stdout.flush()  # a container's log is read while it runs
            library.leave_figures()
        except (StoreError, UpkeepError) as error:
            self.tell(str(error))


def unattended(library: Path, stop: Stop, zone: tzinfo, between: str | None = None) -> Unattended:
    """Runs over a library that end when told to, or outside `between`. Raises WindowInvalid."""
    window = parse_window(between) if between else None
    return Unattended(library, stop, Checkpoint(lambda: datetime.now(zone), stop.check, window), zone)
