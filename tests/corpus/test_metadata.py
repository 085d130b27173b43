"""Fields, their clean values, dates in every written form, and which origin is believed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import iso
from corpus.document import MetaValue
from corpus.metadata import FIELDS, KINDS, PRECEDENCE, clean, field_named, merge

NUMERALS = "〇一二三四五六七八九"


def chinese(number: int) -> str:
    """12 as 十二, 30 as 三十."""
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else NUMERALS[tens] + "十") + (NUMERALS[ones] if ones else "")


DAYS = st.dates(date(1949, 10, 1), date(2099, 12, 31))


@given(DAYS, st.sampled_from(["-", "/", ".", "－", "．", "—"]), st.booleans(), st.booleans())
def test_a_date_is_read_in_every_written_form(day: date, separator: str, wide: bool, padded: bool) -> None:
    month, number = (f"{day.month:02}", f"{day.day:02}") if padded else (str(day.month), str(day.day))
    written = [
        f"{day.year}年{month}月{number}日",
        f"{day.year} 年 {month} 月 {number} 日",
        separator.join([str(day.year), month, number]),
        f"{day:%Y%m%d}",
        "".join(NUMERALS[int(digit)] for digit in str(day.year)) + f"年{chinese(day.month)}月{chinese(day.day)}日",
    ]
    for form in written:
        shown = form.translate(str.maketrans("0123456789", "０１２３４５６７８９")) if wide and "-" in form else form
        assert iso(shown) == day.isoformat(), shown
        assert iso(f"云溪市 {shown} 印发") == day.isoformat()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("二○二三年六月五日", "2023-06-05"),
        ("二零二三年十二月三十一日", "2023-12-31"),
        ("２０２３年６月５日", "2023-06-05"),
        ("2023-06-05 18:27", "2023-06-05"),
        ("2023年2月30日", None),
        ("2023年13月1日", None),
        ("6月5日", None),
        ("2023年6月", None),
        ("一二〇二三年六月五日", None),
        ("电话2023060512345", None),
        ("1823年6月5日", None),
        ("", None),
    ],
)
def test_a_date_that_is_not_one_is_none(written: str, expected: str | None) -> None:
    assert iso(written) == expected


@given(DAYS, st.integers(0, 40))
def test_iso_dates_sort_as_days_do(day: date, later: int) -> None:
    after = min(day + timedelta(later), date(2099, 12, 31))
    first, second = iso(day.isoformat()), iso(after.isoformat())
    assert first is not None
    assert second is not None
    assert first <= second


@pytest.mark.parametrize(
    ("name", "raw", "expected"),
    [
        ("doc_number", "云纪发〔2023〕5号", "云纪发〔2023〕5号"),
        ("doc_number", " 云纪发 [2023] 5 号 ", "云纪发[2023]5号"),
        ("doc_number", "云纪发（2023）第12号", "云纪发（2023）第12号"),
        ("doc_number", "云纪发【２０２３】５号", "云纪发【２０２３】５号"),
        ("doc_number", "云纪发2023年5号", None),
        ("doc_number", "依据云纪发〔2023〕5号文件", None),
        ("secrecy", "机 密★1年", "机密★1年"),
        ("secrecy", "内部资料", "内部资料"),
        ("secrecy", "一般", None),
        ("kind", "通报", "circular"),
        ("kind", "Circular", "circular"),
        ("kind", "小说", None),
        ("title", "  关于\n通报 ", "关于 通报"),
        ("title", " \n", None),
        ("author", "长" * 501, None),
    ],
)
def test_values_are_cleaned_or_refused(name: str, raw: str, expected: str | None) -> None:
    assert clean(name, raw) == expected


@given(st.sampled_from(sorted(FIELDS)), st.text(max_size=60))
def test_cleaning_again_changes_nothing(name: str, raw: str) -> None:
    value = clean(name, raw)
    assert value is None or clean(name, value) == value


def test_every_name_leads_to_one_field() -> None:
    names = [name for row in FIELDS.values() for name in (row.name, row.label, *row.aliases)]
    assert len(names) == len(set(names))
    for row in FIELDS.values():
        assert {field_named(f" {name} ") for name in (row.name, row.name.upper(), row.label, *row.aliases)} == {row}
    assert field_named("颜色") is None
    assert all(clean("kind", label) == name for name, label in KINDS.items())


@given(st.permutations(PRECEDENCE), st.integers(1, len(PRECEDENCE)))
def test_the_most_trusted_origin_wins_in_any_order(origins: list[str], count: int) -> None:
    found = [{"source": MetaValue(f"来自{origin}", origin)} for origin in origins[:count]]
    best = min(origins[:count], key=PRECEDENCE.index)
    assert merge(*found) == {"source": MetaValue(f"来自{best}", best)}


def test_an_invalid_value_leaves_the_field_to_the_next_origin() -> None:
    markup = {"date": MetaValue("昨天", "markup"), "colour": MetaValue("红", "markup")}
    text = {"date": MetaValue("2023年6月5日", "text"), "title": MetaValue("通报", "text")}
    assert merge(markup, text) == {"date": MetaValue("2023-06-05", "text"), "title": MetaValue("通报", "text")}
    assert merge() == {}
