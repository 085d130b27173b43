"""The title of a document that does not carry one in its markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LOOKED_AT = 20  # lines from the top
_LONGEST = 60
_KINDS = (
    "通报|通知|决定|意见|办法|规定|条例|报告|公告|通告|请示|批复|纪要|简报|函|方案|细则|准则|规则|说明"
    "|案例|启示|忏悔录|警示录"
)
_NOT_A_TITLE = re.compile(
    r"^(?:\W*$|第?\s*\d+\s*页|[-—\d\s/]+$)"  # rules and page numbers
    r"|[会府委局办厅部院室组]文件$|^(?:签发|密级|主送|抄送|特急|急件|机密|秘密|绝密|内部|编号|发文字号|来源|作者|时间|日期|发布)"
    r"|〔\d{4}〕|^\[?\d{4}\]?\d*号$|^第[\d〇零一二三四五六七八九十百]+期"  # numbers of documents and issues
    r"|^[\d〇零一二三四五六七八九十]{2,4}\s*[年.\-/].{1,8}日?$"  # dates
    r"|[。；，、：:;,]$|^[，。、；：,.;:)）]|^目\s*录$"
    r"|^[A-Z]{1,5}[\s/]*[\d.]+$|^[\u4e00-\u9fff]{2,8}\s*[:：]\s*[\dA-Za-z -]+$"  # codes: ICS 01.040, 登记号：0123
    r"|-->|^\[?\d{1,2}:\d{2}"  # cues
)
_WHOLE = re.compile(rf"(?:{_KINDS})(?:[（(][^）)]*[）)])?$")
_JUNK = re.compile(
    r"^(?:Microsoft Word\s*-|文档\s*\d*$|新建|无标题|未命名|untitled|PowerPoint 演示文稿|Slide 1|WPS)", re.IGNORECASE
)
_FILE_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,5}$")
_SPACE = re.compile(r"\s+")


def heading(text: str) -> str | None:
    """The first line near the top that reads like a title; one broken over two lines is joined."""
    lines = list(_top(text))
    for number, line in enumerate(lines):
        if len(line) > 2 * _LONGEST or not 2 <= _width(line) <= _LONGEST or _NOT_A_TITLE.search(line):
            continue
        following = lines[number + 1] if number + 1 < len(lines) else ""
        goes_on = "关于" in line and not _WHOLE.search(line) and _WHOLE.search(following)
        return line + following if goes_on and len(line) + len(following) <= 2 * _LONGEST else line
    return None


def printed(stated: str | None, text: str) -> str | None:
    """The title of a file's properties, where the document's beginning prints it; programs often fill in others."""
    title = (stated or "").strip()
    if not title or _JUNK.match(title):
        return None
    return title if _SPACE.sub("", title) in _SPACE.sub("", text[:2000]) else None


def stem(source: str) -> str:
    """The file's name without its folders and its ending: "甲/乙.zip!/丙.txt" gives "丙"."""
    name = source.rstrip("/").rsplit("/", 1)[-1]
    return _FILE_ENDING.sub("", name) or name


def _width(line: str) -> float:
    """The length as set: two Latin letters take the room of one Chinese character."""
    return sum(0.5 if character.isascii() else 1 for character in line)


def _top(text: str) -> Iterator[str]:
    lines = (line.strip(" \t\u3000#*") for line in text[:4000].splitlines()[: 2 * _LOOKED_AT])
    return (line for _, line in zip(range(_LOOKED_AT), filter(None, lines), strict=False))
