"""The seal on a library is broken in the same breath as its first change, whoever makes it.

What a seal says and who takes it is told by `upkeep.manifest`.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

FILE_NAME = "checksums.json"
#: What the seal was before it was broken: files that have not been written since are still what it says.
BROKEN = "checksums.broken.json"


def break_seal(library: Path) -> None:
    """Break the seal, if there is one, so that not even a power cut brings it back. Raises OSError.

    To be called before a change, by whoever holds a lock that keeps others from sealing meanwhile.
    """
    try:
        (library / FILE_NAME).replace(library / BROKEN)
    except FileNotFoundError:
        return
    sync_folder(library)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk, on systems that ask for it. Raises nothing."""
    if os.name != "nt":
        with suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
