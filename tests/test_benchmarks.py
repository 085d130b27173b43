"""Do the benchmarks measure what they say? Each runs here on a handful of texts; its figures mean nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from operator import truediv
from pathlib import Path
from typing import Any

import pytest

from benchmarks import corpora, grep_oracle, indexing, questions, report, search
from benchmarks.__main__ import BENCHMARKS, main
from benchmarks.built import built
from benchmarks.corpora import Corpus, chosen, file_name
from benchmarks.generate import Generated
from benchmarks.measure import Failed, Measured, measured, memory
from benchmarks.peers import PEERS
from benchmarks.peers.contract import Kind, Question
from benchmarks.peers.fts5 import Fts5
from benchmarks.report import Table
from indexer.segment import Segmenter
from search.engines.memory import MemoryEngine

FEW = 40


def in_place(work: Callable[..., float], *arguments: Any) -> Measured[float]:
    """Measure without a process of its own: starting one takes longer than all these texts."""
    return Measured(work(*arguments), 0.0, 0, 0)


@pytest.fixture(autouse=True, scope="module")
def patched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[pytest.MonkeyPatch]:
    """What is built goes to a folder of the tests, by one peer, measured in place."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(corpora, "DATA", tmp_path_factory.mktemp("data"))
        patch.setattr("benchmarks.built.measured", in_place)
        for benchmark in (indexing, search):
            patch.setattr(benchmark, "PEERS", (Fts5(),))  # the others take seconds to start
        yield patch


@pytest.fixture(scope="module")
def library(patched: pytest.MonkeyPatch) -> Corpus:  # noqa: ARG001 - it decides where the library goes
    """A few generated texts, built into a library."""
    corpus = Corpus(FEW)
    built(corpus)
    return corpus


def test_a_generated_text_depends_on_its_number_alone() -> None:
    texts = Generated(1_000_000)
    assert texts[999_999] == Generated(1_000_000)[999_999]
    assert texts[7] == Generated(8)[7] != Generated(8, seed=1)[7]
    assert texts[5:8] == [texts[5], texts[6], texts[7]]
    with pytest.raises(IndexError):
        Generated(3)[3]


def test_generated_texts_have_the_size_and_variety_of_real_ones() -> None:
    texts = list(Generated(300))
    assert 250 < sum(map(len, texts)) / len(texts) < 400
    assert len(set(texts)) == len(texts)
    segmenter = Segmenter()
    assert len({word for text in texts for word in segmenter.words(text)}) > 4_000


def test_real_texts_come_from_a_file_of_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text("\n".join(json.dumps({"text": text}) for text in ("甲乙", "丙丁", "戊己")), encoding="utf-8")
    assert list(chosen(2, path).texts) == ["甲乙", "丙丁"]
    assert chosen(9, path).name == "news-3"


def test_a_folder_holds_no_more_texts_than_a_page_of_hits() -> None:
    assert file_name(4_999).split("/")[0] == "000"
    assert file_name(5_000).split("/")[0] == "001"


def test_there_is_a_question_of_every_kind_and_always_the_same() -> None:
    asked = questions.questions(Generated(200), Segmenter(), 3)
    assert [question.kind for question in asked] == [kind for kind in Kind for _ in range(3)]
    assert asked == questions.questions(Generated(200), Segmenter(), 3)
    assert all(len(question.text) > 190 for question in asked if question.kind is Kind.PASSAGE)


def test_indexing_prints_every_way_with_its_ratio(library: Corpus) -> None:
    speeds, sizes = indexing.run(library, (), in_place)
    assert len(speeds.rows) == 6
    assert speeds.rows[0][-2] == speeds.rows[1][-1] == "1.00 times as fast"
    assert [row[0] for row in sizes.rows] == [library.name]


def test_a_library_is_kept_until_entries_are_made_otherwise(library: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    first = built(library)
    assert built(library) == first
    monkeypatch.setattr("benchmarks.built.fingerprint", lambda _: "another analysis")
    assert built(library).seconds != first.seconds


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: type(peer).__name__)
def test_a_peer_answers_or_says_why_it_cannot(peer: Any, tmp_path: Path) -> None:
    reason = peer.missing()
    if reason:
        assert "Lucene" in reason or "Java" in reason
        return
    texts = ["审计局召开会议", "交通局召开会议", "审计局发布通知"]
    folder = tmp_path / "peer"
    folder.mkdir()
    peer.index(texts, folder)
    asked = [
        Question(Kind.WORD, "会议", ("会议",)),
        Question(Kind.AND, "审计局 会议", ("审计局", "会议")),
        Question(Kind.OR, "交通局 OR 通知", ("交通局", "通知")),
        Question(Kind.NOT, "会议 -交通局", ("会议", "交通局")),
        Question(Kind.FACET, "会议 类型:通报", ("会议",)),
    ]
    answers = peer.ask(asked, folder)
    assert [answer and answer.total for answer in answers] == [2, 1, 2, 1, None]


def test_search_times_every_class_and_a_cold_start(library: Corpus) -> None:
    own, compared, _, cold = search.run(library, library, 2)
    assert [row[0] for row in own.rows] == [*map(str, Kind), "all"]
    assert "Anjian" in compared.columns
    assert float(cold.rows[0][1]) > 0


def test_the_oracle_finds_nothing_wrong(library: Corpus) -> None:
    (table,) = grep_oracle.run(library, 10)
    assert {row[-1] for row in table.rows} == {"none"}
    assert {row[-2] for row in table.rows} == {"1.000000"}


def test_the_oracle_tells_what_an_engine_misses() -> None:
    texts = [indexing.document(number, text) for number, text in enumerate(("甲乙丙", "乙丙丁"))]
    engine = MemoryEngine()
    held = grep_oracle.fill(engine, texts)
    with engine.batch() as batch:
        batch.delete(texts[0].id)
    quoted = grep_oracle.judge(engine, held, 30)["quoted"]
    assert quoted.right < quoted.wanted
    assert quoted.wrong


def test_work_is_done_in_a_process_of_its_own() -> None:
    done = measured(os.getpid)
    assert done.value != os.getpid()
    assert done.seconds > 0


def test_failing_work_is_told_with_its_traceback() -> None:
    with pytest.raises(Failed, match="ZeroDivisionError"):
        measured(truediv, 1, 0)


def test_memory_is_that_of_the_whole_tree() -> None:
    resident, held = memory(os.getpid())
    assert resident >= held > 0 or not Path("/proc").is_dir()


def test_results_replace_the_section_of_their_name_only(tmp_path: Path) -> None:
    path = tmp_path / "RESULTS.md"
    table = Table("Speed", ("what", "ms"), (("one", "1"),), ("A note.",))
    report.write("search", [table], path)
    report.write("indexing", [table], path)
    report.write("search", [Table("Speed", ("what", "ms"), (("two", "2"),))], path)
    text = path.read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line.startswith("## ")] == ["## indexing", "## search"]
    assert "| one  | 1  |" in text
    assert "| two  | 2  |" in text
    assert text.count("A note.") == 1


@pytest.mark.parametrize(("share", "value"), [(0.5, 5), (0.95, 10), (0.99, 10), (0.1, 1)])
def test_percentile(share: float, value: float) -> None:
    assert report.percentile(list(range(10, 0, -1)), share) == value


def test_an_unknown_benchmark_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["nonsense"])
    assert "nonsense" in capsys.readouterr().err
    assert BENCHMARKS
