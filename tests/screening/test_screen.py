"""Names against documents: nothing is missed, and nobody is taken for another. All names are invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.document import Document, Page, document_id
from corpus.store import FileRecord, Folder, Kept, Store
from indexer.fold import fold
from search.screening.context import Told
from search.screening.names import Names, Place, Row
from search.screening.occurrences import Strings
from search.screening.people import Nobody, Person
from search.screening.results import Grouping, Screened, Verdict, as_json
from search.screening.screen import screen
from search.screening.variants import Kind


def fill(store: Store, texts: Mapping[str, str]) -> None:
    """Put texts into the store, a form feed beginning a page."""
    with store.begin() as writing:
        writing.add_folder(Folder("资料", Path("/资料")))
        for name, text in texts.items():
            pages = (Page(0), *(Page(at + 1) for at, character in enumerate(text) if character == "\f"))
            document = Document(document_id("资料", name), name, "", name, text, pages)
            writing.put_files([Kept(FileRecord("资料", name, 0, 0, "", ""), [document])])


def row(name: str, **told: str | int) -> Row:
    return Row(Place("", 1), fold(name), name, **told)  # type: ignore[arg-type]


def check(store: Store, *rows: Row, people: Known | None = None) -> Sequence[Screened]:
    return screen(Names(rows), store, people or Nobody()).rows


def sources(one: Screened, name: Kind | Grouping) -> list[str]:
    return sorted(evidence.source for evidence in one.group(name).evidence)


@dataclass
class Known:
    """People that are known to the library, by name."""

    people: Mapping[str, Sequence[Person]] = field(default_factory=dict)
    others: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def names(self) -> Sequence[str]:
        return list(self.people)

    def named(self, name: str) -> Sequence[Person]:
        return self.people.get(name, ())

    def aliases(self, name: str) -> Sequence[str]:
        return self.others.get(name, ())


NOTICE = "经查，云岭省清江市审计局原党组书记、局长柳成荫违规收受礼金。\f柳成荫受到开除党籍处分。"


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        ({}, Verdict.SAME_NAME),
        ({"unit": "清江市审计局"}, Verdict.THIS_PERSON),
        ({"unit": "云岭省清江市审计局"}, Verdict.THIS_PERSON),
        ({"unit": "中共清江市审计局党组"}, Verdict.THIS_PERSON),
        ({"post": "清江市审计局局长"}, Verdict.THIS_PERSON),
        ({"post": "局长"}, Verdict.SAME_NAME),
        ({"unit": "审计局"}, Verdict.SAME_NAME),
        ({"unit": "白沙市审计局", "post": "局长"}, Verdict.SAME_NAME),
        ({"unit": "清江市财政局"}, Verdict.SAME_NAME),
        ({"birth": 1970}, Verdict.SAME_NAME),
    ],
)
def test_a_person_is_known_by_unit_and_not_by_title(store: Store, told: dict[str, str], verdict: Verdict) -> None:
    fill(store, {"甲.txt": NOTICE})
    (one,) = check(store, row("柳成荫", **told))
    assert one.verdict is verdict
    (evidence,) = one.group(Kind.EXACT).evidence
    assert (evidence.page, evidence.written, evidence.sentence) == (
        1,
        "柳成荫",
        "经查，云岭省清江市审计局原党组书记、局长柳成荫违规收受礼金",
    )
    assert bool(one.group(Grouping.CONTEXT).documents) is (verdict is Verdict.THIS_PERSON)


@pytest.mark.parametrize(("birth", "verdict"), [(1968, Verdict.THIS_PERSON), (1971, Verdict.SAME_NAME)])
def test_a_year_of_birth_decides(store: Store, birth: int, verdict: Verdict) -> None:
    fill(store, {"甲.txt": "清江市审计局局长柳成荫被查。柳成荫，男，汉族，1968年5月出生，清江人。"})
    (one,) = check(store, row("柳成荫", unit="清江市审计局", birth=birth))
    assert one.verdict is verdict


def test_what_other_documents_tell_of_the_person_counts(store: Store) -> None:
    fill(store, {"甲.txt": "柳成荫受到处分。", "乙.txt": "柳成荫出席会议。"})
    of = document_id("资料", "甲.txt")
    known = Known({"柳成荫": [Person("1", frozenset({of}), Told(frozenset({("清江市审计局", "局长")})))]})
    (one,) = check(store, row("柳成荫", unit="清江市审计局"), people=known)
    assert one.verdict is Verdict.THIS_PERSON
    assert sources(one, Grouping.CONTEXT) == ["甲.txt"]
    assert sources(one, Kind.EXACT) == ["乙.txt", "甲.txt"]


@pytest.mark.parametrize(
    "text",
    [
        "清江市副市长石映泉波出席。石映泉波指出，要抓紧。",
        "他家在石映泉路上。石映泉路很长。",
        "石映·买买提受到处分。",
    ],
)
def test_characters_inside_a_longer_word_are_listed_apart(store: Store, text: str) -> None:
    fill(store, {"甲.txt": text})
    (one,) = check(store, row("石映"))
    assert one.verdict is Verdict.NO_RECORD
    assert sources(one, Grouping.INSIDE) == ["甲.txt"]
    assert not one.group(Kind.EXACT).documents


def test_a_place_is_not_a_person(store: Store) -> None:
    fill(store, {"甲.txt": "高明区纪委监委通报三起问题。", "乙.txt": "清江市财政局局长高明受到党内警告处分。"})
    (one,) = check(store, row("高明"))
    assert (sources(one, Kind.EXACT), sources(one, Grouping.INSIDE)) == (["乙.txt"], ["甲.txt"])


@pytest.mark.parametrize(
    ("asked", "printed", "kind"),
    [
        ("柳成蔭", "柳成荫", Kind.EXACT),
        ("柳荫", "柳　荫", Kind.SPACING),
        ("买买提·吐尔逊", "买买提•吐尔逊", Kind.EXACT),
        ("买买提·吐尔逊", "买买提吐尔逊", Kind.SPACING),
        ("买买提吐尔逊", "买买提·吐尔逊", Kind.SPACING),
        ("买买提.吐尔逊", "买买提·吐尔逊", Kind.SPACING),
        ("柳喆", "柳哲", Kind.VARIANT),
        ("柳末生", "柳未生", Kind.LOOKALIKE),
        ("柳成荫", "刘成荫", Kind.NEAR_HOMOPHONE),
        ("石映泉", "石映全", Kind.HOMOPHONE),
    ],
)
def test_other_writings_are_found_and_labelled(store: Store, asked: str, printed: str, kind: Kind) -> None:
    fill(store, {"甲.txt": f"清江市财政局局长{printed}，因违纪受到处分。"})
    (one,) = check(store, row(asked), people=Known({printed: []}))
    assert sources(one, kind) == ["甲.txt"]
    assert one.verdict is (Verdict.SAME_NAME if kind.is_same_name else Verdict.NO_RECORD)
    (other,) = check(store, row(asked, unit="清江市财政局"), people=Known({printed: []}))
    assert other.verdict is Verdict.THIS_PERSON


def test_names_that_people_linked_and_former_names_are_looked_for(store: Store) -> None:
    fill(store, {"甲.txt": "清江市财政局局长石大泉受到处分。"})
    (linked,) = check(store, row("石映泉"), people=Known(others={"石映泉": ["石大泉"]}))
    (former,) = check(store, row("石映泉", also=("石大泉",)))  # type: ignore[arg-type]
    assert sources(linked, Kind.ALIAS) == sources(former, Kind.ALIAS) == ["甲.txt"]


def test_progress_is_told_and_an_empty_list_is_no_error(store: Store) -> None:
    fill(store, {f"{n}.txt": NOTICE for n in range(3)})
    told: list[tuple[int, int]] = []
    screen(Names((row("柳成荫"),)), store, Nobody(), lambda done, total, _: told.append((done, total)))
    assert told[-1] == (3, 3)
    assert check(store) == ()


def test_json_lists_every_document(store: Store) -> None:
    fill(store, {f"{n}.txt": NOTICE for n in range(60)})
    plain = as_json(screen(Names((row("柳成荫"),)), store, Nobody()))
    (exact,) = plain["rows"][0]["groups"]
    assert (exact["group"], len(exact["documents"]), len(exact["evidence"])) == ("exact", 60, 50)
    assert plain["counts"] == {"this_person": 0, "same_name": 1, "no_record": 0}


ALPHABET = "柳成荫石映全高明林如平·a 　"
texts = st.text(ALPHABET, max_size=12)
listed = st.lists(st.text(ALPHABET.replace(" ", "").replace("　", ""), min_size=2, max_size=4), max_size=6)


@given(st.lists(texts, max_size=6), listed)
def test_strings_are_found_as_in_finds_them(held: list[str], names: list[str]) -> None:
    strings = Strings(names)
    for text in held:
        assert strings.held_by(text) == sorted({name for name in names if name in text})


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=st.lists(texts, max_size=5), names=listed)
def test_nothing_is_missed_against_a_brute_force_scan(store: Store, held: list[str], names: list[str]) -> None:
    fill(store, {f"{n}.txt": text for n, text in enumerate(held)})
    found = check(store, *map(row, names))
    with store.begin() as writing:
        for n, _ in enumerate(held):
            writing.remove_file("资料", f"{n}.txt")
    for one in found:
        exact, inside = set(one.group(Kind.EXACT).documents), set(one.group(Grouping.INSIDE).documents)
        wanted = {document_id("资料", f"{n}.txt") for n, text in enumerate(held) if one.row.name in fold(text)}
        assert exact | inside == wanted
        assert not exact & inside
