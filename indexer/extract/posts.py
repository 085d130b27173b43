"""The grammar of posts, read from a person's name backwards over the introduction list.

`海南省三亚市政府原党组成员、副市长蓝某` gives (海南省三亚市政府, 党组成员, former) and
(海南省三亚市政府, 副市长, former).
An item is [原] organisation [原] title; items are joined by 、，和 兼; an item without an organisation shares the one
before it, an item with half an organisation is completed from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.extract import completion, organisations, places, titles
from indexer.extract.extraction import Post, Span

#: What ends an introduction on its left, wherever it stands.
_HARD = re.compile(
    r"[。；！？：“”‘’「」『』《》【】〈〉\n\r\t|｜…—>▲●■◆]|(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])"
)
_SEPARATORS = "、，和兼及与"
_FORMER = re.compile(r"(?:原任?|前任?|时任原?|曾任|历任|现任|时任)$")
_MARK = re.compile(
    r"^(?:时任|现任|曾任|原任|历任|现(?!代|场|役|货)|和|与|及|以及|被告人|上诉人|罪犯|犯罪嫌疑人|嫌疑人|其中|包括|分别是|分别为|一是|二是|三是)+"
)
#: What may stand before a place in an organisation's name.
_KEEPS_PLACE = re.compile(
    r"(?:中共|中国|国家|共青团|民建|民盟|民进|九三学社|农工党|致公党|民革|台盟|驻|原|所属|全国|中铁|中石化|中石油|（)$|[行会部署局委院社团厅]$|^(?:政协|中|国)"
)
_NUMBER = re.compile(r"^[\s，、.．·\d）]+|^[（(]?[一二三四五六七八九十]{1,3}[）)、.．]")
#: 交通运输部某司（以下简称某司）原副司长: a bracket about the organisation's name, not a part of it.
_ALSO_CALLED = re.compile(r"（(?:以下)?(?:简称|统称|现|原|后更名)[^（）]{1,40}）$")
_COORDINATED_NUMBER = re.compile(r"^(.*?)(第[一二三四五六七八九十]+)、(第[一二三四五六七八九十]+)(.+)$")
#: 市公安局长, 组织部长: the head's body is part of the title's word.
_BODY_OF_HEAD = re.compile(r"^(常务副|副)?([局厅处科部司])长$")


@dataclass(frozen=True, slots=True)
class Read:
    """Posts read from a stretch of text, where the first begins, and the organisation that the next may share."""

    posts: tuple[Post, ...]
    start: int
    former_organisation: bool = False


@dataclass(frozen=True, slots=True)
class _Item:
    organisation: Span | None
    title: Span
    former: bool
    whole: bool = False  # 原 stands before the organisation, so it covers those who share it
    current: bool = False  # 现任 says that this post and what follows are held


def read(text: str, low: int, end: int, starts: frozenset[int], context: Read | None = None) -> Read:
    """The posts of the introduction that ends at `end`, where the name begins; it cannot begin before `low`.

    `starts` are the offsets where words begin that no organisation's name can reach over (对, 由, 任 …). `context` is
    the introduction before it in the same sentence, whose organisation may be shared.
    """
    hard = [match.end() for match in _HARD.finditer(text, low, end)]
    low = max([low, *hard])
    items = _items(text, low, end, starts)
    if not items:
        return Read((), end)
    return _resolve(text, items, context)


def _items(text: str, low: int, end: int, starts: frozenset[int]) -> list[_Item]:
    """The items of the list that ends at `end`, in the order of the text."""
    items: list[_Item] = []
    while True:
        end = titles.without_bracket(text, low, end)
        title = titles.start(text, low, end)
        if title is None or title == end:
            break
        at, former = _without_mark(text, low, title)
        mark = text[at:title]
        also = _ALSO_CALLED.search(text, low, at)
        at = also.start() if also else at
        begins, stop = _organisation_start(text, low, at, starts)
        items.append(_item(text, (begins, at), (title, end), former=former))
        if mark.startswith(("时任", "现任", "曾任")) and begins == at:
            break
        if stop:
            break
        end = _before_separator(text, low, begins)
    return items[::-1]


def _item(text: str, organisation: Span, title: Span, *, former: bool) -> _Item:
    """The item of a title and of what stands where its organisation would."""
    begins, end = organisation
    if begins == end:
        return _Item(None, title, former)
    clean = _at_place(text, begins + _clean_left(text[begins:end]), end)
    whole = text.startswith("原", clean) and not places.end(text[clean:end], 0)
    return _Item((clean + whole, end), title, former or whole, whole, text.startswith("现", begins))


def _without_mark(text: str, low: int, end: int) -> tuple[int, bool]:
    """`end` without 原 or 时任 before the title, and whether it says that the post is over."""
    match = _FORMER.search(text, max(low, end - 3), end)
    if match is None:
        return end, False
    return match.start(), match.group().startswith(("原", "前"))


def _organisation_start(  # noqa: PLR0911 - the cases of a walk to the left, each a line
    text: str, low: int, end: int, starts: frozenset[int]
) -> tuple[int, bool]:
    """Where the organisation that ends at `end` begins (`end` if none is printed), and whether the list stops there."""
    if end <= low:
        return end, True
    if text[end - 1] in _SEPARATORS:
        return end, not _ends_title(text, low, end - 1)
    if titles.start(text, low, end) is not None:
        return end, False  # titles stacked without a comma: 市委常委副市长
    for at in range(end - 1, low - 1, -1):
        if at + 1 in starts:
            return min(at + 1, end), True
        if text[at] in _SEPARATORS:
            if _ends_title(text, low, at):
                return at + 1, False
            if text[at] == "，" or (text[at] == "、" and not _coordinates(text, low, at, end)):
                return at + 1, True
    return low, True


def _ends_title(text: str, low: int, end: int) -> bool:
    """Whether a title, with a bracket perhaps, ends at `end`."""
    end -= text.startswith("以", end - 1)  # of 以及
    return titles.start(text, low, titles.without_bracket(text, low, end)) is not None


def _coordinates(text: str, low: int, at: int, end: int) -> bool:
    """Whether 、 at `at` joins two organisations, or two halves of one name, that share a title."""
    left, right = text[max(low, at - 30) : at], text[at + 1 : end]
    if re.search(r"第[一二三四五六七八九十]+$", left):
        return True
    if organisations.is_body(right) and organisations.is_body(left):
        return len(left) >= 4
    return re.search(r"[局委厅部办院]$", right) is not None and len(left) >= 2 and not re.search(r"[某人年月日]$", left)


def _before_separator(text: str, low: int, at: int) -> int:
    while at > low and text[at - 1] in "、，和兼及与以 ":
        at -= 1
    return at


def _at_place(text: str, start: int, end: int) -> int:
    """Where a division is named inside what was taken for a name: 网传清江市第二人民医院 begins at 清江市."""
    for at in range(start + 1, end - 1):
        if text[at - 1] != "共" and places.begins(text, at):
            before = text[start:at]
            if places.end(before, 0) == len(before) or organisations.is_body(before) or _KEEPS_PLACE.search(before):
                return start
            return at
    return start


def _clean_left(name: str) -> int:
    """How much of the left of an organisation's text is no part of its name."""
    at = 0
    for pattern in (_NUMBER, _MARK):
        if match := pattern.match(name[at:]):
            at += match.end()
    return at


