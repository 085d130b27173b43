"""Pages as placed lines to leaves: running lines kept out, columns one after the other, garbage and images on record.

Shared by the formats whose pages are fixed on paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Reason, Skip
from corpus.quality import needed, quality
from corpus.readers.contract import Leaf
from corpus.readers.layout import Line, paragraphs
from corpus.readers.running import groups_without_running
from corpus.repair import clean, join

_ENOUGH = 20  # characters on a page before their looks say anything


@dataclass(frozen=True, slots=True)
class Paper:
    """A page as placed lines in groups read one after the other; `pictured` where something else is painted on it."""

    groups: list[list[Line]]
    width: float
    height: float
    pictured: bool


def leaves(name: str, papers: Sequence[Paper]) -> tuple[list[Leaf], list[Skip]]:
    """Return a leaf for each page of the document called `name`, and a skip for each whose text cannot be used."""
    bodies = groups_without_running([paper.groups for paper in papers], [paper.height for paper in papers])
    texts = [_text(body, paper.width) for paper, body in zip(papers, bodies, strict=True)]
    scores = [round(quality(text), 3) for text, _ in texts]
    least = needed(scores)
    found: list[Leaf] = []
    skips: list[Skip] = []
    for number, (paper, (text, runs_on), score) in enumerate(zip(papers, texts, scores, strict=True), start=1):
        if score < least and len(text) >= _ENOUGH:
            skips.append(Skip(name, Reason.NO_TEXT, "文字层是乱码", page=number))
            found.append(Leaf("", quality=score))
        elif not text and paper.pictured:
            skips.append(Skip(name, Reason.NO_TEXT, "整页是图像或图形", page=number))
            found.append(Leaf("", quality=0.0))
        else:
            found.append(Leaf(text, quality=score, run_on=runs_on))
    return found, skips


def _text(groups: Sequence[list[Line]], width: float) -> tuple[str, bool]:
    """The groups of a page joined; a sentence may run on from one column to the next as from page to page."""
    text, runs_on = "", False
    for group in groups:
        more, goes_on = paragraphs(group, width)
        text = join(text, clean(more)) if runs_on or not text else f"{text}\n{clean(more)}"
        runs_on = goes_on
    return text, runs_on
