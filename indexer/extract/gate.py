"""What can name someone or something at all: most general news names no official, most sentences nobody.

What cannot does not pay for the tagger.
"""

from __future__ import annotations

import re
from functools import cache

from indexer.extract import lexicons, people
from indexer.extract.extraction import Span

#: What discipline inspection writes about, the bodies of state and Party, and the posts held in them. A text without
#: any of these names at most teams, firms and foreign bodies, which are no agencies here.
_CUES = re.compile(
    r"违纪|违法|受贿|贪污|处分|纪委|监委|纪检|监察|巡视|巡察|党委|党组|党支部|书记|同志"
    r"|政府|法院|检察|公安|国务院|中央|人大|政协|海关|税务|派出所|妇联|大学|学院|医院"
    r"|[省市县区州旗国总乡镇][\u4e00-\u9fff]{0,8}[局厅署委](?![长员托内])|国家[\u4e00-\u9fff]{1,8}[局委署]"
    r"|[外教科财商农]\w{0,4}部(?![门分队])"
    r"|[部司厅局省市县区州镇乡]长|主席|常委|公职人员|公务员|民警"
)


def may_name(text: str, kind: str) -> bool:
    """Tell whether officials and agencies are worth looking for: of the kind `other`, only in a text with a cue."""
    return kind != "other" or _CUES.search(text) is not None


def may_hold_name(text: str, span: Span) -> bool:
    """Tell whether a person's name may begin in the part of a text at `span`.

    It may where a surname and another character are no word, nor the surname the end of one: 高度, 提高 name nobody.
    """
    words, at = _surname_words(), span[0]
    return any(
        match.lastgroup == "sure"
        or (
            text[match.start() : match.start() + 2] not in words
            and (match.start() == at or text[match.start() - 1 : match.start() + 1] not in words)
        )
        for match in _beginning().finditer(text, *span)
    )


@cache
def _beginning() -> re.Pattern[str]:
    """Where a name may begin: a surname before another character, perhaps with a blank; or what only names have."""
    surnames = people.surnames()
    single = "".join(sorted(name for name in surnames if len(name) == 1))
    double = lexicons.alternation(name for name in surnames if len(name) > 1)
    return re.compile(rf"(?P<sure>某|[·•・‧]|{double})|[{single}](?=[ \u3000]?{people.HAN})")


@cache
def _surname_words() -> frozenset[str]:
    """The words of two characters that begin or end with a surname."""
    rows = (row.split("\t") for row in lexicons.entries("surname_words"))
    return frozenset(
        word
        for surname, after, before in rows
        for word in (*(surname + other for other in after), *(other + surname for other in before))
    )
