"""Other writings of a name. All names are invented."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.fold import fold
from search.screening.variants import Homophones, Kind, sound, writings

NONE = Homophones(())


@pytest.mark.parametrize("lexicon", ["lookalikes", "variant_characters"])
def test_a_lexicon_holds_groups_of_folded_characters(lexicon: str) -> None:
    lines = files("search").joinpath(f"lexicon/{lexicon}.txt").read_text(encoding="utf-8").splitlines()
    groups = [line for line in lines if not line.startswith("#")]
    assert all(len(group) > 1 and len(set(group)) == len(group) and fold(group) == group for group in groups)
    assert len({frozenset(group) for group in groups}) == len(groups)


@given(st.text("柳成荫买提·. ", min_size=2, max_size=6).map(fold))
def test_writings_are_different_and_the_name_is_the_first(name: str) -> None:
    found = writings(name, (), NONE)
    assert (found[0].text, found[0].kind) == (name, Kind.EXACT)
    assert len({one.text for one in found}) == len(found)


def test_homophones_come_from_the_library_alone_by_tone_and_without() -> None:
    known = Homophones(["石映泉", "石映全", "是应权", "白如意"])
    assert known.alike("石映泉", tones=True) == ["石映全"]
    assert known.alike("石映泉", tones=False) == ["是应权", "石映全"]
    assert known.alike("柳成荫", tones=False) == []
    assert sound("John") == ("", "")


def test_a_writing_keeps_its_nearest_kind() -> None:
    kinds = {one.text: one.kind for one in writings("石映泉", ("石映全",), Homophones(["石映全"]))}
    assert kinds["石映全"] is Kind.ALIAS
