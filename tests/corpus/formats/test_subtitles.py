"""Subtitles and transcripts: cues with their times, joined where a sentence goes on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.assemble import assemble
from corpus.readers.contract import Blob, Limits, Reading
from corpus.readers.subtitles import READER, clock

SRT = """1
00:00:01,000 --> 00:00:03,000
他利用职务便

2
00:00:03,000 --> 00:00:05,000
<i>利</i>，收受礼金。

3
00:01:05,500 --> 01:01:08,000
{\\an8}第一行
second line
third
"""
VTT = """WEBVTT

NOTE x

intro
00:01.000 --> 00:04.000 align:start
<v 旁白>开头<00:00:02.000><c>继续</c>

00:04.000 --> 00:06.000

00:06.000 --> 00:08.000
尾&amp;声！
"""
ASS = """[Script Info]
Title: 镜鉴
[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:03.00,0:00:04.00,D,,0,0,0,,后，说
Dialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,{\\pos(1,2)}先，\\N是的。
Comment: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,注
Dialogue: 0,0:00:03.00,0:00:04.00,D,,0,0,0,,{\\p1}m 0 0 l 1 1
"""


def reading(text: str, name: str = "a.txt") -> Reading:
    blob = Blob(name, text.encode())
    assert READER.identify(blob)
    (found,) = READER.read(blob, Limits())
    assert isinstance(found, Reading)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SRT, "00:00:01 他利用职务便> 00:00:03 利，收受礼金。 00:01:05 第一行second line third>"),
        (
            SRT.replace("\n", "\r\n"),
            "00:00:01 他利用职务便> 00:00:03 利，收受礼金。 00:01:05 第一行second line third>",
        ),
        # without empty lines between cues, and with cues that are numbers
        ("1\n00:00:01,000 --> 00:00:03,000\n甲\n2\n00:00:03,000 --> 00:00:05,000\n乙\n", "00:00:01 甲> 00:00:03 乙>"),
        (
            "1\n00:00:01,000 --> 00:00:03,000\n2023\n\n2\n00:00:03,000 --> 00:00:05,000\n5\n",
            "00:00:01 2023> 00:00:03 5>",
        ),
        (VTT, "00:00:01 开头继续> 00:00:06 尾&声！"),
        (ASS, "00:00:01 先，是的。 00:00:03 后，说>"),
        (
            "[ti:警钟]\n[00:12.50]第一句\n[00:15.00][01:15.00]副歌\n[00:20]末句\n",
            "00:00:12 第一句> 00:00:15 副歌> 00:00:20 末句> 00:01:15 副歌>",
        ),
        (
            "[00:12:31] 旁白：甲\n[00:12:40] 乙\n接着说\n[00:13:00] 丙。”\n",
            "00:12:31 旁白：甲> 00:12:40 乙接着说> 00:13:00 丙。”",
        ),
        ("00:12:31 甲\n00:12:40 乙\n00:13:05 丙\n", "00:12:31 甲> 00:12:40 乙> 00:13:05 丙>"),
        ("（00:12）甲\n【00:14】乙\n（1:00:14）丙\n", "00:00:12 甲> 00:00:14 乙> 01:00:14 丙>"),
        ("00:01\n甲\n00:05\n乙\n00:09\n丙\n", "00:00:01 甲> 00:00:05 乙> 00:00:09 丙>"),
        (
            "[00:00:01 - 00:00:05] 甲\n[00:00:05 - 00:00:07] 乙\n[00:00:01 - 00:00:17] 丙\n",
            "00:00:01 甲> 00:00:05 乙> 00:00:01 丙>",
        ),
    ],
)
def test_cues(text: str, expected: str) -> None:
    """Each cue as its time and its text, with ">" where it runs on."""
    leaves = reading(text).leaves
    assert " ".join(f"{leaf.time} {leaf.text}{'>' if leaf.run_on else ''}" for leaf in leaves) == expected


PREAMBLE = "警示教育片《河堤》解说词\n\n来源：青禾县纪委监委　发布时间：2023-04-10\n（根据录音整理）"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{PREAMBLE}\n\n[00:08]甲\n[00:12]乙\n[00:14]丙\n", f"None {PREAMBLE} 00:00:08 甲> 00:00:12 乙> 00:00:14 丙>"),
        (f"{PREAMBLE}\n\n1\n00:00:01,000 --> 00:00:03,000\n甲\n", f"None {PREAMBLE} 00:00:01 甲>"),
        (f"{PREAMBLE}\n00:00:01,000 --> 00:00:03,000\n甲\n", f"None {PREAMBLE} 00:00:01 甲>"),
        (VTT.replace("NOTE x", "片头\n\nNOTE x"), "None 片头 00:00:01 开头继续> 00:00:06 尾&声！"),
        (f"{PREAMBLE}\n{ASS}", f"None {PREAMBLE} 00:00:01 先，是的。 00:00:03 后，说>"),
        # a long preamble does not hide the times that follow it
        (
            f"{PREAMBLE}\n" * 30 + "[00:08]甲\n[00:12]乙\n[00:14]丙\n",
            "None " + "\n".join([PREAMBLE] * 30) + " 00:00:08 甲> 00:00:12 乙> 00:00:14 丙>",
        ),
        # between and after cues
        (
            "[00:08]问：甲？\n\n记录：略。\n\n[00:12]乙\n[00:14]丙。\n\n（完）\n",
            "00:00:08 问：甲？\n记录：略。 00:00:12 乙> 00:00:14 丙。\n（完）>",
        ),
        (
            "1\n00:00:01,000 --> 00:00:03,000\n甲\n\n又一段。\n\n2\n00:00:03,000 --> 00:00:05,000\n乙\n\n字幕：丁\n",
            "00:00:01 甲\n又一段。 00:00:03 乙\n字幕：丁>",
        ),
        # speakers who go on for some paragraphs
        (
            "[00:01]问：一\n答：二。\n再说。\n[00:09]问：三\n答：四。\n再说。\n[00:19]问：五\n",
            "00:00:01 问：一答：二。再说。 00:00:09 问：三答：四。再说。 00:00:19 问：五>",
        ),
        # somebody else begins to speak
        (
            "[00:01]【字幕】甲\n[00:02]【解说】乙\n[00:03]说到\n[00:04]丁\n",
            "00:00:01 【字幕】甲 00:00:02 【解说】乙> 00:00:03 说到> 00:00:04 丁>",
        ),
    ],
)
def test_nothing_beside_the_cues_is_lost(text: str, expected: str) -> None:
    leaves = reading(text).leaves
    assert " ".join(f"{leaf.time} {leaf.text}{'>' if leaf.run_on else ''}" for leaf in leaves) == expected


def test_a_phrase_across_cues_is_found_and_each_part_knows_its_time() -> None:
    document = assemble("档案", reading(f"{PREAMBLE}\n{SRT}", "片.srt"), "", "subtitles/2")
    at = document.text.index("职务便利，收受")
    assert document.pages[document.page_number(at) - 1].time == "00:00:01"
    assert document.pages[document.page_number(at + 4) - 1].time == "00:00:03"
    assert document.page_number(document.text.index("来源")) == 1
    assert document.pages[0].time is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"{PREAMBLE}\n{SRT}", "警示教育片《河堤》解说词"),
        (SRT, "河堤 字幕"),
        (SRT.replace("他利用职务便", "警示教育片《河堤》"), "警示教育片《河堤》"),
        (SRT.replace("他利用职务便", "他把《河堤》送给我，"), "河堤 字幕"),
        ("WEBVTT - 河堤上\n\n00:01.000 --> 00:04.000\n甲\n", "河堤上"),
    ],
)
def test_titles(text: str, title: str) -> None:
    assert reading(text, "影片/河堤 字幕.srt").title == title


def test_captions_that_roll_up_are_read_once() -> None:
    shown = ["今天", "今天\n我们", "我们", "我们\n开会", "开会", "开会"]
    text = "".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n + 1},000\n{cue}\n\n" for n, cue in enumerate(shown))
    assert [(leaf.time, leaf.text) for leaf in reading(text).leaves] == [
        ("00:00:00", "今天"),
        ("00:00:01", "我们"),
        ("00:00:03", "开会"),
    ]


def test_title_and_author_that_the_file_states() -> None:
    assert reading(ASS).title == "镜鉴"
    found = reading("[ti:警钟]\n[ar:赵一帆]\n[00:01]a\n[00:02]b\n[00:03]c\n")
    assert (found.title, found.meta["author"].value) == ("警钟", "赵一帆")


@pytest.mark.parametrize(
    "text",
    [
        "会议定于\n09:30 开始\n地点不变\n",
        "",
        "<html>00:00:01,000 --> 00:00:02,000</html>",
        "一、时间\n二、地点",
        "12:30:45",
        "关于召开会议的通知\n各单位：\n现将议程通知如下。\n09:00 签到\n09:30 讲话\n10:00 讨论\n联系人：丁\n",
    ],
)
def test_a_text_that_mentions_times_is_no_transcript(text: str) -> None:
    assert not READER.identify(Blob("a.txt", text.encode()))


@given(
    st.lists(
        st.tuples(st.integers(0, 359_999), st.text("职务便利。，", min_size=1, max_size=8)), min_size=1, max_size=20
    )
)
def test_no_character_of_a_subtitle_is_lost(cues: list[tuple[int, str]]) -> None:
    text = "".join(f"{n}\n{clock(at)},000 --> {clock(at)},900\n{n}{words}#\n\n" for n, (at, words) in enumerate(cues))
    leaves = reading(text).leaves
    assert [(leaf.time, leaf.text) for leaf in leaves] == [
        (clock(at), f"{n}{words}#") for n, (at, words) in enumerate(cues)
    ]


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.text("职务便利。，", max_size=8)), min_size=1, max_size=20))
def test_no_line_of_a_transcript_is_lost(lines: list[tuple[bool, bool, str]]) -> None:
    """Lines with a time and without, after an empty line and not: all are read, in order."""
    said = [f"{number}{words}#" for number, (_, _, words) in enumerate([*lines, *[(True, False, "")] * 20])]
    timed = [timed for timed, _, _ in lines] + [True] * 20
    gaps = [gap for _, gap, _ in lines] + [False] * 20
    text = "\n".join(
        "\n" * gap + (f"[{clock(number)}]" if has_time else "") + words
        for number, (has_time, gap, words) in enumerate(zip(timed, gaps, said, strict=True))
    )
    leaves = reading(text).leaves
    assert "".join("".join(leaf.text.split()) for leaf in leaves) == "".join(said)
    assert [leaf.time for leaf in leaves if leaf.time] == [clock(n) for n, has_time in enumerate(timed) if has_time]
