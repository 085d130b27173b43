"""What an index receives of a document: tokens, keys and numbers, never a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Entry:
    """The index's view of one document.

    `tokens` maps a name of `fields.TOKENS` to its tokens in order, joined by single spaces (tokens hold no white
    space: `segment` writes it as ␣). `keys` maps a name of `fields.KEYS` to distinct strings, `numbers` a name of
    `fields.NUMBERS` to integers.
    """

    id: str
    tokens: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle as a call: entries pass between processes, and a dataclass with slots would go field by field."""
        return Entry, (self.id, self.tokens, self.keys, self.numbers)
