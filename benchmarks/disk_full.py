"""Does a library survive a full disk? `python -m benchmarks.disk_full [--trials 20] [--seed 1]`, as root, on Linux.

Each trial writes to a small library on a disk in memory, with room that may be too little for it. The program must say
so in one sentence, lose nothing, and, given room, make of the library what a clean run makes.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.killing import DEEDS, ROOT, Deed, Ground, begin, command, prepare, run_clean
from benchmarks.left_behind import committed

_DEEDS = ("index", "index more", "rebuild", "changes")
_ROOM = "256m"


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the trials; print what was wrong, and how they ended. The exit status is 1 where any was wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.disk_full", description=__doc__)
    parser.add_argument("--trials", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    random, ended, failed = Random(options.seed), Counter[str](), 0
    with tempfile.TemporaryDirectory(prefix="anjian-full-") as scratch:
        home = Path(scratch)
        ground = prepare(home / "ground", mined=True)
        clean = {name: run_clean(DEEDS[name], ground, home / name) for name in _DEEDS}
        for number in range(options.trials):
            name = _DEEDS[number % len(_DEEDS)]
            full, wrong = _trial(DEEDS[name], ground, clean[name].state, home / f"disk {number}", random)
            ended["did not fit" if full else "fitted"] += 1
            failed += bool(wrong)
            if wrong:
                print(f"trial {number} ({name}): " + "; ".join(wrong), flush=True)
    print(f"{options.trials} trials: {dict(ended)}, {failed} failed")
    return 1 if failed else 0


def _trial(
    deed: Deed, ground: Ground, clean: Mapping[str, Any], place: Path, random: Random
) -> tuple[bool, Sequence[str]]:
    """Whether the disk was full, and what was wrong."""
    base = ground.libraries[deed.base]
    there = sum(file.stat().st_size for file in base.rglob("*") if file.is_file()) if base.exists() else 0
    with _disk(place, there + random.randrange(50_000, 1_500_000)) as disk:
        library = begin(deed, ground, disk)
        before = committed(library)
        words = command(deed, ground, library)
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
        wrong = list(_told(done))
        left = committed(library)
        if left < before:
            wrong.append(f"of {before} documents {left} are left")
        subprocess.run(["mount", "-o", f"remount,size={_ROOM}", str(disk)], check=True)
        if library.exists():
            wrong += deed.judge(ground, library, clean)
        return done.returncode != 0, wrong


def _told(done: subprocess.CompletedProcess[str]) -> Iterator[str]:
    said = done.stdout + done.stderr
    if "Traceback" in said:
        yield f"a traceback: {said[-300:]}"
    if done.returncode not in {0, 3}:
        yield f"exit status {done.returncode}: {said[-300:]}"
    if done.returncode == 3 and "磁盘" not in said:
        yield f"nothing said of the disk: {said[-300:]}"


@contextmanager
def _disk(place: Path, size: int) -> Iterator[Path]:
    """A file system in memory of `size` bytes at `place`."""
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


if __name__ == "__main__":
    sys.exit(main())
