"""The kind of a document: a scored choice among six, from cues that can be read and weights that can be checked.

The cues stand in `lexicon/kind_*.txt`, one list a group; `features` counts them in the title, the lead and the body.
`lexicon/kind_weights.tsv` says how much each feature speaks for each kind; `python -m benchmarks.train_kinds` writes
it. What is of a kind by definition (a text in articles is a regulation) is not left to the weights.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, log1p

from corpus.metadata import KINDS

VERSION = 1

#: The groups of cues, each a file of the lexicon.
GROUPS: tuple[str, ...] = (
    "investigation", "discipline", "court", "subject", "circular", "work", "figures", "agency", "statute",
    "doctrine", "confession", "film", "meeting", "appointment", "office", "public",
)  # fmt: skip

#: Groups of which any text of the field has a cue.
_OWN = ("investigation", "discipline", "court", "agency", "office")
# Speech and film are cues of a story told to warn only where someone fell: others confess and are filmed too.
_OF_A_FALL = ("confession", "film")
_FALL = re.compile("违纪|违法|受贿|行贿|贪|腐败|忏悔|廉|纪委|监委|处分|开除|警示教育")
#: Characters of the lead and of the body that are read: what a text is, it says early.
LEAD, BODY = 220, 3000

_GROUP_LABELS = dict(
    zip(
        GROUPS,
        ("审查调查", "处分决定", "起诉审判", "人物简历", "通报用语", "工作用语", "数据", "机关", "法规用语", "业务分析",
         "忏悔反思", "专题片", "会议活动", "人事任免", "职务职权", "社会新闻"),
        strict=True,
    )
)  # fmt: skip
_ALWAYS = 0  # no two characters of a text are this number
_ARTICLE = re.compile(r"^[\s\u3000]*第[一二三四五六七八九十百零\d]{1,7}条[\s\u3000]", re.MULTILINE)
_NUMBERED = re.compile(r"(?:^|[。：:\s])(?:\d{1,2}[.．、](?!\d)|[一二三四五六七八九十]{1,3}、)")
_SANCTIONED = re.compile(r"受到[^。，]{0,12}(?:警告|记过|记大过|撤职|开除|诫勉|处分|处理|撤销|留党)|被开除党籍|被给予")
# How a circular opens each problem: who, what, and 问题 or 案 before the full stop.
_PROBLEM = re.compile(r"(?:^|(?<=[。：\n]))\s*[^。：\n]{8,120}(?:问题|案)。")
_SEVERAL = re.compile(r"(?:[2-9两二三四五六七八九十]|\d\d)\s?(?:起|例|个)[^。，]{0,40}(?:问题|案例|案件)")
_DAY_LEAD = re.compile(
    r"据[^。，]{2,30}(?:纪委|监委|检察院|最高检|法院|中院|廉洁|清风)[^。，]{0,20}(?:消息|通报|[:：])"
)
_CIRCULAR_TITLE = re.compile(
    r"(?:公开)?(?:通报|曝光)[^，。！]{0,12}(?:[\d两二三四五六七八九十]+)\s?[起例][^。]{2,40}(?:问题|案例|案件)\s*$"
    r"|(?:问题|案例|案件|情况)的?(?:情况)?通报$|关于对?[^。]{2,60}的通报$|通报[^。]{0,20}典型(?:问题|案例)\W*$"
)
_WARNING_TITLE = re.compile(
    r"忏悔(?:录|书|实录)|警示录|(?:案例|案件|案)剖析|剖析材料|反思材料|警示教育(?:片|专题片)?(?:解说词|脚本|文稿|材料)|以案为[镜鉴戒]|(?:警钟|镜鉴|监督哨|以案说[纪法])\s?[|｜丨:：]"
)
_BULLETIN_TITLE = re.compile(r"简报|工作动态|会议纪要|信息专报|工作(?:总结|信息|快报)|观看|召开|举办|举行|开展")
# A confession speaks of 我 at least once in 60 characters and has these words of repentance.
_REPENTANCE = (
    "悔",
    "对不起",
    "辜负",
    "愧",
    "贪",
    "底线",
    "迷失",
    "堕落",
    "以我为戒",
    "深渊",
    "组织",
    "第一次",
    "侥幸",
    "家人",
)
_RULE_TITLE = re.compile(r"(?:条例|准则|规定|办法|细则|规则|法)(?:[（(][^）)]{2,12}[）)])?$")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of `metadata.KINDS`, its probability from 0 to 1, and in Chinese what spoke most for it."""

    label: str
    confidence: float
    evidence: tuple[str, ...]


def classify(title: str, text: str) -> Kind:
    """Return the kind of the document with this title ("" where it has none) and text (with or without the title)."""
    if defined := _by_definition(title, text):
        return defined
    found = features(title, text)
    weights = _weights()
    scores = {
        label: sum(weights[name][label] * value for name, value in found.items() if name in weights) for label in KINDS
    }
    highest = max(scores.values())
    odds = {label: exp(score - highest) for label, score in scores.items()}
    best = max(odds, key=odds.__getitem__)
    return Kind(best, round(odds[best] / sum(odds.values()), 4), _evidence(best, title, text, found))


