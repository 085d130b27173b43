"""Who published a text: 来源：X, else the dateline or byline of an outlet. What 据X消息 quotes is not the source."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

Span = tuple[int, int]

#: Where a head and a foot may print who published the text, in characters from either end.
HEAD, FOOT = 600, 900

_LABEL = re.compile(r"来\s?源\s*(?:[:：|｜丨/]|于(?=[^，。]{2,60}，版权)|(?=\s[^\s，。]{2,20}(?:编辑|责编|审核)))\s*")
# 图片来源 and its like name where something else is from.
_OF_ELSE = re.compile(r"(?:图片|题图|配图|封面|视频|简历|资料|数据|素材|线索|资金|收入|财产|经济|经费|案件|[图片物])$")
_SCREENSHOT = re.compile(r"截图$")
_NAME = re.compile(
    r"[“\"]?(?!未知|不详)[^\s，。；;！？!?（(）)\]】〗_*“\"<>▼▽↓✍◆●■—]{2,}?(?:”[^\s，。；（(）)】_“]{0,8}?)?"
    r"(?=[\s，。；;！？!?（(）)\]】〗_*“\"<>▼▽↓✍◆●■—\ufe0f]|$|-推荐|\d{4}[-年/.]|[^\u0000-\uffff]"
    r"|(?:本文|流程|网站|微信|责任|值班|文字|新媒体)?编\s?[辑审]|责[编任]|编委|返回|题图|图片|图源|封面图|作者|记者|通讯员|值班|撰文|发布[时日]"
    r"|日期|时间|版权|本文|本期|声明|校[对审]|审[核校]|初审|终审|[一二三]审|监制|监审|制[作图]|排版|点击|阅读|END|转载"
    r"|原标题|分享|日前|近日|主编|总编|字号|浏览|打印|如有|如需|若有|关注)"
)


@cache
def outlets() -> str:
    """The alternation of outlets known by name, longest first, for use in a pattern.

    It begins with a look at the first character, which spares most places of a text the whole of it.
    """
    lines = files("corpus").joinpath("lexicon/outlets.txt").read_text(encoding="utf-8").splitlines()
    names = sorted((line for line in lines if line and not line.startswith("#")), key=len, reverse=True)
    first = "".join(sorted({re.escape(name[0]) for name in names}))
    return f"(?=[{first}])(?:{'|'.join(map(re.escape, names))})"


_TYPES = "网站|网|社|报|新闻|日报|晚报|杂志|在线|客户端|电视台|广播|融媒|新媒体|发布|周刊"


@cache
def _known() -> re.Pattern[str]:
    return re.compile(outlets())


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    known = f"(?<![据从向对给])(?<!接受)(?<!告诉)(?:{outlets()})"
    # An unknown outlet is believed where something before it ends, and its own name ends like one.
    unknown = rf"(?:(?<=[\s。！？】）)……”])|^)(?![据从由对向])[\u4e00-\u9fffA-Za-z]{{1,12}}(?:{_TYPES})"
    name = f"(?P<name>{known}(?:客户端|knews)?|{unknown})"
    when = r"(?:\s?\d{4}\s?年)?\s?\d{1,2}\s?月\s?\d{1,2}\s?日\s?(?:电|讯|消息|报道)"
    reporter = r"(?:全媒体|融媒体|首席|见习|特约|实习|驻[\u4e00-\u9fff]{2,4})*"
    dateline = re.compile(
        rf"{name}(?:[（(][\u4e00-\u9fff]{{2,8}}[）)])?(?:[\u4e00-\u9fff]{{0,8}}{when}"
        rf"|\s?(?:讯|消息|电)(?=[\s:：（(，,]|[\u4e00-\u9fff])|报道(?=[\s】：:])"
        rf"|\s?(?:[|｜丨]\s?)?{reporter}\s?(?:记者|通讯员|评论员|特派员)(?=[\s：:/])|（www[^）]*）)",
        re.MULTILINE,
    )
    byline = re.compile(rf"{name}(?:[ \u3000]+(?:[\u4e00-\u9fff·]{{2,12}}|记者|通讯员|自[^\s]{{2,12}}报道))+[ \u3000]*")
    foot = re.compile(
        rf"{name}\s?(?:{reporter}\s?(?:记者|编辑)|综合)(?!注意|获悉|从|了解|采访|表示)"
        rf"|[（(](?P<signed>{outlets()})[ \u3000]?[\u4e00-\u9fff·、 \u3000]{{2,30}}[）)]\s*$"
    )
    return dateline, byline, foot


def labelled(text: str, head: int = HEAD, foot: int = FOOT) -> Span | None:
    """Return the span of X in 来源：X near either end of the text, the first that names a publisher."""
    screenshot = None
    for match in _LABEL.finditer(text):
        if match.start() > head and match.start() < len(text) - foot:
            continue
        name = _NAME.match(text, match.end(), match.end() + 60)
        before = text[max(match.start() - 2, 0) : match.start()]
        if name is None:
            continue
        if _SCREENSHOT.search(before):
            screenshot = screenshot or name.span()
        elif not _OF_ELSE.search(before):
            return name.span()
    return screenshot if screenshot and dateline(text) is None else None


def dateline(text: str, head: int = 300) -> tuple[Span, int, int] | None:
    """Return the outlet's span, and the start and end of the dateline (新华社云溪8月2日电), near the beginning."""
    dated, known = _patterns()[0], _known()
    for match in dated.finditer(text, 0, min(head, len(text))):
        # A headline without a full stop may run into a known outlet: 某县两人被查云溪日报讯.
        inner = known.search(text, match.start() + 1, match.end("name"))
        whole = (inner and dated.match(text, inner.start())) or match
        name = whole.span("name")
        if not text.endswith(("据", "从"), 0, name[0]):
            return name, whole.start(), whole.end()
    return None


def byline(line: str) -> Span | None:
    """Return the span of the outlet in a line that holds nothing but an outlet and names of reporters."""
    match = _patterns()[1].fullmatch(line) if len(line) <= 60 else None
    return match.span("name") if match else None


def signature(text: str, foot: int = 250) -> Span | None:
    """Return the span of the outlet that signs at the end: （X编辑 某某）, X记者 某某, X综合."""
    begin = max(len(text) - foot, 0)
    found = None
    for match in _patterns()[2].finditer(text, begin):
        found = match.span("signed" if match["signed"] else "name")
    return found
