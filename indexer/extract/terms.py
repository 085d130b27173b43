"""How long, and which court: terms of 留党察看 and of prison, life and death sentences, reprieves, and who sentenced.

The kinds of punishment are those of 刑法 第三十三条、第三十四条 and, for 留党察看, of 中国共产党纪律处分条例.
"""

from __future__ import annotations

import re

from corpus.numerals import CHINESE, ordinal
from indexer.extract.extraction import Mention

_TRIGGER = re.compile(r"法院|徒刑|死刑|拘役|管制|留党察看")
_N = rf"[0-9０-９{CHINESE}]{{1,4}}"
_LENGTH = rf"(?:(?P<years>{_N})\s?年)?(?:零|又)?(?:(?P<months>{_N})\s?个?月)?"
_TIMED = re.compile(
    r"(?P<what>有期徒刑|拘役|管制|剥夺政治权利|缓刑|缓期|留党察看)(?:处分)?[（(，]?\s?(?:期限)?\s?"
    rf"(?=[0-9０-９{CHINESE}])(?:{_LENGTH})(?<=[年月])"
)
_UNTIMED = re.compile(r"(?P<what>无期徒刑|死刑(?!缓期)|剥夺政治权利终身)")
_COURT = re.compile(
    r"(?P<court>[\u4e00-\u9fff]{2,20}?(?:人民|军事|海事|铁路运输)?(?:中级|高级)?(?:人民)?法院)(?=[^。；]{0,60}?(?:判处|宣判|判决))"
)
_BEFORE_COURT = re.compile(r"^.*(?:日|经|由|被|向|在|，|、|。)")


def find(text: str) -> tuple[Mention, ...]:
    """The terms in `text` as mentions of kind "term", with the punishment and its months ("有期徒刑:126") as value.

    A punishment without a term has none: "无期徒刑". Courts that sentence are mentions of kind "court".
    """
    if not _TRIGGER.search(text):
        return ()
    found = [_timed(match) for match in _TIMED.finditer(text)]
    found += [Mention("term", *match.span(), match["what"]) for match in _UNTIMED.finditer(text)]
    for match in _COURT.finditer(text):
        name = _BEFORE_COURT.sub("", match["court"])
        if len(name) > 3:
            found.append(Mention("court", match.end("court") - len(name), match.end("court"), name))
    return tuple(sorted(found, key=lambda mention: (mention.start, mention.end)))


def _timed(match: re.Match[str]) -> Mention:
    months = 12 * (ordinal(match["years"]) or 0 if match["years"] else 0)
    months += ordinal(match["months"]) or 0 if match["months"] else 0
    return Mention("term", *match.span(), f"{match['what']}:{months}")
