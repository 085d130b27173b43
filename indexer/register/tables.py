"""The tables of the register are data: tab-separated files in `lexicon/`, lines that start with # say the source."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of `lexicon/<name>.tsv` in the order of the file, each cut at its tabs."""
    lines = files("indexer.register").joinpath(f"lexicon/{name}.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))
