"""Who is one person: a function of the set of appearances, whatever their order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.identity.appearance import Appearance
from indexer.identity.facts import Facts, Held
from indexer.identity.judged import Judged, Kind
from indexer.identity.resolve import COMPANY, SAMPLE, resolve

NAME = "方明"
AUDIT, WATER = Held("青禾县审计局", "局长"), Held("白石县水利局", "局长")


def appearance(document: str, facts: Facts, name: str = NAME, number: int = 0) -> Appearance:
    return Appearance(document, name, number, ((0, 2),), (), facts)


def posted(*held: Held, beside: tuple[str, ...] = (), born: int | None = None) -> Facts:
    return Facts(frozenset(held), beside=frozenset(beside), born=frozenset(() if born is None else (born,)))


FACTS = st.builds(
    Facts,
    posts=st.frozensets(st.sampled_from([AUDIT, WATER, Held("云岭大学", "校长")]), max_size=2),
    born=st.frozensets(st.sampled_from([1968, 1975]), max_size=1),
    beside=st.frozensets(st.sampled_from(["高远", "林溪", "石岩", "安宁"])),
    passages=st.frozensets(st.sampled_from(["ab", "cd"]), max_size=1),
)
APPEARANCES = st.lists(
    st.builds(appearance, st.sampled_from("abcdefghij"), FACTS), max_size=10, unique_by=lambda one: one.document
)
JUDGED = st.lists(
    st.builds(
        lambda kind, one, other: Judged(kind, (NAME, one), (NAME, other)),
        st.sampled_from([Kind.SAME, Kind.DIFFERENT]),
        st.sampled_from("abcdefghij"),
        st.sampled_from("abcdefghij"),
    ),
    max_size=3,
)


@given(st.data(), APPEARANCES, JUDGED)
def test_the_order_of_arrival_does_not_matter(
    data: st.DataObject, found: list[Appearance], judged: list[Judged]
) -> None:
    people = resolve(found, judged)
    assert resolve(data.draw(st.permutations(found)), judged) == people
    assert sorted(one.key for person in people for one in person.appearances) == sorted(one.key for one in found)
    assert len({person.id for person in people}) == len(people)
    known = {person.id for person in people}
    assert all(maybe.other in known - {person.id} for person in people for maybe in person.perhaps)


def documents(*found: Appearance, judged: tuple[Judged, ...] = ()) -> set[str]:
    return {"".join(one.document for one in person.appearances) for person in resolve(found, judged)}


def test_posts_tell_people_apart_and_company_follows_posts() -> None:
    company = ("高远", "林溪", "石岩")
    assert documents(
        appearance("a", posted(AUDIT, beside=company)),
        appearance("b", posted(WATER)),
        appearance("c", posted(AUDIT)),
        appearance("d", posted(beside=company)),
        appearance("e", posted()),
    ) == {"acd", "b", "e"}


def test_a_name_in_a_list_never_joins_two_whom_posts_tell() -> None:
    ours, theirs = ("高远", "林溪", "石岩"), ("安宁", "柳泉", "杜若")
    found = documents(
        appearance("a", posted(AUDIT, beside=ours)),
        appearance("b", posted(WATER, beside=theirs)),
        appearance("c", posted(beside=ours + theirs)),
    )
    assert not any({"a", "b"} <= set(group) for group in found)


def test_a_post_held_by_two_of_one_name_is_told_apart_by_birth() -> None:
    assert documents(appearance("a", posted(AUDIT, born=1968)), appearance("b", posted(AUDIT, born=1980))) == {"a", "b"}


def test_two_of_one_document_stay_two_unless_people_say_otherwise() -> None:
    one, other = appearance("a", posted(AUDIT)), appearance("a", posted(AUDIT), number=1)
    assert len(resolve([one, other])) == 2


def test_nobody_named_is_joined_only_by_people() -> None:
    two = [appearance(key, posted(AUDIT), "方某") for key in "ab"]
    assert len(resolve(two)) == 2
    assert len(resolve(two, [Judged(Kind.SAME, ("方某", "a"), ("方某", "b"))])) == 1


def test_many_documents_of_one_post_are_one_person_and_a_judgement_takes_out_one() -> None:
    many = [appearance(f"{number:03}", posted(AUDIT)) for number in range(3 * SAMPLE)]
    (person,) = resolve(many)
    assert len(person.appearances) == len(many)
    apart = resolve(many, [Judged(Kind.DIFFERENT, (NAME, "007"), (NAME, "008"))])
    assert sorted(len(person.appearances) for person in apart) == [1, len(many) - 1]


def test_loose_ones_beyond_the_company_find_their_person() -> None:
    company = ("高远", "林溪", "石岩")
    found = [appearance(f"{number:03}", posted(beside=company)) for number in range(COMPANY + 5)]
    people = resolve([*found, appearance("post", posted(AUDIT, beside=company))])
    assert [len(person.appearances) for person in people] == [COMPANY + 6]


def test_unclear_ones_are_listed_with_reasons() -> None:
    one, other = resolve(
        [appearance("a", posted(Held("河北省审计厅", "厅长"), beside=("高远",))),
         appearance("b", posted(Held("河北省水利厅", "厅长"), beside=("高远",)))]
    )  # fmt: skip
    assert [maybe.other for maybe in one.perhaps] == [other.id]
    assert {reason.kind for reason in one.perhaps[0].reasons} == {"place", "beside"}
    assert one.perhaps[0].reasons == other.perhaps[0].reasons
