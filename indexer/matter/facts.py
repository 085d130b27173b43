"""The facts of a text: the text itself, of the same length, in which whatever tells no facts is blanked out."""

from __future__ import annotations

import re

from indexer.extract import marks
from indexer.extract.extraction import Span
from indexer.matter.lexicons import expression

#: Stands for a blanked character. It ends a sentence, so that no expression reaches across.
BLANK = "；"
#: Where the facts are told after a life or an opinion.
_AGAIN = re.compile("经查|审理查明|通报(?:称|指出|显示)|案例[一二三四五六][：】]|事实[一二三四五六][：】]")
#: Less than this share of a text left before a heading of opinions or of a life means that the facts come after it.
_LEAST = 0.15


def facts(text: str, span: Span) -> str:
    """The facts told within `span`, of its length, with even punctuation; formulas and opinions are blanked out."""
    even = marks.even(text[slice(*span)])
    heading = expression("heading").search(even, int(len(even) * _LEAST))
    if heading:
        again = _AGAIN.search(even, heading.end())
        end = again.start() if again else len(even)
        even = even[: heading.start()] + BLANK * (end - heading.start()) + even[end:]
    return expression("boilerplate").sub(lambda match: BLANK * len(match.group()), even)
