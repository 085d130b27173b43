"""Learn the weights of the document kinds, and judge them by cross-validation. Plain Python, the same on every run.

    python -m benchmarks.train_kinds GOLD.jsonl... [--as KIND=FILE...] [--guess FILE...] [--statutes FILE] [--write]

GOLD rows have `text`, `kind`, perhaps `kind_alt` and `meta.title`. Weak rows (JSON lines, perhaps gzipped, with
`text` and perhaps `title`) only ever train: `--as` gives a whole file a kind, `--guess` lets the rules below label
what they are sure of, `--statutes` joins articles to laws by `law`. Texts of GOLD are left out of them. Folds are of
GOLD, texts alike in the same fold; each fold's weights never saw it. `--write` learns from everything.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import exp, sqrt
from pathlib import Path

from corpus import frontmatter
from corpus.metadata import KINDS
from indexer.extract import kind

LEXICON = Path(kind.__file__).parent.parent / "lexicon" / "kind_weights.tsv"
EPOCHS, RATE, DECAY = 40, 0.3, 0.01
#: Weak rows of one kind and file that are used, and how much each counts beside a gold row.
WEAK_ROWS, WEAK_WEIGHT = 300, 0.2
#: A shorter row of a file with one kind is a note or a list of links, not a text of that kind.
WHOLE = 600
#: A gold text this short is a piece of a document (one problem of a circular), and counts less.
PIECE, PIECE_WEIGHT = 400, 0.25

#: What the rules go by: the beginning of a text, and what must not stand there. The first that holds decides.
_GUESSES = (
    ("warning_education", r".{0,90}(?:忏悔[书录实]|监督哨|以案为镜|警钟|忏悔道|出镜忏悔)|.*(?:忏悔书节选|在忏悔书中)"),
    ("circular", r".{0,120}(?:通报|曝光).{0,12}(?:\d+|[两二三四五六七八九十])起.{2,40}(?:问题|案例)"),
    ("other", r"(?!.*(?:接受.{0,24}(?:审查|调查)|被查)).{0,150}(?:任命|任免|履新|新任|当选|已任|辞职|接任)"),
    ("other", r"(?!.*(?:纪委|监委|干部|公职|党员|局长|书记|受贿|贪污)).{0,200}(?:交警|酒驾|醉驾|警方|派出所|法院)"),
    (
        "case_notice",
        (
            r"(?!.{0,300}(?:近年来|今年以来|不完全统计|专项))(?=.*(?:纪委|监委|受贿|贪污|原.{0,9}(?:书记|长))).{0,160}"
            r"(?:接受.{0,24}(?:审查|调查)|立案审查调查|提起公诉|开庭审理|决定逮捕|逮捕决定|公开宣判|开除党籍)"
        ),
    ),
    (
        "bulletin",
        r"(?!.{0,500}(?:被查|严重违纪|落马|被告人|医药|股)).{0,120}(?:纪委|监委|纪检|党风廉政|廉洁|清廉|巡察)",
    ),
    (
        "bulletin",
        (
            r"(?!.*(?:被查|严重违纪|落马|被告人|股)).{0,120}"
            r"(?:党委|党组|党支部|党建|中共中央|习近平|全会|主题教育|检察机关).{0,200}(?:会议|召开|举行|强调|部署|学习|开展)"
        ),
    ),
    ("other", r"(?!.*(?:纪委|监委|纪检|违纪|反腐|党风|检察|受贿|贪污|廉洁|被查)).{200}"),
)
_RULES = tuple((label, re.compile(rule, re.DOTALL)) for label, rule in _GUESSES)
_COLUMNS = re.compile(r"深度关注|锐评|方圆谈|网言网语|年中看进展|观潮|评论|纠.?[“\"]四风|高质量发展")


@dataclass(frozen=True, slots=True)
class Example:
    """The features of a text, its kind, another kind that counts as right, its weight, and its fold's key."""

    features: dict[str, float]
    kind: str
    alternative: str | None
    weight: float
    key: str
    title: str
    text: str


Weights = dict[str, list[float]]


def rows(path: str) -> Iterator[dict[str, object]]:
    """Yield the objects of a file of JSON lines."""
    data = Path(path).read_bytes()
    text = (gzip.decompress(data) if path.endswith(".gz") else data).decode("utf-8")
    yield from map(json.loads, filter(str.strip, text.split("\n")))


def example(row: dict[str, object], label: str, weight: float) -> Example:
    """Return the example of a row; a title beside the text is put before it, as documents print it."""
    text = str(row["text"])
    given = str(row.get("title") or "")
    text = text if not given or text.startswith(given) else f"{given}\n{text}"
    found = frontmatter.read(text).get("title")
    title = found.value if found else ""
    alternative = row.get("kind_alt")
    key = re.sub(r"\W|原标题", "", text)[:24]
    return Example(
        kind.features(title, text), label, str(alternative) if alternative else None, weight, key, title, text
    )


def guess(row: dict[str, object]) -> str | None:
    """Return the kind that a rule is sure of."""
    if _COLUMNS.search(str(row.get("title") or "")):
        return "bulletin"
    text = f"{row.get('title') or ''}\n{row['text']}".strip()
    return next((label for label, rule in _RULES if rule.match(text)), None)


