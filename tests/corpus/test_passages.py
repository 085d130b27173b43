"""Passages partition a text, and bear the marks that its form gives them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Page
from corpus.passages import Passage, passages

CIRCULAR = """云溪市纪委关于两起问题的通报
现将2起问题通报如下。
1.青石县钱小河违规吃喝问题。
2022年3月，钱小河组织公款聚餐3.5万元。
2.2021年至2022年，孙某先后收受礼品，受到政务记过处分。
各级党组织要引以为戒。"""

STATUTE = """云溪市公职人员廉洁从业规定
第一章 总则
第一条 为了规范，制定本规定。
第二条 公职人员应当遵守下列规定：
（一）不得收受礼品；
（二）不得兼职取酬。
违反前款的，依照第四条处理。
第二章 附则
第三十二条之一　本规定自发布之日起施行。
附件：清单"""

PRACTICE = """## 收受干股如何认定
**一、基本案情**
甲，A市B局局长。
2018年，甲收受干股。
**二、分歧意见**
第一种意见认为，构成受贿。
（一）主观方面"""

RUN_IN = "日前，云溪市通报2起典型案例：1.赵大川案。赵大川受贿3.5万元。2.钱小河案。钱小河违规。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            CIRCULAR,
            [
                ("", "云溪市纪委关于两起问题的通报"),
                ("", "现将2起问题通报如下。"),
                ("1.青石县钱小河违规吃喝问题", "1.青石县钱小河违规吃喝问题。\n2022年3月，钱小河组织公款聚餐3.5万元。"),
                ("2", "2.2021年至2022年，孙某先后收受礼品，受到政务记过处分。"),
                ("", "各级党组织要引以为戒。"),
            ],
        ),
        (
            STATUTE,
            [
                ("", "云溪市公职人员廉洁从业规定"),
                ("第一章 总则", "第一章 总则"),
                ("第一条", "第一条 为了规范，制定本规定。"),
                (
                    "第二条",
                    (
                        "第二条 公职人员应当遵守下列规定：\n（一）不得收受礼品；\n（二）不得兼职取酬。\n"
                        "违反前款的，依照第四条处理。"
                    ),
                ),
                ("第二章 附则", "第二章 附则"),
                ("第三十二条之一", "第三十二条之一　本规定自发布之日起施行。"),
                ("附件：清单", "附件：清单"),
            ],
        ),
        (
            PRACTICE,
            [
                ("", "## 收受干股如何认定"),
                ("一、基本案情", "**一、基本案情**\n甲，A市B局局长。"),
                ("", "2018年，甲收受干股。"),
                ("二、分歧意见", "**二、分歧意见**\n第一种意见认为，构成受贿。"),
                ("（一）主观方面", "（一）主观方面"),
            ],
        ),
        (
            RUN_IN,
            [
                ("", "日前，云溪市通报2起典型案例："),
                ("1", "1.赵大川案。赵大川受贿3.5万元。"),
                ("2", "2.钱小河案。钱小河违规。"),
            ],
        ),
        ("共3.2万元。第1.5条不是条。", [("", "共3.2万元。第1.5条不是条。")]),
        ("", []),
    ],
)
def test_passages_and_their_labels(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(passage.label, text[passage.start : passage.end].strip()) for passage in passages(text)] == expected


def test_cues_are_passages_and_tell_their_time() -> None:
    text = "他曾经是局长。如今他后悔了。"
    pages = (Page(0, "00:00:01"), Page(7, "00:12:31"))
    assert passages(text, pages) == (Passage(0, 7, "00:00:01"), Passage(7, 14, "00:12:31"))


def test_pages_without_a_time_do_not_cut_a_paragraph() -> None:
    assert passages("一句话跨过两页。", (Page(0), Page(3))) == (Passage(0, 8),)


MARKS = (
    *("第一条 ", "第二章 总则", "一、", "（一）", "1.", "2.", "3、", "问题。"),
    *("甲乙丙", "。", "##", "**", "3.5万元", "附则", "\n", "\u3000"),
)
PIECES = st.lists(st.sampled_from(MARKS), max_size=40)


@given(PIECES.map("".join) | st.text(max_size=200), st.lists(st.integers(0, 250), max_size=6), st.booleans())
def test_passages_partition_any_text(text: str, cuts: list[int], cued: bool) -> None:
    starts = sorted({0, *cuts})
    pages = tuple(Page(start, f"00:00:{number:02}" if cued else None) for number, start in enumerate(starts))
    found = passages(text, pages)
    assert "".join(text[passage.start : passage.end] for passage in found) == text
    assert all(passage.start < passage.end for passage in found)
    assert [passage.start for passage in found[1:]] == [passage.end for passage in found[:-1]]
