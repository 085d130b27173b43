"""Is every damaged byte seen, and mended? `python -m benchmarks.corruption [--samples 500] [--repairs 40] [--seed 1]`.

Bits are flipped and files cut off, at random places of all files of the store and the indexes of a small library;
`check` must tell of each. Some of them are mended, and must then equal a library built anew.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from random import Random

from benchmarks.killing import SURROUNDINGS
from benchmarks.left_behind import NAMED, NAMES
from benchmarks.wholeness import state
from corpus.ocr_cache import FILE_NAME, RecognisedPage, Recognitions
from corpus.recognition import Recognised
from corpus.seal import FILE_NAME as SEAL
from corpus.store import open_store
from library import open_library
from upkeep import manifest
from upkeep.check import Scope, check
from upkeep.remaking import remake
from upkeep.repair import Means, repair
from upkeep.sealed import writing

_DOCUMENTS = 30


def build(home: Path) -> Path:
    """A sealed library of some documents with their cases, and of pages recognised."""
    os.environ.update(SURROUNDINGS)
    folder, library = home / "资料", home / "library"
    folder.mkdir()
    for number in range(_DOCUMENTS):
        name = NAMES[number % len(NAMES)]
        text = f"经查，{name}在担任第{number}村党支部书记期间，收受礼金{number + 1}万元，受到开除党籍处分。"
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    with open_library(library, create=True) as opened:
        opened.index([folder], _silent)
    with closing(open_store(library)) as store, writing(store, library, NAMED):
        Recognitions(library / FILE_NAME, "1").keep([RecognisedPage("ab" * 32, 1, Recognised("宴请"))])
    return library


def spoil(library: Path, random: Random) -> str:
    """Flip one bit of a file that is sealed, or of the seal, or cut it off; the file."""
    files = [path for path in sealed_files(library) if path.stat().st_size]
    # Half of the samples go to the store, which is one file among many.
    path = library / "library.db" if random.random() < 0.5 else random.choice(files)
    stamp = path.stat()
    data = bytearray(path.read_bytes())
    place = random.randrange(len(data))
    if random.random() < 0.25:
        del data[place:]
    else:
        data[place] ^= 1 << random.randrange(8)
    path.write_bytes(data)
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    return path.relative_to(library).as_posix()


def sealed_files(library: Path) -> list[Path]:
    """All files of the store and the indexes, and the seal."""
    names = ("library.db", "ocr.db", manifest.HUMAN, SEAL)
    inside = (path for path in (library / manifest.INDEXES).rglob("*") if path.is_file())
    return [*(library / name for name in names), *sorted(path for path in inside if path.suffix != ".lock")]


def mend(library: Path) -> list[str]:
    """Have a library repaired; what is still wrong."""

    def make_indexes() -> None:
        with open_library(library) as opened, writing(opened.store, library, NAMED):
            remake(opened.store, library, opened.chosen_engine, opened.segmenter, _silent, workers=1)

    def read_folders() -> None:
        with open_library(library) as opened:
            opened.index((), _silent, rebuild=True)

    scope = Scope(NAMED, None, Random(0))
    repaired = repair(library, check(library, scope), scope, Means(make_indexes, read_folders), "benchmark")
    return [str(finding) for finding in repaired.after.findings]


def _silent(_done: int, _total: int, _name: str) -> None:
    pass


def main(arguments: Sequence[str] | None = None) -> int:
    """Spoil and look; print what was missed. The exit status is 1 where anything was."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corruption", description=__doc__)
    parser.add_argument("--samples", type=int, default=500)
    parser.add_argument("--repairs", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    random = Random(options.seed)
    spoilt, missed, unequal = Counter[str](), 0, 0
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="anjian-corruption-") as scratch:
        library = build(Path(scratch))
        whole = state(library, NAMES, NAMED)
        copy = Path(scratch) / "copy"
        for number in range(options.samples):
            shutil.copytree(library, copy)
            name = spoil(copy, random)
            spoilt[Path(name).suffix or name] += 1
            if check(copy, Scope(NAMED, 0, random)).sound:
                missed += 1
                print(f"sample {number}: not seen in {name}", flush=True)
            if number < options.repairs:
                left = mend(copy)
                present = state(copy, NAMES, NAMED)
                left += [f"{part} differ" for part, value in whole.items() if present.get(part) != value]
                if left:
                    unequal += 1
                    print(f"sample {number} ({name}) is not mended: {'; '.join(left)}", flush=True)
            shutil.rmtree(copy)
    print(", ".join(f"{suffix} {count}" for suffix, count in spoilt.most_common()))
    seconds = time.monotonic() - began
    repairs = min(options.repairs, options.samples)
    print(f"{options.samples} samples, {missed} not seen; {repairs} repairs, {unequal} not equal; {seconds:.0f} s")
    return 1 if missed or unequal else 0


if __name__ == "__main__":
    sys.exit(main())
