"""The cases of a document: who is dealt with, with which posts, sanctions and stage, and for what."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from indexer.extract import introductions, marks, organisations, sanctions, segments, stages, violations
from indexer.extract.attribution import Roll, roll, to_whom
from indexer.extract.extraction import Case, Post, Span, Subject
from indexer.extract.introductions import Found, Introduction

#: Without one of these words a text tells of no case.
_TRIGGER = re.compile(
    r"违纪|违法|违规|受贿|贪污|处分|处理|开除|双开|审查调查|监察调查|留置|逮捕|公诉|起诉|被查|判处|获刑|诫勉|问责|醉驾|酒驾|案"
)
#: Where the headline and the dateline end and the notice begins.
_DATELINE = re.compile(
    r"(?:网站|报|社|客户端|经纬|网)讯[\s\u3000：，]*|\d日(?:电|讯)(?:（[^）]{2,30}）)?[\s\u3000，：]*|消息[：，]\s*"
    r"|"
    r"原标题：[^\n]{0,80}\n"
)
_DATELINE_WITHIN = 260
#: Where the body begins after a headline that no line break ends.
_AFTER_HEADLINE = re.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日[，\u4e00-\u9fff]|近日，|日前，")
_BIOGRAPHY = re.compile(
    r"(?:公开|个人|人物)?(?:简历|履历|资料)(?:显示)?[：，\s]|[\u4e00-\u9fff]{2,4}简历|[\u4e00-\u9fff]{2,4}，(?:男|女)，"
)
#: Sanctions that only a member of the Party or a public employee can receive.
_DISCIPLINE = frozenset(
    {"党内警告", "党内严重警告", "撤销党内职务", "留党察看", "开除党籍", "开除公职", "政务警告", "政务记过",
     "政务记大过", "政务降级", "政务撤职", "诫勉"}
)  # fmt: skip
#: An organisation that a problem is not about: its people are meant, or it is the one that deals with the problem.
_NOT_ABOUT = re.compile(r"居民|村民|群众|籍|人(?!民|大|力)")
#: That people of the organisation were sanctioned, though none is named.
_SOMEONE_SANCTIONED = re.compile(r"处分|问责|追责|诫勉|批评教育|相应处理|(?:责任|负责)人[^。；]{0,24}处理")
#: Titles that say what somebody did, not what he is.
_NO_POSTS = ("驾驶员", "司机", "代表", "记者", "法官", "律师")
_DEALS = re.compile(r"(?:纪委监委|纪委|监委|监察委员会|某公司)$")
_OUTCOME = re.compile(r"接受[^。；]{0,40}调查|处分|处理|问责|追究|移送|判处|诫勉|开除|双开|免职|审查调查|留置")


@dataclass(frozen=True, slots=True)
class _Told:
    """What a stretch of text tells of one person."""

    sanctions: tuple[str, ...]
    stages: tuple[str, ...]
    near: bool  # whether any of it is told in a sentence that names the person


def find_cases(text: str, title: str = "", kind: str = "") -> tuple[Case, ...]:
    """The cases that `text` tells of, in order; amounts, offences and years of conduct are left empty.

    `title` is the document's title ("" where it has none), `kind` its kind; a statute has no cases.
    """
    if kind == "regulation" or not _TRIGGER.search(text):
        return ()
    even = marks.even(text)
    found = introductions.find(even)
    problems = segments.cut(even, _starts(even, found)) or segments.paragraphs(even, _names_at(found))
    if problems:
        lead = violations.of_lead(even, 0, problems[0][0])
        cases = [_typical(case, lead) for span in problems for case in _problem(text, even, span, found)]
    else:
        cases = _notices(text, even, found, title)
    return tuple(cases)


def _typical(case: Case, lead: tuple[str, ...]) -> Case:
    """The case with what the circular says it is an example of, where its own words name no violation."""
    if set(case.violations) - {violations.OTHER}:
        return case
    return replace(case, violations=lead + case.violations)


def _starts(even: str, found: Found) -> frozenset[int]:
    """The offsets where an introduction or the name of an organisation or place begins."""
    people = {introduction.span[0] for introduction in found.introductions}
    return frozenset(people | organisations.starts(even))


def _names_at(found: Found) -> tuple[tuple[int, str], ...]:
    return tuple((one.at[0], one.name) for one in found.introductions)


def _problem(text: str, even: str, span: Span, found: Found) -> list[Case]:
    """The case of one problem of a circular; none where no outcome is told."""
    here = roll(even, span, found)
    told = _told(even, span, here)
    heading = segments.heading_end(even, span)
    headed = [person for person in here.people if person.posts and person.at[0] < heading]
    dealt = [person for person in here.people if _is_dealt_with(person, told[person.name])]
    if not dealt and headed and _OUTCOME.search(even, heading, span[1]):
        dealt = headed
    about = organisations.first(even, span[0], heading)
    dealt = [_spelled_out(person, even[slice(*about)] if about else "") for person in dealt]
    subjects = [_subject(text, even, person, told) for person in dealt]
    if not subjects and not headed:
        subjects = _organisation(text, even, span, heading)
    if not subjects:
        return []
    return [Case(span, tuple(subjects), violations.labels(even, *span))]


def _spelled_out(person: Introduction, about: str) -> Introduction:
    """The person with the organisation that the problem is about where the posts only say 院 or 该局."""
    posts = tuple(
        replace(post, org=about)
        if post.org and len(post.org.lstrip("该本")) == 1 and about.endswith(post.org[-1])
        else post
        for post in person.posts
    )
    return replace(person, posts=posts)


def _is_dealt_with(person: Introduction, fate: _Told) -> bool:
    """Whether the person was sanctioned; one whose post is not told must have been disciplined, not just sentenced."""
    return bool(fate.sanctions) if person.posts else not _DISCIPLINE.isdisjoint(fate.sanctions)


def _holds_post(person: Introduction) -> bool:
    return any(not post.title.endswith(_NO_POSTS) for post in person.posts)


def _organisation(text: str, even: str, span: Span, heading: int) -> list[Subject]:
    """The organisation that a problem is about, when no person is named and someone was dealt with."""
    name = organisations.first(even, span[0], heading)
    if name is None or not _SOMEONE_SANCTIONED.search(even, heading, span[1]):
        return []
    if _NOT_ABOUT.match(even, name[1]) or _DEALS.search(even, *name):
        return []
    return [Subject(text[slice(*name)], "org", name, (), ("其他处理",), stages.furthest((), ("其他处理",)))]


def _notices(text: str, even: str, found: Found, title: str) -> list[Case]:
    """The cases of a text that is no circular: one for each person or group whose fate it tells."""
    body = _body_start(even, title)
    whole = (0, len(text))
    here = roll(even, whole, found, after=body)
    told = _told(even, whole, here)
    dealt = [
        person
        for person in here.people
        if told[person.name].near
        and (_is_dealt_with(person, told[person.name]) or (_holds_post(person) and told[person.name].stages))
    ]
    if len(dealt) > 1:
        own = [person for person in dealt if here.has_own_matter(even, person.name)]
        dealt = [person for person in dealt if here.count(person.name) > 1 or person in own] or dealt[:1]
    if not dealt:
        return []
    groups = _groups(even, dealt, here)
    cases = []
    for group in groups:
        subjects = tuple(_subject(text, even, person, told) for person in group)
        span = whole if len(groups) == 1 else _reach(even, group, groups, here)
        names = frozenset(subject.name for subject in subjects)
        others = frozenset(person.name for person in here.people) - names
        # what stands before the name of one who is only under investigation is seldom his own
        told_from = span[0] if any(subject.sanctions for subject in subjects) else _first(even, group, here)
        cases.append(Case(span, subjects, violations.labels(even, told_from, span[1], names, others)))
    return cases


def _body_start(even: str, title: str) -> int:
    """Where the headline and the dateline end."""
    start = len(title) if title and even.startswith(marks.even(title)) else 0
    for match in _DATELINE.finditer(even, 0, _DATELINE_WITHIN):
        start = max(start, match.end())
    if even.startswith("原标题") and (after := _AFTER_HEADLINE.search(even, 0, _DATELINE_WITHIN)):
        start = max(start, after.start())
    return start


def _told(even: str, span: Span, here: Roll) -> dict[str, _Told]:
    """Who received which sanctions and reached which stages."""
    given: dict[str, dict[str, None]] = {person.name: {} for person in here.people}
    reached: dict[str, dict[str, None]] = {person.name: {} for person in here.people}
    near: set[str] = set()
    low, high = span
    life = _BIOGRAPHY.search(even, low, high)
    for told in sanctions.tell(even, low, high):
        for name in to_whom(even, here, told.span):
            given[name][told.label] = None
            near |= here.named_in_sentence(even, name, told.span[0])
    for stage in stages.tell(even, low, high):
        if life and stage.start > life.start() and stage.value == "investigated" and any(reached.values()):
            continue
        for name in to_whom(even, here, (stage.start, stage.end)):
            reached[name][stage.value] = None
            near |= here.named_in_sentence(even, name, stage.start)
    return {name: _Told(tuple(given[name]), tuple(reached[name]), name in near) for name in given}


def _subject(text: str, even: str, person: Introduction, told: dict[str, _Told]) -> Subject:
    posts = tuple(
        Post(_as_printed(text, even, post), post.title, post.former, post.span) for post in _distinct(person.posts)
    )
    fate = told[person.name]
    reached = stages.furthest(fate.stages, fate.sanctions)
    return Subject(person.name, "person", person.at, posts, fate.sanctions, reached)


def _as_printed(text: str, even: str, post: Post) -> str | None:
    """The organisation with the brackets that the text prints."""
    if post.org is None or text is even:
        return post.org
    at = even.find(post.org)
    return text[at : at + len(post.org)] if at >= 0 else post.org


def _distinct(posts: tuple[Post, ...]) -> list[Post]:
    return list({(post.org, post.title): post for post in reversed(posts)}.values())[::-1]


def _groups(even: str, dealt: list[Introduction], here: Roll) -> list[list[Introduction]]:
    """The people whose matter is one: named side by side, or in one story."""
    own = [person for person in dealt if here.has_own_matter(even, person.name)]
    if len(own) < 2:
        return [dealt]
    groups: list[list[Introduction]] = []
    for person in dealt:
        beside = [group for group in groups if any(here.together(person.name, other.name) for other in group)]
        if person in own or not groups:
            groups.append([person])
        else:
            (beside or groups)[-1].append(person)
    return groups


def _reach(even: str, group: list[Introduction], groups: list[list[Introduction]], here: Roll) -> Span:
    """The stretch from the first sentence about the group to the first about the next group."""
    firsts = sorted(_first(even, each, here) for each in groups)
    start = _first(even, group, here)
    later = [first for first in firsts if first > start]
    return (0 if start == firsts[0] else start, later[0] if later else len(even))


def _first(even: str, group: list[Introduction], here: Roll) -> int:
    """Where the text begins to tell of the group: its sentence, or its own words in a sentence that tells of more."""
    first = min(group, key=lambda person: person.at)
    start = here.first_sentence(even, first.name)
    shared = any(start <= other.at[0] < first.at[0] for other in here.people if other.posts and other not in group)
    return first.span[0] if shared else start
