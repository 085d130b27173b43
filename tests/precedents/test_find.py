"""Precedents of invented matters: who is found, once, never the matter itself, and the same in every engine."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from corpus.schema import terms
from corpus.store import Store, open_store
from indexer import cases
from indexer.terms import CHANGES
from search.engines import open_engine
from search.precedents.asking import Asked, CaseUnknown, of_case, of_text
from search.precedents.found import as_json
from search.precedents.known import known
from search.precedents.statistics import statistics
from search.precedents.weights import LIKE
from tests.precedents.libraries import GIFTS, TEXTS, Shelf, derive, shelf

CONTRACT = ("case_id", "document_id", "source", "page", "score", "why", "differs", "sanctions", "text")


@pytest.fixture(scope="module")
def gifts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """The invented library; no test changes it."""
    home = tmp_path_factory.mktemp("cases")
    store = open_store(home / "library", create=True)
    yield shelf(store, home)
    store.close()


def asked(text: str, of: Shelf) -> Asked:
    return of_text(text, of.segmenter)


def subjects(of: Shelf, case_ids: list[str]) -> list[str]:
    matters = cases.fetch(of.store, case_ids)
    return ["、".join(matters[case].subjects) for case in case_ids]


def found(of: Shelf, text: str = GIFTS, **options: object) -> list[str]:
    answer = of.finder.find(asked(text, of), **options)  # type: ignore[arg-type]
    return subjects(of, [hit.case_id for hit in answer.hits])


def part(of: Shelf, case: str) -> str:
    whole = of_case(of.store, case)
    return whole.text[slice(*whole.span)]


def test_the_same_conduct_comes_first(gifts: Shelf) -> None:
    takers = {"孟广河", "田有余", "沈知秋", "范长青", "路远山", "高明", "柳成荫"}
    assert set(found(gifts, limit=6)) < takers
    assert found(gifts, "镇干部晚上喝了酒开车回家，被交警查到。", limit=1) == ["柳明远"]
    assert found(gifts, "老板请局长去球场打高尔夫。", limit=1) == ["石大泉"]


def test_a_matter_is_found_once_with_its_other_reports(gifts: Shelf) -> None:
    answer = gifts.finder.find(asked(GIFTS, gifts), limit=20)
    names = Counter(subjects(gifts, [hit.case_id for hit in answer.hits]))
    assert set(names.values()) == {1}
    assert answer.total == len(answer.hits)
    (hit,) = [hit for hit in answer.hits if hit.matter.subjects == ("孟广河",)]
    reported = {hit.source, *(again.source for again in hit.reprints)}
    assert reported == {name for name in TEXTS if name.startswith(("通报", "转载")) or "孟广河" in name}


def test_a_case_is_not_its_own_precedent_nor_are_its_other_reports(gifts: Shelf) -> None:
    for source in TEXTS:
        document = gifts.id_of(source)
        for number, matter in enumerate(cases.held(gifts.store, [document])[document], 1):
            answer = gifts.finder.find(of_case(gifts.store, cases.case_id(document, number)), limit=50)
            ids = [case for hit in answer.hits for case in (hit.case_id, *(one.case_id for one in hit.reprints))]
            assert matter.subjects[0] not in subjects(gifts, [case for case in ids if case])
            assert answer.hits


def test_pasted_facts_of_a_case_do_not_find_that_case(gifts: Shelf) -> None:
    facts = TEXTS["通告/沈知秋.txt"].splitlines()[-1]
    answer = gifts.finder.find(asked(facts, gifts), limit=50)
    assert "沈知秋" not in subjects(gifts, [hit.case_id for hit in answer.hits])
    assert any("就是本案" in note for note in answer.notes)


def test_a_circular_pasted_whole_is_one_matter_and_says_so(gifts: Shelf) -> None:
    answer = gifts.finder.find(asked(TEXTS["通报/六起典型问题.txt"], gifts))
    assert any("有 6 起案件，按一起整体查找" in note for note in answer.notes)


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ({"since": 2023}, {"田有余", "路远山"}),
        ({"filters": "处分:开除党籍"}, {"沈知秋"}),
        ({"filters": "处分:政务记大过"}, {"高明"}),
        ({"filters": "金额:30万.."}, {"沈知秋"}),
        ({"filters": "医药企业"}, {"沈知秋"}),
        ({"filters": "处分:党内警告", "since": 2020}, {"石大泉", "白如意"}),
    ],
)
def test_filters_are_those_of_a_search_and_hold_of_the_case(
    gifts: Shelf, options: dict[str, object], names: set[str]
) -> None:
    text = f"{GIFTS}接受企业主安排打高尔夫球，组织公款旅游。"
    assert set(found(gifts, text, limit=50, **options)) == names


def test_a_condition_that_nothing_meets_finds_nothing(gifts: Shelf) -> None:
    answer = gifts.finder.find(asked(GIFTS, gifts), since=2090)
    assert (answer.hits, answer.total, answer.distribution.bars) == ((), 0, ())


def test_a_library_without_cases_says_what_to_do(store: Store, tmp_path: Path) -> None:
    of = shelf(store, tmp_path, {"简报.txt": "全市审计工作会议召开。"})
    answer = of.finder.find(asked(GIFTS, of))
    assert not answer.hits
    assert any("anjian reindex" in note for note in answer.notes)


def test_a_basis_changes_the_order_and_never_who_is_compared(gifts: Shelf) -> None:
    text = "乡镇党委委员收受礼金1000元，还打高尔夫球。"
    orders = {like: found(gifts, text, like=like, limit=50) for like in (None, *LIKE)}
    assert len({frozenset(order) for order in orders.values()}) == 1
    assert len({tuple(order) for order in orders.values()}) > 1


def test_likeness_is_shown_by_sentences_of_both_sides(gifts: Shelf) -> None:
    answer = gifts.finder.find(asked(GIFTS, gifts), limit=3)
    for hit in answer.hits:
        shown = [one for one in hit.why if one.query and one.candidate]
        assert shown
        for one in shown:
            assert all(sentence.text in GIFTS for sentence in one.query)
            assert all(sentence.text in " ".join(hit.text.split()) for sentence in one.candidate)
            assert all(sentence.page == 1 for sentence in one.candidate)


def test_the_json_object_is_that_of_the_contract(gifts: Shelf) -> None:
    plain = as_json(gifts.finder.find(asked(GIFTS, gifts), limit=2))
    assert {"query", "matter", "hits", "distribution"} <= set(plain)
    assert "违规收受礼品礼金" in plain["matter"]["violations"]
    for hit in plain["hits"]:
        assert set(CONTRACT) <= set(hit)
        assert hit["score"] == pytest.approx(sum(hit["signals"].values()), abs=1e-3)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("ffff-1", "没有案件"),
        ("通报/六起典型问题.txt", "有 6 个案件，请写明哪一个"),
    ],
)
def test_an_id_that_means_no_one_case_is_refused(gifts: Shelf, written: str, told: str) -> None:
    with pytest.raises(CaseUnknown, match=told):
        of_case(gifts.store, written)


def test_ids_may_be_shortened_and_the_only_case_of_a_document_needs_no_number(gifts: Shelf) -> None:
    document = gifts.id_of("通告/田有余.txt")
    for written in (document, document[:10], f"{document[:10]}-1", "通告/田有余.txt"):
        assert of_case(gifts.store, written).case_id == f"{document}-1"
    with pytest.raises(CaseUnknown, match="只有 1 个案件"):
        of_case(gifts.store, f"{document}-2")


@pytest.mark.parametrize("name", ["whoosh", "tantivy"])
def test_every_engine_gives_the_same_candidates_and_the_same_order(gifts: Shelf, tmp_path: Path, name: str) -> None:
    engine = open_engine(name, tmp_path / name)
    derive(gifts.store, engine, gifts.segmenter)
    other = Shelf(
        gifts.store,
        engine,
        type(gifts.finder)(gifts.store, engine, gifts.segmenter, gifts.finder.rules),
        gifts.segmenter,
    )
    for text in (GIFTS, "喝了酒开车", "打高尔夫", "公款旅游，在培训费中核销"):
        ours, theirs = (one.finder.find(asked(text, gifts), limit=50) for one in (gifts, other))
        assert [(hit.case_id, round(hit.score, 9)) for hit in ours.hits] == [
            (hit.case_id, round(hit.score, 9)) for hit in theirs.hits
        ]
        assert ours.total == theirs.total
    engine.close()


def test_what_is_common_is_counted_as_cases_come_and_go(store: Store, tmp_path: Path) -> None:
    texts = dict(list(TEXTS.items())[2:])
    of = shelf(store, tmp_path, texts)
    matters = [
        matter for held in cases.held(store, [one.id for one in store.all_documents()]).values() for matter in held
    ]
    told, exact = known(store, matters), statistics(matters)
    assert (told.count, told.frequencies) == (exact.count, exact.frequencies)
    assert told.lengths == pytest.approx(exact.lengths, abs=1e-3)
    derive(store, of.engine, of.segmenter)  # once more changes nothing
    assert known(store, matters) == told
    with store.begin() as writing:
        cases.remove(writing, [one.id for one in store.all_documents()])
    with store.reading() as connection:
        assert set(connection.execute(sa.select(terms.c.kind)).scalars()) == {CHANGES}


def test_what_is_remembered_of_a_library_is_never_older_than_the_library(store: Store, tmp_path: Path) -> None:
    of = shelf(store, tmp_path, dict(list(TEXTS.items())[2:]))
    document = of.id_of("通告/田有余.txt")
    (matter,) = cases.held(store, [document])[document]
    # One word for another: as many cases as before, and as many words.
    word, other = next(iter(matter.words)), "从未有过的词"
    changed = replace(matter, words={other if name == word else name: n for name, n in matter.words.items()})
    before = known(store, [matter, changed])
    with store.begin() as writing:
        cases.put(writing, {document: (changed,)})
    after = known(store, [matter, changed])
    assert (after.count, after.lengths) == (before.count, before.lengths)
    assert (before.frequencies["words"].get(other, 0), after.frequencies["words"].get(other, 0)) == (0, 1)
    assert after.frequencies["words"].get(word, 0) == before.frequencies["words"][word] - 1


def test_what_is_told_of_a_case_is_its_part_of_the_document(gifts: Shelf) -> None:
    document = gifts.id_of("通报/六起典型问题.txt")
    ids = [cases.case_id(document, number) for number in range(1, 7)]
    assert cases.told(gifts.store, [*ids, "ffff-1"]) == {case: part(gifts, case) for case in ids}


def test_finding_leaves_the_search_for_garbage_as_it_was(gifts: Shelf) -> None:
    for on in (True, False):
        (gc.enable if on else gc.disable)()
        try:
            found(gifts)
            assert gc.isenabled() is on
        finally:
            gc.enable()
