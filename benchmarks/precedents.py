"""Measure the ranking of precedents beside lexical rankings of the same texts.

    python -m benchmarks.precedents DATA [--runs FOLDER]

DATA is a folder with gold/prec_* and lecard/. Prints nDCG@10, P@5, MAP and Recall@20 of the graded discipline matters,
with reports of one matter as one beside; what each query gains or loses against the best lexical ranking; the control
with a wrong analyser; and P@5, MAP and nDCG@10 of LeCaRD's judged candidates. `--runs` writes each ranking of the
discipline matters as JSON, for the scorer that came with the data. The folds of what was learned are printed by
`python -m benchmarks.train_precedents`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from benchmarks import lexical
from benchmarks.comparisons import offered, text_of
from benchmarks.matters import Compared, Graded, compared, lecard, precedents
from benchmarks.rankings import collapsed, mean, of_lecard, of_precedents
from search.precedents.profile import profile
from search.precedents.rank import rank
from search.precedents.statistics import statistics
from search.precedents.weights import learned

_OURS, _CONTROLS = "anjian", ("anjian, wrong analyser", "BM25, wrong analyser")


def main() -> None:
    """Rank, measure, print, and write the runs where asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.precedents", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with gold/ and lecard/")
    parser.add_argument("--runs", type=Path, metavar="FOLDER", help="write the rankings of the discipline matters")
    options = parser.parse_args()
    for graded in (precedents(options.data), lecard(options.data)):
        wrong = replace(graded, queries={query: _shifted(text) for query, text in graded.queries.items()})
        runs = {_OURS: _ranked(compared(graded)), **_lexical(graded), _CONTROLS[0]: _ranked(compared(wrong))}
        print(f"{graded.name}: {len(graded.queries)} queries, {len(graded.texts)} texts")
        for name, run in runs.items():
            _print(name, _rows(graded, run))
            if graded.group:
                _print("  one report a matter", _rows(graded, run, dups=True))
        if not graded.rerank:
            _gains(graded, runs)
            for name, run in runs.items() if options.runs else ():
                (options.runs / f"{name}.json").write_text(json.dumps(run, ensure_ascii=False), encoding="utf-8")


def _ranked(collection: Compared) -> lexical.Ranking:
    """Our ranking of the texts of each query: a text stands where the best of its cases does."""
    known = statistics(collection.cases.values())
    graded, cases = collection.graded, collection.cases
    profiles = {key: profile(matter, known) for key, matter in sorted(cases.items())}
    run = {}
    for query, matter in collection.queries.items():
        judged = graded.grades[query]
        keys = offered(graded, query, profile(matter, known), profiles, known)
        order = [text_of(item.case_id) for item in rank(matter, {k: cases[k] for k in keys}, known, learned())]
        run[query] = list(dict.fromkeys(text for text in order if not graded.rerank or text in judged))
    return run


def _shifted(text: str) -> str:
    """The text with the next character of Unicode for each: what an analyser that cuts something else would see."""
    return "".join(chr(ord(character) + 1) for character in text)


def _lexical(graded: Graded) -> dict[str, lexical.Ranking]:
    queries, texts = graded.queries, graded.texts
    return {
        "BM25 jieba words": lexical.bm25(queries, texts, lexical.words),
        "BM25 bigrams": lexical.bm25(queries, texts, lexical.bigrams),
        "TF-IDF cosine jieba": lexical.cosine(queries, texts, lexical.words),
        _CONTROLS[1]: lexical.bm25(queries, texts, lexical.shuffled),
    }


def _rows(graded: Graded, run: Mapping[str, list[str]], *, dups: bool = False) -> dict[str, dict[str, float]]:
    """The measures of each query."""
    measured = {}
    for query, judged in graded.grades.items():
        ranking, grades = (collapsed(run[query], judged, graded.group)) if dups else (run[query], dict(judged))
        # Where only judged texts are ranked all of them are: those without a word in common come last.
        last = sorted(set(judged) - set(ranking))
        measured[query] = of_lecard([*ranking, *last], grades) if graded.rerank else of_precedents(ranking, grades)
    return measured


def _print(name: str, rows: Mapping[str, dict[str, float]]) -> None:
    values = "  ".join(f"{measure} {value:.4f}" for measure, value in mean(list(rows.values())).items())
    print(f"{name:<24}{values}")


def _gains(graded: Graded, runs: Mapping[str, lexical.Ranking]) -> None:
    """What each query gains or loses against the lexical ranking that is best for it."""
    rows = {name: _rows(graded, run) for name, run in runs.items() if name not in _CONTROLS}
    for query in graded.grades:
        ours = rows[_OURS][query]["nDCG@10"]
        name, best = max(
            ((name, found[query]["nDCG@10"]) for name, found in rows.items() if name != _OURS), key=lambda item: item[1]
        )
        print(f"  {query} {ours:.3f} {ours - best:+.3f} against {name}  {graded.titles.get(query, '')}")


if __name__ == "__main__":
    main()
