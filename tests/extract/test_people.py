"""Names: where they end, those that are words too, masked and dotted ones; officials and who is none."""

from __future__ import annotations

import pytest

from indexer.extract import introductions, marks, officials


def names(text: str) -> list[str]:
    return [one.name for one in introductions.find(marks.even(text)).introductions]


@pytest.mark.parametrize(
    ("text", "name", "about"),
    [
        ("青禾县财政局局长许怀民严重违纪。许怀民违规收受礼金。", "许怀民", "three characters"),
        ("青禾县财政局局长卢晨违规收受礼金问题。卢晨先后收受礼金。", "卢晨", "two characters before a verb"),
        (
            "青禾县财政局局长卢文全违规收受礼金。卢文全先后收受礼金。卢文全还存在其他问题。",
            "卢文全",
            "全 is his, not 全违规",
        ),
        ("青禾县财政局局长韩永均严重违纪。韩永均理想信念丧失。给予韩永均开除党籍处分。", "韩永均", "均 is his"),
        ("青禾县财政局局长温保辰，县民政局局长陆行舟受到党内警告处分。", "温保辰", "a name of rare characters"),
        ("青禾县财政局局长张某受到党内警告处分。", "张某", "masked"),
        ("青禾县财政局局长朱某某受到党内警告处分。", "朱某某", "masked twice"),
        ("青禾县财政局局长欧阳明远受到党内警告处分。", "欧阳明远", "a double surname"),
        ("青禾县第二中学校长阿不都热西提·买买提受到党内警告处分。", "阿不都热西提·买买提", "a dotted name"),
        ("青禾县审计局干部 柳 妍 清江市审计局办公室主任 钱 朋 青禾县审计局法规科科长", "柳 妍", "spaced in a table"),
        ("检察院指控，高峰在担任清江市市长期间收受财物。高峰认罪。", "高峰", "a name that is a word"),
    ],
)
def test_a_name_is_whole(text: str, name: str, about: str) -> None:
    assert name in names(text), about


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("青禾县财政局领导干部严重违纪。", "严重 is no name"),
        ("办案民警遇到交警查酒驾。", "查酒驾 is no name"),
        ("全市各单位主要负责人等参加会议。", "nobody is named"),
    ],
)
def test_no_name(text: str, about: str) -> None:
    assert names(text) == [], about


@pytest.mark.parametrize(
    ("text", "expected", "about"),
    [
        ("青禾县财政局局长许怀民主持会议。", ["许怀民"], "a post before the name"),
        ("许怀民，男，中共党员，青禾县财政局原局长。", ["许怀民"], "a post after the particulars"),
        ("经查，许怀民曾任青禾县财政局局长。", ["许怀民"], "曾任"),
        ("任命许怀民为青禾县财政局局长。", ["许怀民"], "an appointment"),
        ("青禾县财政局局长是许怀民。", ["许怀民"], "post, 是, name"),
        ("许怀民受到开除党籍处分。", ["许怀民"], "dealt with, post not told"),
        ("（记者 许怀民）青禾县召开会议，县财政局局长陆行舟参加。", ["陆行舟"], "who writes is no official"),
    ],
)
def test_officials(text: str, expected: list[str], about: str) -> None:
    found = officials.find(text)
    assert [one.name for one in found] == expected, about
    assert all(text[start:end] == one.name for one in found for start, end in one.spans)