def _resolve(text: str, items: list[_Item], context: Read | None) -> Read:
    """Give every item its organisation, from the text, from the item before it, or from the person before."""
    posts: list[Post] = []
    before = context.posts[-1].org if context and context.posts else None
    shared_former = context.former_organisation if context else False
    former = False
    for number, item in enumerate(items):
        title = text[slice(*item.title)]
        span = item.title if item.organisation is None else (item.organisation[0], item.title[1])
        if item.organisation is None:
            inherited = former or item.former or (number == 0 and shared_former)
            post = Post(_shared(before, title), title, inherited, span)
            former = former or inherited
        else:
            former = (former and not item.current) or item.former
            shared_former = item.whole
            name, word, inner = _without_inner_former(text[slice(*item.organisation)])
            title = word + title
            former = former or inner
            for one in _each(name):
                post = _post(completion.complete(one, before), title, former, span)
                posts.append(post)
            before = posts[-1].org
            continue
        posts.append(post)
        before = post.org or before
    return Read(tuple(posts), items[0].organisation[0] if items[0].organisation else items[0].title[0], shared_former)


def _shared(before: str | None, title: str) -> str | None:
    """The organisation of a title that stands without one."""
    if before is None:
        return None
    if titles.LEADER.search(title):
        return completion.base(before)
    return before if titles.PARTY.match(title) or title == "书记" else _led(before)


def _led(before: str) -> str:
    """云岭师范学院党委 leads 云岭师范学院; 市委 stays (市委常委、秘书长)."""
    return completion.base(before) if before.endswith(("党委", "党组", "党总支", "党支部")) else before


def _post(organisation: str, title: str, former: bool, span: Span) -> Post:
    """The post, with the body that the title's own word ends: 县财政|局长 is 县财政局, 局长."""
    if (match := _BODY_OF_HEAD.match(title)) and not organisations.is_body(organisation):
        organisation += match.group(2)
    return Post(organisation, title, former, span)


def _without_inner_former(name: str) -> tuple[str, str, bool]:
    """山西省原粮食局 -> 山西省粮食局; what belongs to the title (某银行原个人金融|业务总监); whether 原 stood there."""
    at = name.find("原", 2)
    if at < 0 or at + 1 >= len(name) or _within(name, at):
        return name, "", False
    before, after = name[:at], name[at + 1 :]
    if organisations.is_place(before) or (organisations.is_body(before) and organisations.is_body(after)):
        return before + after, "", True
    return (before, after, True) if organisations.is_body(before) else (name, "", False)


def _within(name: str, at: int) -> bool:
    """Whether the 原 at `at` belongs to a place's name: 固原市, 原阳县."""
    return any(places.end(name, start) > at for start in range(max(0, at - 3), at + 1))


def _each(name: str) -> tuple[str, ...]:
    """Coordinated organisations one by one: 桂林市第一、第三粮库 -> 桂林市第一粮库, 桂林市第三粮库."""
    if match := _COORDINATED_NUMBER.match(name):
        head, first, second, tail = match.groups()
        return head + first + tail, head + second + tail
    parts = re.split("、", name)
    if len(parts) > 1 and all(organisations.is_body(part) for part in parts):
        return tuple(parts)
    return (name,)
