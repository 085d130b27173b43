"""What must be done about one folder of a library: what lies there, held against what the store knows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from hashlib import file_digest

from corpus.records import Folder
from corpus.store import Store
from indexer.changes import Plan, plan_files
from indexer.ingest import reader_versions
from indexer.scan import IGNORED, Found, scan, stamp


def plan_folder(
    store: Store,
    folder: Folder,
    *,
    ignored: Sequence[str] = IGNORED,
    only: str = "",
    retry: bool = False,
    full: bool = False,
) -> Plan:
    """What must be done about one folder. Nothing is changed, and of files only such as were perhaps moved are read.

    `only` names a folder directly below that alone is looked at; `retry` tries again what failed before; `full` reads
    everything again. Raises StoreError.
    """
    retried = {failure.path for failure in store.failures() if failure.folder == folder.name} if retry else set()
    return plan_files(
        scan(folder.path, ignored, only),
        (record for record in store.files(folder.name) if not only or record.path.startswith(f"{only}/")),
        readers=reader_versions(),
        content_hash=partial(_content_hash, folder),
        retry=retried,
        full=full,
    )


def _content_hash(folder: Folder, found: Found) -> str:
    """The hash of a file as it was found; empty where it cannot be read, or is another by now."""
    path = folder.path / found.path
    try:
        with path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        now = stamp(path.stat())
    except OSError:
        return ""
    return digest if now == (found.size, found.mtime_ns, found.inode) else ""
