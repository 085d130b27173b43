"""Parts and operators of one pair of brackets, gathered into one tree."""

from __future__ import annotations

from dataclasses import dataclass, field

from search.query import Tree, all_of, any_of, negate
from search.scan import Sign, Token


@dataclass(slots=True)
class Group:
    """What stands in one pair of brackets, as far as it was read.

    `scope` is the field written before the bracket. `clauses` are complete; `options` are sides of an OR, `factors`
    sides of an AND, that may still grow. `waiting` is the operator that waits for its right side, `negation` the NOT
    that waits for its part.
    """

    start: int
    scope: str | None = None
    clauses: list[Tree] = field(default_factory=list)
    options: list[Tree] = field(default_factory=list)
    factors: list[Tree] = field(default_factory=list)
    waiting: Token | None = None
    negation: Token | None = None
    negated: bool = False

    def add(self, part: Tree) -> None:
        """Take the next part, under the operators that wait for it."""
        part = negate(part) if self.negated else part
        if self.waiting is None:
            self._end_clause()
        elif self.waiting.sign is Sign.OR:
            self._end_option()
        self.factors.append(part)
        self.drop()

    def drop(self) -> None:
        """Pass over a part that means nothing, with the operators that wait for it."""
        self.waiting = self.negation = None
        self.negated = False

    def tree(self) -> Tree:
        """Return all that was read."""
        self._end_clause()
        return all_of(self.clauses)

    def _end_option(self) -> None:
        if self.factors:
            self.options.append(all_of(self.factors))
            self.factors = []

    def _end_clause(self) -> None:
        self._end_option()
        if self.options:
            self.clauses.append(any_of(self.options))
            self.options = []
