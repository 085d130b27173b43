"""Officials: the people of a text who hold or held a public post, or are dealt with in it."""

from __future__ import annotations

import re
from collections import defaultdict

from indexer.extract import introductions, marks, sanctions, stages, titles
from indexer.extract.attribution import Roll, roll, to_whom
from indexer.extract.extraction import Named, Span
from indexer.extract.introductions import Introduction

#: Titles that say nothing about a public post.
_PRIVATE = re.compile(
    r"(?:记者|编辑|总编|主编|老板|经纪人|律师|司机|保姆|代表|顾问|会计|出纳|工程师|医生|教师|老师|教授|讲师|研究员|专家|院士|业务员|(?<!总)经理|职员|职工|员工|总编辑|"
    r"法定代表人|负责人|股东|村民|学生|驾驶员|技术员|秘书|大使|总统|总理|首相)$"
)
_BYLINE = re.compile(
    r"(?:记者|通讯员|编辑|责编|责任编辑|校对|审核|监制|摄影|作者|文[｜丨|/]|图[｜丨|/]|实习生|制图|供图|审签|终审|编审)[\s：:/｜丨|（）]*(?:[\u4e00-\u9fff]{2,3}[\s、，]+)*$"
)
_CREDIT = 30


def find(text: str) -> tuple[Named, ...]:
    """The officials of `text`, each once with every place where the name stands, in the order of the first."""
    even = marks.even(text)
    found = introductions.find(even)
    here = roll(even, (0, len(even)), found)
    posted = {one.name for one in found.introductions if _is_public(one)}
    dealt = _dealt_with(even, here)
    posted |= {one.name for one in found.introductions if _has_title_after(even, one)}
    names = [one.name for one in here.people if one.name in posted or one.name in dealt]
    names += [name for name in _acting(even, found.introductions) if name not in names]
    at: dict[str, list[Span]] = defaultdict(list)
    for name in sorted(set(names), key=len, reverse=True):
        for match in re.finditer(re.escape(name), even):
            span = match.span()
            if not _is_byline(even, span[0]) and not any(
                low <= span[0] < high for spans in at.values() for low, high in spans
            ):
                at[name].append(span)
    ordered = sorted((spans[0], name) for name, spans in at.items() if spans)
    return tuple(Named(text[slice(*first)], tuple(at[name])) for first, name in ordered)


def _is_public(one: Introduction) -> bool:
    return any(
        not _PRIVATE.search(post.title) or (post.org or "").endswith(("委", "局", "厅", "政府")) for post in one.posts
    )


def _has_title_after(even: str, one: Introduction) -> bool:
    match = titles.after_name().match(even, one.at[1])
    return match is not None and not _PRIVATE.search(match.group())


def _dealt_with(even: str, here: Roll) -> set[str]:
    """Those whom a sanction or a stage of a matter befell, in a sentence that names them."""
    events = [told.span for told in sanctions.tell(even, 0, len(even))]
    events += [(stage.start, stage.end) for stage in stages.tell(even, 0, len(even))]
    return {
        near
        for span in events
        for name in to_whom(even, here, span)
        for near in here.named_in_sentence(even, name, span[0])
    }


_ACTS = re.compile(r"(?:同志|总书记|(?:出席|主持|指出|强调|讲话|作报告|宣布|参加会议|率队))")


def _acting(even: str, people: tuple[Introduction, ...]) -> list[str]:
    """Those named without a post who act as officials do: 某某主持会议."""
    return list(dict.fromkeys(one.name for one in people if _ACTS.match(even, one.at[1])))


def _is_byline(even: str, at: int) -> bool:
    return _BYLINE.search(even, max(0, at - _CREDIT), at) is not None
