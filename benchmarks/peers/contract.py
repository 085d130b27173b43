"""What is asked of a peer, and what every peer answers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol


class Kind(StrEnum):
    """The classes of questions whose speed is told apart."""

    CHARACTER = "one character"
    WORD = "word"
    PHRASE = "phrase"
    AND = "and"
    OR = "or"
    NOT = "not"
    FILTER = "filter"
    FACET = "facet"
    PREFIX = "prefix"
    PASSAGE = "200-character text"
    MIXED = "text of two documents"
    NAME = "name"
    PINYIN = "pinyin"
    UNKNOWN = "word nothing holds"


@dataclass(frozen=True, slots=True)
class Question:
    """`text` is the query as a user of Anjian types it; `words` are the strings in it, for the peers to ask for."""

    kind: Kind
    text: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """How long it took, in seconds, and how many documents were found."""

    seconds: float
    total: int


class Peer(Protocol):
    """Another tool. An index is made in a folder of its own, from nothing.

    `name` and `analysis` are for the tables.
    """

    name: str
    analysis: str

    def missing(self) -> str | None:
        """Why it cannot run here; None where it can."""

    def index(self, texts: Iterable[str], folder: Path) -> None:
        """Make texts searchable. Ends when they are."""

    def ask(self, questions: Sequence[Question], folder: Path) -> list[Answer | None]:
        """Answer each question with the ten best documents and the total; None for what it cannot do."""


def timed(answer: Callable[[Question], int | None], questions: Sequence[Question]) -> list[Answer | None]:
    """Clock a function that gives the total of a question. The first questions, asked before, warm it up."""
    for question in questions[:20]:
        answer(question)
    answers = []
    for question in questions:
        began = time.perf_counter()
        total = answer(question)
        answers.append(None if total is None else Answer(time.perf_counter() - began, total))
    return answers
