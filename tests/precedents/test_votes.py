"""The nearest candidates tell what a query is that does not name it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.matter.matter import Label, Matter
from search.precedents.profile import Profile, Vector, profile
from search.precedents.rank import compare
from search.precedents.statistics import statistics
from search.precedents.votes import VOTERS, agreement, elect, together, voters


def theft(**words: int) -> Matter:
    return Matter(words=words, offences=(Label("盗窃罪", 1.0),))


def robbery(**words: int) -> Matter:
    return Matter(words=words, offences=(Label("抢劫罪", 1.0), Label("盗窃罪", 0.5)))


def profiles(*matters: Matter) -> list[Profile]:
    known = statistics(matters)
    return [profile(matter, known) for matter in matters]


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=40))
def test_the_nearest_vote_and_the_nearer_count_more(values: list[tuple[float, float]]) -> None:
    words, labels = [word for word, _ in values], [label for _, label in values]
    voting = voters(words, labels)
    assert len(voting) <= VOTERS
    assert all(0 <= count <= 1 for count in voting.values())
    assert list(voting.values()) == sorted(voting.values(), reverse=True)


def test_of_equally_near_ones_the_first_vote() -> None:
    assert list(voters([0.5] * 30, [0.0] * 30)) == list(range(VOTERS))


def test_only_what_a_candidate_names_is_voted_for() -> None:
    candidates = profiles(theft(仓库=1), robbery(持刀=1), Matter(words={"持刀": 1}))
    votes = elect(candidates, {0: 1.0, 1: 3.0, 2: 5.0})
    assert votes == {"盗窃罪": 0.25, "抢劫罪": 0.75}
    assert [agreement(votes, candidate) for candidate in candidates] == [0.25, 0.75, 0]


def test_no_voters_elect_nothing() -> None:
    assert elect([], voters([], [])) == {}
    assert together([]).norm == 0


def test_vectors_together_are_their_weighted_sum() -> None:
    found = together([(Vector({"甲": 1.0}, 1.0), 2.0), (Vector({"甲": 1.0, "乙": 4.0}, 4.1), 1.0)])
    assert found.weights == {"甲": 3.0, "乙": 4.0}
    assert found.norm == pytest.approx(5)


def test_what_the_nearest_are_reaches_a_candidate_with_other_words() -> None:
    query = Matter(words={"撬锁": 1, "电缆": 1})
    library = [theft(撬锁=1, 电缆=1), theft(撬锁=1, 仓库=1), theft(商场=1), robbery(持刀=1)]
    known = statistics(library)
    found = compare(
        profile(query, known), [profile(one, known) for one in library], known, ("agreement", "near_offences")
    )
    for values in (found["agreement"], found["near_offences"]):
        assert values[2] > values[3]


def test_the_violations_of_the_nearest_count_where_the_query_is_of_officials() -> None:
    def told(word: str, violation: str) -> Matter:
        return Matter(words={word: 1}, violations=(Label(violation, 0.5),))

    library = [told("宴请", "违规吃喝"), told("车辆", "违规吃喝"), told("车牌", "违规配备使用车辆")]
    known = statistics(library)
    candidates = [profile(one, known) for one in library]
    found = compare(profile(Matter(words={"宴请": 1}), known), candidates, known, ("near_violations",))[
        "near_violations"
    ]
    assert found[0] == found[1] > found[2] == 0
