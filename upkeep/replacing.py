"""A file written beside its place and put there whole: a reader sees the former one or this one, never a part."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from corpus.cause import cause
from upkeep.errors import UpkeepError


class FileUnwritable(UpkeepError):
    """A file cannot be written: no permission, no space, no such folder."""


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """An empty file beside `path`, to be filled and moved to it; gone afterwards in any case.

    Raises FileUnwritable for every OSError inside.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.touch()
        yield beside
    except OSError as error:
        raise FileUnwritable(f"不能写文件 {path}（{cause(error)}）。请检查磁盘空间和文件夹权限。") from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def write_whole(path: Path, text: str) -> None:
    """Put a text in place of a file, in UTF-8. Raises FileUnwritable."""
    with replacing(path) as beside:
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(path)
