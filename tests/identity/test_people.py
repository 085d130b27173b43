"""The store's people: always what a build from zero gives, and always as people judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Document
from indexer.extract.extraction import Extraction
from indexer.identity import links, people, profiles, resolve
from indexer.identity.judged import Kind
from indexer.identity.links import LinkRefused
from tests.identity.conftest import Register, Told, document

NAME = "方明"
#: What a document may say of somebody called 方明 (and of 高远): posts, company, a birth year, nothing.
SAYINGS: tuple[list[Told], ...] = (
    [("青禾县审计局", "局长", NAME, "出席会议")],
    [("青禾县审计局", "局长", NAME, "，男，1968年3月出生，汉族")],
    [("青禾县审计局", "局长", NAME, "，男，1975年3月出生，汉族")],
    [("青禾县审计局办公室", "主任", NAME, "与高远、安宁、林溪、石岩一同到会"), ("", "", "高远", "讲话")],
    [("云岭大学", "校长", NAME, "、高远、林溪到会"), ("", "", "高远", "讲话")],
    [("云岭大学", "校长", NAME, "（青禾）到会"), ("白石县水利局", "局长", NAME, "（白石）到会")],
    [("", "", NAME, "在会上发言后离开了会场回到单位")],
    [("", "", NAME, "到会"), ("", "", "高远", "到会"), ("", "", "林溪", "到会"), ("", "", "石岩", "到会")],
    [("", "", NAME, "到场"), ("", "", "高远", "到场"), ("", "", "林溪", "到场"), ("", "", "石岩", "到场")],
    [("", "", "高远", "来了"), ("白石县水利局", "局长", "方某", "被查")],
)
POOL: Mapping[str, tuple[tuple[Document, Extraction], ...]] = {
    key: tuple(document(key, saying) for saying in SAYINGS) for key in "abcdefgh"
}
SOME = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, len(SAYINGS) - 1), max_size=8)
STEPS = st.lists(SOME | st.sets(st.sampled_from("abcdefgh"), max_size=3), max_size=5)
FIVE = {key: POOL[key][number] for key, number in zip("abcde", (0, 3, 4, 7, 6), strict=True)}


@pytest.fixture(scope="module")
def small() -> Iterator[None]:
    """Samples of two, so that a handful of documents is many."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (resolve, profiles):
            patch.setattr(module, "SAMPLE", 2)
            patch.setattr(module, "COMPANY", 2)
        yield


@settings(max_examples=25)
@given(steps=STEPS)
@pytest.mark.usefixtures("small")
def test_tables_equal_a_build_from_zero(steps: list[dict[str, int] | set[str]]) -> None:
    grown, present = Register(), dict[str, tuple[Document, Extraction]]()
    for step in steps:
        if isinstance(step, set):
            grown.remove(*sorted(step & present.keys()))
            present = {key: found for key, found in present.items() if key not in step}
        else:
            found = {key: POOL[key][number] for key, number in step.items()}
            grown.put(found)
            present |= found
    built = Register()
    built.put(present)
    assert grown.rows() == built.rows()
    for name in (NAME, "高远"):
        every = [one for person in people.people_named(built.store, name) for one in person.appearances]
        assert people.people_named(built.store, name) == resolve.resolve(every)
    grown.store.close()
    built.store.close()


def test_an_empty_store_knows_nobody(register: Register) -> None:
    assert people.people_named(register.store, NAME) == ()
    assert people.appearances_of(register.store, "0") == ()


def test_people_are_found_by_any_form_of_the_name_and_by_id(register: Register) -> None:
    register.put({"a": document("a", [("青禾县审计局", "局长", "馬駿", "到会")])})
    (person,) = people.people_named(register.store, "马骏")
    assert people.appearances_of(register.store, person.id) == person.appearances
    assert [(post.org, post.title) for post in person.appearances[0].posts] == [("青禾县审计局", "局长")]


def _ref(key: str, found: Mapping[str, tuple[Document, Extraction]] = FIVE, name: str = NAME) -> links.Ref:
    return links.ref(name, key, found[key][0].content_hash)


def _judge(register: Register, kind: Kind, one: links.Ref, other: links.Ref) -> None:
    with register.store.begin() as writing:
        people.settle(writing, links.record(writing, kind, one, other, "周文书"))


PAIRS = st.lists(
    st.tuples(st.sampled_from([Kind.SAME, Kind.DIFFERENT]), st.sampled_from("abcde"), st.sampled_from("abcde")),
    max_size=5,
)


@settings(max_examples=15)
@given(PAIRS, st.permutations(sorted(FIVE)))
def test_judgements_are_obeyed_in_any_order_of_arrival(
    judged: list[tuple[Kind, str, str]], arrivals: list[str]
) -> None:
    register = Register()
    register.put(FIVE)
    before = register.rows()
    kept = []
    for kind, one, other in judged:
        try:
            _judge(register, kind, _ref(one), _ref(other))
        except LinkRefused:
            continue
        kept.append((kind, one, other))
    groups = register.groups(NAME)
    for kind, one, other in kept:
        assert any({one, other} <= group for group in groups) is (kind is Kind.SAME)
    obeyed = register.rows()
    register.remove(*FIVE)
    for key in arrivals:
        register.put({key: FIVE[key]})
    assert register.rows() == obeyed
    with register.store.begin() as writing:
        for link in links.recorded(register.store):
            people.settle(writing, links.undo(writing, link.id))
    assert register.rows() == before
    assert all(link.undone and link.who == "周文书" for link in links.recorded(register.store))
    register.store.close()


def test_a_judgement_follows_the_bytes_to_another_place(register: Register) -> None:
    register.put(FIVE)
    _judge(register, Kind.SAME, _ref("a"), _ref("c"))
    register.remove("a")
    assert not any("a" in group for group in register.groups(NAME))
    moved = document("moved", SAYINGS[0])
    register.put({"moved": moved})
    assert any({"moved", "c"} <= group for group in register.groups(NAME))


def test_an_alias_joins_people_of_two_names_until_it_is_undone(register: Register) -> None:
    found = {"a": document("a", SAYINGS[0]), "b": document("b", [("白石县水利局", "局长", "方大明", "到会")])}
    register.put(found)
    before = register.rows()
    _judge(register, Kind.ALIAS, _ref("a", found), _ref("b", found, "方大明"))
    assert register.groups(NAME) == register.groups("方大明") == {frozenset("ab")}
    register.put({"c": document("c", SAYINGS[1])})
    assert register.groups("方大明") == {frozenset("abc")}
    register.remove("c")
    with register.store.begin() as writing:
        people.settle(writing, links.undo(writing, 1))
        assert links.undo(writing, 1) == ()
    assert register.rows() == before


def test_what_contradicts_is_refused_with_the_way_out(register: Register) -> None:
    register.put(FIVE)
    _judge(register, Kind.SAME, _ref("a"), _ref("b"))
    _judge(register, Kind.SAME, _ref("b"), _ref("c"))
    for kind, one, other, says in (
        (Kind.DIFFERENT, _ref("a"), _ref("c"), "矛盾。请先撤销"),
        (Kind.SAME, _ref("a"), _ref("a"), "同一份材料"),
        (Kind.SAME, _ref("a"), links.ref("高远", "b", ""), "请用别名"),
        (Kind.ALIAS, _ref("a"), _ref("b"), "请用“同一人”"),
    ):
        with pytest.raises(LinkRefused, match=says):
            _judge(register, kind, one, other)
    assert len(links.recorded(register.store)) == 2
