"""How words are set off on a terminal, and how a text becomes safe to show there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from marking import LEGEND

# Unicode's categories Cc, Zl and Zp.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Style:
    """How words are set off: with colours, or where there are none with brackets around what matched."""

    colour: bool

    def mark(self, text: str) -> str:
        """What matched."""
        return f"\033[1;31m{text}\033[0m" if self.colour else f"【{text}】"

    def bold(self, text: str) -> str:
        """A heading."""
        return f"\033[1m{text}\033[0m" if self.colour else text

    def kind(self, kind: str, text: str) -> str:
        """Something extracted, by what it is."""
        label, colour = LEGEND[kind]
        if self.colour:
            return f"\033[{colour}m{text}\033[0m"
        return f"【{label}】" if text == label else f"【{label}：{text}】"

    def dim(self, text: str) -> str:
        """An aside."""
        return f"\033[2m{text}\033[0m" if self.colour else text


def safe(text: str) -> str:
    """The text on one line, without control characters."""
    return _CONTROL.sub(" ", text)
