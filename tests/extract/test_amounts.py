"""Amounts of money: figures, units, what they are amounts of, and which of a case's amounts are the same fact."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.numerals import number
from indexer.extract import amounts
from tests.extract.tables import rows


@pytest.mark.parametrize(("text", "expected", "about"), rows("amounts", 3))
def test_amounts_of_a_text(text: str, expected: str, about: str) -> None:
    found = [f"{amount.text}={amount.currency or amount.yuan}" for amount in amounts.find(text)]
    assert found == (expected.split(" | ") if expected else []), about


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("甲先后收受礼金共计56万元", "收受礼金"),
        ("多次收受礼品、礼金折合12万元", "收受礼品、礼金"),
        ("判处有期徒刑三年，并处罚金人民币30万元", "罚金"),
        ("造成国有资产损失440万余元", "造成国有资产损失"),
        ("退缴违纪所得3万元", "退缴违纪所得"),
        ("将公款8600余万元挪用给他人", "公款"),
        ("给予对方5万元好处费", "好处费"),
        ("收受礼金56万元、3万美元", "收受礼金"),
        ("他说有5万元", None),
    ],
)
def test_what_an_amount_is_an_amount_of(text: str, of: str | None) -> None:
    assert amounts.find(text)[-1].of == of


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        # told again by the court, by the commission, and when it is taken away
        ("甲受贿20万元。法院查明，甲收受20万元。判决没收20万元。", ["20万元"]),
        ("收受贿赂20万元，并处罚金20万元。", ["20万元", "20万元"]),
        ("2018年春节收受礼金1万元，2019年春节收受礼金1万元。", ["1万元", "1万元"]),
        ("以受贿罪并处罚金九万元；数罪并罚，决定执行三年，并处罚金九万元。", ["九万元"]),
        ("村干部受贿836万！\n甲收受财物折合836.30156万元。", ["836.30156万元"]),
        ("原标题：受贿超九千万\n收受财物共计9355.799102万元。", ["9355.799102万元"]),
        ("标题：受贿1600余万元\n甲收受1,600余万元。", ["1,600余万元"]),
        ("收受甲公司5万元、乙公司5万元。", ["5万元", "5万元"]),
        ("收受5万元，将5万元用于购房。", ["5万元"]),
        ("收受5万美元。后又收受5万元。", ["5万美元", "5万元"]),
    ],
)
def test_the_same_fact_counts_once(text: str, kept: list[str]) -> None:
    assert [amount.text for amount in amounts.distinct(text, amounts.find(text))] == kept


PIECES = st.sampled_from(
    [
        "收受",
        "礼金",
        "共计",
        "1",
        "12.5",
        "３",
        "，",
        ",",
        "三",
        "十",
        "百",
        "万",
        "亿",
        "余",
        "元",
        "美元",
        "港币",
        "数",
        "旦",
        " ",
        "\n",
        "。",
        "至",
        "、",
        "人民币",
        "案",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_spans_are_where_the_amounts_stand(text: str) -> None:
    found = amounts.find(text)
    assert all(text[slice(*amount.span)] == amount.text for amount in found)
    assert all(before.span[1] <= after.span[0] for before, after in pairwise(found))
    assert all((amount.yuan is None) == (amount.currency is not None) for amount in found)


@given(st.integers(1, 10**12))
def test_a_number_is_read_back_from_its_digits(value: int) -> None:
    assert number(str(value)) == number(f"{value:,}") == value


@given(st.integers(1, 9999), st.integers(0, 9999))
def test_chinese_numerals_are_read_back(upper: int, lower: int) -> None:
    written = f"{_chinese(upper)}万" + ("" if not lower else ("零" if lower < 1000 else "") + _chinese(lower))
    assert number(written) == upper * 10_000 + lower


def _chinese(value: int) -> str:
    """A number up to 9999 in Chinese numerals."""
    written, gap = "", False
    for digit, unit in zip(f"{value:04}", ["千", "百", "十", ""], strict=True):
        if digit == "0":
            gap = bool(written)
        else:
            written += ("零" if gap else "") + "零一二三四五六七八九"[int(digit)] + unit
            gap = False
    return written
