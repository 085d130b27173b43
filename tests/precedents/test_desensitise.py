"""Names in a report: one alias a person throughout, two people of a surname told apart, and no name left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.matter.matter import Matter
from reports import desensitise as masking
from reports.desensitise import Aliases, aliases_of, desensitised, leaks
from reports.errors import ReportRefused
from reports.paper import Paragraph, Title, document
from reports.precedents import Particulars, as_paper, under_aliases
from search.precedents.asking import Asked
from search.precedents.followed import distribution
from search.precedents.found import Comparison, Precedent, Precedents, Reprint, Sentence

NOW = datetime(2026, 5, 20, 2, 30, tzinfo=UTC)
ABOUT = Particulars("资料库", 3, 4, 0, None, NOW, "方圆")
NOTHING = Matter(words={})


def hit(
    document_id: str, names: tuple[str, ...], text: str, title: str = "通报", source: str = "通报.txt"
) -> Precedent:
    sentence = Comparison(f"共同的用语：{names[0]}", (Sentence("甲"),), (Sentence(text, 1),))
    reprint = Reprint("", "别处", f"转载/{title}.txt", title)
    return Precedent(
        f"{document_id}-1", document_id, source, title, None, 1, 0.5, {}, (sentence,), (), NOTHING, (), None, text,
        (reprint,), names,
    )  # fmt: skip


def found(asked: Asked, *hits: Precedent) -> Precedents:
    return Precedents(asked, hits, len(hits), distribution(NOTHING, 0, ()), filters="人员:柳成荫")


ASKED = Asked("柳成荫和柳  明远、石大泉收受礼金。", (0, 18), NOTHING, "", ("柳成荫", "柳明远", "石大泉"))
ONE = hit("a", ("柳成荫", "欧阳远"), "柳成荫与欧阳远见面。", "柳成荫被处分", "通报/柳成荫/处分.txt")
TWO = hit("b", ("柳成荫", "柳"), "局长柳\n成荫，柳某甲也在场。", "关于柳·成荫的通报")
PEOPLE = {("a", "柳成荫"): "official-1", ("b", "柳成荫"): "official-2"}


def masked(people: Mapping[tuple[str, str], str] = PEOPLE) -> Precedents:
    answer = found(ASKED, ONE, TWO)
    return desensitised(answer, aliases_of(answer, people))


def test_each_person_has_one_alias_and_nobody_the_alias_of_another() -> None:
    told = masked()
    # 柳某甲 is somebody in the second text already.
    assert told.asked.facts == "柳某乙和柳某丙、石某甲收受礼金。"
    assert told.hits[0].text == "柳某丁与欧阳某甲见面。"
    assert told.hits[1].text == "局长柳某戊，柳某甲也在场。"


def test_one_person_in_two_documents_is_called_the_same() -> None:
    told = masked({("a", "柳成荫"): "official-1", ("b", "柳成荫"): "official-1"})
    assert told.hits[0].title == "柳某丁被处分"
    assert told.hits[1].title == "关于柳某丁的通报"


def test_sources_sentences_reprints_and_conditions_are_masked_too() -> None:
    told = masked()
    assert told.hits[0].source == "通报/柳某丁/处分.txt"
    assert told.hits[0].why[0].text == "共同的用语：柳某丁"
    assert told.hits[0].why[0].candidate[0].text == told.hits[0].text
    assert told.hits[0].reprints[0].source == "转载/柳某丁被处分.txt"
    assert told.filters == "人员:柳某乙"


def test_the_report_under_aliases_can_be_read_without_a_name() -> None:
    made = under_aliases(found(ASKED, ONE, TWO), ABOUT, PEOPLE)
    paper = docx.Document(BytesIO(made))
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert "柳某乙和柳某丙、石某甲收受礼金" in text
    assert "脱敏" in text
    assert leaks(made, ("柳成荫", "柳明远", "石大泉", "欧阳远")) == ()


def test_a_leak_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(masking.Aliases, "mask", lambda _self, text, _document="": text.replace("柳成荫", "某"))
    with pytest.raises(ReportRefused, match="还能读到 2 个人名（柳明远、石大泉）"):
        under_aliases(found(ASKED, replace(ONE, text="", title="", source="", why=(), reprints=())), ABOUT, {})


def test_a_report_as_it_is_leaks_every_name() -> None:
    assert set(leaks(as_paper(found(ASKED, ONE), ABOUT), ("柳成荫", "欧阳远", "高明"))) == {"柳成荫", "欧阳远"}


def test_a_name_is_found_in_marks_parts_and_properties() -> None:
    cut = document([Title("无"), Paragraph("局长柳成荫说", marks=((3, 4),))], NOW, "无")
    assert leaks(cut, ("柳成荫",)) == ("柳成荫",)
    assert leaks(document([Title("无")], NOW, "柳成荫案"), ("柳成荫",)) == ("柳成荫",)
    packed = BytesIO()
    with ZipFile(packed, "w") as parts:
        parts.writestr("柳成荫.xml", "<a/>")
        parts.writestr("other.xml", '<a name="石&#22823;泉"/>')
    assert set(leaks(packed.getvalue(), ("柳成荫", "石大泉"))) == {"柳成荫", "石大泉"}


def test_names_are_not_read_across_paragraphs() -> None:
    made = document([Paragraph("姓柳"), Paragraph("成荫的树")], NOW, "无")
    assert leaks(made, ("柳成荫",)) == ()


def test_more_people_of_a_surname_than_ordinals_are_still_told_apart() -> None:
    names = tuple(f"柳{chr(0x4E00 + number)}" for number in range(40) if chr(0x4E00 + number) != "某")
    aliases = aliases_of(found(replace(ASKED, text="", span=(0, 0), names=names)), {})
    assert len(set(aliases.by_name.values())) == len(names)


NAMES = st.lists(st.text(alphabet="柳成荫石大泉高明", min_size=2, max_size=3), min_size=1, max_size=5, unique=True)


@settings(max_examples=25)
@given(NAMES, st.text(alphabet="柳成荫石大泉高明，。 \n·收受礼金", max_size=60))
def test_what_is_masked_never_leaks(names: list[str], text: str) -> None:
    answer = found(replace(ASKED, text=text, span=(0, len(text)), names=tuple(names)))
    aliases: Aliases = aliases_of(answer, {})
    made = document([Paragraph(aliases.mask(text))], NOW, "无")
    assert leaks(made, aliases.names) == ()
