"""Tables, on the terminal and in RESULTS.md, with the machine they were measured on."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")

_PACKAGES = ("tantivy", "rjieba", "jieba", "whoosh-reloaded", "SQLAlchemy")
_HEAD = "# What was measured\n\nWritten by `python -m benchmarks --write`; how to read it: [README.md](README.md).\n"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under a heading; `notes` stand below it."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


def lines(table: Table) -> Iterator[str]:
    """The table as Markdown, its columns aligned for the eye."""
    rows = [table.columns, *table.rows]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    yield f"### {table.title}"
    yield ""
    for number, row in enumerate(rows):
        yield f"| {' | '.join(_padded(cell, width) for cell, width in zip(row, widths, strict=True))} |"
        if number == 0:
            yield f"| {' | '.join('-' * width for width in widths)} |"
    for note in table.notes:
        yield ""
        yield note
    yield ""


def write(name: str, tables: Sequence[Table], path: Path = RESULTS) -> None:
    """Put the tables of one benchmark into the file, in place of its earlier ones."""
    text = path.read_text(encoding="utf-8") if path.exists() else _HEAD
    head, *sections = re.split(r"^(?=## )", text, flags=re.MULTILINE)
    kept = {section.partition("\n")[0].removeprefix("## "): section for section in sections}
    body = "\n".join(line for table in tables for line in lines(table))
    kept[name] = f"## {name}\n\n{machine()}\n\n{body.strip()}\n\n"
    path.write_text(head.rstrip("\n") + "\n\n" + "".join(kept[key] for key in sorted(kept)), encoding="utf-8")


def machine() -> str:
    """Where and when: processor, cores, memory, versions, date and commit."""
    packages = ", ".join(f"{name} {found}" for name, found in _versions().items())
    return (
        f"{_processor()}, {os.cpu_count()} cores, {_memory()}; {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, {packages}; {datetime.now(UTC):%Y-%m-%d}, commit {_commit()}."
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of the values that at least this share of them does not pass."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * round(share * 100) // 100) - 1)]


def ratio(ours: float, theirs: float) -> str:
    """How many times theirs ours is."""
    return f"{ours / theirs:.2f}" if theirs else "—"


def megabytes(size: float) -> str:
    """Bytes as MB, or a dash where they were not measured."""
    return f"{size / 1e6:,.0f}" if size else "—"


def _width(cell: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in cell)


def _padded(cell: str, width: int) -> str:
    return cell + " " * (width - _width(cell))


def _versions() -> Mapping[str, str]:
    found = {}
    for name in _PACKAGES:
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


def _processor() -> str:
    with suppress(OSError):
        found = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
        if found:
            return found[1]
    return platform.processor() or "processor unknown"


def _memory() -> str:
    try:
        return f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GB"
    except (AttributeError, ValueError, OSError):
        return "memory unknown"


def _commit() -> str:
    try:
        done = subprocess.run(
            ["git", "describe", "--always", "--dirty"], capture_output=True, check=True, text=True, cwd=RESULTS.parent
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return done.stdout.strip()