def weak(options: argparse.Namespace, seen: frozenset[str]) -> list[Example]:
    """Return the weakly labelled examples, at most WEAK_ROWS of a kind and file, none with a text of `seen`."""
    labelled: dict[tuple[str, str], list[dict[str, object]]] = defaultdict(list)
    for assigned in options.assigned:
        label, _, path = assigned.partition("=")
        labelled[label, path] = [row for row in rows(path) if len(str(row["text"])) >= WHOLE]
    for path in options.guess:
        for row in rows(path):
            if label := guess(row):
                labelled[label, path].append(row)
    laws: dict[str, list[str]] = defaultdict(list)
    for row in rows(options.statutes) if options.statutes else ():
        article = str(row["title"]).removeprefix(str(row["law"]))
        laws[str(row["law"])].append(f"{article} {row['text']}")
    # Laws without their numbers: what their wording says where no form gives them away.
    labelled["regulation", "statutes"] = [
        {"title": law, "text": "\n".join(a.split(" ", 1)[1] for a in articles)} for law, articles in laws.items()
    ]
    examples = []
    for (label, _), found in sorted(labelled.items()):
        random.Random(7).shuffle(found)
        made = (example(row, label, WEAK_WEIGHT) for row in found[: WEAK_ROWS * 2])
        examples += [item for item in made if item.key not in seen][:WEAK_ROWS]
    return examples


def learn(examples: Sequence[Example]) -> Weights:
    """Return the weights of softmax regression with decay, learned by AdaGrad; feature -> one number a kind."""
    labels = list(KINDS)
    weights: Weights = defaultdict(lambda: [0.0] * len(labels))
    squares: Weights = defaultdict(lambda: [1e-6] * len(labels))
    share: dict[str, float] = defaultdict(float)
    for item in examples:
        share[item.kind] += item.weight
    total = sum(share.values())
    order = list(examples)
    for epoch in range(EPOCHS):
        random.Random(epoch).shuffle(order)
        for item in order:
            odds = probabilities(weights, item.features)
            # Rare kinds count more, by the square root of how rare they are.
            scale = item.weight * sqrt(total / (len(labels) * share[item.kind]))
            for name, value in item.features.items():
                row, past = weights[name], squares[name]
                for k, label in enumerate(labels):
                    slope = scale * (odds[k] - (label == item.kind)) * value + DECAY * scale * row[k]
                    past[k] += slope * slope
                    row[k] -= RATE * slope / sqrt(past[k])
    return dict(weights)


def probabilities(weights: Weights, found: dict[str, float]) -> list[float]:
    """Return the probability of each kind, in the order of KINDS."""
    scores = [0.0] * len(KINDS)
    for name, value in found.items():
        for k, weight in enumerate(weights.get(name, ())):
            scores[k] += weight * value
    highest = max(scores)
    odds = [exp(score - highest) for score in scores]
    return [value / sum(odds) for value in odds]


def judge(gold: Sequence[Example], others: Sequence[Example], folds: int) -> Counter[tuple[str, str]]:
    """Print the accuracy of each fold of `gold` and return the confusions (wanted, got)."""
    keys = sorted({item.key for item in gold})
    random.Random(3).shuffle(keys)
    fold = {key: place % folds for place, key in enumerate(keys)}
    confusion = Counter[tuple[str, str]]()
    right_of_all = 0
    for number in range(folds):
        tested = [item for item in gold if fold[item.key] == number]
        weights = learn([*others, *(item for item in gold if fold[item.key] != number)])
        pairs = Counter((item.kind, _accepted(item, weights)) for item in tested)
        right = sum(count for (want, got), count in pairs.items() if want == got)
        right_of_all += right
        confusion += pairs
        print(f"fold {number + 1}: {right} of {len(tested)}")
    print(f"accuracy by cross-validation {right_of_all / len(gold):.3f} of {len(gold)}")
    return confusion


def _accepted(item: Example, weights: Weights) -> str:
    """The kind found for a text, or its own kind where the one found counts as right too."""
    defined = kind._by_definition(item.title, item.text)  # noqa: SLF001 the same door as classify, other weights
    odds = probabilities(weights, item.features)
    got = defined.label if defined else list(KINDS)[odds.index(max(odds))]
    return item.kind if got == item.alternative else got


def write(weights: Weights) -> None:
    """Write the weights as a table: a row a feature, a column a kind."""
    table = ["# Weights of the features of a document's kind. Made by `python -m benchmarks.train_kinds --write`."]
    table.append("\t".join(["feature", *KINDS]))
    table += ("\t".join([name, *(f"{weight:.3f}" for weight in weights[name])]) for name in sorted(weights))
    LEXICON.write_text("\n".join(table) + "\n", encoding="utf-8")


def main(arguments: Iterable[str] | None = None) -> None:
    """Learn, judge and, where asked, write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.train_kinds", description="学习文档类型的权重")
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--as", dest="assigned", action="append", default=[], metavar="KIND=FILE")
    parser.add_argument("--guess", action="append", default=[], metavar="FILE")
    parser.add_argument("--statutes", metavar="FILE")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(None if arguments is None else list(arguments))
    labelled = [row for path in options.gold for row in rows(path)]
    gold = [
        example(
            row, str(row["kind"]), PIECE_WEIGHT if len(str(row["text"])) < PIECE and row["kind"] == "circular" else 1.0
        )
        for row in labelled
    ]
    others = weak(options, frozenset(item.key for item in gold))
    print(f"gold {Counter(item.kind for item in gold)}\nweak {Counter(item.kind for item in others)}")
    confusion = judge(gold, others, options.folds) if options.folds > 1 else Counter[tuple[str, str]]()
    for (want, got), count in sorted(confusion.items()):
        if want != got:
            print(f"  {want} taken for {got}: {count}")
    if options.write:
        write(learn([*others, *gold]))


if __name__ == "__main__":
    main()