def features(title: str, text: str) -> dict[str, float]:
    """Return the features that are not zero: counts of cues, on a scale from 0 to about 2, and marks of form."""
    body = text[: len(title) + BODY]
    body = body.removeprefix(title) if title else body
    lead = body[:LEAD]
    found = {"bias": 1.0}
    fallen = _FALL.search(body) is not None
    printed, headed = _seen(body), _seen(title)
    for group in GROUPS:
        if group in _OF_A_FALL and not fallen:
            continue
        if cues := printed.get(group):
            found[f"body:{group}"] = log1p(sum(map(body.count, cues)) * 1000 / (len(body) + 300))
            if opening := sum(cue in lead for cue in cues):
                found[f"lead:{group}"] = min(opening, 3) / 3
        if group in headed:
            found[f"title:{group}"] = 1.0
    if not any(f"body:{group}" in found for group in _OWN):
        found["form:unrelated"] = 1.0
    found.update(_form(title, lead, body))
    return found


def _seen(text: str) -> dict[str, list[str]]:
    """The cues that stand in the text, by group. Most do not: only those are looked for whose beginning does."""
    found: dict[str, list[str]] = {}
    beginnings = _beginnings()
    for pair in beginnings.keys() & {_ALWAYS, *_pairs(text)}:
        for group, cue in beginnings[pair]:
            if cue in text:
                found.setdefault(group, []).append(cue)
    return found


def _pairs(text: str) -> set[int]:
    """Each two characters that stand together, as one number: far less work than as strings."""
    written = text.encode("utf-16-le", "surrogatepass")
    return {*_numbers(written), *_numbers(written[2:])}


def _numbers(written: bytes) -> array[int]:
    return array("I", written[: len(written) // 4 * 4])


def _form(title: str, lead: str, body: str) -> dict[str, float]:
    """Marks that are no words: numbered items, articles, several problems announced, speech, laws named."""
    marks = {
        "numbered": min(len(_NUMBERED.findall(body)), 8) / 8,
        "articles": min(len(_ARTICLE.findall(body)), 8) / 8,
        "laws": log1p(body.count("》第") + body.count("刑法第") + body.count("法第")),
        "problem_lead": _PROBLEM.match(lead) is not None,
        "problems": min(len(_PROBLEM.findall(body)), 6) / 6 if "问题。" in body or "案。" in body else 0,
        "sanctioned": min(len(_SANCTIONED.findall(body)), 6) / 6,
        "several": _SEVERAL.search(title + lead) is not None,
        "notice_lead": _DAY_LEAD.search(lead) is not None,
        "speech": min(body.count("“"), 12) / 12,
        "first_person": log1p(body.count("我") * 1000 / (len(body) + 300)),
        "column": any(mark in title for mark in "|丨｜"),
    }
    return {f"form:{name}": float(value) for name, value in marks.items() if value}


def _by_definition(title: str, text: str) -> Kind | None:
    """The kind that a document is by its form: rules in articles, confessions, titles that say it."""
    articles = len(_ARTICLE.findall(text, 0, 20_000))
    if articles >= 5 or (articles >= 2 and _RULE_TITLE.search(title)):
        return Kind("regulation", 0.99, (f"分条：第…条 {articles} 处",))
    repented = {word for word in _REPENTANCE if word in text[:BODY]}
    if len(repented) >= 4 and text.count("我", 0, BODY) * 60 > min(len(text), BODY):
        return Kind("warning_education", 0.95, (f"第一人称自述：{'、'.join(sorted(repented))}",))
    name = title.strip()
    if match := _CIRCULAR_TITLE.search(name):
        return Kind("circular", 0.98, (f"标题：{match.group()}",))
    if (match := _WARNING_TITLE.search(name)) and not _BULLETIN_TITLE.search(name):
        return Kind("warning_education", 0.97, (f"标题：{match.group()}",))
    return None


def _evidence(label: str, title: str, text: str, found: Mapping[str, float]) -> tuple[str, ...]:
    """Up to four features that spoke most for `label`, each with a cue that was seen."""
    weights = _weights()
    average = {name: sum(weights[name].values()) / len(KINDS) for name in found if name in weights}
    gain = {name: (weights[name][label] - mean) * found[name] for name, mean in average.items() if name != "bias"}
    zones = {"title": ("标题", title), "lead": ("开头", text[: len(title) + LEAD]), "body": ("正文", text[:BODY])}
    said = []
    for name in sorted(gain, key=gain.__getitem__, reverse=True)[:4]:
        zone, _, group = name.partition(":")
        if gain[name] > 0 and group in _GROUP_LABELS:
            where, part = zones[zone]
            seen = next((cue for cue in _cues()[group] if cue in part), "")
            said.append(f"{where}：{_GROUP_LABELS[group]}（{seen}）")
    return tuple(said)


@cache
def _cues() -> dict[str, tuple[str, ...]]:
    return {group: tuple(_read(f"kind_{group}.txt")) for group in GROUPS}


@cache
def _beginnings() -> dict[int, list[tuple[str, str]]]:
    """The cues with their groups, by their first two characters; those of one character under _ALWAYS."""
    found: dict[int, list[tuple[str, str]]] = {}
    for group, cues in _cues().items():
        for cue in cues:
            found.setdefault(_pairs(cue[:2]).pop() if len(cue) > 1 else _ALWAYS, []).append((group, cue))
    return found


@cache
def _weights() -> dict[str, dict[str, float]]:
    """The weight of each feature for each kind."""
    header, *rows = (line.split("\t") for line in _read("kind_weights.tsv"))
    return {name: dict(zip(header[1:], map(float, numbers), strict=True)) for name, *numbers in rows}


def _read(name: str) -> list[str]:
    lines = files("indexer").joinpath(f"lexicon/{name}").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
