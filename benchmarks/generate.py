"""Documents in the shape of the field, as many as wanted: the same number always gives the same text.

A text is made from its number alone, so a million of them need no memory. People and places are put together from
single characters; the sentences around them are words of jieba's dictionary drawn by their frequency, so that the
vocabulary has the long tail of real text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate
from random import Random
from typing import overload

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "朝晖文斌志刚海涛明远立群国栋雪梅秀兰建平永清德昌春燕少华伟民宏图敬之思源光耀景行子墨若愚长庚一鸣"
_PLACES = "澜汀岚屿珞栖霁沅汐芷榆槿淞滨崤峪岑浔泓蒲"
_LEVELS = ("市", "县", "区")
_BUREAUS = (
    "审计局", "交通运输局", "自然资源局", "住房和城乡建设局", "财政局", "农业农村局", "教育局", "医疗保障局",
    "水利局", "人民医院", "城市管理局", "供销合作社", "公安局", "应急管理局", "林业局",
)  # fmt: skip
_POSTS = (
    "党组书记、局长", "党组成员、副局长", "原党组书记、局长", "办公室主任", "四级调研员", "财务科科长", "原副局长",
)  # fmt: skip
_ACTS = (
    "违规收受礼品礼金", "违规吃喝", "公车私用", "违规发放津贴补贴", "利用职务便利为他人谋取利益",
    "违规插手工程项目", "隐瞒不报个人有关事项", "虚报冒领专项资金", "截留挪用惠民补贴",
    "违规操办婚丧喜庆事宜", "收受管理服务对象财物",
)  # fmt: skip
_SANCTIONS = (
    "党内警告处分", "党内严重警告处分", "撤销党内职务处分", "留党察看一年处分", "开除党籍处分", "政务记过处分",
    "政务撤职处分", "开除公职处分",
)  # fmt: skip
_OPENINGS = ("会议指出", "全会强调", "调查显示", "该同志表示", "检查组发现", "据介绍", "与此同时", "下一步")
_CHINESE = "一二三四五六七八九"

#: Parts of speech in jieba's dictionary that name real people, places and bodies.
_NAMES = ("nr", "ns", "nt", "nz")
_VOCABULARY = 60_000
_SENTENCE = (4, 12)  # words from the dictionary


class Generated(Sequence[str]):
    """`count` texts of about 300 characters, made when they are asked for; another seed gives other texts."""

    def __init__(self, count: int, seed: int = 0) -> None:
        self._count, self._seed = count, seed

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> list[str]: ...
    def __getitem__(self, number: int | slice) -> str | list[str]:
        if isinstance(number, slice):
            return [self[index] for index in range(*number.indices(self._count))]
        if not 0 <= number < self._count:
            raise IndexError(number)
        return _document(Random(f"{self._seed}/{number}"))


def _document(chance: Random) -> str:
    """A circular, a case notice, a bulletin or a piece of warning education."""
    make = chance.choices((_circular, _notice, _bulletin, _warning), (3, 3, 3, 1))[0]
    place = _place(chance)
    title, body = make(chance, place)
    year, month, day = chance.randint(2012, 2024), chance.randint(1, 12), chance.randint(1, 28)
    head = f"{title}\n来源：{place}纪委监委　发布时间：{year}-{month:02}-{day:02}\n"
    return f"{head}{body}\n{place}纪委监委\n{year}年{month}月{day}日\n"


def _circular(chance: Random, place: str) -> tuple[str, str]:
    count = chance.randint(2, 3)
    problems = [f"{_CHINESE[number]}、{_offence(chance, place)}{_sentence(chance)}" for number in range(count)]
    body = "\n".join([f"为严明纪律，现将{count}起典型问题通报如下。", *problems, f"上述问题{_sentence(chance)}"])
    return f"{place}纪委监委通报{count}起{chance.choice(_ACTS)}典型问题", body


def _notice(chance: Random, place: str) -> tuple[str, str]:
    name = _name(chance)
    introduced = f"{place}{chance.choice(_BUREAUS)}{chance.choice(_POSTS)}{name}"
    acts, sanction = "，".join(chance.sample(_ACTS, 2)), chance.choice(_SANCTIONS)
    born = f"{chance.randint(1955, 1985)}年{chance.randint(1, 12)}月"
    body = (
        f"{introduced}涉嫌严重违纪违法，目前正接受{place}纪委监委纪律审查和监察调查。\n"
        f"经查，{name}{acts}，涉案金额共计{chance.randint(1, 9000) / 10}万元。{_sentences(chance, 3)}\n"
        f"依据《中国共产党纪律处分条例》第{chance.randint(20, 150)}条等规定，给予{name}{sanction}。\n"
        f"{name}简历：{name}，男，汉族，{born}生。{_sentence(chance)}"
    )
    return f"{introduced}接受审查调查", body


def _bulletin(chance: Random, place: str) -> tuple[str, str]:
    bureau = chance.choice(_BUREAUS)
    counts = f"今年以来，全{place[-1]}共立案{chance.randint(3, 200)}件，处分{chance.randint(3, 200)}人。"
    body = (
        f"近日，{place}{bureau}召开警示教育大会，{_name(chance)}主持会议并讲话。{_sentences(chance, 4)}\n"
        f"{counts}{_sentences(chance, 3)}"
    )
    return f"{place}{bureau}{''.join(_words(chance, 3))}工作简报", body


def _warning(chance: Random, place: str) -> tuple[str, str]:
    name = _name(chance)
    lines = [f"我叫{name}，曾任{place}{chance.choice(_BUREAUS)}{chance.choice(_POSTS)}。{_sentences(chance, 4)}"]
    lines.append(f"{_offence(chance, place)}{_sentences(chance, 3)}我对不起组织，对不起家人。")
    return f"{name}忏悔录：{''.join(_words(chance, 3))}", "\n".join(lines)


def _offence(chance: Random, place: str) -> str:
    year = chance.randint(2008, 2023)
    return (
        f"{place}{chance.choice(_BUREAUS)}{chance.choice(_POSTS)}{_name(chance)}{chance.choice(_ACTS)}问题。"
        f"{year}年至{year + 1}年，{_name(chance)}先后{chance.randint(2, 9)}次收受所送现金{chance.randint(1, 80)}万元，"
        f"受到{chance.choice(_SANCTIONS)}。"
    )


def _sentences(chance: Random, count: int) -> str:
    return "".join(_sentence(chance) for _ in range(count))


def _sentence(chance: Random) -> str:
    words = _words(chance, chance.randint(*_SENTENCE))
    middle = len(words) // 2
    return f"{chance.choice(_OPENINGS)}，{''.join(words[:middle])}，{''.join(words[middle:])}。"


def _words(chance: Random, count: int) -> list[str]:
    words, weights = _dictionary()
    return chance.choices(words, cum_weights=weights, k=count)


def _name(chance: Random) -> str:
    return chance.choice(_SURNAMES) + "".join(chance.choices(_GIVEN, k=chance.choice((1, 2, 2))))


def _place(chance: Random) -> str:
    return "".join(chance.choices(_PLACES, k=2)) + chance.choice(_LEVELS)


@cache
def _dictionary() -> tuple[list[str], list[int]]:
    """The commonest words of two to four characters that name nobody, and their summed frequencies."""
    found = []
    for line in files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").splitlines():
        word, frequency, tag = line.split(" ")
        if re.fullmatch("[一-鿕]{2,4}", word) and not tag.startswith(_NAMES):
            found.append((int(frequency), word))
    found.sort(key=lambda row: (-row[0], row[1]))
    del found[_VOCABULARY:]
    return [word for _, word in found], list(accumulate(frequency for frequency, _ in found))
