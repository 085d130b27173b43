"""The likeliest tags of sentences (Viterbi), from the scores of tags at each character and of each tag after another.

The scores of the tagger's model differ by far more than any two transitions do, so nearly every character (19 of 20)
has one tag that wins whatever its neighbours are. Only the short stretches between are searched, with a sure character
on either side. What comes out is what a search of the whole sentence finds.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import neg

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Tags = npt.NDArray[np.intp]

#: Most stretches that are searched at once.
_TOGETHER = 64
#: What sums of scores may differ by for being rounded.
_ROUNDED = 1e-3


@dataclass(frozen=True, slots=True)
class Transitions:
    """How well a tag follows another: `scores[a, b]` is that of `b` after `a`.

    `lead[a, b]` is the most that `b` in the place of `a` can gain from its neighbours: where `a` scores higher than `b`
    by more than that, the likeliest tags have no `b` there.
    """

    scores: Floats
    lead: Floats


def transitions(scores: Floats) -> Transitions:
    """The transitions with these scores, a square of tag by tag."""
    entering = (scores[:, None, :] - scores[:, :, None]).max(axis=0)
    leaving = (scores[None, :, :] - scores[:, None, :]).max(axis=2)
    lead = np.maximum(entering, 0) + np.maximum(leaving, 0) + np.float32(_ROUNDED)
    np.fill_diagonal(lead, 0)
    return Transitions(scores, lead)


def likeliest(batches: Sequence[Floats], into: Transitions) -> list[Tags]:
    """The likeliest tags, by sentence and character, of batches of scores by sentence, character and tag."""
    tags = [scores.argmax(axis=2) for scores in batches]
    stretches = [
        (number, *stretch)
        for number, scores in enumerate(batches)
        for stretch in _unsure(scores, tags[number], into.lead)
    ]
    stretches.sort(key=lambda stretch: stretch[2] - stretch[3])
    for at in range(0, len(stretches), _TOGETHER):
        part = stretches[at : at + _TOGETHER]
        found = _search([batches[number][row, low:high] for number, row, low, high in part], into.scores)
        for (number, row, low, high), best in zip(part, found, strict=True):
            tags[number][row, low:high] = best
    return tags


def _unsure(scores: Floats, best: Tags, lead: Floats) -> Iterator[tuple[int, int, int]]:
    """The sentence, start and end of each stretch where the best tags may not be the likeliest, with its neighbours."""
    top = np.take_along_axis(scores, best[:, :, None], axis=2)
    rivals = (scores >= top - lead[best]).sum(axis=2)
    edges = np.zeros((len(best), best.shape[1] + 2), dtype=np.int8)
    edges[:, 1:-1] = rivals > 1
    steps = np.diff(edges, axis=1)
    rows, starts = np.nonzero(steps > 0)
    ends = np.nonzero(steps < 0)[1]
    last = best.shape[1]
    for row, start, end in zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True):
        yield row, max(start - 1, 0), min(end + 1, last)


def _search(stretches: Sequence[Floats], into: Floats) -> Iterator[Tags]:
    """The likeliest tags of stretches of scores, the longest first.

    All stretches take a step at once, as long as they last. The way back is looked up again only where it is walked:
    a maximum over the first axis is the cheap thing to compute, where it stood is not.
    """
    lengths = [len(scores) for scores in stretches]
    here = [bisect_left(lengths, -at, key=neg) for at in range(lengths[0])]
    score = np.empty((lengths[0], len(lengths), len(into)), dtype=np.float32)
    for number, scores in enumerate(stretches):
        score[: len(scores), number] = scores
    through = np.empty((len(into), len(lengths), len(into)), dtype=np.float32)
    for at in range(1, lengths[0]):
        few = through[:, : here[at]]
        np.add(score[at - 1, : here[at]].T[:, :, None], into[:, None, :], out=few)
        score[at, : here[at]] += few.max(axis=0)
    tags = np.empty((lengths[0], len(lengths)), dtype=np.intp)
    backward, lasts = np.ascontiguousarray(into.T), 0
    for at in range(lengths[0] - 1, -1, -1):
        tags[at, lasts : here[at]] = score[at, lasts : here[at]].argmax(axis=1)
        if lasts:
            tags[at, :lasts] = (score[at, :lasts] + backward[tags[at + 1, :lasts]]).argmax(axis=1)
        lasts = here[at]
    return (tags[:length, number] for number, length in enumerate(lengths))
