"""Which edition of a law was in force on a day: an article means nothing without its edition."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from indexer.fold import fold
from indexer.keys import law_names


def in_force(law: str, day: str | None) -> int | None:
    """The year of the edition of a law, by its full or spoken name, in force on an ISO day; None where not known."""
    known = next((_table()[name] for name in law_names(law) if name in _table()), ())
    begun = [year for year, since in known if day is not None and since <= day]
    return begun[-1] if begun else None


@cache
def _table() -> dict[str, tuple[tuple[int, str], ...]]:
    """The editions of each law with the day from which they are in force, the earliest first."""
    found: dict[str, list[tuple[int, str]]] = {}
    text = files("search").joinpath("lexicon/editions_in_force.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            law, year, since = line.split("\t")
            for name in law_names(fold(law)):
                found.setdefault(name, []).append((int(year), since))
    return {law: tuple(sorted(editions, key=lambda one: one[1])) for law, editions in found.items()}
