"""Where lines of Chinese text break: anywhere but before closing punctuation, after opening, or inside a number."""

from __future__ import annotations

from collections.abc import Callable

_NEVER_FIRST = frozenset("，。、；：？！）》〉」』”’】〕％%.,;:?!)]")
_NEVER_LAST = frozenset("（《〈「『“‘【〔([")


def break_lines(text: str, width_of: Callable[[str], float], first: float, others: float) -> list[str]:
    """The lines of `text`: the first at most `first` wide, all others at most `others`, in the unit of `width_of`."""
    lines: list[str] = []
    start, used = 0, 0.0
    for position, character in enumerate(text):
        used += width_of(character)
        if used > (others if lines else first):
            end = _allowed(text, start, position)
            lines.append(text[start:end])
            start, used = end, sum(map(width_of, text[end : position + 1]))
    return [*lines, text[start:]]


def _allowed(text: str, start: int, end: int) -> int:
    """The last place up to `end` where the line that begins at `start` may break; `end` where there is none."""
    for place in range(end, start, -1):
        before, after = text[place - 1], text[place]
        if after not in _NEVER_FIRST and before not in _NEVER_LAST and not (before + after).isdigit():
            return place
    return end
