"""How much a string looks like text that somebody wrote: classes of characters with a weight each."""

from __future__ import annotations

import re
import unicodedata

# The commonest characters of written Chinese, simplified and then the traditional forms that differ; they make
# up about three quarters of running text. Order does not matter.
_FREQUENT = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
    "用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实"
    "日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政"
    "美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员"
    "解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件"
    "计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象"
    "完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运笔质检纪监"
    "察委党省县镇乡村镇局厅办案例违处罚款贿赂贪污审判证责职务干部组织群众问题工作单位公司企业项目资金财费"
    "用收送礼品违规吃喝接待私车房屋合同招投标采购开除籍严重警告撤销调查涉嫌犯罪移送依法通报曝光典型风廉洁"
    "腐败整改落实巡视督促教育警示录忏悔自己家庭妻子儿子朋友老板万元亿余共计以上左右李王张刘陈杨黄赵周吴徐孙"
    "們這個來為國說時會對後裡種經過發學現當沒動還進樣從實無與長機關點業將兩間問應戰頭體見產門話員東聲義條"
    "氣題爾變總電數報結務場計資許統區隊決馬書則聽達強難權設類據邊張該規萬術領確傳師觀讓識帶導爭運質檢紀監"
    "黨縣鎮鄉廳辦違處罰賄賂貪審證責職組織眾單財費禮購開嚴調嫌通報風潔敗實視錄億餘計劉陳楊黃趙吳孫陽廣華"
)
_PUNCTUATION = frozenset("\xa0·×°±。，、：；？！《》“”‘’（）—…·「」『』【】〔〕　０１２３４５６７８９％\n")

# Natural logs of a character's likelihood, from the share of running text each class has and its size.
_ASCII, _MARK, _COMMON, _USUAL, _OTHER_SCRIPT, _RARE, _SYMBOL, _NEVER = (
    -4.5,
    -6.0,
    -6.7,
    -9.5,
    -9.0,
    -14.5,
    -13.0,
    -20.0,
)
_GARBLED_MEAN = -12.0
_WEIGHED = 500  # characters that show whether a text is garbled
_UTF8_READ_AS_LATIN = re.compile("[\u00c2-\u00ef][\u0080-\u00bf\u0152-\u2122]")
_ASCII_RUNS = re.compile("[\x00-\x7f]+")
_PLACEHOLDERS = ("锟斤拷", "烫烫烫", "屯屯屯", "\ufffd")


def likelihood(text: str) -> float:
    """The natural log of how likely the characters of the text are; greater is likelier. "" has 0."""
    return sum(map(_WEIGHTS.__getitem__, text))


def is_common(character: str) -> bool:
    """Whether a character is a usual one of Chinese texts: among the 3,755 of GB 2312 level 1, or Big5's level 1."""
    return _WEIGHTS[character] >= _USUAL


def looks_garbled(text: str) -> bool:
    """Whether a text is mojibake: text that was decoded wrongly, here or before it came to us."""
    if not text or text.isascii():
        return False
    beginning = text[:_WEIGHED]
    others = _ASCII_RUNS.sub("", beginning)
    placeholders = sum(len(mark) * text.count(mark) for mark in _PLACEHOLDERS)
    if placeholders * 50 > len(text) or 2 * len(_UTF8_READ_AS_LATIN.findall(beginning)) > 0.6 * max(len(others), 1):
        return True
    return likelihood(others) < _GARBLED_MEAN * len(others)


class _Weights(dict[str, float]):
    """What each character weighs, worked out when it is first met; no more than all characters there are."""

    def __missing__(self, character: str) -> float:
        weight = self[character] = _weigh(character)
        return weight


_WEIGHTS = _Weights()


def _weigh(character: str) -> float:
    code = ord(character)
    if code < 0x80:
        return _ASCII if code >= 0x20 or character in "\t\n\r\f" else _NEVER
    if character in _PUNCTUATION:
        return _MARK
    if 0x3400 <= code <= 0x9FFF or 0x20000 <= code <= 0x323AF:
        return _weigh_han(character)
    category = unicodedata.category(character)
    if category in {"Cc", "Cn", "Co", "Cs"}:
        return _NEVER
    return _OTHER_SCRIPT if category[0] in "LN" and code < 0x0530 else _SYMBOL


def _weigh_han(character: str) -> float:
    if character in _FREQUENT:
        return _COMMON
    return _USUAL if _first_level(character) else _RARE


def _first_level(character: str) -> bool:
    """Whether GB 2312 or Big5 counts the character among the usual ones (level 1), by the first of its two bytes."""
    for encoding, first, last in (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6)):
        try:
            lead = character.encode(encoding)[0]
        except UnicodeEncodeError:
            continue
        if first <= lead <= last:
            return True
    return False
