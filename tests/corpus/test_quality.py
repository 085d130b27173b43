"""Whether a page's text layer is believed."""

from __future__ import annotations

import pytest

from corpus.quality import USABLE, quality

SENTENCE = "原局长李明德违规收受礼品礼金，在KTV接受宴请，受到党内严重警告处分（2023年6月5日）。"


@pytest.mark.parametrize(
    "text",
    [
        "",
        SENTENCE,
        "违规在KTV唱歌，转发PPT",
        "附：OFD文件，见U盘",
        "Plain English words, 12.5% of them.",
        "序号\t金额\n1\t2,300.00\n2\t18,000.00",
        " ".join(SENTENCE),  # the spaces are repaired, the characters are right
    ],
)
def test_text_that_people_write_is_believed(text: str) -> None:
    assert quality(text) >= USABLE


@pytest.mark.parametrize(
    "text",
    [
        "\ue001\ue002\ue003\ue004\ue005的",
        "\ufffd" * 20 + "通报",
        "中AB国CD共EF产GH党" * 20,
        "xYz中文qWeR文",
        "鄉慮湵楴獮攠瑣牡湧敤",
        "#$%&#$%&#$%&#$%&#$%&",
    ],
)
def test_garbage_is_not_believed(text: str) -> None:
    assert quality(text) < USABLE


def test_spaces_between_chinese_characters_cost_something() -> None:
    assert quality(" ".join(SENTENCE)) < quality(SENTENCE) == 1.0
