"""Does the measurement of identity count what it says? Invented documents."""

from __future__ import annotations

import pytest

from benchmarks import identity

GOLD = {
    "persons": [{"name": "方明", "docs": ["a", "b", "c"]}],
    "collisions": [{"name": "高远", "groups": [["d", "e"], ["f"]]}, {"name": "林溪", "groups": [["g"], ["h"]]}],
    "false_names": [{"name": "石林", "true_docs": ["i", "j"], "false_docs": ["k"]}],
}
FOUND = {
    "方明": [frozenset("ab"), frozenset("c")],
    "高远": [frozenset("def")],
    "林溪": [frozenset("g"), frozenset("h")],
    "石林": [frozenset("ik")],
}


def test_figures() -> None:
    cells = dict(identity.score(GOLD, FOUND).rows)
    assert cells["pairs, precision"] == "0.500"  # ab and de are right, df and ef wrong
    assert cells["pairs, recall"] == "0.500"  # ac and bc are missed
    assert cells["names of several people kept apart"] == "1 of 2"
    assert cells["mentions of people found"] == "1 of 2"
    assert cells["what only looks like a name, taken for one"] == "1 of 1"
    assert [line.split("\t")[:2] for line in identity.wrong(GOLD, FOUND)] == [["split", "方明"], ["merged", "高远"]]


def test_b_cubed_is_the_mean_over_documents() -> None:
    precision, recall = identity.b_cubed(GOLD, FOUND)
    assert precision == pytest.approx((3 + 2 / 3 + 2 / 3 + 1 / 3 + 2) / 8)
    assert recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 3 + 2) / 8)


def test_generated_libraries_name_people_with_posts() -> None:
    found = list(identity.generated(60, seed=1))
    people = [person for _, extraction in found for person in extraction.people]
    assert len({document.id for document, _ in found}) == 60
    assert len(people) > 40
    assert all(
        document.text[slice(*span)] == one.name for document, e in found for one in e.people for span in one.spans
    )
