"""Does a library survive being killed at any instant? `python -m benchmarks.crash [--trials 300] [--seed 1]`.

Each trial kills `anjian` while it indexes, rebuilds, migrates or copies a small library, then looks whether the
library opens, holds whole batches and nothing less than before, is sound, and becomes what a clean run gives.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from benchmarks.killing import DEEDS, prepare, run_clean, trial

#: Of twenty trials, how many are of each kind.
SHARES = {"index": 6, "index more": 4, "rebuild": 5, "changes": 1, "migration": 2, "backup": 2}


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the trials; print how many failed, by kind, and what was wrong. The exit status is 1 where any failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crash", description=__doc__)
    parser.add_argument("--trials", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=list(SHARES), help="trials of this kind alone")
    options = parser.parse_args(arguments)
    kinds = [options.only] if options.only else [name for name, share in SHARES.items() for _ in range(share)]
    Random(options.seed).shuffle(kinds)
    trials, killed, failures = Counter[str](), Counter[str](), Counter[str]()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="anjian-crash-") as scratch:
        home = Path(scratch)
        ground = prepare(home / "ground", mined=True)
        clean = {name: run_clean(deed, ground, home / name) for name, deed in DEEDS.items() if name in kinds}
        for number in range(options.trials):
            name = kinds[number % len(kinds)]
            place = home / f"trial {number}"
            outcome = trial(DEEDS[name], ground, clean[name], place, Random(f"{options.seed} {number}"))
            trials[name] += 1
            killed[name] += outcome.killed
            if not outcome.killed:  # the machine is faster than it was; the next is to be killed in time
                clean[name] = replace(clean[name], seconds=outcome.seconds)
            if outcome.wrong:
                failures[name] += 1
                print(f"trial {number} ({name}): " + "; ".join(outcome.wrong), flush=True)
            shutil.rmtree(place, ignore_errors=True)
    for name, one in clean.items():
        told = f"{trials[name]} trials, {killed[name]} killed before the end, {failures[name]} failed"
        print(f"{name}: {told} (a clean one writes for {one.seconds:.2f} s)")
    seconds = time.monotonic() - began
    print(f"{trials.total()} trials, {failures.total()} failed, {seconds:.0f} s")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
