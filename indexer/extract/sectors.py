"""The sectors that a text is about: 工程建设, 医疗卫生, 粮食购销."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from indexer.extract.extraction import Mention
from indexer.extract.lexicons import alternation, entries

#: A sector counts where it is named at least this share as often as the sector named most.
SHARE = 1 / 3


def find(text: str) -> tuple[Mention, ...]:
    """Return each place in `text` that speaks of one of its main sectors, in order, with the sector's name as value."""
    sectors = _sectors()
    places = [(match.span(), sectors[match.group()]) for match in _cues().finditer(text)]
    counts = Counter(sector for _, sector in places)
    least = max(counts.values(), default=0) * SHARE
    return tuple(Mention("sector", *span, sector) for span, sector in places if counts[sector] >= least)


@cache
def _sectors() -> dict[str, str]:
    """The sector of each cue."""
    return {cue: sector for sector, cue in (line.split("\t") for line in entries("sectors"))}


@cache
def _cues() -> re.Pattern[str]:
    return re.compile(alternation(_sectors()))
