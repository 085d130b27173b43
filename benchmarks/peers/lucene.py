"""Lucene, from the jar that pyserini's wheel carries: one Java file, compiled before the clock starts."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.corpora import DATA
from benchmarks.peers.contract import Answer, Question

_PYSERINI = DATA / "pyserini"
_INSTALL = "pip install --no-deps --target benchmarks/.data/pyserini pyserini==0.22.1"
_PROGRAM = Path(__file__).with_name("Lucene.java")
_CLASSES = _PYSERINI / "classes"


class Lucene:
    """Lucene 9 with its CJKAnalyzer."""

    name = "Lucene 9 CJKAnalyzer"
    analysis = "pairs of characters (Java)"

    def missing(self) -> str | None:
        """Java or the jar is missing, or our program does not compile with them."""
        if not shutil.which("javac"):
            return "no Java development kit is installed"
        if not _jars():
            return f"no Lucene here; to fetch it: {_INSTALL}"
        done = subprocess.run(
            ["javac", "-nowarn", "-cp", str(_jars()[0]), "-d", str(_CLASSES), str(_PROGRAM)],
            capture_output=True, check=False, text=True,
        )  # fmt: skip
        return done.stderr.partition("\n")[0] if done.returncode else None

    def index(self, texts: Iterable[str], folder: Path) -> None:
        """Pipe the texts into one writer, which commits as it closes."""
        with subprocess.Popen(_command("index", folder), stdin=subprocess.PIPE, text=True, encoding="utf-8") as java:
            assert java.stdin
            for text in texts:
                java.stdin.write(f"{_line(text)}\n")
        if java.returncode:
            raise RuntimeError(f"Java ended with status {java.returncode}")

    def ask(self, questions: Sequence[Question], folder: Path) -> list[Answer | None]:
        """The ten best with their stored texts, and the count; clocked inside Java, after a round to warm it up."""
        asked = "".join("\t".join([question.kind.name, *map(_line, question.words)]) + "\n" for question in questions)
        done = subprocess.run(
            _command("search", folder), input=asked, capture_output=True, check=True, text=True, encoding="utf-8"
        )
        return [_answer(line) for line in done.stdout.splitlines()]


def _command(verb: str, folder: Path) -> list[str]:
    return ["java", "-Xmx1g", "-cp", f"{_jars()[0]}:{_CLASSES}", "Lucene", verb, str(folder)]


def _jars() -> list[Path]:
    return list(_PYSERINI.glob("pyserini/resources/jars/anserini-*-fatjar.jar"))


def _line(text: str) -> str:
    return " ".join(text.split())


def _answer(line: str) -> Answer | None:
    if line == "-":
        return None
    nanoseconds, total = line.split("\t")
    return Answer(int(nanoseconds) / 1e9, int(total))
