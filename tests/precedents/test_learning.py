"""The weights of signals are learned from what they tell of graded cases."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.comparisons import Table, Values
from benchmarks.learning import learn


def query(grades: list[int], *signals: list[float]) -> Table:
    texts = tuple(map(str, range(len(grades))))
    return Table("query", 0.0, texts, np.array(grades), np.array(signals).T)


def weights(*found: Table, without: int | None = None) -> Values:
    count = found[0].values.shape[1]
    return learn(found, np.array([number != without for number in range(count)]))


def test_what_tells_the_better_case_counts_and_what_tells_the_worse_does_not() -> None:
    telling, even, wrong = weights(query([3, 1, 0], [0.9, 0.4, 0.1], [0.5, 0.5, 0.5], [0.1, 0.4, 0.9]))
    assert telling > even
    assert wrong == 0


def test_a_signal_that_takes_no_part_counts_nothing() -> None:
    found = query([3, 1, 0], [0.9, 0.4, 0.1], [0.8, 0.5, 0.2])
    assert weights(found, without=0).tolist() == [0.0, 1.0]


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(0, 1), st.floats(0, 1)), min_size=2, max_size=12))
def test_weights_add_up_to_one_and_never_speak_against(rows: list[tuple[int, float, float]]) -> None:
    grades, one, other = ([row[place] for row in rows] for place in range(3))
    found = weights(query([*grades, 3, 0], [*one, 1.0, 0.0], [*other, 1.0, 0.0]))
    assert abs(found.sum() - 1) < 1e-9
    assert (found >= 0).all()
